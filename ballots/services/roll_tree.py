"""The tree over a roll's rows, hashed once, so that a voter's proof costs a few look-ups."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from ballots.roll import Row
from crypto import merkle


@dataclass(frozen=True, slots=True)
class RollTree:
    """The perfect sub-trees over the rows: `levels[l][i]` is over rows i·2^l to (i+1)·2^l - 1."""

    levels: tuple[tuple[bytes, ...], ...]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """The tree over rows in their order."""
        levels = [tuple(merkle.leaf_hash(row.leaf) for row in rows)]
        while len(levels[-1]) > 1:
            pairs = zip(levels[-1][::2], levels[-1][1::2], strict=False)
            levels.append(tuple(merkle.node_hash(*pair) for pair in pairs))
        return cls(tuple(levels))

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.levels[0])

    @property
    def root(self) -> bytes:
        """The roll's root, 32 bytes."""
        return merkle.root_from_subtrees(self.size, self._subtree)

    def proof(self, row: int) -> tuple[bytes, ...]:
        """The inclusion proof of a row: 32-byte hashes, from the leaf upwards."""
        return merkle.inclusion_from_subtrees(row, self.size, self._subtree)

    def _subtree(self, level: int, place: int) -> bytes:
        return self.levels[level][place]
