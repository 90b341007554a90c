"""The codes on printed forms: short, without look-alikes, and a slip of the pen is noticed. Pure.

A code is 11 random signs of an alphabet of 29 and a check sign. 29 is prime, so a sum weighted by
place (mod 29) finds every single wrong sign and every two signs that changed places.

Guessing: 29**11 codes are more than 2**53. Where a million forms are out, a guess with a right
check sign hits one in about 12 billion tries; the page that tells of a form lets one household try
60 codes in ten minutes, which makes 3,800 years for a first hit.
"""

import secrets

from participation.core.errors import Invalid
from participation.core.words import words

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"
"""No 0 and O, no 1, I and L, no U that looks like V, no Z that looks like 2."""

LENGTH = 12
_GROUP = 4
_PRIME = 29


def new_code() -> str:
    """A fresh code, as it is kept."""
    signs = [secrets.randbelow(_PRIME) for _ in range(LENGTH - 1)]
    return "".join(ALPHABET[sign] for sign in [*signs, _check_sign(signs)])


def read_code(typed: str, *, field: str = "code") -> str:
    """The code that somebody typed, however they wrote it; raises `Invalid` for none."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        message = words("A code has 12 letters and digits, such as 7K3M-QXWA-9DFP.")
        raise Invalid(message, field=field)
    *signs, check = (ALPHABET.index(sign) for sign in code)
    if check != _check_sign(signs):
        message = words("There is a slip in this code. Compare it sign by sign with the paper.")
        raise Invalid(message, field=field)
    return code


def spaced(code: str) -> str:
    """The code as people read it: 7K3M-QXWA-9DFP."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _check_sign(signs: list[int]) -> int:
    return sum(weight * sign for weight, sign in enumerate(signs, 1)) % _PRIME
