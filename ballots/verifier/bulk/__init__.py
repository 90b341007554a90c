"""What worker processes do: stretches of a log, far signatures, openings."""
