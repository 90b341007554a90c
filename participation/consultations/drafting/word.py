"""The text of a Word document (.docx), line by line as the parser expects it.

1. The content says what it is: a package with `word/document.xml`, whatever the file is called.
2. Nothing is unpacked before its sizes are known: no more than 30 megabytes in 2,000 parts.
3. No macros, and no tracked changes: which of two wordings is meant, only its author knows.
4. Every paragraph becomes a line, in tables too; numbers that Word counts are written out.

Source: ECMA-376, part 1, sections 17.3 (paragraphs) and 17.9 (numbering).
"""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from participation.consultations.drafting.numbering import Numbering
from participation.core.errors import Invalid
from participation.core.words import words

_MOST_PARTS = 2_000
_MOST_BYTES = 30_000_000
_DOCUMENT = "word/document.xml"
_TRACKED = {qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo")}
_BREAKS = {qn("w:br"), qn("w:cr")}
_BODY, _PARAGRAPH, _TEXT, _TAB = qn("w:body"), qn("w:p"), qn("w:t"), qn("w:tab")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def is_packed(content: bytes) -> bool:
    """Whether a file is a package, as Word documents are: by its first bytes, not its name."""
    return content.startswith(b"PK\x03\x04")


def word_text(content: bytes) -> str:
    """The text of a Word document; raises `Invalid` for the field `file` with what is wrong."""
    _check_package(content)
    try:
        document = docx.Document(io.BytesIO(content))
        body = document.element.find(_BODY)
        if body is None:
            raise _unreadable()
        if any(node.tag in _TRACKED for node in body.iter()):
            message = words(
                "This document holds tracked changes. Accept or reject them in Word, save, and"
                " choose it again."
            )
            raise Invalid(message, field="file")
        numbering = Numbering(document)
        return "\n".join(_line(paragraph, numbering) for paragraph in _paragraphs(body))
    except (OpcError, SyntaxError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise _unreadable() from error


def _check_package(content: bytes) -> None:
    """Steps 1 to 3, from the table of contents alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except zipfile.BadZipFile as error:
        raise _unreadable() from error
    names = {part.filename for part in parts}
    if _DOCUMENT not in names or any(part.flag_bits & 1 for part in parts):
        raise _unreadable()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
        message = words("This document is too large. Take the pictures out and choose it again.")
        raise Invalid(message, field="file")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        message = words("This document holds macros. Save it as .docx without them.")
        raise Invalid(message, field="file")


def _unreadable() -> Invalid:
    message = words("This file is no Word document that can be read. Save it as .docx or .txt.")
    return Invalid(message, field="file")


def _paragraphs(body: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for paragraph in body.iter(_PARAGRAPH):
        if not any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            yield paragraph


def _line(paragraph: BaseOxmlElement, numbering: Numbering) -> str:
    label = numbering.label(paragraph)
    text = "".join(_pieces(paragraph))
    return f"{label} {text}" if label else text


def _pieces(node: BaseOxmlElement) -> Iterator[str]:
    """The words of a paragraph without those of paragraphs inside it, such as text boxes."""
    for child in node:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _TAB:
            yield " "
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag not in {_PARAGRAPH, _FALLBACK}:
            yield from _pieces(child)
