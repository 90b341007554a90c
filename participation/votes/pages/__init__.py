"""One frozen class per template of the votes: what it needs, no more."""
