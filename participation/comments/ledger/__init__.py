"""The answer ledger: what waits, for whom, and what became of everything that was said."""
