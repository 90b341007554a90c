"""The record as files: one by one, or whole as one zip that is the same whenever it is fetched."""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from ballots.errors import BadDocument
from ballots.log import TILE_WIDTH, Tile, bundle, parse_tile_path, tiles_of, write_tile
from participation.core.db import Database
from participation.core.errors import NotFound
from participation.core.words import words
from participation.record import queries
from participation.record.documents import AnswerRow, Figures, Opening, head_line
from participation.record.models import RecordLog
from participation.record.rules import State
from participation.record.services.making import HIDING

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip."""

_NUMBER = r"[1-9][0-9]{0,8}"
_CHECKPOINT = re.compile(rf"checkpoints/(?P<size>{_NUMBER})", re.ASCII)
_VERSION = re.compile(rf"versions/(?P<number>{_NUMBER})\.txt", re.ASCII)
_TILE_BITS = 8
_MOST_HIDING = 100_000


@dataclass(frozen=True, slots=True)
class File:
    """A file of the record, piece by piece; `is_final` if it can never change."""

    pieces: Iterator[bytes]
    is_final: bool = False


class Record:
    """The files of one consultation's record, read within one transaction."""

    def __init__(self, session: Session, log: RecordLog) -> None:
        self._session = session
        self._log = log
        self._lists: dict[str, Callable[[], Iterator[bytes]]] = {
            "consultation.json": lambda: iter([bytes(log.document)]),
            "checkpoint": lambda: iter([self._note(log.size)]),
            "figures.json": lambda: iter([figures(session, log).write()]),
            "contributions": self._contributions,
            "answers": self._answers,
        }

    def read(self, path: str) -> File:
        """One file; raises `NotFound` for a path that the record does not have."""
        if path in self._lists:
            return File(self._lists[path]())
        if found := _CHECKPOINT.fullmatch(path):
            return File(iter([self._note(int(found["size"]))]), is_final=True)
        if found := _VERSION.fullmatch(path):
            return File(iter([self._text(int(found["number"]))]), is_final=True)
        try:
            return File(iter([self._tile(parse_tile_path(path))]), is_final=True)
        except BadDocument as error:
            raise _not_found() from error

    def paths(self) -> Iterator[str]:
        """Every path, tiles in their widest form."""
        yield from self._lists
        sizes = queries.checkpoint_sizes(self._session, self._id)
        yield from (f"checkpoints/{size}" for size in sizes)
        yield from (tile.path for tile in tiles_of(self._log.size))
        yield from (f"versions/{number}.txt" for number in range(1, self._log.versions + 1))

    def write_zip(self, output: IO[bytes]) -> None:
        """All files in one stored zip; needs little memory."""
        with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
            for path in self.paths():
                entry = zipfile.ZipInfo(path, EARLIEST)
                entry.create_system = 3  # UNIX, wherever it is written
                entry.external_attr = 0o644 << 16
                with archive.open(entry, "w") as file:
                    file.writelines(self.read(path).pieces)

    def _contributions(self) -> Iterator[bytes]:
        """What opens the commitments of all that stand open, in the order of the log."""
        hidden = about_to_hide(self._session)
        yield head_line(self._log.size) + b"\n"
        for name, salt, content in queries.openings(self._session, self._id):
            is_pending = name in hidden
            row = Opening(name.bytes, salt, content, is_pending=is_pending)
            yield row.write() + b"\n"

    def _answers(self) -> Iterator[bytes]:
        yield head_line(self._log.size) + b"\n"
        for row in queries.named_answers(self._session, self._id):
            yield AnswerRow(row.answer_id.bytes, bytes(row.content)).write() + b"\n"

    def _note(self, size: int) -> bytes:
        return queries.checkpoint(self._session, self._id, size)

    def _text(self, number: int) -> bytes:
        if number > self._log.versions:
            raise _not_found()
        return queries.version_text(self._session, self._id, number).encode()

    def _tile(self, tile: Tile) -> bytes:
        """A tile or bundle of any width that the log has reached."""
        begin, end = tile.index * TILE_WIDTH, tile.index * TILE_WIDTH + tile.width
        level = 0 if tile.level == "entries" else tile.level
        if end > self._log.size >> _TILE_BITS * level:
            raise _not_found()
        if tile.is_bundle:
            return bundle(queries.entries(self._session, self._id, begin, end))
        return write_tile(queries.hashes(self._session, self._id, level, begin, end))

    @property
    def _id(self) -> UUID:
        return self._log.consultation_id


def figures(session: Session, log: RecordLog) -> Figures:
    """What the log adds up to now: one query."""
    standing = queries.standing(session, log.consultation_id)

    def count(
        *, first: bool | None = None, state: State | None = None, done: bool | None = None
    ) -> int:
        return sum(
            number
            for (is_first, stands, is_answered), number in standing.items()
            if first in {None, is_first} and state in {None, stands} and done in {None, is_answered}
        )

    return Figures(
        size=log.size,
        versions=log.versions,
        contributions=count(first=True),
        replies=count(first=False),
        answered=count(first=True, done=True),
        waiting=count(first=True, state=State.OPEN, done=False),
        held=count(state=State.HELD),
        removed=count(state=State.REMOVED),
        withdrawn=count(state=State.WITHDRAWN),
        erased=count(state=State.ERASED),
    )


def about_to_hide(session: Session) -> set[UUID]:
    """Contributions whose words were taken away in acts that the log does not hold yet."""
    events = queries.waiting(session, HIDING, limit=_MOST_HIDING)
    return {UUID(each.subject_id) for each in events}


def _not_found() -> NotFound:
    return NotFound(words("The record holds no such file."))


@contextmanager
def snapshot(database: Database) -> Iterator[Session]:
    """A session that sees one moment, however long it reads: the files of a record fit together."""
    with database.session() as session:
        if database.is_sqlite:
            session.execute(text("BEGIN"))
        else:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session
