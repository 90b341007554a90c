"""What binds the record to words and names without holding them: salted hashes. Pure.

`commitment = H("contribution-content", salt, content)`, where `content` is the canonical JSON of
what the public sees. In it the author's name is a commitment of its own,
`H("contribution-author", author_salt, name)`: names stand beside words on the pages, and the record
proves them to whoever holds the author's receipt, but hands them out in no file.

Without its salt nobody can try guesses, so deleting a salt erases the words or the name from the
record, and the entry stays.
"""

from crypto.encoding import H
from crypto.randomness import random_bytes

SALT_BYTES = 32


def new_salt() -> bytes:
    """32 random bytes for one commitment; never used twice."""
    return random_bytes(SALT_BYTES)


def commitment(salt: bytes, content: bytes) -> bytes:
    """The 32 bytes that stand in the log for `content`, the bytes of its canonical JSON."""
    return H("contribution-content", salt, content)


def author_commitment(salt: bytes, name: str) -> str:
    """What stands in a contribution's content for its author's name: 64 hexadecimal digits."""
    return H("contribution-author", salt, name.encode()).hex()
