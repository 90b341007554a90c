"""Every check-in in a few bytes, and which registrars answered it (V17, V27)."""

from array import array
from collections import Counter

from ballots.verifier.checks.issues import CheckInItem, IssueItem
from ballots.verifier.election import Election
from ballots.verifier.logs.slots import Slots
from ballots.verifier.verdict import Fault, Findings


class IssueLedger:
    """The check-ins of a log, numbered as they come, and what was issued for them.

    `rows` is how many rows of the roll there are to read; others are remembered one by one.

    `kinds` counts check-ins by kind; `found` are the places of the payload hashes in `wanted`;
    `apart` the (check-in, issue) places whose signature no worker could look at, because the two
    stood far apart.
    """

    def __init__(
        self, election: Election, rows: int, findings: Findings, wanted: frozenset[bytes]
    ) -> None:
        self.kinds: Counter[int] = Counter()
        self.desk_with_passkey = 0
        self.found: dict[bytes, int] = {}
        self.apart: list[tuple[int, int]] = []
        self._findings = findings
        self._wanted = wanted
        self._registrars = election.registrars
        self._k = election.draft.registrars.k
        self._rows = bytearray(rows)
        self._rows_beyond: set[int] = set()
        self._slots = Slots()
        self._indexes = array("Q")
        self._styles = array("H")
        self._is_fine = bytearray()
        self._issued = bytearray()

    def take(self, index: int, item: object) -> None:
        """Note the next check-in or issue of the log."""
        try:
            if isinstance(item, CheckInItem):
                self._take_check_in(index, item)
            elif isinstance(item, IssueItem):
                self._take_issue(index, item)
        except Fault as fault:
            self._findings.add_fault(fault, "check-ins", index)

    def has_checked_in(self, row: int) -> bool:
        """Whether a row of the roll checked in."""
        if row < len(self._rows):
            return bool(self._rows[row])
        return row in self._rows_beyond

    def able_to_vote(self) -> Counter[int]:
        """Check-ins with at least k issues, by style."""
        counted: Counter[int] = Counter()
        for slot, style in enumerate(self._styles):
            marks = self._issued[slot * self._registrars : (slot + 1) * self._registrars]
            if self._is_fine[slot] and sum(marks) >= self._k:
                counted[style] += 1
        return counted

    def _take_check_in(self, index: int, item: CheckInItem) -> None:
        self._want(item.hash, index)
        known = len(self._slots)
        is_repeated = self._slots.add(item.hash) < known
        is_second = self.has_checked_in(item.row)
        if not is_repeated:
            self._indexes.append(index)
            self._styles.append(item.style)
            self._is_fine.append(item.is_fine and not is_second)
            self._issued += bytes(self._registrars)
        if is_repeated or is_second:
            raise Fault("V17", f"a second check-in of row {item.row}")
        if item.row < len(self._rows):
            self._rows[item.row] = 1
        else:
            self._rows_beyond.add(item.row)
        self.kinds[item.kind] += 1
        self.desk_with_passkey += item.is_at_desk and item.has_passkey

    def _take_issue(self, index: int, item: IssueItem) -> None:
        self._want(item.hash, index)
        slot = self._slots.find(item.check_in_hash)
        if slot < 0:
            raise Fault("V17", "an issue without a check-in before it")
        mark = slot * self._registrars + item.registrar - 1
        if self._issued[mark]:
            raise Fault("V17", f"registrar {item.registrar} signed twice for one check-in")
        self._issued[mark] = 1
        if not item.is_checked:
            self.apart.append((self._indexes[slot], index))

    def _want(self, payload_hash: bytes, index: int) -> None:
        if payload_hash in self._wanted:
            self.found.setdefault(payload_hash, index)
