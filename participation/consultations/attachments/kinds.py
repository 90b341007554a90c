"""What a file is, by its content. Neither its name nor its declared type is asked.

1. A closed list: what is not found on it is refused, so that no type is ever guessed.
2. A kind is found by its first bytes, then its structure is read to the end: what only begins like
   one is refused.
3. Nothing is kept that runs: macros, scripts, programs inside of documents.
4. Packed files are measured before anything is unpacked.

Sources: ISO 32000-2, 7.5 (PDF); ECMA-376, part 2 (OOXML packages); OASIS OpenDocument 1.3, part 2.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from participation.consultations.attachments.packages import package_kind
from participation.consultations.attachments.pictures import bare_jpeg, bare_png
from participation.core.errors import Invalid
from participation.core.words import Words, words


class Kind(StrEnum):
    """Every kind of file that may be attached; the value is the end of its name."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    PNG = "png"
    JPEG = "jpg"
    CSV = "csv"
    TEXT = "txt"


MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.TEXT: "text/plain; charset=utf-8",
}
PICTURES = frozenset({Kind.PNG, Kind.JPEG})
"""Kinds that a browser may show instead of keeping them."""

_RUNS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_PDF_VERSION = re.compile(rb"%PDF-[12]\.\d")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = ("<", "#!", "{\\rtf", "%!")
_END_OF_PDF = 2048  # bytes in which the end mark must stand
_SEPARATORS = (",", ";", "\t")
_LINES_LOOKED_AT = 20


def sorted_out(content: bytes) -> tuple[Kind, bytes]:
    """What a file is, and what of it is kept: pictures lose what they tell besides the picture.

    Raises `Invalid` for the field `file` with what is wrong.
    """
    for magic, take in _TAKERS.items():
        if content.startswith(magic):
            return take(content)
    return _text(content), content


def _pdf(content: bytes) -> tuple[Kind, bytes]:
    if not _PDF_VERSION.match(content) or b"%%EOF" not in content[-_END_OF_PDF:]:
        raise _refused(words("This PDF is broken. Write it anew and choose it again."))
    if _RUNS.search(content):
        message = words(
            "This PDF holds a program, a form that computes, or other files. Print it to a new PDF"
            " and choose that one."
        )
        raise _refused(message)
    return Kind.PDF, content


def _package(content: bytes) -> tuple[Kind, bytes]:
    return Kind(package_kind(content)), content


def _png(content: bytes) -> tuple[Kind, bytes]:
    return Kind.PNG, bare_png(content)


def _jpeg(content: bytes) -> tuple[Kind, bytes]:
    return Kind.JPEG, bare_jpeg(content)


def _text(content: bytes) -> Kind:
    """Plain text or a table; raises `Invalid` for everything that is neither."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unknown() from error
    if _CONTROLS.search(text) or text.lstrip().startswith(_MARKUP):
        raise _unknown()
    return Kind.CSV if _is_table(text) else Kind.TEXT


def _is_table(text: str) -> bool:
    """Whether the first lines all have the same number of the same separator."""
    lines = [line for line in text.split("\n")[:_LINES_LOOKED_AT] if line.strip()]
    if len(lines) < 2:  # noqa: PLR2004 - a head and a row
        return False
    return any(
        (count := lines[0].count(sign)) and all(line.count(sign) == count for line in lines)
        for sign in _SEPARATORS
    )


def _unknown() -> Invalid:
    return _refused(
        words(
            "Files of this kind cannot be attached. Possible are PDF, Word and Excel (.docx,"
            " .xlsx), OpenDocument (.odt, .ods), pictures (PNG, JPEG), and text or tables in UTF-8"
            " (.txt, .csv)."
        )
    )


def _refused(message: Words) -> Invalid:
    return Invalid(message, field="file")


_TAKERS: dict[bytes, Callable[[bytes], tuple[Kind, bytes]]] = {
    b"%PDF-": _pdf,
    b"PK\x03\x04": _package,
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8\xff": _jpeg,
}
