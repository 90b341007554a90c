import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.consultations.drafting.numerals import (
    Number,
    article_readings,
    letter_of,
    letter_value,
    ordinal,
    part_ordinal,
    roman,
    scanned_digits,
    to_roman,
)


@given(st.integers(min_value=1, max_value=399))
def test_a_roman_numeral_reads_back_as_its_number(value):
    assert roman(to_roman(value)) == value


@given(st.integers(min_value=1, max_value=60))
def test_a_list_letter_reads_back_as_its_place(value):
    assert letter_value(letter_of(value)) == value


@given(st.integers(min_value=1, max_value=20))
def test_an_ordinal_reads_back_as_its_number(value):
    assert ordinal(part_ordinal(value)) == value


@pytest.mark.parametrize("text", ["", "IIX", "ABC", "VV", "IL"])
def test_letters_that_are_no_usual_roman_numeral_are_refused(text):
    with pytest.raises(ValueError, match="Roman"):
        roman(text)


def test_a_scanner_may_write_capital_i_as_one_or_l():
    assert roman("XI1") == 12
    assert roman("xl") == 11


@pytest.mark.parametrize(
    ("text", "value"), [("2O", 20), ("l0", 10), ("i5", 15), ("7T", 77), ("s", 5)]
)
def test_misread_digits_are_understood(text, value):
    assert scanned_digits(text) == value


@pytest.mark.parametrize("text", ["", "x", "0", "1x", "²"])
def test_what_is_no_digit_is_refused(text):
    with pytest.raises(ValueError, match="number"):
        scanned_digits(text)


def test_a_trailing_capital_may_be_a_suffix_or_a_digit():
    assert article_readings("27A") == (Number(27, 1),)
    assert article_readings("3B") == (Number(38), Number(3, 2))
    assert article_readings("2T") == (Number(27),)


def test_a_suffix_stands_between_two_whole_numbers_without_a_gap():
    assert Number(27, 1).gap_after(Number(27)) == 0
    assert Number(28).gap_after(Number(27, 1)) == 0
    assert Number(30).gap_after(Number(27)) == 2
