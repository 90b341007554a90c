"""A log kept as the static files of a record: tiles, bundles, checkpoints (section 12).

Any web server can serve the folder. Entries that were not proven yet wait in a file without a
name; the checkpoint is written last, by renaming, so that whoever reads the folder never sees a
checkpoint without its tiles.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from ballots.log import (
    HASH_BYTES,
    TILE_WIDTH,
    Tile,
    bundle,
    entries_path,
    read_bundle,
    read_tile,
    tile_hash,
    tile_path,
    write_tile,
)
from crypto import merkle
from crypto.note import Checkpoint, Note

_MOST_IN_MEMORY = 8 * 1024 * 1024


class FolderLog:
    """One log's folder; an `Into` of `ballots.services.pulling`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spool: IO[bytes] | None = None
        self._older: dict[int, bytes] = {}

    def entries(self, begin: int) -> Iterator[bytes]:
        """The entries that are kept already, from this index on."""
        end = self._size()
        while begin < end:
            index, offset = divmod(begin, TILE_WIDTH)
            width = min(TILE_WIDTH, end - index * TILE_WIDTH)
            yield from read_bundle((self._folder / entries_path(index, width)).read_bytes())[
                offset:
            ]
            begin = index * TILE_WIDTH + width

    def latest(self) -> bytes:
        """The newest note that is kept; empty if none is."""
        path = self._folder / "checkpoint"
        return path.read_bytes() if path.exists() else b""

    def append(self, entries: Sequence[bytes]) -> None:
        """Let entries wait for the checkpoint that proves them."""
        if self._spool is None:
            self._spool = tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY)  # noqa: SIM115 - `forget` closes it
        self._spool.write(bundle(entries))

    def keep(self, size: int, note: bytes) -> None:
        """Keep a checkpoint; with the latest everything that waited is written."""
        self._older[size] = note

    def commit(self) -> None:
        """Write what was taken, the newest checkpoint last."""
        self._write_entries()
        for size, note in sorted(self._older.items()):
            write_file(self._folder / "checkpoints" / str(size), note)
        if self._older:
            write_file(self._folder / "checkpoint", self._older[max(self._older)])
        self.forget()

    def forget(self) -> None:
        """Throw away what was taken and not written."""
        if self._spool is not None:
            self._spool.close()
        self._spool, self._older = None, {}

    def _size(self) -> int:
        """How many entries are kept: none where only checkpoints are published so far."""
        note = self.latest() if (self._folder / "tile").is_dir() else b""
        return Checkpoint.parse_text(Note.parse(note).text).size if note else 0

    def _write_entries(self) -> None:
        begin = self._size()
        waiting: list[bytes] = self._partial(begin)
        first = begin - len(waiting)
        leaves: list[bytes] = []
        for entry in self._spooled():
            waiting.append(entry)
            leaves.append(merkle.leaf_hash(entry))
            if len(waiting) == TILE_WIDTH:
                self._put(Tile("entries", first // TILE_WIDTH), bundle(waiting))
                first, waiting = first + TILE_WIDTH, []
        if waiting and leaves:
            last = Tile("entries", first // TILE_WIDTH, len(waiting))
            self._put(last, bundle(waiting))
        self._write_hashes(0, begin, leaves)

    def _spooled(self) -> Iterator[bytes]:
        """What waits, an entry at a time."""
        if self._spool is None:
            return
        self._spool.seek(0)
        while head := self._spool.read(2):
            yield self._spool.read(int.from_bytes(head, "big"))

    def _partial(self, size: int) -> list[bytes]:
        """The entries of the last bundle that is not full."""
        if not size % TILE_WIDTH:
            return []
        path = entries_path(size // TILE_WIDTH, size % TILE_WIDTH)
        return list(read_bundle((self._folder / path).read_bytes()))

    def _write_hashes(self, level: int, begin: int, hashes: list[bytes]) -> None:
        """Put hashes behind the first `begin` of a level, and what follows in the levels above."""
        if not hashes:
            return
        index, offset = divmod(begin, TILE_WIDTH)
        row = [*self._hashes(level, index, offset), *hashes]
        above = []
        for place in range(0, len(row), TILE_WIDTH):
            tile = row[place : place + TILE_WIDTH]
            at = index + place // TILE_WIDTH
            self._put(Tile(level, at, len(tile)), write_tile(tile))
            if len(tile) == TILE_WIDTH:
                above.append(tile_hash(tile))
        self._write_hashes(level + 1, index, above)

    def _hashes(self, level: int, index: int, width: int) -> Sequence[bytes]:
        if not width:
            return ()
        return read_tile((self._folder / tile_path(level, index, width)).read_bytes())

    def _put(self, tile: Tile, content: bytes) -> None:
        """Write a tile; the narrower ones of its place are the same bytes, shorter."""
        write_file(self._folder / tile.path, content)


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever reads half of it; durable on return."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def widest(folder: Path, tile: Tile) -> Path:
    """The file of the narrowest kept tile that is at least as wide; itself if there is none."""
    wanted = folder / tile.path
    full = folder / Tile(tile.level, tile.index).path
    partial = full.with_name(f"{full.name}.p")
    found = (
        [int(each.name) for each in partial.iterdir() if each.name.isdigit()]
        if partial.is_dir()
        else []
    )
    wider = [width for width in sorted(found) if width >= tile.width]
    if wanted.exists() or not (wider or full.exists()):
        return wanted
    return full if full.exists() else partial / str(wider[0])


def cut(tile: Tile, content: bytes) -> bytes:
    """The first hashes or entries of a wider tile."""
    if tile.is_bundle:
        return bundle(read_bundle(content)[: tile.width])
    return content[: tile.width * HASH_BYTES]
