"""The log as it lies in bundles and tiles: entries in order, and the tree over them."""

from collections.abc import Callable, Iterator

from ballots.verifier.logs.tiles import HASH_OCTETS, WIDTH, cut, tile_path, widths
from ballots.verifier.logs.tree import Tree
from ballots.verifier.reading import Absent, Source
from ballots.verifier.verdict import Fault, Findings
from crypto.merkle import leaf_hash
from participation.record.verifying.checks import c04_tile, c05_chain

Progress = Callable[[str, int, int], None]
"""Told as work goes on: the stage, how much of it is done, how much there is."""

LOG = "record"
_MOST_BUNDLE_BYTES = WIDTH * (2 + 65_535)
_MOST_TILE_BYTES = WIDTH * HASH_OCTETS
_ANY_PREV = 32


class Log:
    """Reads the entries once, noting what C04 and C05 find; `tree` grows with them.

    `wanted` are the sizes whose roots are kept. `is_whole` says that every bundle was there.
    """

    def __init__(self, source: Source, size: int, wanted: set[int], findings: Findings) -> None:
        self.size = size
        self.tree = Tree()
        self._source = source
        self._wanted = wanted
        self._findings = findings
        self._last_leaf = bytes(HASH_OCTETS)

    @property
    def is_whole(self) -> bool:
        """Whether all entries have gone by."""
        return self.tree.size == self.size

    def payloads(self, progress: Progress) -> Iterator[tuple[int, bytes]]:
        """Index and payload of each entry, as far as the record goes."""
        for index, width in widths(self.size):
            entries = self._bundle(index, width)
            if entries is None:
                return
            leaves = b"".join(map(leaf_hash, entries))
            self._check_tile(0, index, leaves)
            self.tree.add(leaves, self._wanted)
            for place, entry in enumerate(entries, index * WIDTH):
                yield place, self._payload(place, entry)
            progress("entries", self.tree.size, self.size)

    def check_upper_tiles(self) -> None:
        """C04 on the tiles above the leaves."""
        for level, hashes in enumerate(self.tree.levels, 1):
            for index, width in widths(len(hashes) // HASH_OCTETS):
                begin = index * WIDTH * HASH_OCTETS
                self._check_tile(level, index, bytes(hashes[begin : begin + width * HASH_OCTETS]))

    def _bundle(self, index: int, width: int) -> list[bytes] | None:
        path = tile_path("entries", index, width)
        try:
            octets = self._source.read(path, _MOST_BUNDLE_BYTES)
        except Absent:
            self._findings.miss(["C04", "C05"], path)
            return None
        entries, wrong = cut(octets, width)
        if wrong:
            self._findings.add("C04", wrong, path)
        return entries

    def _check_tile(self, level: int, index: int, expected: bytes) -> None:
        path = tile_path(level, index, len(expected) // HASH_OCTETS)
        try:
            c04_tile(self._source.read(path, _MOST_TILE_BYTES), expected)
        except Absent:
            self._findings.miss(["C04"], path)
        except Fault as fault:
            self._findings.add_fault(fault, path)

    def _payload(self, place: int, entry: bytes) -> bytes:
        before, self._last_leaf = self._last_leaf, leaf_hash(entry)
        with self._findings.noting(LOG, place):
            return c05_chain(entry, before)
        return entry[_ANY_PREV:]
