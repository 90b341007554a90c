"""What a trustee must not lose, as one value and as the bytes that a key file seals."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from ballots.ceremony import Dealing
from ballots.trustee.errors import BadKeyFile
from crypto import canonical, ed25519
from crypto.encoding import b64url, from_b64url
from crypto.errors import CryptoError
from crypto.randomness import random_bytes

_HASH_BYTES = 32
_KEYS = {
    "close", "dealings", "eid", "eid0", "identity", "name", "number", "said", "shares",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrusteeKeys:
    """A trustee's secrets, and what it has bound itself to.

    `identity`: the seed of its Ed25519 key. `eid0`, `number`: the draft it sits in and its seat,
    empty and 0 before. `dealings`, `shares` (32 bytes): by style. `said`: its payloads in the
    set-up log, kept before they are handed in. `eid`: the election it acknowledged. `close`: the
    SHA-256 of the text of the one checkpoint after `close` for which it released its shares.
    """

    name: str
    identity: bytes = field(repr=False)
    eid0: bytes = b""
    number: int = 0
    dealings: Mapping[int, Dealing] = field(default_factory=dict, repr=False)
    said: tuple[bytes, ...] = ()
    shares: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    eid: bytes = b""
    close: bytes = b""

    @classmethod
    def fresh(cls, name: str) -> Self:
        """A new identity."""
        return cls(name, random_bytes(ed25519.KEY_OCTETS))

    @classmethod
    def parse(cls, octets: bytes) -> Self:
        """The keys that `write` wrote; raises BadKeyFile."""
        try:
            value = canonical.read(octets)
            if not isinstance(value, dict) or value.keys() != _KEYS:
                raise BadKeyFile("bad-key-file", "this is not what a trustee keeps")
            return cls(**_read(value))
        except (CryptoError, KeyError, TypeError, ValueError) as error:
            raise BadKeyFile("bad-key-file", f"this is not what a trustee keeps: {error}") from None

    def write(self) -> bytes:
        """Canonical JSON; secret."""
        return canonical.write(
            {
                "name": self.name,
                "identity": b64url(self.identity),
                "eid0": b64url(self.eid0),
                "number": self.number,
                "dealings": [_dealing_value(*each) for each in sorted(self.dealings.items())],
                "said": [b64url(each) for each in self.said],
                "shares": [{"style": s, "x": b64url(x)} for s, x in sorted(self.shares.items())],
                "eid": b64url(self.eid),
                "close": b64url(self.close),
            }
        )

    @property
    def secret(self) -> ed25519.SecretKey:
        """The identity, to sign with."""
        return ed25519.SecretKey(self.identity)

    @property
    def public32(self) -> bytes:
        """The identity's public key, 32 bytes."""
        return self.secret.public32

    def seated(self, eid0: bytes, number: int) -> "TrusteeKeys":
        """The same identity at the table of a new draft, with nothing said yet."""
        return TrusteeKeys(self.name, self.identity, eid0, number)

    def with_dealing(self, style: int, dealing: Dealing) -> "TrusteeKeys":
        """What it deals from in a style."""
        return replace(self, dealings={**self.dealings, style: dealing})

    def with_share(self, style: int, share: bytes) -> "TrusteeKeys":
        """Its share of a style, and no more what that was dealt from."""
        left = {each: dealing for each, dealing in self.dealings.items() if each != style}
        return replace(self, dealings=left, shares={**self.shares, style: share})

    def saying(self, payload: bytes) -> "TrusteeKeys":
        """One more payload of its own."""
        return replace(self, said=(*self.said, payload))


def _read(value: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `TrusteeKeys`; raises whatever a wrong value leads to."""
    name, number = value["name"], value["number"]
    if not isinstance(name, str) or isinstance(number, bool) or not isinstance(number, int):
        raise TypeError("name or number")
    return {
        "name": name,
        "number": number,
        "identity": _hash(value["identity"]),
        "eid0": _maybe(value["eid0"]),
        "eid": _maybe(value["eid"]),
        "close": _maybe(value["close"]),
        "said": tuple(from_b64url(each) for each in value["said"]),
        "dealings": {_style(each): _dealing(each) for each in value["dealings"]},
        "shares": {_style(each): _hash(each["x"]) for each in value["shares"]},
    }


def _style(value: dict[str, Any]) -> int:
    style = value["style"]
    if isinstance(style, bool) or not isinstance(style, int):
        raise TypeError("style")
    return style


def _dealing(value: dict[str, Any]) -> Dealing:
    parts = (_hash(value["secret"]), *map(_hash, value["coefficients"]))
    dealing = Dealing.parse(b"".join(parts))
    if value != _dealing_value(_style(value), dealing):
        raise ValueError("points of other coefficients")
    return dealing


def _dealing_value(style: int, dealing: Dealing) -> dict[str, Any]:
    """With the points beside the coefficients: a browser has no other way to them."""
    octets = dealing.write()
    parts = [octets[i : i + _HASH_BYTES] for i in range(0, len(octets), _HASH_BYTES)]
    secret, *coefficients = map(b64url, parts)
    points = [b64url(each.compressed) for each in dealing.polynomial.points]
    return {"style": style, "secret": secret, "coefficients": coefficients, "points": points}


def _hash(text: str) -> bytes:
    found: bytes = from_b64url(text)
    if len(found) != _HASH_BYTES:
        raise ValueError(f"{_HASH_BYTES} bytes")
    return found


def _maybe(text: str) -> bytes:
    return _hash(text) if text else b""
