"""Blind RSA signatures: RSABSSA-SHA384-PSSZERO-Deterministic of RFC 9474, at 3072 bits.

The signer sees `m * r^e`, answers `(m * r^e)^d = m^d * r`, and the client divides by `r`: the
signer never sees what it signed. The functions of integers below take the modulus, and the salt
where there is one, so that the published vectors of other sizes and variants run through them; the
protocol's own take keys and bytes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Self

import gmpy2  # type: ignore[import-untyped]  # it ships no types
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from crypto.errors import BadEncoding, BadKey, BadProof, BadSignature
from crypto.randomness import random_scalar

BITS = 3072
OCTETS = BITS // 8
SPKI_OCTETS = 422
BLINDING_OCTETS = 400
E = 65537

# SubjectPublicKeyInfo of rsaEncryption with NULL (RFC 3279 section 2.3.1): for one size and one
# exponent everything but the modulus is fixed, so that a comparison is the whole parser.
_SPKI_HEAD = bytes.fromhex("308201a2300d06092a864886f70d01010105000382018f003082018a0282018100")
_SPKI_TAIL = bytes.fromhex("0203010001")

_SHA384_OCTETS = 48
_PSS_ZERO = padding.PSS(padding.MGF1(hashes.SHA384()), 0)
_SHA384 = hashes.SHA384()


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A registrar's key for one election and style: 3072 bits, e = 65537 exactly.

    `spki`: its 422 bytes as published. Keeps the parsed key, so that many verify cheaply.
    """

    n: int
    spki: bytes
    verifier: rsa.RSAPublicKey = field(repr=False, compare=False)

    @classmethod
    def parse(cls, spki: bytes) -> Self:
        """The key in a SubjectPublicKeyInfo of exactly 422 bytes; `BadKey` for any other.

        Says nothing of how the modulus was made; see `check_sound` and `verify_certificate`.
        """
        head, tail = spki[: len(_SPKI_HEAD)], spki[len(_SPKI_HEAD) + OCTETS :]
        if len(spki) != SPKI_OCTETS or head != _SPKI_HEAD or tail != _SPKI_TAIL:
            raise BadKey("not an RSA key of 3072 bits and e = 65537 as SubjectPublicKeyInfo")
        n = int.from_bytes(spki[len(_SPKI_HEAD) : -len(_SPKI_TAIL)], "big")
        if n.bit_length() != BITS or n % 2 == 0:
            raise BadKey("the modulus is even or shorter than 3072 bits")
        return cls(n, spki, rsa.RSAPublicNumbers(E, n).public_key())

    @classmethod
    def of_modulus(cls, n: int) -> Self:
        """The key of a modulus; `BadKey` as `parse`."""
        if n.bit_length() != BITS:
            raise BadKey("a modulus has 3072 bits")
        return cls.parse(_SPKI_HEAD + n.to_bytes(OCTETS, "big") + _SPKI_TAIL)


@dataclass(frozen=True, slots=True)
class PrivateNumbers:
    """What `private_operation` needs, as in RFC 8017 section 3.2, second form."""

    n: int
    e: int
    p: int
    q: int
    d_p: int
    d_q: int
    q_inv: int

    @classmethod
    def of_primes(cls, p: int, q: int, e: int = E) -> Self:
        """The numbers of two different primes; `BadKey` if e has no inverse."""
        try:
            return cls(p * q, e, p, q, pow(e, -1, p - 1), pow(e, -1, q - 1), pow(q, -1, p))
        except ValueError:
            raise BadKey("these primes make no RSA key with this exponent") from None


class SecretKey:
    """A registrar's blind key; used for nothing else, because it signs whatever it is given."""

    __slots__ = ("_key", "numbers", "public")

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        own = key.private_numbers()
        self._key = key
        self.public = PublicKey.of_modulus(own.public_numbers.n)
        if own.public_numbers.e != E:
            raise BadKey("the public exponent is not 65537")
        self.numbers = PrivateNumbers(self.public.n, E, own.p, own.q, own.dmp1, own.dmq1, own.iqmp)

    @classmethod
    def generate(cls) -> Self:
        """A fresh key; about a fifth of a second."""
        return cls(rsa.generate_private_key(E, BITS))

    @classmethod
    def from_der(cls, octets: bytes) -> Self:
        """The key that `to_der` wrote; `BadKey` for anything else."""
        try:
            key = serialization.load_der_private_key(octets, None)
        except (ValueError, TypeError):
            raise BadKey("not a private key in PKCS #8") from None
        if not isinstance(key, rsa.RSAPrivateKey):
            raise BadKey("not an RSA key")
        return cls(key)

    def to_der(self) -> bytes:
        """PKCS #8, not encrypted: whoever stores it encrypts it."""
        return self._key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


