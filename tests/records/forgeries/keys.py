"""Forged registrars' keys: V04, V05."""

from dataclasses import dataclass
from functools import cache

import gmpy2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from crypto.blind_rsa import E, PrivateNumbers, PublicKey
from tests.records.builder import Builder
from tests.records.draws import primes
from tests.records.forgeries.documents import AFTER_A_KEY, MadeKey
from tests.records.forgery import Collection
from tests.records.plan import Plan, Voter

COLLECTION = Collection()
NOBODY = Plan(voters=(Voter(kind=None, ballots=()),) * 4)


class OtherKeyShown(Builder):
    """The base of keys that a registrar shows in place of the one it has."""

    def spki(self, r, style):
        n = self.blind_keys[r, style].public.n
        numbers = rsa.RSAPublicNumbers(*self.exponent_and_modulus(n))
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return numbers.public_key().public_bytes(serialization.Encoding.DER, form)


@COLLECTION.built("V04", missing=AFTER_A_KEY, attack="A4", tests=(10,))
class ExponentThree(OtherKeyShown):
    """A key with the exponent 3."""

    def exponent_and_modulus(self, n):
        return 3, n


@COLLECTION.built("V04", missing=AFTER_A_KEY, attack="A4", tests=(10,))
class LargeExponent(OtherKeyShown):
    """A key with the exponent 2^32 + 1, of which nobody knows whether it has an inverse."""

    def exponent_and_modulus(self, n):
        return 2**32 + 1, n


@COLLECTION.built("V04", missing=AFTER_A_KEY, attack="A4", tests=(10,))
class OneBitLess(OtherKeyShown):
    """A key of 3,071 bits."""

    def exponent_and_modulus(self, n):
        return E, n >> 1 | 1


@COLLECTION.built("V04", missing=AFTER_A_KEY, attack="A4", tests=(10,))
class EvenModulus(Builder):
    """A key whose modulus is even."""

    def spki(self, r, style):
        honest = super().spki(r, style)
        return honest[:-6] + bytes([honest[-6] & 0xFE]) + honest[-5:]


@COLLECTION.built("V04", plan=Plan(registrars=(2, 2, 1)), attack="A5")
class SharedPrime(Builder):
    """Two registrars whose keys share a prime, so that anybody computes both."""

    def __init__(self, plan):
        super().__init__(plan)
        shared, other = primes(0)[0], primes(1)[0]
        self.blind_keys[1, 1] = key_of(shared, other)
        self.blind_keys[2, 1] = key_of(shared, primes(2)[0])


def key_of(p, q):
    """A working key of two primes."""
    return MadeKey(PublicKey.of_modulus(p * q), PrivateNumbers.of_primes(p, q))


@dataclass(frozen=True)
class Halting:
    """A key that cannot sign: its exponent has no inverse."""

    public: PublicKey


@COLLECTION.built("V05", plan=NOBODY, attack="A4", tests=(8,))
class ExponentDividesPhi(Builder):
    """A modulus with a prime that is 1 more than a multiple of e: blinding hides only in part."""

    def __init__(self, plan):
        super().__init__(plan)
        n = marking_prime() * primes(0)[1]
        self.blind_keys[1, 1] = Halting(PublicKey.of_modulus(n))

    def certificate(self, _r, _style, _spki):
        return tuple(bytes(383) + bytes([i]) for i in range(2, 10))


@cache
def marking_prime():
    """A prime of 1,536 bits that leaves 1 when divided by e."""
    start = primes(1)[0]
    candidate = start - start % E + 1
    candidate += E * (candidate % 2 == 0)
    while not gmpy2.is_prime(candidate):
        candidate += 2 * E
    return candidate
