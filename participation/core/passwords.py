"""Passwords: argon2id, at most two at a time.

Each hash takes 32 MiB; without the cap a crowd at the sign-in page would take the memory.
"""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from participation.core.errors import Invalid
from participation.core.words import words

_HASHER = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
_AT_ONCE = BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """What the database keeps of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def check_password(password_hash: str, password: str) -> None:
    """Nothing when `password` is the one; raises `Invalid` otherwise."""
    try:
        with _AT_ONCE:
            _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError) as error:
        raise Invalid(words("The password is not right."), field="password") from error


def needs_new_hash(password_hash: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(password_hash)
