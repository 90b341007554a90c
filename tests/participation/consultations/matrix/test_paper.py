"""The matrix as files: whatever people wrote stays text."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from participation.consultations.matrix.document import Paper, document, printable
from participation.consultations.matrix.sheet import sheet

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
HOSTILE = (
    '=HYPERLINK("http://x.test","a")',
    "+1+1",
    "@SUM(1)",
    '#import "@preview/cetz:0.1.0": *',
    '#read("/etc/passwd")',
    "$ x",
    "*a* _b_ \\ ] ) // <script>",
    "http://x.test/",
    "\U0001f600 \u202e abc a\u0301 \u0378 \x00",
    "\u3042 \u0627 \ud55c \u2028",
    "x" * 40_000,
)


def paper(*texts: str) -> Paper:
    rows = [(text, text, "Sri", "Answered", text, "Pasal 1") for text in texts]
    return Paper("Tabel tanggapan", "Dinas Air", "Rancangan", "id", list("abcdef"), rows)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_never_becomes_a_formula_or_a_link(text):
    made = ZipFile(BytesIO(sheet("Tabel", ["Pasal", "Isi"], [("Pasal 1", text)])))
    written = made.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in written
    assert "hyperlink" not in written
    assert written.count('t="inlineStr"') + written.count('t="s"') == 4


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_never_an_instruction_on_paper(text):
    assert document(paper(text), NOW).startswith(b"%PDF-1.7")


def test_the_document_is_tagged_says_its_language_and_is_marked_for_screen_readers():
    made = document(paper("Sumur dibuka."), NOW)
    assert b"/MarkInfo" in made
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" in made
    assert re.search(rb"/Lang\s*\(id", made)


def test_the_same_paper_gives_the_same_bytes():
    assert document(paper("Sumur."), NOW) == document(paper("Sumur."), NOW)


def test_what_paper_cannot_show_becomes_a_box_and_leaves_the_rest():
    assert (
        printable("Setuju \U0001f600!\u202e e\u0301\n\u2013 \u20ac 5")
        == "Setuju \u25a1! \u00e9\n\u2013 \u20ac 5"
    )


def test_every_letter_that_is_let_through_can_be_shown():
    letters = [chr(code) for code in range(0x20, 0x10000) if printable(chr(code)) == chr(code)]
    assert len(letters) > 1000
    assert document(paper(" ".join(letters)), NOW)


def test_the_document_links_and_fetches_nothing():
    assert b"/URI" not in document(paper("http://x.test/"), NOW)
