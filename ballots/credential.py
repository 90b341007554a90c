"""A voter's secrets, all from one seed, and the credentials that registrars sign (section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from ballots.errors import BadEntry
from crypto.encoding import H, M, hkdf, number, u16, u64

SEED_BYTES = 32
SIGNATURE_BYTES = 384
CREDENTIAL_BYTES = 2 + SIGNATURE_BYTES

_BLINDING_BYTES = 400


def credential_message(eid: bytes, registrar: int, style: int, bk: bytes) -> bytes:
    """What registrar r signs blindly: this ballot key may vote once, in this style."""
    return M("credential", eid, u16(registrar), u16(style), bk)


def ballot_key_seed(seed: bytes, eid: bytes) -> bytes:
    """The Ed25519 secret `sk_b` of a voter's ballots in one election, 32 bytes."""
    return hkdf(seed, M("ballot-key", eid))


def blinding_octets(seed: bytes, eid: bytes, registrar: int) -> bytes:
    """400 bytes; modulo N they are the blinding factor for registrar r."""
    return hkdf(seed, M("blind", eid, u16(registrar)), _BLINDING_BYTES)


def check_in_ask(eid: bytes, row: int, style: int, blinded: Sequence[bytes]) -> bytes:
    """`d`, 32 bytes: the WebAuthn challenge, one gesture for all registrars in their order."""
    return H("check-in-ask", eid, u64(row), u16(style), *blinded)


@dataclass(frozen=True, slots=True)
class Credential:
    """A registrar's number, from 1, and its RSA signature (384 bytes)."""

    registrar: int
    signature: bytes

    def __post_init__(self) -> None:
        if not 0 <= self.registrar < 2**16:
            raise BadEntry("credential.registrar", "a number of 2 bytes")
        if len(self.signature) != SIGNATURE_BYTES:
            raise BadEntry("credential.signature", f"{SIGNATURE_BYTES} bytes")

    @classmethod
    def parse(cls, octets: bytes) -> Self:
        """The credential in 386 bytes; raises BadEntry."""
        if len(octets) != CREDENTIAL_BYTES:
            raise BadEntry("credential", f"{CREDENTIAL_BYTES} bytes")
        return cls(number(octets[:2]), octets[2:])

    def write(self) -> bytes:
        """`u16 r ‖ RSA signature`, 386 bytes."""
        return u16(self.registrar) + self.signature
