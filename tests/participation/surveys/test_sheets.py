"""Skip logic and fields, as pure functions."""

from hypothesis import given
from hypothesis import strategies as st

from participation.core.ids import new_id
from participation.surveys.asked import Asked, Condition, Kind
from participation.surveys.sheets import Given, asked_of, fields_of, read, readable, reduced

ONE, TWO, THREE, FOUR = (new_id() for _ in range(4))
CHAIN = (
    Asked(ONE, 1, Kind.SINGLE, "1?", choices=("a", "b")),
    Asked(TWO, 2, Kind.MULTIPLE, "2?", choices=("a", "b"), only_if=Condition(ONE, 0)),
    Asked(THREE, 3, Kind.TEXT, "3?", only_if=Condition(TWO, 1)),
    Asked(FOUR, 4, Kind.MATRIX, "4?", choices=("a", "b"), rows=("x", "y")),
)
VALUES = st.lists(st.sampled_from(["", "0", "1", "2", "x", "-1", "01", "²"]), max_size=3)
FIELDS = st.dictionaries(st.sampled_from(["q1", "q2", "q3", "q4_0", "q4_1", "q9"]), VALUES)


def numbers(sheet) -> list[int]:
    return [each.number for each in asked_of(CHAIN, sheet)]


def test_a_question_follows_from_the_choice_before_it():
    assert numbers({}) == [1, 4]
    assert numbers({ONE: Given(frozenset({(0, 0)}))}) == [1, 2, 4]
    assert numbers({ONE: Given(frozenset({(0, 1)}))}) == [1, 4]


def test_what_depends_on_a_question_that_is_not_asked_is_not_asked_either():
    both = {TWO: Given(frozenset({(0, 0), (0, 1)})), THREE: Given(text="karena")}
    assert numbers(both | {ONE: Given(frozenset({(0, 0)}))}) == [1, 2, 3, 4]
    answered_no = both | {ONE: Given(frozenset({(0, 1)}))}
    assert numbers(answered_no) == [1, 4]
    assert set(reduced(CHAIN, answered_no)) == {ONE}


@given(FIELDS)
def test_whatever_is_sent_is_read_or_refused_and_fills_the_form_again(fields):
    sheet = readable(CHAIN, fields)
    assert read(CHAIN, fields_of(CHAIN, sheet)) == sheet
    assert reduced(CHAIN, reduced(CHAIN, sheet)) == reduced(CHAIN, sheet)
