"""The curve P-256: public points, ECDSA over raw pairs, and ES256 of passkeys.

Secret scalars touch only the constant-time code of `cryptography` (protocol, section 5); the point
addition written out here is for public points.
"""

from dataclasses import dataclass
from typing import Self

import gmpy2  # type: ignore[import-untyped]  # it ships no types
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from crypto.errors import BadEncoding, BadKey, BadSignature

SCALAR_OCTETS = 32
COMPRESSED_OCTETS = 33
UNCOMPRESSED_OCTETS = 65
RAW_SIGNATURE_OCTETS = 64
COSE_OCTETS = 77

# FIPS 186-4, D.1.2.3
_P = gmpy2.mpz(2**256 - 2**224 + 2**192 + 2**96 - 1)
_B = gmpy2.mpz(0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B)
Q = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of the group, a prime."""

# RFC 9052 section 7: kty EC2, alg ES256, crv P-256, then x and y.
_COSE_HEAD = bytes.fromhex("a5010203262001215820")
_COSE_MIDDLE = bytes.fromhex("225820")

_CURVE = ec.SECP256R1()
_ES256 = ec.ECDSA(hashes.SHA256())
_ES256_SIGN = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


@dataclass(frozen=True, slots=True)
class Point:
    """A public point, on the curve or the identity (0, 0); arithmetic in variable time."""

    x: int
    y: int

    def __post_init__(self) -> None:
        if self.is_identity:
            return
        x, y = gmpy2.mpz(self.x), gmpy2.mpz(self.y)
        if not (0 <= x < _P and 0 <= y < _P) or (y * y - (x * x - 3) * x - _B) % _P:
            raise BadKey("these coordinates are not on P-256")

    @classmethod
    def parse(cls, octets: bytes) -> Self:
        """The point in 33 compressed bytes (SEC 1 section 2.3.4), never the identity; `BadKey`."""
        if len(octets) != COMPRESSED_OCTETS:
            raise BadKey("a compressed point has 33 bytes")
        return cls._parse(octets)

    @classmethod
    def parse_uncompressed(cls, octets: bytes) -> Self:
        """The point in 65 bytes beginning with 0x04, never the identity; `BadKey`."""
        if len(octets) != UNCOMPRESSED_OCTETS:
            raise BadKey("an uncompressed point has 65 bytes")
        return cls._parse(octets)

    @classmethod
    def _parse(cls, octets: bytes) -> Self:
        numbers = public_key(octets).public_numbers()
        return cls(numbers.x, numbers.y)

    @classmethod
    def parse_cose(cls, octets: bytes) -> Self:
        """The point in a COSE key of the 77-byte ES256 form (protocol, section 6); `BadKey`."""
        x, y = octets[10:42], octets[45:]
        if len(octets) != COSE_OCTETS or octets != _COSE_HEAD + x + _COSE_MIDDLE + y:
            raise BadKey("not a COSE key of the 77-byte ES256 form")
        return cls.parse_uncompressed(b"\x04" + x + y)

    @property
    def is_identity(self) -> bool:
        """Whether this is the neutral element, which has no bytes here."""
        return not (self.x or self.y)

    @property
    def compressed(self) -> bytes:
        """33 bytes; `BadKey` for the identity."""
        return bytes([2 + self.y % 2]) + self._coordinates[:32]

    @property
    def uncompressed(self) -> bytes:
        """65 bytes, 0x04 first; `BadKey` for the identity."""
        return b"\x04" + self._coordinates

    @property
    def cose(self) -> bytes:
        """The COSE key, 77 bytes; `BadKey` for the identity."""
        return _COSE_HEAD + self._coordinates[:32] + _COSE_MIDDLE + self._coordinates[32:]

    @property
    def _coordinates(self) -> bytes:
        if self.is_identity:
            raise BadKey("the identity has no encoding")
        return self.x.to_bytes(32, "big") + self.y.to_bytes(32, "big")

    def __add__(self, other: "Point") -> "Point":
        if self.is_identity:
            return other
        if other.is_identity:
            return self
        if self.x == other.x:
            return self._doubled() if self.y == other.y else IDENTITY
        slope = (other.y - self.y) * gmpy2.invert(other.x - self.x, _P) % _P
        return self._chord(slope, other.x)

    def _doubled(self) -> "Point":
        # No point of P-256 has y = 0: the order of the group is odd.
        slope = 3 * (self.x * self.x - 1) * gmpy2.invert(2 * self.y, _P) % _P
        return self._chord(slope, self.x)

    def _chord(self, slope: gmpy2.mpz, other_x: int) -> "Point":
        x = (slope * slope - self.x - other_x) % _P
        return Point(int(x), int((slope * (self.x - x) - self.y) % _P))

    def public_mul(self, k: int) -> "Point":
        """`k` times this point for a **public** k of any sign, in variable time."""
        product = IDENTITY
        for bit in f"{k % Q:b}":
            product += product
            if bit == "1":
                product += self
        return product


IDENTITY = Point(0, 0)
"""The neutral element of addition."""

G = Point(
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
"""The base point."""


def public_key(octets: bytes) -> ec.EllipticCurvePublicKey:
    """The library's key for an encoded point, checked to be on the curve; `BadKey`."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, octets)
    except ValueError:
        raise BadKey("these bytes are not a point of P-256") from None


def private_key(k: int) -> ec.EllipticCurvePrivateKey:
    """The library's key for a secret scalar; `BadKey` unless 1 <= k < q."""
    if not 0 < k < Q:
        raise BadKey("a secret scalar is in 1..q-1")
    return ec.derive_private_key(k, _CURVE)


def secret_mul_base(k: int) -> Point:
    """`k * G` in constant time; `BadKey` unless 1 <= k < q."""
    numbers = private_key(k).public_key().public_numbers()
    return Point(numbers.x, numbers.y)


def parse_scalar(octets: bytes) -> int:
    """The scalar in 32 big-endian bytes; `BadEncoding` unless 1 <= k < q."""
    k = int.from_bytes(octets, "big")
    if len(octets) != SCALAR_OCTETS or not 0 < k < Q:
        raise BadEncoding("not a scalar of 32 bytes in 1..q-1")
    return k


def ecdsa_sign_raw(k: int, message: bytes) -> bytes:
    """ECDSA-P256-SHA256 by the secret scalar k: r || s, 64 bytes, nonce as in RFC 6979."""
    r, s = decode_dss_signature(private_key(k).sign(message, _ES256_SIGN))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def ecdsa_verify_raw(point: Point, message: bytes, signature: bytes) -> None:
    """Pass if r || s (64 bytes, both in 1..q-1) is this point's ECDSA-P256-SHA256 signature.

    Raises `BadEncoding` for length or range, `BadSignature` for the equation.
    """
    if len(signature) != RAW_SIGNATURE_OCTETS:
        raise BadEncoding("a raw ECDSA signature has 64 bytes")
    r, s = parse_scalar(signature[:32]), parse_scalar(signature[32:])
    verify_es256(point, message, encode_dss_signature(r, s))


def verify_es256(point: Point, message: bytes, der_signature: bytes) -> None:
    """Pass if the DER signature over the message is this point's ES256, as passkeys write it.

    Raises `BadSignature`, also for bytes that are not strict DER, and `BadKey` for the identity.
    """
    try:
        public_key(point.uncompressed).verify(der_signature, message, _ES256)
    except InvalidSignature:
        raise BadSignature("the ECDSA signature does not verify") from None
