"""Authors without an account of their own: what they said was typed for them."""
