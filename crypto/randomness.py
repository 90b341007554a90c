"""The only door to the system's generator.

Whoever needs chance imports this module, so that a search for its name shows every place where
secrets are born; the verifier never does.
"""

import secrets

NONCE_OCTETS = 16


def random_bytes(count: int) -> bytes:
    """`count` bytes from the system's generator."""
    return secrets.token_bytes(count)


def random_scalar(q: int) -> int:
    """A uniform secret in 1..q-1."""
    return 1 + secrets.randbelow(q - 1)


def new_nonce() -> bytes:
    """A fresh 16-byte nonce, as a draft carries (protocol, section 3)."""
    return random_bytes(NONCE_OCTETS)
