"""Announced days move by a public act with a reason, never so that anybody loses time."""
