"""The Merkle tree of a log while it streams by: roots at any size, and the hashes of its tiles."""

from ballots.verifier.logs.tiles import HASH_OCTETS, WIDTH
from crypto.merkle import EMPTY_ROOT, node_hash

_LEVEL = 8
"""A tile is a perfect sub-tree of this height."""


def tile_root(hashes: bytes) -> bytes:
    """The root over a full tile, 256 hashes of 32 bytes."""
    level = [hashes[at : at + HASH_OCTETS] for at in range(0, len(hashes), HASH_OCTETS)]
    while len(level) > 1:
        level = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=True)]
    return level[0]


class Peaks:
    """The perfect sub-trees of everything appended so far, largest first."""

    __slots__ = ("_hashes", "size")

    def __init__(self) -> None:
        self.size = 0
        self._hashes: list[bytes] = []

    def append(self, root: bytes, height: int = 0) -> None:
        """Add a perfect sub-tree of 2^height leaves; `size` is a multiple of that number."""
        index = self.size >> height
        while index & 1:
            root = node_hash(self._hashes.pop(), root)
            index >>= 1
        self._hashes.append(root)
        self.size += 1 << height

    def root(self) -> bytes:
        """The root of all leaves so far."""
        if not self._hashes:
            return EMPTY_ROOT
        folded = self._hashes[-1]
        for left in reversed(self._hashes[:-1]):
            folded = node_hash(left, folded)
        return folded


class Tree:
    """A log's tree, fed bundle by bundle: roots where they are wanted, tiles from level 1 up."""

    def __init__(self) -> None:
        self._peaks = Peaks()
        self.roots: dict[int, bytes] = {0: EMPTY_ROOT}
        self.levels: list[bytearray] = []

    @property
    def size(self) -> int:
        """Leaves so far."""
        return self._peaks.size

    def add(self, leaf_hashes: bytes, wanted: set[int]) -> None:
        """Append one bundle's leaf hashes (at most 256), keeping the roots at `wanted` sizes."""
        count = len(leaf_hashes) // HASH_OCTETS
        start, end = self.size, self.size + count
        root = tile_root(leaf_hashes) if count == WIDTH else b""
        if root and wanted.isdisjoint(range(start + 1, end)):
            self._peaks.append(root, _LEVEL)
        else:
            self._add_one_by_one(leaf_hashes, wanted)
        self.roots[end] = self._peaks.root()
        if start not in wanted:
            self.roots.pop(start, None)
        if root:
            self._add_tile(0, root)

    def _add_one_by_one(self, leaf_hashes: bytes, wanted: set[int]) -> None:
        for at in range(0, len(leaf_hashes), HASH_OCTETS):
            self._peaks.append(leaf_hashes[at : at + HASH_OCTETS])
            if self.size in wanted:
                self.roots[self.size] = self._peaks.root()

    def _add_tile(self, level: int, root: bytes) -> None:
        """Keep the hash of a full tile where the level above holds it."""
        if level == len(self.levels):
            self.levels.append(bytearray())
        hashes = self.levels[level]
        hashes += root
        if len(hashes) % (WIDTH * HASH_OCTETS) == 0:
            self._add_tile(level + 1, tile_root(bytes(hashes[-WIDTH * HASH_OCTETS :])))
