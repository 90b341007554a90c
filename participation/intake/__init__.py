"""Residents without internet: printed forms, the counter, meetings and SMS, checked by two."""
