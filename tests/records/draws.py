"""Draws that come out the same each time: records of one plan and seed differ in RSA keys only."""

from functools import cache
from hashlib import sha256

from crypto.blind_rsa import SecretKey
from crypto.p256 import Q


class Draws:
    """A stream of bytes from a seed."""

    def __init__(self, seed: str) -> None:
        self._seed = sha256(seed.encode()).digest()
        self._count = 0

    def octets(self, length: int = 32) -> bytes:
        """The next bytes, at most 32."""
        self._count += 1
        return sha256(self._seed + self._count.to_bytes(8, "big")).digest()[:length]

    def scalar(self) -> int:
        """A scalar in 1..q-1; that two draws in 2^32 are not one is good enough for a test."""
        return int.from_bytes(self.octets(), "big") % (Q - 1) + 1


@cache
def rsa_key(number: int) -> SecretKey:
    """An RSA key made once in each process: the dear part of a record."""
    return SecretKey.generate()
