"""What the three logs hold: one class per payload of section 4.

Shapes only: order is `ballots.log`'s task, what the entries say of each other the verifier's.
"""

from collections.abc import Mapping
from typing import Any

from ballots.ballot import Cast
from ballots.draft import Log
from ballots.entries.kinds import (
    CERTIFICATE_PARTS,
    NO_ROW,
    Ack,
    Attest,
    CheckIn,
    Close,
    Dkg1,
    Dkg2,
    Dkg3,
    DkgComplaint,
    DraftEntry,
    Entry,
    Epoch,
    Issue,
    IssueClose,
    ManifestEntry,
    Open,
    RegKey,
    Result,
    RollNote,
    Share,
)
from ballots.entries.signed import (
    WRAPPED,
    Signed,
    payload_tag,
    role_key,
    said_by,
    signed,
    verify_signed,
)
from ballots.errors import BadEntry
from ballots.payload import MOST_ENTRY_BYTES, PREV_BYTES, Payload

_BARE: Mapping[Log, Mapping[str, type[Any]]] = {
    "setup": {"draft": DraftEntry},
    "check-ins": {"manifest": ManifestEntry, "check-in": CheckIn, "issue": Issue, "epoch": Epoch},
    "ballots": {"manifest": ManifestEntry, "cast": Cast, "epoch": Epoch},
}


def parse_payload(log: Log, payload: bytes) -> Payload:
    """The entry in a payload of this log: a `Signed`, or one of the bare classes.

    Raises BadEntry for a tag that the log does not hold, and naming the field of a wrong shape.
    """
    tag = payload_tag(log, payload)
    if tag != Signed.tag:
        if tag not in _BARE[log]:
            raise BadEntry(log, f"an entry of this log, not {tag}")
        entry: Payload = _BARE[log][tag].parse(payload)
        return entry
    wrapped = Signed.parse(payload)
    if wrapped.said.tag not in WRAPPED[log]:
        raise BadEntry(log, f"an entry of this log, not {wrapped.said.tag}")
    return wrapped


def entry_bytes(prev: bytes, payload: bytes) -> bytes:
    """A log entry: the leaf hash of the one before (32 bytes), then the payload.

    Raises BadEntry where it is longer than 65,535 bytes.
    """
    if len(prev) != PREV_BYTES:
        raise BadEntry("entry.prev", f"{PREV_BYTES} bytes")
    if len(prev) + len(payload) > MOST_ENTRY_BYTES:
        raise BadEntry("entry", f"at most {MOST_ENTRY_BYTES} bytes")
    return prev + payload


def split_entry(entry: bytes) -> tuple[bytes, bytes]:
    """The two parts of a log entry, `prev` (32 bytes) and payload; raises BadEntry."""
    if not PREV_BYTES < len(entry) <= MOST_ENTRY_BYTES:
        raise BadEntry("entry", f"{PREV_BYTES + 1} to {MOST_ENTRY_BYTES} bytes")
    return entry[:PREV_BYTES], entry[PREV_BYTES:]


__all__ = [
    "CERTIFICATE_PARTS",
    "NO_ROW",
    "Ack",
    "Attest",
    "Cast",
    "CheckIn",
    "Close",
    "Dkg1",
    "Dkg2",
    "Dkg3",
    "DkgComplaint",
    "DraftEntry",
    "Entry",
    "Epoch",
    "Issue",
    "IssueClose",
    "ManifestEntry",
    "Open",
    "RegKey",
    "Result",
    "RollNote",
    "Share",
    "Signed",
    "entry_bytes",
    "parse_payload",
    "role_key",
    "said_by",
    "signed",
    "split_entry",
    "verify_signed",
]
