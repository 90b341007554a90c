from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.consultations.drafting.clause import Clause, DoubtCode, Draft, Kind
from participation.consultations.drafting.parser import parse_draft
from tests.places import ROOT, shared

SMALL = """\
# RANCANGAN PERATURAN WALI KOTA TENTANG SUMUR

Menimbang :
a. bahwa air harus bersih;
b. bahwa karena itu perlu aturan;

Mengingat : 1. Undang-Undang Nomor 1 Tahun 2000;

MEMUTUSKAN:
Menetapkan : PERATURAN WALI KOTA TENTANG SUMUR.

## BAB I
## KETENTUAN UMUM

Pasal 1
Dalam peraturan ini:
1. Sumur adalah lubang yang berisi air; dan
2. Timba adalah alat pengambil air.

BAB II PEMAKAIAN
Bagian Kesatu
Waktu
**Pasal 2**
(1) Sumur dibuka setiap hari sebagaimana dimaksud dalam Pasal 1,
kecuali pada hari libur.
(2) Pemakai wajib:
a. membawa timba:
1. dari kayu; atau
2. dari kaleng; dan
b. menutup sumur; dan c. mencuci timba.
Bagian Kedua
Larangan
Pasal 3
Dilarang mandi di sumur.

Agar setiap orang mengetahuinya, Peraturan ini diumumkan.
Ditetapkan di Lembayung

PENJELASAN
Pasal 1
Cukup jelas.
"""

KNOWN = {
    "uu-2008-14": 64,
    "uu-2008-11": 54,
    "uu-2009-25": 62,
    "uu-2008-18": 49,
    "uu-2014-6": 122,
    "pp-2017-45": 19,
    "uu-2022-27": 76,
    "uu-2011-12": 104,
}
AMENDING = ("uu-2016-19", "uu-2022-13")
ALL = (*KNOWN, *AMENDING, "pp-2019-12")


def law(name: str) -> str:
    return (shared("law-id") / f"{name}.md").read_text()


def all_words(draft: Draft) -> list[str]:
    words = draft.opening.split()
    for clause in draft.preamble:
        words += clause.words()
    return [*words, *draft.body_words, *draft.closing.split(), *draft.explanation.split()]


def ids(draft: Draft) -> list[str]:
    return [clause.id for clause in draft.walk()]


def clause(draft: Draft, clause_id: str) -> Clause:
    return next(one for one in draft.walk() if one.id == clause_id)


