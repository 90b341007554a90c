"""Terms are found in clauses: the longest first, whole words, once, quickly."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from participation.consultations.explaining.marking import Marker
from participation.consultations.explaining.terms import Term, with_own_keys

NAMES = ("Sampah", "Sampah Rumah", "Bank Sampah", "Dinas", "Undang-Undang", "Tempat pengolahan")


def marker(*names: str) -> Marker:
    return Marker(with_own_keys(Term("", name, (), "x") for name in names))


def found(text: str, *names: str) -> list[str]:
    return [text[each.start : each.end] for each in marker(*(names or NAMES)).marks([text])]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Sampah Rumah diambil Dinas.", ["Sampah Rumah", "Dinas"]),
        ("Bank Sampah Rumah", ["Bank Sampah"]),
        ("Sampah Rumah, lalu Sampah", ["Sampah Rumah", "Sampah"]),
        ("sampah rumah dan DINAS", []),
        ("Sampahan, Kedinasan, Dinas2, Dinas_x", []),
        ("Sampah.Rumah", ["Sampah"]),
        ("Sampah\n Rumah", ["Sampah\n Rumah"]),
        ("Undang-Undang ini", ["Undang-Undang"]),
        ("Undang-Undang-Dasar", []),
        ("tempat pengolahan dan Tempat pengolahan", ["tempat pengolahan"]),
        ("(Dinas)", ["Dinas"]),
        ("", []),
    ],
)
def test_terms_are_whole_words_as_they_were_defined(text, terms):
    assert found(text) == terms


def test_each_term_is_marked_once_in_a_clause_whatever_its_paragraphs():
    marks = marker("Dinas").marks(["Warga.", "Dinas dan Dinas.", "Dinas."])
    assert [(each.paragraph, each.start) for each in marks] == [(1, 0)]


def test_other_names_lead_to_the_same_term():
    marks = Marker([Term("dprd", "Dewan Perwakilan", ("DPRD",), "x")]).marks(["DPRD adalah DPRD"])
    assert [each.key for each in marks] == ["dprd"]


def test_a_clause_does_not_explain_what_it_defines_itself():
    text = ["Sampah Rumah adalah Sampah."]
    assert [each.key for each in marker(*NAMES).marks(text, own=["sampah-rumah"])] == ["sampah"]


@given(some.text(alphabet="SampahRu Dins-.\n", max_size=200))
def test_marks_never_overlap_and_stand_on_the_words_that_they_name(text):
    marks = marker(*NAMES).marks([text])
    ends = [0]
    for each in marks:
        assert ends[-1] <= each.start < each.end <= len(text)
        ends.append(each.end)
    assert len({each.key for each in marks}) == len(marks)


@pytest.mark.parametrize(
    "text",
    ["Aa " * 300_000, "Aa-" * 300_000, "A" * 1_000_000, " " * 1_000_000, "Aa Bb " * 150_000],
    ids=["near misses", "one hyphenated word", "one word", "blanks", "another near miss"],
)
def test_a_million_letters_take_no_longer_than_reading_them(text):
    """Terms that almost fit everywhere cost a constant number of steps at each word."""
    finder = marker(" ".join(["Aa"] * 11 + ["Zz"]), "Aa Bb Aa Bb Cc", "Aa Zz")
    begin = time.process_time()
    assert finder.marks([text]) == []
    assert time.process_time() - begin < 10
