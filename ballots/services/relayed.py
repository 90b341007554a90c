"""What a site and a registrar elsewhere say to each other, as bytes on the wire.

The registrar never meets the voter's device: it learns a row, an ask and what authorises it, and
neither an address nor a session (docs/decisions/check-ins-are-relayed.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from ballots.errors import Refused
from crypto import canonical
from crypto.encoding import b64url, from_b64url
from crypto.errors import CryptoError

MOST_BYTES = 128 * 1024
"""More than any honest request: an entry of 64 KiB in base64url, a row and its proof."""

_MOST_PROOF = 64
_MOST_PAYLOADS = 4096
_FIELDS = {"check_in", "leaf", "promise", "proof"}


@dataclass(frozen=True, slots=True)
class Relayed:
    """What a registrar is asked to sign, and why it may.

    `check_in`: the payload, which is stored; `promise`: the check-in log's promise for it, the
    file `*.promise`; `leaf` and `proof`: the row of the roll, and that it stands in the
    manifest's tree.
    """

    check_in: bytes
    promise: bytes
    leaf: bytes
    proof: tuple[bytes, ...]

    @classmethod
    def parse(cls, octets: bytes) -> Self:
        """What `write` wrote; raises Refused `malformed` for anything else."""
        try:
            value = canonical.read(octets)
            if not isinstance(value, dict) or value.keys() != _FIELDS:
                raise Refused("malformed", "a relayed check-in has four fields")
            proof = value["proof"]
            if not isinstance(proof, list) or len(proof) > _MOST_PROOF:
                raise Refused("malformed", f"a proof has at most {_MOST_PROOF} hashes")
            return cls(
                check_in=_octets(value["check_in"]),
                promise=_octets(value["promise"]),
                leaf=_octets(value["leaf"]),
                proof=tuple(_octets(each) for each in proof),
            )
        except CryptoError as error:
            raise Refused("malformed", f"this is no relayed check-in: {error}") from error

    def write(self) -> bytes:
        """Canonical JSON, binary values in base64url."""
        return canonical.write(
            {
                "check_in": b64url(self.check_in),
                "leaf": b64url(self.leaf),
                "promise": b64url(self.promise),
                "proof": [b64url(each) for each in self.proof],
            }
        )


def write_payloads(payloads: Iterable[bytes]) -> bytes:
    """Payloads of log entries as canonical JSON."""
    return canonical.write({"payloads": [b64url(each) for each in payloads]})


def read_payloads(octets: bytes) -> tuple[bytes, ...]:
    """What `write_payloads` wrote; raises Refused `malformed` for anything else."""
    try:
        value = canonical.read(octets)
        found = value.get("payloads") if isinstance(value, dict) else None
        if not isinstance(found, list) or len(found) > _MOST_PAYLOADS:
            raise Refused("malformed", "a list of payloads was expected")
        return tuple(_octets(each) for each in found)
    except CryptoError as error:
        raise Refused("malformed", f"these are no payloads: {error}") from error


def _octets(value: object) -> bytes:
    if not isinstance(value, str):
        raise Refused("malformed", "binary values are base64url")
    return from_b64url(value)
