"""Every ballot in a few bytes, for a million of them: what V24 and the opening need."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from ballots.verifier.checks.ballots import NO_PREVIOUS, CastItem, Turn, v24_sequence
from ballots.verifier.logs.slots import KEY_OCTETS, Slots
from ballots.verifier.verdict import Findings

_SET_ASIDE = 2**32 - 1


class CastLedger:
    """The ballots of a log by ordinal: 0, 1, 2 … over all its `cast` entries.

    `indexes` are their places in the log, `found` the places of the payload hashes in `wanted`.
    After `close`, `best` marks each key's highest ballot, the only one that is ever opened.
    """

    def __init__(self, wanted: frozenset[bytes]) -> None:
        self.indexes = array("Q")
        self.styles = array("H")
        self.best = bytearray()
        self.found: dict[bytes, int] = {}
        self.voted: Counter[int] = Counter()
        self._wanted = wanted
        self._keys = Slots()
        self._slots = array("I")
        self._seqs = array("I")
        self._hashes = bytearray()
        self._previous: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self.indexes)

    def take(self, index: int, item: CastItem) -> None:
        """Note the next ballot of the log."""
        if item.prev_own != NO_PREVIOUS:
            self._previous[len(self.indexes)] = item.prev_own
        self.indexes.append(index)
        self.styles.append(item.style)
        self._slots.append(self._keys.add(item.bk) if item.bk else _SET_ASIDE)
        self._seqs.append(item.seq)
        self._hashes += item.hash
        if item.hash in self._wanted:
            self.found.setdefault(item.hash, index)

    def is_set_aside(self, ordinal: int) -> bool:
        """Whether V20 set this ballot aside, so that nothing later looks at it."""
        return self._slots[ordinal] == _SET_ASIDE

    def close(self, max_revisions: int, findings: Findings) -> None:
        """V24 over all keys; then each key's highest ballot, the first in the log of equals.

        What only V24 needed is let go.
        """
        self.best = bytearray(len(self))
        for ordinal, why in sorted(self._wrong_turns(max_revisions)):
            findings.add("V24", why, "ballots", self.indexes[ordinal])
        self.voted = Counter(self.styles[o] for o, is_best in enumerate(self.best) if is_best)
        self._hashes, self._previous, self._keys = bytearray(), {}, Slots()

    def _wrong_turns(self, max_revisions: int) -> Iterator[tuple[int, str]]:
        for turns in self._by_key():
            wrong = v24_sequence(turns, max_revisions)
            yield from wrong.items()
            highest = max(turns, key=lambda turn: (turn.seq, -turn.ordinal))
            self.best[highest.ordinal] = 1

    def _by_key(self) -> Iterator[list[Turn]]:
        """The ballots of each key, by `seq` and place; keys with one ballot need no sorting."""
        ballots = array("I", bytes(4 * len(self._keys)))
        for slot in self._slots:
            if slot != _SET_ASIDE:
                ballots[slot] += 1
        several = []
        for ordinal, slot in enumerate(self._slots):
            if slot == _SET_ASIDE:
                continue
            if ballots[slot] == 1:
                # Nearly every voter: one ballot, the first, nothing to compare it with.
                if self._seqs[ordinal] or ordinal in self._previous:
                    yield [self._turn(ordinal)]
                else:
                    self.best[ordinal] = 1
            else:
                several.append(slot << 64 | self._seqs[ordinal] << 32 | ordinal)
        several.sort()
        for _, those in groupby(several, key=lambda packed: packed >> 64):
            yield self._turns(those)

    def _turns(self, packed: Iterable[int]) -> list[Turn]:
        return [self._turn(each & _SET_ASIDE) for each in packed]

    def _turn(self, ordinal: int) -> Turn:
        start = ordinal * KEY_OCTETS
        return Turn(
            ordinal,
            self._seqs[ordinal],
            self.styles[ordinal],
            bytes(self._hashes[start : start + KEY_OCTETS]),
            self._previous.get(ordinal, NO_PREVIOUS),
        )
