"""Organisations: the offices that hold consultations, and their officers."""
