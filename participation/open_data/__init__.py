"""Everything public to take away: feeds, calendars, exports, an interface for programs."""
