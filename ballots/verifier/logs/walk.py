"""A log as it goes by: order, batches, tree; what the checks after it need is kept."""

from dataclasses import dataclass
from typing import Any, Protocol

from ballots.verifier.bulk.pieces import Item, Piece
from ballots.verifier.checks.ballots import v25_batches
from ballots.verifier.checks.logs import check_order
from ballots.verifier.election import Election
from ballots.verifier.logs.order import Order
from ballots.verifier.logs.shapes import Entry
from ballots.verifier.logs.tiles import HASH_OCTETS
from ballots.verifier.logs.tree import Tree
from ballots.verifier.verdict import Fault, Findings

_CHECKPOINT_AFTER = frozenset({
    "draft", "dkg-complaint", "roll-note", "manifest", "open", "epoch", "issue-close", "close",
    "result", "attest",
})  # fmt: skip
_CLOSING = frozenset({"issue-close", "close"})


class Ledger(Protocol):
    """Takes the bulk entries of a log, one by one."""

    def take(self, index: int, item: Any) -> None:
        """Note an entry that stands where it may; never raises."""


class NoLedger:
    """The ledger of the set-up log, which has no bulk entries."""

    def take(self, index: int, item: Any) -> None:
        """Nothing comes here."""


@dataclass(frozen=True, slots=True)
class EpochPlace:
    """An `epoch` entry: its place, where its batch began, and the hash it holds."""

    index: int
    batch_start: int
    checkpoint_hash: bytes


class Walk:
    """One log, fed piece by piece in order.

    `entries` are the small ones by tag, each with its index; `checkpoints` the sizes at which the
    log must have published a checkpoint; `inside_batch` those of the `listed` sizes where none may
    be. `is_whole` says that every bundle was there.
    """

    def __init__(
        self, log: str, size: int, election: Election, findings: Findings, ledger: Ledger
    ) -> None:
        self.log = log
        self.size = size
        self.tree = Tree()
        self.entries: dict[str, list[tuple[int, Entry]]] = {}
        self.epochs: list[EpochPlace] = []
        self.checkpoints: set[int] = set()
        self.inside_batch: set[int] = set()
        self.listed: set[int] = set()
        self.is_whole = False
        self._election = election
        self._findings = findings
        self._ledger = ledger
        self._wanted: set[int] = set()
        """Sizes whose roots are kept; one that ends a stretch is asked for in the next."""
        self._order = Order(log)
        self._batch = _Batch(election.draft.batch_min)
        self._last_leaf = bytes(HASH_OCTETS) if log == "setup" else election.eid

    def feed(self, piece: Piece) -> bool:
        """Take the next piece; False where the record does not hold all of it."""
        for seen in piece.faults:
            self._findings.add(seen.code, seen.why, seen.log, seen.index)
        for code, what in piece.gaps.items():
            self._findings.miss([code], what)
        if piece.leaf_hashes:
            self._grow(piece)
        if piece.first == 0 and (not piece.items or piece.items[0][0] > 0):
            self._order.skip()
        for index, item in piece.items:
            self._take(index, item)
        self.is_whole = self.tree.size == self.size
        return not piece.absent

    def single(self, tag: str) -> tuple[int, Entry] | None:
        """The one entry with this tag, or the first; None if there is none."""
        found = self.entries.get(tag)
        return found[0] if found else None

    def _grow(self, piece: Piece) -> None:
        if piece.first_prev != self._last_leaf:
            why = "its prev is not the leaf hash of the entry before"
            self._findings.add("V14", why, self.log, piece.first)
        self._wanted |= self.listed
        for index, item in piece.items:
            if isinstance(item, Entry):
                self._wanted |= {index, index + 1}
        for leaves in piece.leaf_hashes:
            self.tree.add(leaves, self._wanted)
        self._last_leaf = piece.leaf_hashes[-1][-HASH_OCTETS:]

    def _take(self, index: int, item: Item) -> None:
        try:
            if isinstance(item, Entry):
                check_order(self._order, item)
                self._keep(index, item)
                return
            self._order.admit(item.tag)
            if index + 1 in self.listed:
                self.inside_batch.add(index + 1)
            self._ledger.take(index, item)
            self._batch.add(item.batch_key)
        except Fault as fault:
            self._findings.add_fault(fault, self.log, index)

    def _keep(self, index: int, entry: Entry) -> None:
        if entry.tag in _CHECKPOINT_AFTER:
            self.checkpoints.add(index + 1)
        if entry.tag == "result":
            self.checkpoints.add(index)  # directly after the last share
        if entry.tag == "epoch":
            self.epochs.append(EpochPlace(index, self._batch.start, entry.fields[2]))
            self._batch.end(index, entry.number(1))
            return
        if entry.tag in _CLOSING:
            self._batch.is_small = False
        self._batch.start = index + 1
        self.entries.setdefault(entry.tag, []).append((index, entry))


class _Batch:
    """The batch that is being read: its payloads are sorted, and there are enough of them."""

    def __init__(self, least: int) -> None:
        self.start = 0
        self.is_small = False
        self._least = least
        self._count = 0
        self._last_key = b""
        self._number = 0

    def add(self, key: bytes) -> None:
        """The next payload; raises V25."""
        follows_a_small_one, self.is_small = self.is_small, False
        before, self._last_key = self._last_key, key
        self._count += 1
        v25_batches(before, key, follows_a_small_one=follows_a_small_one)

    def end(self, index: int, number: int) -> None:
        """The epoch at `index` ends the batch; raises V15 for a wrong number."""
        self.is_small = self._count < self._least
        self.start, self._count, self._last_key = index + 1, 0, b""
        expected, self._number = self._number, self._number + 1
        if number != expected:
            raise Fault("V15", f"epoch {number} where {expected} is next")
