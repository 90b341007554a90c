"""Which numbers are shown, so that none tells what a few people answered. Pure.

A row of counts (the choices of one question, or of one row of a matrix) is shown with the number
of people who answered. Numbers below `LEAST` are hidden. A hidden number would be what is missing
in the sum; so the smallest of the others is hidden with them, and every other as small as that one.

Then two different numbers are hidden always, unless all are below `LEAST`, and exchanging them
gives a row that looks the same: nobody can tell which is which, also who knows this rule. A test
looks at every row of a size to see it.

A question that was asked only after a certain choice tells how often that was chosen. Where that
number is hidden, all of the question is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from participation.surveys.asked import Asked, Kind

LEAST = 5
"""Fewer people than this are never shown as a number."""


@dataclass(frozen=True, slots=True)
class Row:
    """The shown counts of one row; a hidden one is `None`, as is the number of answers.

    `answered` is how many people answered this row.
    """

    answered: int | None
    counts: tuple[int | None, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is hidden."""
        return self.answered is not None and None not in self.counts


@dataclass(frozen=True, slots=True)
class Counted:
    """The exact counts of one row, which nobody is shown as they are."""

    answered: int
    counts: tuple[int, ...]


def hidden(counts: Sequence[int]) -> frozenset[int]:
    """The places of the counts that are not shown."""
    small = {place for place, count in enumerate(counts) if count < LEAST}
    rest = [count for count in counts if count >= LEAST]
    if small and rest:
        small |= {place for place, count in enumerate(counts) if count == min(rest)}
    return frozenset(small)


def shown(row: Counted) -> Row:
    """What is shown of a row: nothing at all where fewer than `LEAST` people answered."""
    if row.answered < LEAST:
        return _nothing(row)
    away = hidden(row.counts)
    kept = (None if place in away else count for place, count in enumerate(row.counts))
    return Row(row.answered, tuple(kept))


def disclose(
    questions: Sequence[Asked], counted: Mapping[UUID, Sequence[Counted]]
) -> dict[UUID, tuple[Row, ...]]:
    """What is shown of every question, row by row; open questions have one row without counts."""
    told: dict[UUID, tuple[Row, ...]] = {}
    for asked in questions:
        show: Callable[[Counted], Row] = shown if _is_base_shown(asked, told) else _nothing
        told[asked.id] = tuple(map(show, counted[asked.id]))
    return told


def mean(row: Row) -> float | None:
    """The mean point of a scale counted from 1, where nothing of it is hidden."""
    if not row.is_whole or not row.answered:
        return None
    total = sum((place + 1) * (count or 0) for place, count in enumerate(row.counts))
    return total / row.answered


def has_mean(asked: Asked) -> bool:
    """Whether a mean says something about this question."""
    return asked.kind is Kind.SCALE


def _is_base_shown(asked: Asked, told: Mapping[UUID, tuple[Row, ...]]) -> bool:
    if asked.only_if is None:
        return True
    (row,) = told[asked.only_if.question_id]
    return row.counts[asked.only_if.choice] is not None


def _nothing(row: Counted) -> Row:
    return Row(None, (None,) * len(row.counts))
