"""The site's copy of a ballot log that a box apart keeps, and what the site says to that box.

Everything is pulled from the box's public record and checked as a mirror would: chain, tree, order,
signatures, witnesses. Record and count work on the copy.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ballots.entries import Cast, parse_payload, split_entry
from ballots.errors import BallotError, Incomplete
from ballots.following import Walk
from ballots.services import box_wire, ceremony, elections
from ballots.services.context import Context
from ballots.services.elections import Election, State
from ballots.services.names import write_name
from ballots.services.pulling import HttpSource, pull
from ballots.store import boxes, logs
from ballots.store import elections as rows
from ballots.store.boxes import LOG, Placed
from ballots.store.database import lock_logs

_FOLLOWED = (State.FROZEN, State.OPEN, State.CLOSED, State.COUNTED)
_line = logging.getLogger("suara.box")


@dataclass(slots=True)
class _Rows:
    """The copy, as a pull fills it; nothing is written before `commit`."""

    context: Context
    election: Election
    new: list[bytes] = field(default_factory=list)
    notes: dict[int, bytes] = field(default_factory=dict)

    def entries(self, begin: int) -> Iterator[bytes]:
        """The entries that are kept already, from this index on."""
        key = self.election.log(LOG)
        with self.context.store.reading() as connection:
            size = logs.head(connection, key).size
            yield from logs.entries(connection, key, begin, size)

    def latest(self) -> bytes:
        """The newest note that is kept; empty if none is."""
        with self.context.store.reading() as connection:
            sizes = logs.checkpoint_sizes(connection, self.election.log(LOG))
            if not sizes:
                return b""
            return logs.checkpoint_note(connection, self.election.log(LOG), sizes[-1])

    def append(self, entries: Sequence[bytes]) -> None:
        """Take the next entries."""
        self.new += entries

    def keep(self, size: int, note: bytes) -> None:
        """Take a published checkpoint."""
        self.notes[size] = note

    def commit(self, before: int) -> None:
        """Write what came, unless another process was quicker."""
        key, number = self.election.log(LOG), self.election.number
        with self.context.store.writing() as connection:
            lock_logs(connection, [key], exclusive=True)
            if logs.head(connection, key).size != before:
                return
            payloads = [split_entry(each)[1] for each in self.new]
            if payloads:
                logs.append(connection, key, payloads, seed=self.election.eid)
            boxes.add_placed(connection, number, _placed(payloads, before))
            known = set(logs.checkpoint_sizes(connection, key))
            for size, note in sorted(self.notes.items()):
                if size not in known:
                    logs.add_checkpoint(connection, key, size, note)


def _placed(payloads: Sequence[bytes], first: int) -> list[Placed]:
    found = []
    for place, payload in enumerate(payloads, first):
        entry = parse_payload("ballots", payload)
        if isinstance(entry, Cast):
            found.append(Placed(entry.bk, entry.seq, entry.hash, place))
    return found


def follow(context: Context, election: Election) -> None:
    """Bring the copy up to what the box has published; does nothing where the box is here.

    Raises `Forked`, `Damaged`, `Unreachable` and what else a pull raises.
    """
    if not election.box_origin:
        return
    address = f"{election.box_origin}/elections/{write_name(election.eid)}/record"
    walk = context.walks.get(election.eid) or Walk(election.draft, LOG, election.eid)
    into = _Rows(context, election)
    pulled = pull(HttpSource(context.wire, address), walk, into)
    into.commit(pulled.before)
    context.walks[election.eid] = pulled.walk


def settle(context: Context, eid: bytes) -> None:
    """Let the box keep a frozen election's ballots, and say to it what roles here have to say.

    Harmless to repeat; does nothing where the box is here. Acks have no checkpoint of their own
    before the opening, so that the copy cannot show which of them stand.
    """
    election = context.election(eid)
    if not election.box_origin:
        return
    box_wire.send_manifest(context.wire, election.box_origin, election.manifest.document)
    follow(context, election)
    with context.store.reading() as connection:  # what is said goes to the box, not into a row
        if elections.progress(connection, election.number).state == State.FROZEN:
            ceremony.acknowledge(context.logbook(connection, election), election.manifest)


def end_last_epoch(context: Context, election: Election) -> None:
    """Let a box apart write what waits after voting closed, and copy it.

    Raises Incomplete while its last checkpoint waits for witnesses.
    """
    if not election.box_origin:
        return
    size, root = box_wire.end_last_epoch(context.wire, election.box_origin, election.eid)
    follow(context, election)
    with context.store.reading() as connection:
        head = context.logbook(connection, election).head(LOG)
    if (head.size, head.root) != (size, root):
        raise Incomplete("the ballot box's last checkpoint, confirmed by its witnesses")


def follow_all(context: Context) -> None:
    """Follow every box apart: each minute's work. What fails is logged and asked again."""
    with context.store.reading() as connection:
        found = rows.in_states(connection, [state.value for state in _FOLLOWED])
    for each in found:
        if each.box_origin and each.eid:
            try:
                _follow_one(context, each.eid, State(each.state))
            except BallotError as error:
                _line.warning("the ballot box at %s: %s", each.box_origin, error)


def _follow_one(context: Context, eid: bytes, state: State) -> None:
    if state == State.FROZEN:
        settle(context, eid)
    else:
        follow(context, context.election(eid))
