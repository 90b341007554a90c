"""Small numbers: hidden, and not to be worked out from what is shown, also knowing the rule."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.core.ids import new_id
from participation.surveys.asked import Asked, Condition, Kind, points
from participation.surveys.disclosure import LEAST, Counted, Row, disclose, hidden, mean, shown

COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=8)


def rows(total: int, length: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many people can choose one of `length`."""
    if length == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in rows(total - first, length - 1):
            yield first, *rest


def told(counts: Sequence[int]) -> Row:
    return shown(Counted(sum(counts), tuple(counts)))


def asked(number: int, only_if: Condition | None = None, **more) -> Asked:
    return Asked(new_id(), number, Kind.SINGLE, "?", choices=("a", "b", "c"), only_if=only_if,
                 **more)  # fmt: skip


@pytest.mark.parametrize("length", [2, 3, 4])
@pytest.mark.parametrize("total", [*range(LEAST, 25), 30])
def test_no_hidden_number_can_be_worked_out(length, total):
    """Of all rows that look the same, each hidden number has several values: who sees the page,
    the number of people and this very program cannot tell which.
    """
    alike = defaultdict(list)
    for counts in rows(total, length):
        alike[told(counts)].append(counts)
    looked_at = 0
    for row, candidates in alike.items():
        assert row.answered == total
        for place, count in enumerate(row.counts):
            values = {counts[place] for counts in candidates}
            looked_at += 1
            assert len(values) > 1 if count is None else values == {count}, (row, candidates)
    assert looked_at


@given(COUNTS)
@settings(max_examples=300)
def test_a_hidden_number_could_have_been_exchanged_with_another(counts):
    """What the exhaustive test sees in small rows, for large ones: by exchange, or by one person
    more here and one less there.
    """
    row = told(counts)
    away = [place for place, count in enumerate(row.counts) if count is None]
    if row.answered is None:
        assert sum(counts) < LEAST
        return
    for place in away:
        assert any(told(other) == row for other in _others(counts, place, away))


def _others(counts, place, away) -> Iterator[list[int]]:
    """Rows with another number at this place and the same sum of the hidden ones."""
    for other in away:
        for step in ({counts[other] - counts[place], 1, -1} - {0}) if other != place else ():
            changed = list(counts)
            changed[place] += step
            changed[other] -= step
            if min(changed) >= 0:
                yield changed


@given(COUNTS)
def test_no_number_below_the_least_is_shown_and_none_is_wrong(counts):
    row = told(counts)
    for exact, count in zip(counts, row.counts, strict=True):
        assert count is None or count == exact >= LEAST
    assert row.answered is None or row.answered == sum(counts) >= LEAST
    assert row.counts.count(None) != 1


@given(COUNTS.filter(lambda counts: min(counts) >= LEAST))
def test_where_nobody_is_few_nothing_is_hidden(counts):
    assert hidden(counts) == frozenset()
    assert told(counts).is_whole


def test_the_next_smallest_goes_too_and_all_that_are_as_small():
    assert hidden((3, 10, 30)) == {0, 1}
    assert hidden((9, 9, 4)) == {0, 1, 2}
    assert hidden((0, 6, 7, 8)) == {0, 1}


def test_below_the_least_of_people_not_even_their_number_is_shown():
    assert told((2, 1, 1)) == Row(None, (None, None, None))
    assert told((0, 0)) == Row(None, (None, None))


def test_a_question_asked_after_a_hidden_choice_is_hidden_whole():
    """Its number of answers is the hidden number, or lies below it."""
    first = asked(1)
    after_few = asked(2, Condition(first.id, 0))
    after_many = asked(3, Condition(first.id, 2))
    after_both = asked(4, Condition(after_few.id, 1))
    counted = {
        first.id: [Counted(50, (4, 16, 30))],
        after_few.id: [Counted(4, (4, 0, 0))],
        after_many.id: [Counted(30, (10, 10, 10))],
        after_both.id: [Counted(0, (0, 0, 0))],
    }
    seen = disclose((first, after_few, after_many, after_both), counted)
    nothing = Row(None, (None, None, None))
    assert seen[first.id] == (Row(50, (None, None, 30)),)
    assert seen[after_few.id] == seen[after_both.id] == (nothing,)
    assert seen[after_many.id] == (Row(30, (10, 10, 10)),)


def test_also_after_a_choice_that_is_hidden_only_for_the_others_sake():
    first = asked(1)
    after = asked(2, Condition(first.id, 1))
    counted = {first.id: [Counted(50, (4, 16, 30))], after.id: [Counted(16, (8, 8, 0))]}
    assert disclose((first, after), counted)[after.id] == (Row(None, (None,) * 3),)


def test_a_mean_is_told_only_where_nothing_is_hidden():
    scale = points(3)
    assert len(scale) == 3
    assert mean(told((5, 0, 15))) is None
    assert mean(told((5, 5, 10))) == 2.25
    assert mean(told((1, 1, 1))) is None
