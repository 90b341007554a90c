"""What a trustee reads of a public record: the set-up log, the manifest, the ballot log.

From a folder, a `.suara` file or an address, laid out as in section 12 with `setup/` in it; the
set-up log also before there is an election. Everything is checked by who asked for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Self

from ballots.draft import Log
from ballots.errors import BallotError
from ballots.log import TILE_WIDTH, Tile, entries_path, read_bundle, tiles_of
from ballots.manifest import Manifest
from ballots.trustee.errors import Stopped
from ballots.trustee.opening import Closed
from ballots.trustee.setup_log import SetupLog
from ballots.verifier.reading import Absent, Origin, Source, locate, open_source
from crypto.errors import CryptoError
from crypto.note import Checkpoint, Note

_MOST_BUNDLE_BYTES = TILE_WIDTH * (65_535 + 2)
_MOST_NOTE_BYTES = 65_536
_MOST_MANIFEST_BYTES = 65_000
_RECORD_ADDRESS = re.compile(r"(?P<above>https?://.*/(?P<name>[A-Za-z0-9_-]+))/record/?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Record:
    """A record at one place."""

    origin: Origin

    @classmethod
    def at(cls, place: str, scratch: Path) -> Self:
        """The record at a place; `scratch` is an empty folder of ours. Raises Unreadable."""
        return cls(locate(place, scratch))

    def whole(self) -> "Record":
        """The same record in one file: what is verified is then what is read, also of a server.

        Raises Unreadable.
        """
        found = _RECORD_ADDRESS.fullmatch(self.origin.place)
        if self.origin.kind != "address" or found is None:
            return self
        place = f"{found['above']}/{found['name']}.suara"
        return Record(locate(place, Path(self.origin.scratch)))

    def setup(self) -> SetupLog:
        """The set-up log as far as it stands here, with or without a checkpoint.

        Raises Stopped `no-setup`, `bad-setup`.
        """
        entries = list(self._setup_entries())
        if not entries:
            raise Stopped("no-setup", f"there is no set-up log at {self.origin.place}")
        return SetupLog.read(entries)

    def manifest(self) -> Manifest:
        """The manifest, once the vote is frozen; raises Stopped `no-manifest`."""
        try:
            manifest = Manifest.parse(self._source.read("manifest.json", _MOST_MANIFEST_BYTES))
            manifest.check_eid0()
        except Absent:
            message = "this record has no manifest yet: the vote is not frozen"
            raise Stopped("no-manifest", message) from None
        except (BallotError, CryptoError) as error:
            raise Stopped("bad-manifest", f"the manifest is not right: {error}") from None
        return manifest

    def closed(self, manifest: Manifest) -> Closed:
        """How the record closes; raises Stopped `not-closed`, `bad-record`."""
        try:
            return Closed.read(manifest, self._ballots(), lambda size: self._note("ballots", size))
        except Absent as absent:
            raise Stopped("bad-record", f"the record lacks {absent}") from None
        except CryptoError as error:
            raise Stopped("bad-record", f"the ballot log does not read: {error}") from None

    def setup_files(self) -> Iterator[tuple[str, bytes]]:
        """The set-up log's entries as files by path, to carry away."""
        entries = list(self._setup_entries())
        for tile in tiles_of(len(entries)):
            if tile.is_bundle:
                yield f"setup/{tile.path}", self._read_bundle(tile)

    @property
    def _source(self) -> Source:
        return open_source(self.origin)

    def _ballots(self) -> Iterator[bytes]:
        note = Note.parse(self._source.read("ballots/checkpoint", _MOST_NOTE_BYTES))
        for tile in tiles_of(Checkpoint.parse_text(note.text).size):
            if tile.is_bundle:
                path = f"ballots/{tile.path}"
                yield from read_bundle(self._source.read(path, _MOST_BUNDLE_BYTES))

    def _note(self, log: Log, size: int) -> bytes:
        return self._source.read(f"{log}/checkpoints/{size}", _MOST_NOTE_BYTES)

    def _setup_entries(self) -> Iterator[bytes]:
        for index in count():
            width = self._widest(index)
            if width:
                yield from read_bundle(self._read_bundle(Tile("entries", index, width)))
            if width < TILE_WIDTH:
                return

    def _read_bundle(self, tile: Tile) -> bytes:
        return self._source.read(f"setup/{tile.path}", _MOST_BUNDLE_BYTES)

    def _widest(self, index: int) -> int:
        """The width of the widest bundle here, 0 for none.

        An address lists nothing: whatever is narrower than the widest is there too, so that a few
        questions find it. A folder may hold a few widths, one for each time it was filled.
        """
        names = self._source.names()
        if names is not None:
            there = set(names)
            widths = range(TILE_WIDTH, 0, -1)
            return next((w for w in widths if f"setup/{entries_path(index, w)}" in there), 0)
        low, high = 0, TILE_WIDTH
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._has(index, middle) else (low, middle - 1)
        return low

    def _has(self, index: int, width: int) -> bool:
        try:
            self._read_bundle(Tile("entries", index, width))
        except Absent:
            return False
        return True
