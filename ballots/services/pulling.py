"""Pulling one log from where it is published, checked before it is kept.

For a mirror, which keeps files, and for a site whose ballot box stands apart, which keeps rows:
both say where the log goes (`Into`) and hold a `Walk` for as long as they pull. A pull either
gives all that is new, under a checkpoint that the log signed and its witnesses cosigned, or
raises and leaves nothing behind, if what `Into` was given is undone with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from ballots.errors import BallotError, Incomplete, Refused
from ballots.following import Damaged, Walk
from ballots.log import TILE_WIDTH, entries_path, read_bundle
from ballots.services.wire import Wire
from ballots.witnesses import check_note
from crypto import merkle
from crypto.errors import CryptoError
from crypto.note import Checkpoint, Note

_GONE = (404, 410)


class Source(Protocol):
    """Where files of a record are read."""

    def read(self, path: str) -> bytes:
        """The bytes at a path; raises Refused `not-found`, or Unreachable."""


class Into(Protocol):
    """Where a pulled log is kept."""

    def entries(self, begin: int) -> Iterator[bytes]:
        """The entries that are kept already, from this index on."""

    def latest(self) -> bytes:
        """The newest note that is kept; empty if none is."""

    def append(self, entries: Sequence[bytes]) -> None:
        """Take the next entries, chained and signed, whose root is not proven yet."""

    def keep(self, size: int, note: bytes) -> None:
        """Take a published checkpoint; the latest comes last, when all before it is proven."""


class Forked(BallotError):  # noqa: N818 - says what happened
    """The log said two things: both notes are signed by it, and no tree holds both (A41, A47)."""

    def __init__(self, message: str, notes: tuple[bytes, bytes]) -> None:
        super().__init__("forked", message)
        self.notes = notes


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull gave: sizes before and after, the newest checkpoint, the walk to go on with."""

    before: int
    after: int
    checkpoint: Checkpoint
    walk: Walk


@dataclass(frozen=True, slots=True)
class HttpSource:
    """A record at an address, such as https://suara.example/elections/<eid>/record."""

    wire: Wire
    address: str

    def read(self, path: str) -> bytes:
        """The bytes at a path; raises Refused `not-found`, or Unreachable."""
        answered = self.wire.ask("GET", f"{self.address}/{path}")
        if answered.is_good:
            return answered.body
        code = "not-found" if answered.status in _GONE else "not-durable"
        raise Refused(code, f"{path}: it answered {answered.status}")


def pull(source: Source, walk: Walk, into: Into) -> Pulled:
    """Bring what is kept up to the newest published checkpoint.

    `walk` is the one of the pull before, or a new one; it is not changed. Raises `Forked` with the
    evidence, `Damaged` for a record that does not hold what its checkpoints say, Refused
    `not-found` for one that is not there, `Incomplete` without its quorum, `Unreachable`.
    """
    walk = walk.copy()
    walk.take(into.entries(walk.size))
    note, known = source.read(f"{walk.log}/checkpoint"), into.latest()
    checkpoint = read_note(walk, note)
    before = walk.size
    if known:
        _check_not_before(read_note(walk, known), checkpoint, (known, note))
    try:
        _follow(source, walk, into, checkpoint)
    except Damaged as damage:
        _check_no_fork(source, walk, (known, note), checkpoint)
        raise damage from damage.__cause__
    _keep_older(source, walk, into, (before, checkpoint.size), note)
    into.keep(checkpoint.size, note)
    return Pulled(before, walk.size, checkpoint, walk)


def read_note(walk: Walk, note: bytes) -> Checkpoint:
    """The checkpoint in a published note of the log; raises Damaged, Incomplete."""
    try:
        return check_note(walk.draft, walk.log, note)
    except CryptoError as error:
        raise Damaged(f"{walk.log}: a checkpoint that the log has not signed: {error}") from error


def _check_not_before(known: Checkpoint, new: Checkpoint, notes: tuple[bytes, bytes]) -> None:
    """Pass unless the log went back, or has another root for the same size."""
    if new.size == known.size and new.root != known.root:
        raise Forked(f"{new.origin} has two roots of size {new.size}", notes)
    if new.size < known.size:
        text = f"{new.origin} shows {new.size} entries where it has shown {known.size}"
        raise Forked(text, notes)


def _follow(source: Source, walk: Walk, into: Into, checkpoint: Checkpoint) -> None:
    """Take what is new and hold the tree against the checkpoint's root."""
    for entries in _bundles(source, walk.log, walk.size, checkpoint.size):
        walk.take(entries)
        into.append(entries)
    if walk.root != checkpoint.root:
        raise Damaged(f"{walk.log}: {walk.size} entries that give another root than is signed")


def _bundles(source: Source, log: str, begin: int, end: int) -> Iterator[tuple[bytes, ...]]:
    """Entries begin .. end-1, a bundle at a time."""
    while begin < end:
        index, offset = divmod(begin, TILE_WIDTH)
        width = min(TILE_WIDTH, end - index * TILE_WIDTH)
        path = f"{log}/{entries_path(index, width)}"
        try:
            found = read_bundle(source.read(path))
        except BallotError as error:
            raise Damaged(f"{path}: {error}") from error
        if len(found) != width:
            raise Damaged(f"{path} holds {len(found)} entries")
        yield found[offset:]
        begin = index * TILE_WIDTH + width


def _check_no_fork(
    source: Source, walk: Walk, notes: tuple[bytes, bytes], checkpoint: Checkpoint
) -> None:
    """Pass unless the log that is served now is whole, and another than the one kept here."""
    known, _ = notes
    if not known:
        return
    before = read_note(walk, known)
    tree, root_before = merkle.Frontier(), b""
    try:
        for entry in chain.from_iterable(_bundles(source, walk.log, 0, checkpoint.size)):
            tree.append(merkle.leaf_hash(entry))
            root_before = tree.root() if tree.size == before.size else root_before
    except BallotError:
        return
    if tree.root() == checkpoint.root and root_before != before.root:
        text = f"{before.origin}: what it shows now does not begin with what it showed"
        raise Forked(text, notes)


def _keep_older(
    source: Source, walk: Walk, into: Into, sizes: tuple[int, int], latest: bytes
) -> None:
    """Take the checkpoints between two sizes, each held against the tree."""
    begin, end = sizes
    for size in sorted(each for each in walk.roots if begin < each < end):
        try:
            note = source.read(f"{walk.log}/checkpoints/{size}")
        except Refused:
            continue  # not every such size has one: there is one for the last dkg3 only
        found = read_note(walk, note)
        if found.size == size and found.root != walk.roots[size]:
            raise Forked(f"{found.origin} signed another root of size {size}", (note, latest))
        if found.size != size:
            raise Damaged(f"{walk.log}/checkpoints/{size} is of size {found.size}")
        into.keep(size, note)


def is_later(error: BallotError) -> bool:
    """Whether a failure only says that something is published later."""
    return isinstance(error, Incomplete) or error.code in {"not-found", "not-published"}


def text_of(note: bytes) -> str:
    """The text that log and witnesses signed."""
    return Note.parse(note).text
