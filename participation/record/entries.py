"""What the log of a consultation holds: one class per payload. Pure.

Every payload begins with the second in which the act happened (u64, since 1970): consultations are
public, and so is when somebody spoke. Contributions and answers are named by 16 bytes, their UUID.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ballots.errors import BadEntry
from ballots.payload import Payload, octets, unsigned, words
from crypto.encoding import tag_of
from crypto.errors import CryptoError

ID_BYTES = 16
HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Begun(Payload):
    """The first entry: what is consulted on, by whom, until when, and the log's own key."""

    tag = "consult-begun"
    at: int = unsigned(8)
    document: bytes = octets()


@dataclass(frozen=True, slots=True)
class Changed(Payload):
    """What people are told has changed: the whole document again."""

    tag = "consult-changed"
    at: int = unsigned(8)
    document: bytes = octets()


@dataclass(frozen=True, slots=True)
class Version(Payload):
    """A version of the draft was published: SHA-256 of its text, and how many articles it has."""

    tag = "consult-version"
    at: int = unsigned(8)
    number: int = unsigned(4)
    text_sha256: bytes = octets(HASH_BYTES)
    articles: int = unsigned(4)


@dataclass(frozen=True, slots=True)
class PhaseChanged(Payload):
    """The consultation moved on to this phase."""

    tag = "consult-phase"
    at: int = unsigned(8)
    phase: str = words()


@dataclass(frozen=True, slots=True)
class Extended(Payload):
    """The last day for comments moved later: both days as YYYY-MM-DD, and the reason given."""

    tag = "consult-extended"
    at: int = unsigned(8)
    old: str = words()
    new: str = words()
    reason: str = words()


@dataclass(frozen=True, slots=True)
class Contributed(Payload):
    """Somebody said something; `thread` is the first comment's id, its own for a first comment."""

    tag = "contribution"
    at: int = unsigned(8)
    id: bytes = octets(ID_BYTES)
    thread: bytes = octets(ID_BYTES)
    commitment: bytes = octets(HASH_BYTES)


@dataclass(frozen=True, slots=True)
class Edited(Payload):
    """A contribution reads differently now."""

    tag = "contribution-edited"
    at: int = unsigned(8)
    id: bytes = octets(ID_BYTES)
    commitment: bytes = octets(HASH_BYTES)


@dataclass(frozen=True, slots=True)
class Redacted(Payload):
    """Personal data was taken out of a contribution by a moderator."""

    tag = "contribution-redacted"
    at: int = unsigned(8)
    id: bytes = octets(ID_BYTES)
    commitment: bytes = octets(HASH_BYTES)


@dataclass(frozen=True, slots=True)
class Withdrawn(Payload):
    """Its author took a contribution back."""

    tag = "contribution-withdrawn"
    at: int = unsigned(8)
    id: bytes = octets(ID_BYTES)


@dataclass(frozen=True, slots=True)
class Held(Payload):
    """A contribution is not shown until a moderator has looked at it."""

    tag = "contribution-held"
    at: int = unsigned(8)
    id: bytes = octets(ID_BYTES)


@dataclass(frozen=True, slots=True)
class Removed(Payload):
    """A moderator took a contribution away, under a rule and for a reason in words."""

    tag = "contribution-removed"
    at: int = unsigned(8)
    id: bytes = octets(ID_BYTES)
    rule: str = words()
    reason: str = words()


@dataclass(frozen=True, slots=True)
class Restored(Payload):
    """A held or removed contribution is shown."""

    tag = "contribution-restored"
    at: int = unsigned(8)
    id: bytes = octets(ID_BYTES)


@dataclass(frozen=True, slots=True)
class Erased(Payload):
    """A contribution's words and salt were deleted for good."""

    tag = "contribution-erased"
    at: int = unsigned(8)
    id: bytes = octets(ID_BYTES)


@dataclass(frozen=True, slots=True)
class Answered(Payload):
    """An official answer was given to a contribution: SHA-256 of the answer's canonical JSON."""

    tag = "contribution-answered"
    at: int = unsigned(8)
    id: bytes = octets(ID_BYTES)
    answer: bytes = octets(ID_BYTES)
    answer_sha256: bytes = octets(HASH_BYTES)


Entry = (
    Begun | Changed | Version | PhaseChanged | Extended | Contributed | Edited | Redacted
    | Withdrawn | Held | Removed | Restored | Erased | Answered
)  # fmt: skip

KINDS: Mapping[str, type[Any]] = {
    kind.tag: kind
    for kind in (
        Begun, Changed, Version, PhaseChanged, Extended, Contributed, Edited, Redacted,
        Withdrawn, Held, Removed, Restored, Erased, Answered,
    )
}  # fmt: skip
"""Every payload by its tag."""


def parse_entry(payload: bytes) -> Entry:
    """The entry in a payload; raises BadEntry naming the field, or for a tag of another log."""
    try:
        kind = KINDS.get(tag_of(payload))
    except CryptoError as error:
        raise BadEntry("entry", f"an entry of a consultation ({error})") from error
    if kind is None:
        raise BadEntry("entry", f"an entry of a consultation, not {tag_of(payload)}")
    entry: Entry = kind.parse(payload)
    return entry
