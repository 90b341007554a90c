"""What a worker needs at hand: the open record, the election, the keys, the rows of the roll."""

import os
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ballots.verifier.election import Election, read_election
from ballots.verifier.logs.rows import RollRow, read_row
from ballots.verifier.reading import Origin, Source, open_source
from crypto.blind_rsa import PublicKey

OFFSET_OCTETS = 8


@dataclass(frozen=True, slots=True)
class RollFile:
    """The roll's leaf data one after the other in a file of ours, and where each row ends.

    `ends` is a file of big-endian numbers of 8 bytes; `size` the number of rows. A million rows
    are not held in memory: each is read where it is needed.
    """

    leaves: Path
    ends: Path
    size: int


class RollReader:
    """Rows by their index, from the files of a `RollFile`."""

    def __init__(self, roll: RollFile) -> None:
        self.size = roll.size
        self._leaves = self._open(roll.leaves)
        self._ends = self._open(roll.ends)

    def leaf(self, index: int) -> bytes:
        """The leaf data of row `index`, which is below `size`."""
        before = max(index - 1, 0) * OFFSET_OCTETS
        ends = os.pread(self._ends, 2 * OFFSET_OCTETS, before)
        start = int.from_bytes(ends[:OFFSET_OCTETS], "big") if index else 0
        end = int.from_bytes(ends[OFFSET_OCTETS:] if index else ends[:OFFSET_OCTETS], "big")
        return os.pread(self._leaves, end - start, start)

    def row(self, index: int) -> RollRow:
        """Row `index`; raises V16 if its bytes are none."""
        return read_row(self.leaf(index))

    def _open(self, file: Path) -> int:
        """A descriptor that is closed when this reader is gone."""
        descriptor = os.open(file, os.O_RDONLY)
        weakref.finalize(self, os.close, descriptor)
        return descriptor


@dataclass(frozen=True, slots=True)
class Errand:
    """What a worker is told once: the log to read, and everything its checks lean on.

    `keys` are (registrar, style, SubjectPublicKeyInfo) of every sound key; `roll` is None where
    the rows are not published; `wanted` payload hashes that somebody holds a promise for.
    """

    origin: Origin
    document: bytes
    log: str
    size: int
    keys: tuple[tuple[int, int, bytes], ...] = ()
    roll: RollFile | None = None
    wanted: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Bench:
    """An errand with everything opened and parsed."""

    errand: Errand
    source: Source
    election: Election
    keys: Mapping[tuple[int, int], PublicKey]
    roll: RollReader | None


@lru_cache(maxsize=2)
def lay_out(errand: Errand) -> Bench:
    """The bench for an errand, laid out once in each process."""
    return Bench(
        errand=errand,
        source=open_source(errand.origin),
        election=read_election(errand.document),
        keys={(r, style): PublicKey.parse(spki) for r, style, spki in errand.keys},
        roll=RollReader(errand.roll) if errand.roll else None,
    )
