"""Draws that come out the same each time and everywhere, and the dear results, made once."""

from functools import cache
from hashlib import sha256

import gmpy2
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crypto import blind_rsa, hpke
from crypto.blind_rsa import E, PrivateNumbers, SecretKey
from crypto.p256 import Q

# How far the pair of primes of each key lies behind the numbers that `_start` gives: looking for
# them again would take a fifth of a second each.
_OFFSETS = (
    (1414, 4246), (210, 4), (160, 2934), (2844, 1582), (1826, 230), (2086, 2172), (1132, 2932),
    (1904, 510), (524, 1288), (96, 2314), (2432, 934), (420, 3618),
)  # fmt: skip
_PRIME_BITS = 1536


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
    """An RSA key of a pool that everybody knows: one number, one key."""
    p, q = primes(number)
    numbers = PrivateNumbers.of_primes(p, q)
    public = rsa.RSAPublicNumbers(E, numbers.n)
    d = pow(E, -1, (p - 1) * (q - 1))
    own = rsa.RSAPrivateNumbers(p, q, d, numbers.d_p, numbers.d_q, numbers.q_inv, public)
    return SecretKey(own.private_key(unsafe_skip_rsa_key_validation=True))


def primes(number: int) -> tuple[int, int]:
    """The two primes of a key of the pool."""
    starts = [_start(number, which) for which in (b"p", b"q")]
    if number < len(_OFFSETS):
        p, q = (start + more for start, more in zip(starts, _OFFSETS[number], strict=True))
    else:
        p, q = (int(gmpy2.next_prime(start)) for start in starts)
    return p, q


def _start(number: int, which: bytes) -> int:
    """A number of 1,536 bits whose two highest are set, so that a product has 3,072."""
    pieces = (b"a prime of the tests %d %s %d" % (number, which, i) for i in range(6))
    stream = b"".join(sha256(piece).digest() for piece in pieces)
    return int.from_bytes(stream, "big") | 3 << _PRIME_BITS - 2 | 1


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
    """A share sealed as RFC 9180 says, from an ephemeral key that follows from what is sealed."""
    ephemeral = hpke.derive_x25519(sha256(public + info + share).digest())
    enc = hpke.x25519_public(ephemeral)
    shared = hpke.x25519(ephemeral, public)
    secret = hpke.shared_secret(hpke.X25519_KEM, shared, enc + public)
    key, nonce = hpke.key_schedule(hpke.X25519_KEM, secret, info)
    return enc + AESGCM(key).encrypt(nonce, share, None)
