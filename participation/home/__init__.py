"""The front page and the general pages: checking, accessibility, privacy, open data."""
