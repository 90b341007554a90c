"""Draws that come out the same each time in a process, and the dear results, made once."""

from functools import cache
from hashlib import sha256

from crypto import blind_rsa, hpke
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


@cache
def certify(key: SecretKey, messages: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """A key's certificate."""
    return blind_rsa.certify(key, messages)


@cache
def sign_blindly(key: SecretKey, blinded: bytes) -> bytes:
    """A blind signature."""
    return blind_rsa.blind_sign(key, blinded)


@cache
def seal_share(public: bytes, info: bytes, share: bytes) -> bytes:
    """A sealed share; sealing draws at random, and one plan shall give one election."""
    return hpke.seal_x25519(public, info, share)
