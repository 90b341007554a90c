"""A draft's own definitions are read from it, scans included."""

import pytest

from participation.consultations.drafting.parser import parse_draft
from participation.consultations.explaining.terms import (
    LONGEST_MEANING,
    Term,
    defined,
    read_definition,
    with_own_keys,
)
from participation.consultations.models import DraftVersion
from participation.consultations.services.laying import clauses_of
from tests.places import shared

HEAD = "BAB I\nKETENTUAN UMUM\nPasal 1\nDalam Peraturan ini yang dimaksud dengan:\n"


def terms_of(text: str) -> list[Term]:
    return defined(clauses_of(DraftVersion(source=text)))


@pytest.mark.parametrize(
    ("sentence", "name", "others", "meaning"),
    [
        ("Kota adalah Kota Lembayung.", "Kota", (), "Kota Lembayung."),
        (
            "Dewan Perwakilan Rakyat Daerah yang selanjutnya disingkat DPRD adalah lembaga.",
            "Dewan Perwakilan Rakyat Daerah",
            ("DPRD",),
            "lembaga.",
        ),
        (
            "Rencana Tahun, yang selanjutnya disebut RT dan selanjutnya disingkat RK, adalah X.",
            "Rencana Tahun",
            ("RT", "RK"),
            "X.",
        ),
        (
            "Badan Musyawarah Desa atau yang disebut dengan nama lain adalah lembaga.",
            "Badan Musyawarah Desa",
            (),
            "lembaga.",
        ),
        ("8. Dana PRES I DEN -3- 8. Dana Umum adalah dana.", "Dana Umum", (), "dana."),
        ("Sumur\n adalah\nlubang.", "Sumur", (), "lubang."),
        ("Pasar adalah tempat yang adalah ramai.", "Pasar", (), "tempat yang adalah ramai."),
    ],
)
def test_a_definition_gives_names_and_meaning(sentence, name, others, meaning):
    found = read_definition(sentence)
    assert (found.name, found.others, found.meaning) == (name, others, meaning)


@pytest.mark.parametrize(
    "sentence",
    ["", "adalah", " adalah ", "Setiap orang wajib hadir.", "yang adalah", "a adalah b",
     "X" * 400 + " adalah panjang", "Kata " * 13 + "adalah panjang", "( ) adalah kosong"],
)  # fmt: skip
def test_what_defines_nothing_gives_no_term(sentence):
    assert read_definition(sentence) is None


def test_a_very_long_meaning_is_cut():
    assert len(read_definition("Kota adalah " + "x" * 5000).meaning) == LONGEST_MEANING


def test_lists_inside_a_definition_belong_to_it():
    [term] = terms_of(HEAD + "1. Sampah adalah:\na. sisa makanan; dan\nb. daun.\n")
    assert term.meaning == "a. sisa makanan; dan b. daun."
    assert term.place == "pasal-1-angka-1"


def test_a_single_definition_may_stand_in_the_article_itself():
    text = "Pasal 1\nDalam Peraturan ini yang dimaksud dengan Sumur adalah lubang berair.\n"
    assert [(term.name, term.place) for term in terms_of(text)] == [("Sumur", "pasal-1")]


def test_only_the_article_that_says_so_defines():
    text = HEAD + "1. Kota adalah Lembayung.\nPasal 2\n1. Warga adalah raja.\n"
    assert [term.name for term in terms_of(text)] == ["Kota"]


def test_a_draft_without_definitions_has_no_terms():
    assert terms_of("Pasal 1\nDilarang mandi.\n") == []


def test_every_key_is_its_own():
    same = [Term("", name, (), "x") for name in ("Kota A", "Kota-A", "Kota a")]
    keys = [term.key for term in with_own_keys(same)]
    assert keys == ["kota-a", "kota-a-2", "kota-a-3"]


@pytest.mark.parametrize(
    ("file", "count", "some"),
    [
        ("uu-2008-11.md", 23, "Tanda Tangan Elektronik"),
        ("uu-2008-14.md", 12, "Badan Publik"),
        ("uu-2008-18.md", 14, "Tempat pengolahan sampah terpadu"),
        ("uu-2009-25.md", 13, "Pelayanan publik"),
        ("uu-2011-12.md", 15, "Program Legislasi Nasional"),
        ("uu-2014-6.md", 16, "Badan Usaha Milik Desa"),
        ("uu-2022-27.md", 9, "Data Pribadi"),
        ("pp-2017-45.md", 3, "Organisasi Kemasyarakatan"),
        ("pp-2019-12.md", 73, "Satuan Kerja Perangkat Daerah"),
        ("uu-2016-19.md", 0, ""),
        ("uu-2022-13.md", 0, ""),
    ],
)
def test_definitions_of_real_statutes_are_counted(file, count, some):
    """Clean ones are complete; of scanned ones, those whose numbers can be read."""
    text = (shared("law-id") / file).read_text()
    terms = terms_of(text)
    assert len(terms) == count
    assert not some or some in {term.name for term in terms}
    assert len({term.key for term in terms}) == count
    assert parse_draft(text).articles