# --- the client's side


def blinding_factor(octets: bytes, public: PublicKey) -> int:
    """`r` from 400 derived bytes: their number mod N (protocol, section 6).

    Of 3,200 bits, so that the bias of the reduction is below 2^-127. `BadEncoding` for another
    length or a value that hides nothing.
    """
    if len(octets) != BLINDING_OCTETS:
        raise BadEncoding("a blinding factor comes from 400 bytes")
    r = int.from_bytes(octets, "big") % public.n
    if r < 2 or gmpy2.gcd(r, public.n) != 1:  # noqa: PLR2004 - 0 and 1 blind nothing
        raise BadEncoding("these bytes give no blinding factor")
    return r


def blind(public: PublicKey, message: bytes, r: int) -> bytes:
    """The blinded message, 384 bytes (RFC 9474 section 4.2), with the blinding factor given."""
    return _to_octets(blind_number(public.n, pss_encode(message, BITS - 1, b""), r))


def finalize(public: PublicKey, message: bytes, blind_signature: bytes, r: int) -> bytes:
    """The signature over `message`, 384 bytes, verified (RFC 9474 section 4.4).

    Raises `BadEncoding` for a wrong length or range, `BadSignature` if the signer cheated.
    """
    z = _from_octets(blind_signature, public.n)
    signature = _to_octets(unblind_number(public.n, z, r))
    verify(public, message, signature)
    return signature


# --- the signer's side


def blind_sign(secret: SecretKey, blinded: bytes) -> bytes:
    """The blind signature, 384 bytes (RFC 9474 section 4.3).

    Raises `BadEncoding` before any secret is touched for a length other than 384 or a number
    outside 2..N-2. Lets other threads run meanwhile.
    """
    return _to_octets(private_operation(secret.numbers, _from_octets(blinded, secret.public.n)))


def certify(secret: SecretKey, messages: Sequence[bytes]) -> tuple[bytes, ...]:
    """For each message `FDH^d mod N`, 384 bytes each: e is invertible (protocol, section 6)."""
    hashed = (_full_domain_hash(each, secret.public.n) for each in messages)
    return tuple(_to_octets(private_operation(secret.numbers, each)) for each in hashed)


# --- everybody's side


def verify(public: PublicKey, message: bytes, signature: bytes) -> None:
    """Pass if `signature` is RSASSA-PSS over `message`: SHA-384, MGF1-SHA-384, no salt.

    Raises `BadSignature`, also for a length other than 384 and a number not below N.
    """
    try:
        public.verifier.verify(signature, message, _PSS_ZERO, _SHA384)
    except InvalidSignature:
        raise BadSignature("the RSA-PSS signature does not verify") from None


def verify_raw(public: PublicKey, blind_signature: bytes, blinded: bytes) -> None:
    """Pass if `blind_signature^e = blinded mod N`, which anybody can check after close.

    Raises `BadEncoding` for a wrong length or a number outside 2..N-2, else `BadSignature`.
    """
    s, m = _from_octets(blind_signature, public.n), _from_octets(blinded, public.n)
    if gmpy2.powmod(s, E, public.n) != m:
        raise BadSignature("the blind signature does not belong to the blinded message")


def check_sound(public: PublicKey) -> None:
    """Refuse (`BadKey`) a modulus that shares a factor with the primes up to 65,537."""
    if gmpy2.gcd(public.n, _small_primes_product()) != 1:
        raise BadKey("the modulus has a small factor")


def check_coprime(publics: Sequence[PublicKey]) -> None:
    """Refuse (`BadKey`) moduli of which two share a factor, or are the same."""
    product = gmpy2.mpz(1)
    for each in publics:
        if gmpy2.gcd(each.n, product) != 1:
            raise BadKey("two moduli share a factor")
        product *= each.n


