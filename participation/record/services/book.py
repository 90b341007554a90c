"""Writing one log: entries at its end, hashes of its full tiles, a signed checkpoint."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import false, insert, text, update
from sqlmodel import Session, col

from ballots.errors import BallotError
from ballots.payload import Payload
from ballots.services.keyring import Keyring
from participation.record import queries
from participation.record.models import RecordCheckpoint, RecordEntry, RecordLog, RecordTileHash
from participation.record.signing import signed_note
from participation.record.tree import StoredTree, entries_after, full_tiles

_LOCK_NUMBER = 7_826_923
_HOLD = text("SELECT pg_advisory_xact_lock(:number)")
_NO_LEAF = b""


def take_turn(session: Session) -> None:
    """Wait until nobody else keeps records, and hold that until this transaction ends.

    Whatever is read afterwards is what the one before left: two logs never grow from one entry.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_HOLD, {"number": _LOCK_NUMBER})
        return
    # On SQLite the first change of a transaction takes the write lock; this one changes nothing.
    session.execute(update(RecordLog).where(false()).values(size=col(RecordLog.size)))


class Book:
    """The log of one consultation, open at its last page; `row` is kept up to date by `close`."""

    def __init__(self, session: Session, row: RecordLog) -> None:
        self.row = row
        self._session = session
        self._payloads: list[bytes] = []

    def add(self, entry: Payload) -> int:
        """Put an entry at the end; the index at which it will stand."""
        self._payloads.append(entry.payload)
        return self.row.size + len(self._payloads) - 1

    def close(self, keyring: Keyring) -> None:
        """Write what was added and sign a checkpoint; nothing where nothing was added."""
        if not self._payloads:
            return
        begin, end = self.row.size, self.row.size + len(self._payloads)
        self._write(begin)
        self._grow(begin, end)
        self._sign(keyring, end)

    def _write(self, begin: int) -> None:
        last = self._hashes(0, begin - 1, begin)[0] if begin else _NO_LEAF
        rows = [
            {"consultation_id": self._id, "place": place, "leaf_hash": leaf, "entry": entry}
            for place, (entry, leaf) in enumerate(entries_after(last, self._payloads), begin)
        ]
        self._session.execute(insert(RecordEntry), rows)
        self._payloads = []

    def _grow(self, begin: int, end: int) -> None:
        """Hashes of full tiles, then the log's new size: only from the size that was read."""
        for level, place, tile in full_tiles(begin, end, self._hashes):
            where = {"consultation_id": self._id, "level": level, "place": place}
            self._session.execute(insert(RecordTileHash).values(**where, hash=tile))
        moved = self._session.execute(
            update(RecordLog)
            .where(col(RecordLog.consultation_id) == self._id, col(RecordLog.size) == begin)
            .values(size=end)
            .returning(col(RecordLog.size))
            .execution_options(synchronize_session=False)
        )
        if moved.one_or_none() is None:
            raise BallotError("not-durable", f"two writers met at entry {begin} of {self._id}")
        self._session.refresh(self.row, ["size"])

    def _sign(self, keyring: Keyring, size: int) -> None:
        secret = keyring.identity(self._session.connection(), bytes(self.row.public_key))
        root = StoredTree(self._hashes).root(size)
        note = signed_note(self.row.origin, secret.seed, size, root)
        values = {"consultation_id": self._id, "size": size, "note": note}
        self._session.execute(insert(RecordCheckpoint).values(**values))

    def _hashes(self, level: int, begin: int, end: int) -> Sequence[bytes]:
        return queries.hashes(self._session, self._id, level, begin, end)

    @property
    def _id(self) -> UUID:
        return self.row.consultation_id
