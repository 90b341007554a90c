"""Word documents: read by what they are, refused with words when they are something else."""

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from participation.consultations.drafting.parser import parse_draft
from participation.consultations.drafting.word import is_packed, word_text
from participation.core.errors import Invalid

LINES = ["BAB I", "KETENTUAN UMUM", "Pasal 1", "Sumur adalah lubang.", "Pasal 2", "Dilarang mandi."]


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def written(*lines: str):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return document


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        word_text(content)
    assert refused.value.field == "file"
    return str(refused.value.message)


def test_paragraphs_become_lines_that_the_parser_understands():
    text = word_text(saved(written(*LINES)))
    assert text.split("\n") == LINES
    draft = parse_draft(text)
    assert [article.number for article in draft.articles] == ["1", "2"]
    assert not draft.doubts


def test_words_in_tables_and_after_breaks_are_not_lost():
    document = written("Pasal 1")
    document.add_table(1, 2).rows[0].cells[0].text = "Di dalam tabel"
    run = document.add_paragraph().add_run("satu")
    run.add_break()
    run.add_text("dua")
    assert word_text(saved(document)).split("\n")[1:] == ["Di dalam tabel", "", "satu", "dua"]


def test_numbers_that_word_counts_are_written_out():
    document = docx.Document()
    for words in ("membawa timba", "menutup sumur"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("tanpa angka", style="List Bullet")
    assert word_text(saved(document)) == "1. membawa timba\n2. menutup sumur\ntanpa angka"


def test_tracked_changes_are_refused():
    document = written(*LINES)
    change = OxmlElement("w:ins")
    change.set(qn("w:id"), "1")
    document.paragraphs[0]._p.append(change)
    assert "tracked changes" in refusal(saved(document))


def test_a_package_that_is_no_document_is_refused_whatever_its_name():
    assert not is_packed(b"Pasal 1")
    assert "no Word document" in refusal(packed(readme=b"x"))
    assert "no Word document" in refusal(b"PK\x03\x04 cut short")
    assert "no Word document" in refusal(packed(**{"word/document.xml": b"<w:p"}))


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = packed(**{"word/document.xml": b"<x/>", "word/media/a.png": b"\0" * 31_000_000})
    assert len(bomb) < 100_000
    assert "too large" in refusal(bomb)
    many = packed(**{"word/document.xml": b"<x/>"}, **{f"p{n}": b"" for n in range(2_001)})
    assert "too large" in refusal(many)


def test_macros_are_refused():
    content = packed(**{"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"})
    assert "macros" in refusal(content)


def test_entities_are_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    document = saved(written("Pasal 1"))
    parts = {}
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        for name in package.namelist():
            parts[name] = package.read(name)
    parts["word/document.xml"] = bomb
    assert "no Word document" in refusal(packed(**parts))
