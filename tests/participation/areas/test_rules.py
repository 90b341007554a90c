"""What codes say."""

import pytest

from participation.areas import rules
from participation.areas.rules import Kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("34", Kind.PROVINCE),
        ("34.04", Kind.REGENCY),
        ("34.71", Kind.CITY),
        ("34.71.01", Kind.DISTRICT),
        ("34.71.01.1001", Kind.WARD),
        ("34.04.01.2001", Kind.VILLAGE),
        ("91.03.01.3007", Kind.VILLAGE),
    ],
)
def test_a_code_says_what_its_area_is(code, kind):
    assert rules.is_code(code)
    assert rules.kind_of(code) is kind


@pytest.mark.parametrize("text", ["", "3", "34.", "34.7", "34.71.1", "34-71", "34.71.01.100", "٣٤"])
def test_other_texts_are_no_codes(text):
    assert not rules.is_code(text)


def test_what_a_code_begins_with_contains_it():
    assert rules.above("34.71.01.1001") == ("34", "34.71", "34.71.01")
    assert rules.above("34") == ()
    assert rules.parent_of("34.71") == "34"
    assert rules.parent_of("34") is None
    assert rules.is_within("34.71.01", "34.71")
    assert not rules.is_within("34.71", "34.7")


def test_a_title_says_the_kind_once():
    assert rules.title_of("34.71.01", "Tegalrejo") == "Kecamatan Tegalrejo"
    assert rules.title_of("34.71", "Kota Yogyakarta") == "Kota Yogyakarta"
    assert rules.title_of("91.03.01.3007", "Desa Adat Yoboi") == "Desa Adat Yoboi"


def test_a_search_is_a_name_and_what_lies_around_it():
    assert rules.searched("Kelurahan Kricak,  Yogyakarta ") == ("kricak", ("yogyakarta",))
    assert rules.searched(" , ") == ("", ())


def test_the_id_of_an_area_is_the_same_everywhere():
    assert str(rules.id_of("34.71")) == str(rules.id_of("34.71"))
    assert rules.id_of("34.71") != rules.id_of("34.72")