@pytest.mark.parametrize(("name", "count"), KNOWN.items())
def test_the_articles_of_a_real_law_are_all_found_and_only_once(name, count):
    draft = parse_draft(law(name))
    assert [article.number for article in draft.articles] == [
        str(number) for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("name", ALL)
def test_no_word_of_a_real_law_is_lost_or_moved(name):
    unmarked = law(name).replace("*", "").replace("\x01", " ").split()
    words = [word.strip("_") for word in all_words(parse_draft(law(name)))]
    assert list(filter(None, words)) == [word.strip("_") for word in unmarked if word.strip("_")]


@pytest.mark.parametrize("name", ALL)
def test_every_clause_of_a_real_law_has_an_id_of_its_own(name):
    found = ids(parse_draft(law(name)))
    assert len(found) > 50
    assert len(found) == len(set(found))


@pytest.mark.parametrize("name", ["uu-2008-14", "uu-2009-25"])
def test_a_clean_law_has_no_doubtful_line(name):
    assert parse_draft(law(name)).doubts == ()


def test_a_scanned_law_says_which_articles_it_cannot_find():
    draft = parse_draft(law("pp-2019-12"))
    numbers = {article.number for article in draft.articles}
    absent = [str(number) for number in range(1, 226) if str(number) not in numbers]
    missing = [
        doubt.expected
        for doubt in draft.doubts
        if doubt.code is DoubtCode.MISSING and doubt.expected.count(" ") == 1
    ]
    assert draft.articles[-1].number == "225"
    assert absent
    assert missing == [f"Pasal {number}" for number in absent]


@pytest.mark.parametrize("name", AMENDING)
def test_an_amending_law_has_roman_articles_with_the_quoted_ones_below(name):
    draft = parse_draft(law(name))
    assert [article.number for article in draft.articles] == ["I", "II"]
    first = draft.articles[0]
    assert {child.kind for child in first.children} == {Kind.NUMBER}
    quoted = [below for child in first.children for below in child.children]
    assert Counter(below.kind for below in quoted)[Kind.ARTICLE] >= 4


def test_an_inserted_article_keeps_its_letter():
    assert "pasal-i-angka-15-pasal-97a" in ids(parse_draft(law("uu-2022-13")))


def test_preamble_body_closing_and_explanation_stand_apart():
    draft = parse_draft(SMALL)
    assert draft.opening == "RANCANGAN PERATURAN WALI KOTA TENTANG SUMUR"
    assert [section.id for section in draft.preamble] == ["menimbang", "mengingat", "menetapkan"]
    assert [chapter.title for chapter in draft.body] == ["KETENTUAN UMUM", "PEMAKAIAN"]
    assert draft.closing.startswith("Agar setiap orang")
    assert draft.explanation.startswith("PENJELASAN")
    assert draft.doubts == ()


def test_ids_say_the_way_down_to_a_clause():
    assert ids(parse_draft(SMALL)) == [
        "menimbang",
        "menimbang-huruf-a",
        "menimbang-huruf-b",
        "mengingat",
        "mengingat-angka-1",
        "menetapkan",
        "bab-i",
        "pasal-1",
        "pasal-1-angka-1",
        "pasal-1-angka-2",
        "bab-ii",
        "bab-ii-bagian-1",
        "pasal-2",
        "pasal-2-ayat-1",
        "pasal-2-ayat-2",
        "pasal-2-ayat-2-huruf-a",
        "pasal-2-ayat-2-huruf-a-angka-1",
        "pasal-2-ayat-2-huruf-a-angka-2",
        "pasal-2-ayat-2-huruf-b",
        "pasal-2-ayat-2-huruf-c",
        "bab-ii-bagian-2",
        "pasal-3",
    ]


def test_a_citation_is_written_as_lawyers_write_it():
    draft = parse_draft(SMALL)
    assert (
        clause(draft, "pasal-2-ayat-2-huruf-a-angka-1").citation
        == "Pasal 2 ayat (2) huruf a angka 1"
    )
    assert clause(draft, "bab-ii-bagian-2").citation == "Bagian Kedua"


def test_a_hard_wrapped_line_is_joined_and_a_reference_is_no_heading():
    text = clause(parse_draft(SMALL), "pasal-2-ayat-1").text
    assert text == (
        "Sumur dibuka setiap hari sebagaimana dimaksud dalam Pasal 1, kecuali pada hari libur."
    )


def test_a_letter_that_continues_on_the_same_line_is_found():
    assert clause(parse_draft(SMALL), "pasal-2-ayat-2-huruf-c").text == "mencuci timba."


def test_lines_are_those_of_the_text_handed_in():
    draft = parse_draft(SMALL)
    article = clause(draft, "pasal-2")
    assert SMALL.split("\n")[article.line - 1] == "**Pasal 2**"


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("Pasal 3\n", "Pasal 4\n", (DoubtCode.MISSING, "Pasal 3", "Pasal 4")),
        ("**Pasal 2**", "Pasal z", (DoubtCode.MISREAD, "Pasal 2", "Pasal z")),
        ("(2) Pemakai", "(3) Pemakai", (DoubtCode.MISSING, "Pasal 2 ayat (2)", "Pasal 2 ayat (3)")),
        ("Larangan\n", "", (DoubtCode.UNTITLED, "Bagian Kedua", "")),
        ("Dilarang mandi di sumur.\n", "", (DoubtCode.EMPTY, "Pasal 3", "")),
        ("Larangan\nPasal 3\n", "Larangan Pasal 3 ", (DoubtCode.INSIDE_LINE, "Pasal 3", "Pasal 3")),
        (
            "Bagian Kedua",
            "Bagian Ketiga",
            (DoubtCode.OUT_OF_ORDER, "Bagian Kedua", "Bagian Ketiga"),
        ),
        ("BAB II PEMAKAIAN", "BAB III PEMAKAIAN", (DoubtCode.MISSING, "BAB II", "BAB III")),
    ],
)
def test_a_doubtful_line_says_what_was_expected(wrong, right, expected):
    assert wrong in SMALL
    draft = parse_draft(SMALL.replace(wrong, right, 1))
    assert expected in [(doubt.code, doubt.expected, doubt.found) for doubt in draft.doubts]


