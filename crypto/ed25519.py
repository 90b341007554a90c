"""Ed25519 (RFC 8032) by one strict rule, the same in every verifier.

Protocol section 7.4: canonical encodings, `S < L`, neither `A` nor `R` of small order, the
cofactorless equation. Libraries differ on each of these; a box and an observer who differ would
disagree on which ballots count, so all four are fixed here.
"""

from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from crypto.errors import BadEncoding, BadKey, BadSignature

KEY_OCTETS = 32
SIGNATURE_OCTETS = 64
L = 2**252 + 27742317777372353535851937790883648493
"""The order of the base point."""

SMALL_ORDER = frozenset(
    bytes.fromhex(y)
    for y in (
        "0100000000000000000000000000000000000000000000000000000000000000",  # order 1
        "0100000000000000000000000000000000000000000000000000000000000080",  # same, x = -0
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  # order 2
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",  # same, x = -0
        "0000000000000000000000000000000000000000000000000000000000000000",  # order 4
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",  # order 8
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    )
)
"""The encodings of the eight points of small order, and of `x = -0` at the first two.

The remaining ones that lenient libraries know have `y >= p` and fall to the canonical rule.
"""

_P_LOW = 0xED  # p = 2^255 - 19 = ed ff .. ff 7f in little-endian order
_P_MIDDLE = b"\xff" * 30


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A parsed public key of 32 `octets`; keep it where one key verifies often."""

    octets: bytes
    verifier: Ed25519PublicKey = field(repr=False, compare=False)

    @classmethod
    def parse(cls, octets: bytes) -> Self:
        """The key in 32 bytes; `BadKey` by the rule of `check_public`."""
        check_public(octets)
        return cls(octets, Ed25519PublicKey.from_public_bytes(octets))

    def verify(self, message: bytes, signature: bytes) -> None:
        """Pass if `signature` (64 bytes) over `message` verifies by the strict rule.

        Raises `BadEncoding` as `check_signature` does, `BadSignature` if the equation fails.
        """
        check_signature(signature)
        try:
            self.verifier.verify(signature, message)
        except InvalidSignature:
            raise BadSignature("the Ed25519 signature does not verify") from None


class SecretKey:
    """A signing key from its 32-byte seed; `BadKey` for another length."""

    __slots__ = ("_signer", "public32", "seed")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != KEY_OCTETS:
            raise BadKey("an Ed25519 seed has 32 bytes")
        self.seed = seed
        self._signer = Ed25519PrivateKey.from_private_bytes(seed)
        self.public32 = self._signer.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The deterministic signature over `message`, 64 bytes."""
        return self._signer.sign(message)


def verify(public32: bytes, message: bytes, signature: bytes) -> None:
    """Pass if the signature verifies by the strict rule.

    Raises `BadKey` for `A`, `BadEncoding` for the encodings of `R` and `S`, `BadSignature` for the
    equation, in this order. Source: RFC 8032 section 5.1.7; protocol, section 7.4.
    """
    PublicKey.parse(public32).verify(message, signature)


def check_public(public32: bytes) -> None:
    """Refuse (`BadKey`) a key that is not 32 bytes, not canonical, or of small order.

    Bytes only, no curve arithmetic: a canonical encoding that is no point at all passes here and
    can verify nothing, so that it ends as `BadSignature`.
    """
    if len(public32) != KEY_OCTETS:
        raise BadKey("an Ed25519 public key has 32 bytes")
    if not _is_canonical(public32):
        raise BadKey("the public key is not encoded canonically")
    if public32 in SMALL_ORDER:
        raise BadKey("the public key is a point of small order")


def check_signature(signature: bytes) -> None:
    """Refuse (`BadEncoding`) a length other than 64, `R` not canonical or small, `S >= L`."""
    if len(signature) != SIGNATURE_OCTETS:
        raise BadEncoding("an Ed25519 signature has 64 bytes")
    R = signature[:32]
    if not _is_canonical(R) or R in SMALL_ORDER:
        raise BadEncoding("R of the signature is not canonical, or of small order")
    if int.from_bytes(signature[32:], "little") >= L:
        raise BadEncoding("S of the signature is not below the group's order")


def _is_canonical(encoded: bytes) -> bool:
    """Whether `y < p`, looking at one byte in nearly all cases."""
    return encoded[0] < _P_LOW or encoded[31] & 0x7F != 0x7F or encoded[1:31] != _P_MIDDLE  # noqa: PLR2004 - the top bit is x's sign
