"""What a role says in a log, wrapped and signed (section 4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ballots.draft import Draft, Log
from ballots.entries import kinds
from ballots.errors import BadEntry
from ballots.payload import Payload, octets, unsigned, words
from crypto import ed25519
from crypto.encoding import M, tag_of, u16
from crypto.errors import CryptoError

WRAPPED: Mapping[Log, Mapping[str, type[Any]]] = {
    "setup": {
        "reg-key": kinds.RegKey,
        "dkg1": kinds.Dkg1,
        "dkg2": kinds.Dkg2,
        "dkg3": kinds.Dkg3,
        "dkg-complaint": kinds.DkgComplaint,
        "roll-note": kinds.RollNote,
    },
    "check-ins": {},
    "ballots": {
        "ack": kinds.Ack,
        "open": kinds.Open,
        "issue-close": kinds.IssueClose,
        "close": kinds.Close,
        "share": kinds.Share,
        "result": kinds.Result,
        "attest": kinds.Attest,
    },
}
"""By log, the payloads that only stand wrapped there."""

_SAID: Mapping[str, type[Any]] = {
    tag: each for log in WRAPPED.values() for tag, each in log.items()
}
_MAY_SAY: Mapping[str, tuple[str, ...]] = {
    "reg-key": ("registrar",),
    "dkg1": ("trustee",),
    "dkg2": ("trustee",),
    "dkg3": ("trustee",),
    "dkg-complaint": ("trustee",),
    "roll-note": ("organiser",),
    "ack": ("trustee", "registrar"),
    "open": ("organiser",),
    "issue-close": ("organiser",),
    "close": ("organiser",),
    "share": ("trustee",),
    "result": ("organiser",),
    "attest": ("verifier",),
}
_NUMBERED: Mapping[str, str] = {
    "reg-key": "registrar",
    "dkg1": "trustee",
    "dkg2": "trustee",
    "dkg3": "trustee",
    "dkg-complaint": "receiver",
}
"""The field inside that repeats the number of the role that speaks."""


@dataclass(frozen=True, slots=True)
class Signed(Payload):
    """What a role says: `inner` is a payload, `said` the entry in it.

    The organiser has index 0, the others are numbered from 1 in the draft's order. Raises
    BadEntry also where the role may not say it, or the inner number is another's.
    """

    tag = "signed"
    role: str = words()
    index: int = unsigned(2)
    inner: bytes = octets()
    signature: bytes = octets(64)
    said: Payload = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        Payload.__post_init__(self)
        found = payload_tag("signed.inner", self.inner)
        if self.role not in _MAY_SAY.get(found, ()):
            raise BadEntry("signed.role", f"a role that may say {found}, not {self.role!r}")
        if (self.role == "organiser") != (self.index == 0):
            raise BadEntry("signed.index", "0 for the organiser, from 1 for the others")
        said = _SAID[found].parse(self.inner)
        if found in _NUMBERED and getattr(said, _NUMBERED[found]) != self.index:
            raise BadEntry("signed.index", f"the number inside {found}")
        object.__setattr__(self, "said", said)


def said_by(entry: Payload) -> Payload:
    """What an entry says: the inner entry of a `Signed`, any other as it is."""
    return entry.said if isinstance(entry, Signed) else entry


def signed(role: str, index: int, inner: Payload, secret: ed25519.SecretKey) -> Signed:
    """`inner`, said by a role: signed over `M("by", role, u16 index, inner)`."""
    signature = secret.sign(_by(role, index, inner.payload))
    return Signed(role, index, inner.payload, signature)


def verify_signed(entry: Signed, public32: bytes) -> None:
    """Pass if this role's key signed the entry; raises CryptoError, by the strict rule of 7.4."""
    ed25519.verify(public32, _by(entry.role, entry.index, entry.inner), entry.signature)


def role_key(draft: Draft, role: str, index: int) -> bytes:
    """The Ed25519 key (32 bytes) of a role by its number; raises BadEntry for an unknown one."""
    if (role, index) == ("organiser", 0):
        return draft.organiser.key
    holders: Mapping[str, tuple[Any, ...]] = {
        "registrar": draft.registrars.list,
        "trustee": draft.trustees.list,
        "verifier": draft.verifiers,
    }
    holder = holders.get(role, ())[index - 1 : index] if index else ()
    if not holder:
        raise BadEntry("signed.index", f"a {role} of this draft, not number {index}")
    key: bytes = holder[0].key
    return key


def _by(role: str, index: int, inner: bytes) -> bytes:
    return M("by", role.encode(), u16(index), inner)


def payload_tag(where: str, payload: bytes) -> str:
    """The short tag of a payload; raises BadEntry for `where` if it has none."""
    try:
        return tag_of(payload)
    except CryptoError as error:
        raise BadEntry(where, f"a message of the protocol ({error})") from error
