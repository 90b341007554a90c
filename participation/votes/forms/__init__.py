"""Input of the organiser: what is drawn up, the roll, the steps."""
