"""The shapes of log payloads (section 4), stated as a table; `cast` excepted, it has its checks.

Written from the protocol's page and not from the code that writes entries: where the two differ,
one of them is a bug, and an honest record shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ballots.verifier.election import Election
from ballots.verifier.verdict import Fault
from crypto.encoding import M, number, split, u16
from crypto.errors import CryptoError

ANY = -1
"""A field of any length."""
NO_ROW = 2**64 - 1
RSA_OCTETS = 384
CERTIFICATE_PARTS = 8
SEALED_SHARE_OCTETS = 80

_SIGNED_FIELDS = 4
_FORMS: Mapping[str, tuple[int, ...]] = {
    "draft": (ANY,),
    "manifest": (ANY,),
    "epoch": (32, 8, 32),
    "reg-key": (32, 2, 2, ANY, *[ANY] * CERTIFICATE_PARTS),
    "dkg1": (32, 2, 2, 32, 32),
    "dkg2": (32, 2, 2, ANY, 64),
    "dkg3": (32, 2, 2, 32, ANY),
    "dkg-complaint": (32, 2, 2, 2, 32),
    "roll-note": (32, 8, ANY),
    "ack": (32,),
    "open": (32,),
    "issue-close": (32, 8, 32),
    "close": (32, 8, 32),
    "share": (32, 2, 32, 32),
    "result": (32, 32, 32, 32),
    "attest": (32, 32, ANY),
}
"""The lengths of the fields; `dkg2` has a sealed share for each trustee behind them."""

BARE: Mapping[str, frozenset[str]] = {
    "setup": frozenset({"draft"}),
    "check-ins": frozenset({"manifest", "epoch"}),
    "ballots": frozenset({"manifest", "epoch"}),
}
"""The small entries that nobody signs, by log."""
_SAYERS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "setup": {
        "reg-key": frozenset({"registrar"}),
        "dkg1": frozenset({"trustee"}),
        "dkg2": frozenset({"trustee"}),
        "dkg3": frozenset({"trustee"}),
        "dkg-complaint": frozenset({"trustee"}),
        "roll-note": frozenset({"organiser"}),
    },
    "check-ins": {},
    "ballots": {
        "ack": frozenset({"trustee", "registrar"}),
        "open": frozenset({"organiser"}),
        "issue-close": frozenset({"organiser"}),
        "close": frozenset({"organiser"}),
        "share": frozenset({"trustee"}),
        "result": frozenset({"organiser"}),
        "attest": frozenset({"verifier"}),
    },
}
_STYLED = {"reg-key": 2, "dkg1": 1, "dkg2": 1, "dkg3": 1, "dkg-complaint": 1, "share": 1}
"""The field that names a style."""
_INDEXED = {"reg-key": 1, "dkg1": 2, "dkg2": 2, "dkg3": 2, "dkg-complaint": 3}
"""The field that repeats the number of the role that speaks."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A payload of right shape: its tag, the fields inside, and who said it.

    `role` is empty where nobody signs; `inner` is the signed message, `payload` all of it.
    """

    tag: str
    fields: tuple[bytes, ...]
    payload: bytes
    inner: bytes = b""
    role: str = ""
    index: int = 0

    def number(self, field: int) -> int:
        """The number in a field."""
        return number(self.fields[field])


def read_entry(log: str, payload: bytes, election: Election) -> Entry:
    """The entry in a payload that is neither check-in, issue nor cast; raises a V15 Fault.

    Shape, wrapper with its signature, and every field that the manifest alone decides.
    """
    tag, fields = _split(payload)
    if tag != "signed":
        if tag not in BARE[log]:
            raise Fault("V15", f"{tag} is no entry of this log")
        entry = Entry(tag, fields, payload)
    else:
        entry = _unwrap(log, fields, payload, election)
    _check_lengths(entry, election)
    _check_fields(entry, election)
    return entry


def _split(message: bytes) -> tuple[str, tuple[bytes, ...]]:
    try:
        return split(message)
    except CryptoError as problem:
        raise Fault("V15", f"the entry does not parse: {problem}") from None


def _unwrap(log: str, fields: Sequence[bytes], payload: bytes, election: Election) -> Entry:
    """What a role says, its signature checked."""
    if len(fields) != _SIGNED_FIELDS or len(fields[1]) != len(u16(0)):
        raise Fault("V15", "a wrapper of wrong shape")
    role, index, inner = fields[0].decode("ascii", "replace"), number(fields[1]), fields[2]
    tag, said = _split(inner)
    if role not in _SAYERS[log].get(tag, ()):
        raise Fault("V15", f"{tag} said by {role!r} is no entry of this log")
    key = election.roles.get((role, index))
    if key is None:
        raise Fault("V15", f"there is no {role} number {index}")
    try:
        key.verify(M("by", role.encode(), u16(index), inner), fields[3])
    except CryptoError as problem:
        raise Fault("V15", f"{tag} is not signed by {role} {index}: {problem}") from None
    return Entry(tag, said, payload, inner, role, index)


def _check_lengths(entry: Entry, election: Election) -> None:
    form = _FORMS[entry.tag]
    if entry.tag == "dkg2":
        form = (*form, *[SEALED_SHARE_OCTETS] * election.trustees)
    fits = len(form) == len(entry.fields) and all(
        wanted in {ANY, len(field)} for wanted, field in zip(form, entry.fields, strict=True)
    )
    if not fits:
        raise Fault("V15", f"{entry.tag} with fields of wrong number or length")


def _check_fields(entry: Entry, election: Election) -> None:
    """The fields that repeat the election, the style or the speaker's number."""
    if entry.tag in {"draft", "manifest"}:
        return  # whole documents: V02 and V09 compare them
    is_setup = entry.tag in _SAYERS["setup"]
    if entry.fields[0] != (election.eid0 if is_setup else election.eid):
        raise Fault("V15", f"{entry.tag} is of another election")
    if entry.tag in _STYLED and entry.number(_STYLED[entry.tag]) not in election.ct_octets:
        raise Fault("V15", f"{entry.tag} of a style that does not exist")
    if entry.tag in _INDEXED and entry.number(_INDEXED[entry.tag]) != entry.index:
        raise Fault("V15", f"{entry.tag} names another number than its speaker's")
    if entry.tag == "dkg-complaint" and not 1 <= entry.number(2) <= election.trustees:
        raise Fault("V15", "a complaint about a trustee that does not exist")
    if entry.tag == "roll-note" and not _is_row(entry.number(1), election):
        raise Fault("V15", "a note on a row that does not exist")
    if entry.tag in {"roll-note", "attest"}:
        _check_words(entry.fields[2])


def _is_row(row: int, election: Election) -> bool:
    return row == NO_ROW or row < election.manifest.roll.size


def _check_words(octets: bytes) -> None:
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        raise Fault("V15", "words that are not UTF-8") from None
