"""A log's tree over stored hashes, read a tile at a time. Pure: storage is a function."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from ballots.log import FIRST_PREV, TILE_WIDTH, chain, tile_hash
from crypto import merkle

_TILE_BITS = 8

Read = Callable[[int, int, int], Sequence[bytes]]
"""`read(level, begin, end)`: hashes of a level of tiles; fewer where the log ends sooner."""


class StoredTree:
    """The tree as it is stored: leaf hashes on level 0, hashes of full tiles above."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._tiles: dict[tuple[int, int], Sequence[bytes]] = {}

    def root(self, size: int) -> bytes:
        """The root of the first `size` entries."""
        return merkle.root_from_subtrees(size, self._subtree)

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """The proof that entry `index` is in the tree of the first `size` entries."""
        return merkle.inclusion_from_subtrees(index, size, self._subtree)

    def _subtree(self, level: int, index: int) -> bytes:
        """The root of 2^level leaves, from the tile that holds them."""
        tile_level, height = divmod(level, _TILE_BITS)
        begin, end = index << height, (index + 1) << height
        first = begin // TILE_WIDTH * TILE_WIDTH
        if (tile_level, first) not in self._tiles:
            self._tiles[tile_level, first] = self._read(tile_level, first, first + TILE_WIDTH)
        hashes = self._tiles[tile_level, first]
        return merkle.root(hashes[begin - first : end - first])


def entries_after(last_leaf: bytes, payloads: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """For each payload in turn its entry and leaf hash; an empty `last_leaf` begins the log."""
    return chain(last_leaf or FIRST_PREV, payloads)


def full_tiles(begin: int, end: int, read: Read) -> Iterator[tuple[int, int, bytes]]:
    """Level, place and hash of every tile that became full while a log grew from begin to end.

    Level by level: each must be stored before the next is asked for.
    """
    level = 1
    while begin >> _TILE_BITS != end >> _TILE_BITS:
        begin, end = begin >> _TILE_BITS, end >> _TILE_BITS
        for place in range(begin, end):
            first = place * TILE_WIDTH
            yield level, place, tile_hash(read(level - 1, first, first + TILE_WIDTH))
        level += 1
