"""Bodies that take part in votes from elsewhere: registrars, witnesses, ballot boxes."""