def verify_certificate(
    public: PublicKey, messages: Sequence[bytes], certificate: Sequence[bytes]
) -> None:
    """Pass if `certificate` holds, for each message, the e-th root of its full-domain hash.

    Raises `BadProof` for a wrong number, length, range or value.
    """
    if len(certificate) != len(messages):
        raise BadProof(f"the certificate of the key has {len(messages)} parts")
    for message, part in zip(messages, certificate, strict=True):
        root = int.from_bytes(part, "big")
        hashed = _full_domain_hash(message, public.n)
        if len(part) != OCTETS or root >= public.n or gmpy2.powmod(root, E, public.n) != hashed:
            raise BadProof("the certificate of the key does not verify")


# --- integers, for any size of modulus


def pss_encode(message: bytes, em_bits: int, salt: bytes) -> int:
    """EMSA-PSS-ENCODE of RFC 8017 section 9.1.1 with SHA-384 and MGF1-SHA-384, as a number."""
    em_octets = -(-em_bits // 8)
    hashed = hashlib.sha384(message).digest()
    H = hashlib.sha384(bytes(8) + hashed + salt).digest()
    DB = (b"\x01" + salt).rjust(em_octets - _SHA384_OCTETS - 1, b"\x00")
    masked = int.from_bytes(DB, "big") ^ int.from_bytes(mgf1(H, len(DB)), "big")
    masked &= (1 << em_bits - 8 * (_SHA384_OCTETS + 1)) - 1
    return (masked << 8 * _SHA384_OCTETS | int.from_bytes(H, "big")) << 8 | 0xBC


def mgf1(seed: bytes, length: int) -> bytes:
    """MGF1-SHA-384 of RFC 8017 appendix B.2.1, `length` bytes."""
    blocks = range(-(-length // _SHA384_OCTETS))
    output = b"".join(hashlib.sha384(seed + c.to_bytes(4, "big")).digest() for c in blocks)
    return output[:length]


def blind_number(n: int, m: int, r: int, e: int = E) -> int:
    """`m * r^e mod n`; `BadEncoding` if m shares a factor with n (which would factor the key)."""
    if gmpy2.gcd(m, n) != 1:
        raise BadEncoding("the message shares a factor with the modulus")
    return int(m * gmpy2.powmod(r, e, n) % n)


def unblind_number(n: int, z: int, r: int) -> int:
    """`z / r mod n`; r is invertible, as `blinding_factor` has seen to."""
    return int(z * gmpy2.invert(r, n) % n)


def private_operation(key: PrivateNumbers, m: int) -> int:
    """`m^d mod n`, constant-time in the exponents, blinded, checked (RFC 8017 section 5.1.2).

    Three guards beyond the formula: the base is multiplied by a fresh `u^e`, so that what is
    exponentiated is unknown to whoever chose m; `powmod_sec` takes the same time for every
    exponent; and `s^e = m` is checked, because one wrong half of the CRT would reveal a prime.
    """
    u = random_scalar(key.n)
    # The context lets go of the interpreter's lock, so that signing cannot stall a site.
    with gmpy2.context(gmpy2.get_context(), allow_release_gil=True):
        base = m * gmpy2.powmod(u, key.e, key.n) % key.n
        s1 = gmpy2.powmod_sec(base % key.p, key.d_p, key.p)
        s2 = gmpy2.powmod_sec(base % key.q, key.d_q, key.q)
        blinded = s2 + key.q * ((s1 - s2) * key.q_inv % key.p)
        s = blinded * gmpy2.invert(u, key.n) % key.n
        if gmpy2.powmod(s, key.e, key.n) != m % key.n:
            raise BadSignature("the private operation went wrong; nothing is answered")
    return int(s)


def _full_domain_hash(message: bytes, n: int) -> int:
    return int.from_bytes(mgf1(message, BLINDING_OCTETS), "big") % n


def _to_octets(number: int) -> bytes:
    return number.to_bytes(OCTETS, "big")


def _from_octets(octets: bytes, n: int) -> int:
    """The number in 384 bytes; `BadEncoding` outside 2..N-2 (0, 1 and -1 are fixed points)."""
    number = int.from_bytes(octets, "big")
    if len(octets) != OCTETS or not 2 <= number <= n - 2:  # noqa: PLR2004
        raise BadEncoding("not a number of 384 bytes in 2..N-2")
    return number


@cache
def _small_primes_product() -> int:
    """The product of all primes up to 65,537, itself the last of them."""
    return int(gmpy2.primorial(E))
