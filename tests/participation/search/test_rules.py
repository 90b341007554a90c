"""Words, stems and the pieces of text around a hit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.search.rules import MOST_WORDS, Term, snippet, stem, stems_of, terms

TEXT = "Setiap orang wajib menutup sumur sesudah mengambil air. " * 12


def said(text, query):
    return "".join(piece.text for piece in snippet(text, terms(query)))


def hits(text, query):
    return [piece.text for piece in snippet(text, terms(query)) if piece.is_hit]


@pytest.mark.parametrize(
    ("word", "root"), [("menutup", "tutup"), ("penutupan", "tutup"), ("sumur", "sumur")]
)
def test_forms_of_a_word_have_one_stem(word, root):
    assert stem(word) == root


def test_stop_words_do_not_count_unless_there_is_nothing_else():
    assert terms("sumur yang di desa") == (Term("sumur", "sumur"), Term("desa", "desa"))
    assert [term.word for term in terms("yang di")] == ["yang", "di"]
    assert stems_of("sumur yang ditutup") == "sumur tutup"


def test_only_the_first_words_count_and_each_once():
    assert len(terms(" ".join(f"kata{n}" for n in range(20)))) == MOST_WORDS
    assert len(terms("air Air AIR")) == 1


def test_a_hit_is_marked_in_whatever_form_it_stands():
    assert hits("Dilarang menutup sumur. Penutupan diumumkan.", "ditutup") == [
        "menutup",
        "Penutupan",
    ]


def test_a_snippet_is_short_begins_near_the_hit_and_ends_at_words():
    text = f"{TEXT} Timba disimpan di rumah. {TEXT}"
    piece = said(text, "timba")
    assert "Timba" in piece
    assert len(piece) < 260
    assert piece.startswith("… ")
    assert piece.endswith(" …")
    assert set(piece.split()) <= {*text.split(), "…"}


def test_a_text_without_a_hit_shows_its_beginning():
    assert said("Pendek saja.", "tidakada") == "Pendek saja."
    assert hits("Pendek saja.", "tidakada") == []


@given(st.text(max_size=600), st.text(max_size=60))
def test_no_text_and_no_query_breaks_it(text, query):
    pieces = "".join(piece.text for piece in snippet(text, terms(query)))
    assert pieces.removeprefix("… ").removesuffix(" …") in " ".join(text.split())
