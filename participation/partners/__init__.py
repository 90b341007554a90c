"""Feature: the bodies elsewhere that take part in votes. Registrars, witnesses, ballot boxes."""
