from participation.consultations.drafting.chains import Mark, best_chain, holes
from participation.consultations.drafting.numerals import Number


def mark(start: int, number: int, score: float) -> Mark:
    return Mark(start, start + 1, Number(number), score)


def numbers(chain: tuple[Mark, ...]) -> list[int]:
    return [one.number.value for one in chain]


def test_a_reference_that_does_not_fit_the_count_is_left_out():
    marks = [mark(0, 1, 10), mark(5, 7, 4), mark(9, 2, 10), mark(14, 3, 10)]
    assert numbers(best_chain(marks, 4)) == [1, 2, 3]


def test_a_doubtful_mark_is_taken_where_it_closes_a_hole():
    marks = [mark(0, 1, 10), mark(5, 2, -2), mark(9, 3, 10), mark(12, 4, -2)]
    assert numbers(best_chain(marks, 4)) == [1, 2, 3]


def test_of_two_readings_of_one_place_only_one_is_taken():
    marks = [mark(0, 1, 10), mark(5, 2, 5), mark(5, 3, 5), mark(9, 3, 10)]
    assert numbers(best_chain(marks, 4)) == [1, 2, 3]


def test_nothing_worth_taking_gives_an_empty_chain():
    assert best_chain([mark(0, 354, 3)], 4) == ()
    assert best_chain([], 4) == ()


def test_holes_name_the_numbers_left_out_and_where_they_were_expected():
    chain = (mark(0, 1, 1), mark(5, 4, 1), mark(9, 5, 1))
    assert holes(chain) == ((range(2, 4), chain[1]),)
