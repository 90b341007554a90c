"""The ballot log once it is closed: its checkpoint, the highest ballots, the shares."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from ballots.entries import Cast, Close, Share, Signed, parse_payload, said_by
from ballots.opening import Highest
from ballots.services.elections import Election
from ballots.services.quorum import require_published
from ballots.store import logs
from ballots.store.database import LogKey
from ballots.styles import small_styles
from crypto.encoding import sha256
from crypto.note import Checkpoint, Note


@dataclass(frozen=True, slots=True)
class ClosedBox:
    """The ballot log at its `close`: checkpoint, highest ballots, shares by (style, trustee)."""

    checkpoint: Checkpoint
    highest: Highest
    shares: Mapping[tuple[int, int], Share]

    @property
    def hash(self) -> bytes:
        """What a share names: the SHA-256 of the text of the checkpoint directly after close."""
        return sha256(self.checkpoint.text.encode())


@dataclass(frozen=True, slots=True)
class CloseFacts:
    """What never changes after close: what shares have to name, and the styles that stay shut."""

    checkpoint_hash: bytes
    small: frozenset[int]


def read_closed(connection: Connection, election: Election) -> ClosedBox:
    """What the log of a closed election says.

    Raises Refused `not-published` while the checkpoint directly after close waits for witnesses.
    """
    highest = Highest()
    shares: dict[tuple[int, int], Share] = {}
    closed_at = 0
    key = election.log("ballots")
    for index, payload in enumerate(logs.payloads(connection, key)):
        entry = parse_payload("ballots", payload)
        if isinstance(entry, Cast):
            highest.take(index, entry)
        elif isinstance(entry, Signed) and isinstance(entry.said, Share):
            shares[entry.said.style, entry.index] = entry.said
        elif isinstance(said_by(entry), Close):
            closed_at = index + 1
    note = require_published(connection, election.draft, key, closed_at)
    checkpoint = Checkpoint.parse_text(Note.parse(note).text)
    return ClosedBox(checkpoint, highest, shares)


def close_facts(connection: Connection, election: Election) -> CloseFacts:
    """The facts of a close; reads the whole log. Raises as `read_closed`."""
    closed = read_closed(connection, election)
    return CloseFacts(closed.hash, small_styles(election.draft, closed.highest.voted))


def since_close(connection: Connection, key: LogKey) -> list[tuple[int, bytes]]:
    """Index and payload of what stands after `close`, in order; only for a closed log."""
    found: list[tuple[int, bytes]] = []
    for place in range(logs.head(connection, key).size - 1, -1, -1):
        payload = logs.payload_at(connection, key, place)
        if isinstance(said_by(parse_payload("ballots", payload)), Close):
            break
        found.insert(0, (place, payload))
    return found
