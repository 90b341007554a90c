"""People with an account: registering, signing in, their own page."""
