"""How the verifier reads a log: tiles, shapes, order, tree, notes, and a ledger of the bulk."""