def test_a_doubt_points_at_its_line():
    draft = parse_draft(SMALL.replace("Pasal 3\n", "Pasal 4\n", 1))
    (doubt,) = draft.doubts
    assert SMALL.split("\n")[doubt.line - 1] == "Pasal 3"


def test_a_sentence_after_a_list_is_kept_and_doubted():
    text = SMALL.replace("c. mencuci timba.", "c. mencuci timba.\nIni berlaku juga malam hari.")
    draft = parse_draft(text)
    assert clause(draft, "pasal-2-ayat-2-huruf-c").text.endswith("\nIni berlaku juga malam hari.")
    assert [doubt.code for doubt in draft.doubts] == [DoubtCode.AFTER_LIST]


def test_scanned_headings_are_read_by_their_place_in_the_count():
    text = "BAB I UMUM\n" + "".join(
        f"{heading}\nIsi pasal ini.\n"
        for heading in ("Pasal I", "Pasal 2", "Pasa1 3", "Pasal 4", "Pasa] 5", "Pasa-l 6")
    )
    draft = parse_draft(text)
    assert [article.number for article in draft.articles] == ["1", "2", "3", "4", "5", "6"]
    assert [doubt.expected for doubt in draft.doubts] == ["Pasal 1"]


def test_a_text_without_articles_has_an_empty_body_and_says_so():
    draft = parse_draft("Undangan rapat warga.\nHari Minggu pukul tujuh.")
    assert draft.body == ()
    assert [doubt.code for doubt in draft.doubts] == [DoubtCode.NO_ARTICLES]
    assert draft.opening.split()[0] == "Undangan"


def test_an_article_numbered_beyond_z_letters_goes_on_with_double_letters():
    letters = [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"]
    text = "Pasal 1\nPemakai wajib:\n" + "".join(f"{one}. hal {one};\n" for one in letters)
    (article,) = parse_draft(text).articles
    assert [child.number for child in article.children] == letters


@given(st.text(max_size=400))
def test_any_text_at_all_is_parsed(text):
    draft = parse_draft(text)
    assert len(ids(draft)) == len(set(ids(draft)))


PIECES = st.lists(
    st.sampled_from(
        [
            "BAB I", "BAB II", "BAB IV\n", "Pasal 1\n", "Pasal 2", "Pasal 2\n", "Pasal 7\n",
            "dalam Pasal 1 ayat (2)", "(1)", "(2) Setiap", "(l)", "a.", "b.", "c. hal;", "1.", "2.",
            "a)", "1)", "Bagian Kesatu", "Paragraf 1", "kata", "KATA", "Kata.", ";", ":", "\n",
            "Agar setiap orang", "Ditetapkan di Lembayung", "PENJELASAN ATAS", "Menimbang :",
            "MEMUTUSKAN:", "Menetapkan :", "PERUBAHAN ATAS", "Pasal I\n", "1. Ketentuan Pasal 3",
        ]
    ),
    max_size=60,
)  # fmt: skip


@given(PIECES)
def test_no_word_is_lost_however_the_headings_are_shuffled(pieces):
    text = " ".join(pieces)
    assert all_words(parse_draft(text)) == text.split()


def test_our_own_demonstration_draft_has_no_doubtful_line():
    draft = parse_draft(Path(ROOT, "participation", "demo", "draft.md").read_text())
    assert draft.doubts == ()
    assert 18 <= len(draft.articles) <= 24
    assert 4 <= len(draft.body) <= 5
