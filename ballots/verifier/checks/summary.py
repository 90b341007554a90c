"""V40: what a reader wants to know of an election that was verified, and what nobody can verify."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ballots.verifier.bulk.opening import (
    BAD_ENCODING,
    BREAKS_RULE,
    CANNOT_OPEN,
    COUNTED,
    SMALL_STYLE,
    SUPERSEDED,
)
from ballots.verifier.checks.authorisation import DESK, PASSKEY, SESSION

CAUGHT_PERCENT = (1, 2, 5)
"""The shares of check-ins, in percent, whose falsification a sample should catch."""

_MISSED = (1, 20)
"""The chance that a sample may miss it: 5 %."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of V40.

    `check_ins` by kind; `desk_with_passkey` those at a desk for rows that have one; `statuses` by
    status byte; `struck` the rows with a note of the organiser that checked in nevertheless;
    `to_ask` percent → how many who checked in to ask, to catch so many at 95 %.
    """

    roll_size: int
    voted: int
    check_ins: Mapping[int, int]
    desk_with_passkey: int
    statuses: Mapping[int, int]
    struck: Sequence[int]
    to_ask: Mapping[int, int]

    @property
    def checked_in(self) -> int:
        """Check-ins of every kind."""
        return sum(self.check_ins.values())

    @property
    def without_passkey(self) -> int:
        """The bound on what the organiser could have stuffed: no passkey of the voter's own."""
        return self.check_ins.get(SESSION, 0) + self.check_ins.get(DESK, 0)


def v40_summary(summary: Summary) -> str:
    """The numbers in one line."""
    return "; ".join(
        [
            f"turnout {summary.voted} of {summary.roll_size}",
            _check_ins(summary),
            _statuses(summary),
            f"at most {summary.without_passkey} check-ins without the voter's own passkey",
            f"{summary.checked_in - summary.voted} checked in and cast nothing: ask them",
            f"struck rows that checked in: {', '.join(map(str, summary.struck)) or 'none'}",
            _to_ask(summary),
        ]
    )


def _check_ins(summary: Summary) -> str:
    kinds = summary.check_ins
    return (
        f"check-ins {summary.checked_in}: {kinds.get(PASSKEY, 0)} by the voter's passkey, "
        f"{kinds.get(SESSION, 0)} by session, {kinds.get(DESK, 0)} at a desk "
        f"({summary.desk_with_passkey} of them on rows with a passkey)"
    )


def _statuses(summary: Summary) -> str:
    named = {
        "counted": COUNTED,
        "superseded": SUPERSEDED,
        "unopenable": CANNOT_OPEN,
        "badly encoded": BAD_ENCODING,
        "against the rule": BREAKS_RULE,
        "in small styles": SMALL_STYLE,
    }
    parts = (f"{name} {summary.statuses.get(status, 0)}" for name, status in named.items())
    return f"ballots {', '.join(parts)}"


def _to_ask(summary: Summary) -> str:
    asked = ", ".join(f"{number} for {percent} %" for percent, number in summary.to_ask.items())
    return f"to catch falsified check-ins at 95 %, ask (did you check in, did you cast?) {asked}"


def sample_size(population: int, percent: int) -> int:
    """How many of `population` to ask so that, if `percent` of them are false, 95 % catch one.

    Exact: drawn without putting back, in integers.
    """
    false = -(-population * percent // 100)
    hit, all_ways = 1, 1
    for asked in range(population):
        if _MISSED[1] * hit <= _MISSED[0] * all_ways:
            return asked
        hit *= max(population - false - asked, 0)
        all_ways *= population - asked
    return population
