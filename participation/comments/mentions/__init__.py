"""Whom a reply addresses: the author whom it quotes, and those whom its writer names."""
