"""What the checks found, and what follows: faults and gaps by code, verdicts, the exit code.

A check passes only when it was carried out to its end and found nothing: a code that nobody
examined counts as missing, never as passed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

CODES = tuple(f"V{number:02}" for number in range(1, 41))
"""The forty checks of protocol section 10, in the order of their numbers."""

PASSED, INVALID, MISSING, FAILED = 0, 1, 2, 3
"""Exit codes: all passed, election invalid, evidence missing, the verifier itself failed."""


class Fault(Exception):  # noqa: N818 - the field's word; an error here is the verifier's own
    """One thing that is wrong with the record: which check says so, and what it saw."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code} {why}")
        self.code = code
        self.why = why

    def __reduce__(self) -> tuple[type["Fault"], tuple[str, str]]:
        """How a fault travels from a worker process: as its two parts."""
        return Fault, (self.code, self.why)


class Gap(Exception):  # noqa: N818 - as above
    """Something that the record should hold and does not, which one check needs."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(f"{code} {what}")
        self.code = code
        self.what = what

    def __reduce__(self) -> tuple[type["Gap"], tuple[str, str]]:
        """How a gap travels from a worker process: as its two parts."""
        return Gap, (self.code, self.what)


@dataclass(frozen=True, slots=True)
class Seen:
    """A fault and where it was seen: an entry of a log, or (`index` -1) the thing `log` names."""

    code: str
    why: str
    log: str = ""
    index: int = -1

    @property
    def where(self) -> str:
        """The place in words, like `ballots entry 17`."""
        return f"{self.log} entry {self.index}" if self.index >= 0 else self.log


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one check: passed (True), failed (False), evidence missing (None)."""

    code: str
    ok: bool | None
    message: str


class Findings:
    """Everything that was found so far; keeps the first fault of each code and how many."""

    def __init__(self) -> None:
        self.first: dict[str, Seen] = {}
        self.count: dict[str, int] = {}
        self.gaps: dict[str, str] = {}
        self.remarks: dict[str, str] = {}
        self._examined: set[str] = set()

    def add(self, code: str, why: str, log: str = "", index: int = -1) -> None:
        """Note a fault; of one log, the first is the one with the lowest index."""
        first = self.first.get(code)
        if first is None or (first.log == log and index < first.index):
            self.first[code] = Seen(code, why, log, index)
        self.count[code] = self.count.get(code, 0) + 1

    def add_fault(self, fault: Fault, log: str = "", index: int = -1) -> None:
        """Note a fault that was raised."""
        self.add(fault.code, fault.why, log, index)

    @contextmanager
    def noting(self, log: str = "", index: int = -1) -> Iterator[None]:
        """Note the fault or gap that ends the block, if one does."""
        try:
            yield
        except Fault as fault:
            self.add_fault(fault, log, index)
        except Gap as gap:
            self.miss([gap.code], gap.what)

    def miss(self, codes: Iterable[str], what: str) -> None:
        """Note that the record does not hold what these checks need."""
        for code in codes:
            self.gaps.setdefault(code, what)

    def examine(self, *codes: str) -> None:
        """Note that these checks were carried out to their end."""
        self._examined.update(codes)

    def remark(self, code: str, words: str) -> None:
        """Words for a check that passes, in place of its title."""
        self.remarks[code] = words

    def outcome(self, code: str) -> bool | None:
        """False with a fault, None with a gap or if nobody examined it, else True."""
        if code in self.first:
            return False
        return None if code in self.gaps or code not in self._examined else True


def exit_code(verdicts: Iterable[Verdict]) -> int:
    """0 all passed, 1 some check failed, 2 none failed but evidence is missing."""
    outcomes = {verdict.ok for verdict in verdicts}
    if False in outcomes:
        return INVALID
    return MISSING if None in outcomes else PASSED
