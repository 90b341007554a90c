"""The public record of an election, as files: one by one, all in order, or as one zip (section 12).

What is published when: set-up and ballots at once; of the check-ins the checkpoints at once, all
else, and the roll, after `close`; the result's files after the count.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, NamedTuple

from sqlalchemy import Connection

from ballots.draft import LOGS, Draft, Log
from ballots.errors import BadDocument, Refused
from ballots.log import TILE_WIDTH, Tile, bundle, parse_tile_path, tiles_of, write_tile
from ballots.roll import write_rows
from ballots.services.context import Context
from ballots.services.elections import State
from ballots.store import boxes, check_ins, logs, rolls
from ballots.store import elections as rows
from ballots.store.database import LogKey
from ballots.store.elections import Stored
from ballots.store.logs import TILE_BITS
from crypto import canonical

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip: the record is the same whenever it is fetched."""

_CHECKPOINT = re.compile(r"checkpoints/(?P<size>0|[1-9][0-9]{0,8})", re.ASCII)


class File(NamedTuple):
    """A file of the record: its path and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was asked for; `is_final` if it can never change, so that caches may keep it."""

    content: bytes
    is_final: bool


def read(context: Context, eid: bytes, path: str) -> Found:
    """One file of an election's record; tiles of any published width.

    Raises Refused `unknown-election`, `not-found`, and `not-published` for what comes later.
    """
    with context.store.reading() as connection:
        return _Record(connection, rows.by_eid(connection, eid)).read(path)


def read_setup(context: Context, eid0: bytes, path: str) -> Found:
    """One file of a draft's set-up log: `checkpoint`, `checkpoints/..` or `tile/..`."""
    with context.store.reading() as connection:
        return _Record(connection, rows.by_eid0(connection, eid0)).read_log("setup", path)


def files(context: Context, eid: bytes) -> Iterator[File]:
    """Every file that is published, tiles in their widest form only; needs little memory."""
    with context.store.snapshot() as connection:
        record = _Record(connection, rows.by_eid(connection, eid))
        for path in record.paths():
            yield File(path, record.read(path).content)


def write_zip(context: Context, eid: bytes, output: IO[bytes]) -> None:
    """The record as one stored zip, `<eid>.suara`; the same record gives the same bytes."""
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for path, content in files(context, eid):
            entry = zipfile.ZipInfo(path, EARLIEST)
            entry.create_system = 3  # UNIX, wherever it is written
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)


class _Record:
    """The files of one election, as far as they are published."""

    def __init__(self, connection: Connection, stored: Stored) -> None:
        self._connection = connection
        self._stored = stored
        self._is_closed = stored.state in {State.CLOSED, State.COUNTED}

    def paths(self) -> Iterator[str]:
        """Every path that `read` answers, tiles in their widest form under a checkpoint."""
        yield from ("manifest.json", "policy")
        yield from (f"attachments/{each.name}" for each in self._draft.attachments)
        for log in LOGS:
            sizes = logs.checkpoint_sizes(self._connection, self._key(log))
            if not sizes:  # its witnesses have cosigned nothing yet
                continue
            yield f"{log}/checkpoint"
            yield from (f"{log}/checkpoints/{size}" for size in sizes)
            if self._is_public(log):
                yield from (f"{log}/{tile.path}" for tile in tiles_of(sizes[-1]))
        if self._is_closed:
            yield "roll"
        if self._stored.state == State.COUNTED:
            yield from ("result.json", "statuses", "summary.json")

    def read(self, path: str) -> Found:
        """One file; raises Refused `not-found` or `not-published`."""
        folder, _, name = path.partition("/")
        if folder in LOGS:
            return self.read_log(folder, name)
        if folder == "attachments" and name in {each.name for each in self._draft.attachments}:
            content = rows.attachment_content(self._connection, self._stored.id, name)
            return Found(content, is_final=True)
        reader = self._documents().get(path)
        if reader is None:
            raise _not_found(path)
        document = reader()
        if document is None:
            raise _not_published(path)
        return Found(document, is_final=path != "summary.json")

    def read_log(self, log: Log, path: str) -> Found:
        """One file of a log, by its path below the log's folder."""
        if path == "checkpoint":
            return Found(self._latest(log), is_final=False)
        if found := _CHECKPOINT.fullmatch(path):
            note = logs.checkpoint_note(self._connection, self._key(log), int(found["size"]))
            return Found(note, is_final=True)
        try:
            tile = parse_tile_path(path)
        except BadDocument as error:
            raise _not_found(path) from error
        if not self._is_public(log):
            raise _not_published(path)
        return Found(self._tile(log, tile), is_final=True)

    def _latest(self, log: Log) -> bytes:
        """The newest published note; raises Refused `not-published` where none is yet."""
        try:
            return logs.latest_checkpoint(self._connection, self._key(log))[1]
        except Refused as refusal:
            raise _not_published(f"{log}/checkpoint") from refusal

    def _tile(self, log: Log, tile: Tile) -> bytes:
        """A tile of any width that the log has reached, with or without a checkpoint."""
        key = self._key(log)
        size = logs.head(self._connection, key).size
        begin, end = tile.index * TILE_WIDTH, tile.index * TILE_WIDTH + tile.width
        level = 0 if tile.level == "entries" else tile.level
        if end > size >> TILE_BITS * level:
            raise _not_found(tile.path)
        if tile.is_bundle:
            return bundle(logs.entries(self._connection, key, begin, end))
        return write_tile(logs.hashes(self._connection, key, level, begin, end))

    def _documents(self) -> Mapping[str, Callable[[], bytes | None]]:
        """The documents by path: how to read each, None while it is not published."""
        stored = self._stored
        return {
            "manifest.json": lambda: stored.manifest,
            "policy": self._policy,
            "roll": lambda: self._roll() if self._is_closed else None,
            "result.json": lambda: stored.result,
            "statuses": lambda: stored.statuses,
            "summary.json": lambda: None if stored.result is None else self._summary(stored.result),
        }

    def _policy(self) -> bytes:
        return self._draft.policy.encode()

    def _roll(self) -> bytes:
        return write_rows(rolls.rows(self._connection, self._stored.id))

    def _summary(self, result: bytes) -> bytes:
        """What a reader wants to know first; verifiers ignore it."""
        number = self._stored.id
        every, _ = rolls.count(self._connection, number)
        kinds = check_ins.count_by_kind(self._connection, number).values()
        return canonical.write(
            {
                "title": dict(self._draft.title),
                "roll": every,
                "check_ins": sum(all_of_kind for all_of_kind, _ in kinds),
                "voted": boxes.count_voted(self._connection, number),
                **canonical.read(result),
            }
        )

    @property
    def _draft(self) -> Draft:
        return Draft.parse(self._stored.draft)

    def _is_public(self, log: Log) -> bool:
        return log != "check-ins" or self._is_closed

    def _key(self, log: Log) -> LogKey:
        return (self._stored.id, log)


def _not_found(path: str) -> Refused:
    return Refused("not-found", f"the record has no file {path[:100]!r}")


def _not_published(path: str) -> Refused:
    return Refused("not-published", f"{path[:100]} is not published yet")
