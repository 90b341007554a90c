"""Which of many possible marks really count: the chain that climbs best.

A reference in a sentence ("as meant in Pasal 5") looks like a heading, and a scanner hides real
headings in the middle of lines. No rule on single marks tells them apart, but headings count
upwards one by one and references do not. So every candidate gets a score for how it stands, and
the chain with the best sum wins, where each number left out costs something.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from participation.consultations.drafting.numerals import Number

_DEAREST_GAP = 12.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a heading or list letter may stand.

    `start` and `end` are offsets of the mark itself; marks with the same start are readings of the
    same place. `score` says how much it stands like a heading; `is_literal` that no digit had to
    be guessed.
    """

    start: int
    end: int
    number: Number
    score: float
    is_literal: bool = True


@dataclass(frozen=True, slots=True)
class _Link:
    score: float
    mark: Mark | None
    before: "_Link | None"


def best_chain(marks: Iterable[Mark], gap_cost: float) -> tuple[Mark, ...]:
    """The marks of the best climbing chain, in order; empty when none is worth anything.

    `gap_cost` is what one missing number costs, up to 12 for a longer hole. A doubtful mark is
    therefore taken only where it closes a hole.
    """
    best: dict[Number, _Link] = {Number(0): _Link(0.0, None, None)}
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.number))
    for _, readings in groupby(ordered, key=lambda mark: mark.start):
        longer = [_extend(best, mark, gap_cost) for mark in readings]
        for mark, link in longer:
            if mark.number not in best or link.score > best[mark.number].score:
                best[mark.number] = link
    return _unroll(max(best.values(), key=lambda link: link.score))


def holes(chain: Iterable[Mark]) -> tuple[tuple[range, Mark], ...]:
    """The whole numbers a chain leaves out, hole by hole, each with the mark that ends the hole."""
    found: list[tuple[range, Mark]] = []
    last = 0
    for mark in chain:
        if mark.number.value > last + 1:
            found.append((range(last + 1, mark.number.value), mark))
        last = mark.number.value
    return tuple(found)


def _extend(best: dict[Number, _Link], mark: Mark, gap_cost: float) -> tuple[Mark, _Link]:
    def worth(number: Number) -> float:
        hole = mark.number.gap_after(number)
        return best[number].score - min(hole * gap_cost, _DEAREST_GAP)

    before = max((number for number in best if number < mark.number), key=worth)
    return mark, _Link(worth(before) + mark.score, mark, best[before])


def _unroll(link: _Link) -> tuple[Mark, ...]:
    chain: list[Mark] = []
    step: _Link | None = link
    while step is not None and step.mark is not None:
        chain.append(step.mark)
        step = step.before
    return tuple(reversed(chain))
