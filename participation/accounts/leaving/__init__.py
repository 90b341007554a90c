"""What this site knows about a person: a copy of it, and its erasure when they leave."""
