"""Meetings about a draft: announced, held, and read about in minutes that everybody can check."""
