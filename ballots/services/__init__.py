"""Acts of an election, one function each: checked, stored, then answered."""
