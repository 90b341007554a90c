"""What a comment said before its author corrected it: kept, for everybody to read."""
