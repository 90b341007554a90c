"""Zip packages of office programs: which one it is, and nothing in it that runs.

1. The table of contents first: how many parts, how large unpacked, no password, no odd names.
2. Then what kind: by the content types of OOXML or the `mimetype` of OpenDocument, never by names.
3. No macros, scripts, or programs inside.
4. Every part is unpacked to nowhere, within those sizes: a part that lies about its size, or a
   broken one, is found here and not by whoever opens the file.
"""

import io
import zipfile
import zlib
from collections.abc import Collection, Iterable

from participation.core.errors import Invalid
from participation.core.words import Words, words

MOST_PARTS = 3_000
MOST_UNPACKED = 120_000_000  # bytes
MOST_RATIO = 200  # unpacked to packed, above which nothing honest lies
_SMALL = 1_000_000  # bytes that may have any ratio
_CHUNK = 1 << 16
_MIMETYPE, _TYPES = "mimetype", "[Content_Types].xml"
_LONGEST_TYPES = 500_000
_MAIN = {
    "docx": (
        "word/document.xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ),
    "xlsx": (
        "xl/workbook.xml",
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ),
}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_RUNS = ("vbaproject", "vbadata", "activex", "oleobject", "macrosheet", "dialogsheet")
_RUNS_ODF = ("basic/", "scripts/", "object ")
_PACKED_IN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def package_kind(content: bytes) -> str:
    """`docx`, `xlsx`, `odt` or `ods`; raises `Invalid` for the field `file` for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            _check_contents(parts)
            kind = _kind(package, {part.filename for part in parts})
            _check_nothing_runs(part.filename.lower() for part in parts)
            for part in parts:
                _unpack(package, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise _broken() from error
    except (NotImplementedError, RuntimeError) as error:  # another packing, or a password
        raise _broken() from error
    return kind


def _check_contents(parts: Collection[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise _refused(words("Unpacked, this file is too large."))
    for part in parts:
        if part.file_size > max(_SMALL, MOST_RATIO * part.compress_size):
            raise _refused(words("Unpacked, this file is too large."))
        is_odd = part.filename.startswith(("/", "\\")) or ".." in part.filename.split("/")
        if is_odd or part.flag_bits & 1 or part.compress_type not in _PACKED_IN:
            raise _broken()
    if len({part.filename for part in parts}) != len(parts):
        raise _broken()


def _kind(package: zipfile.ZipFile, names: Collection[str]) -> str:
    if _MIMETYPE in names:
        said = _read(package, _MIMETYPE).strip()
        if said in _OPEN_DOCUMENT and "content.xml" in names:
            return _OPEN_DOCUMENT[said]
    if _TYPES in names:
        types = _read(package, _TYPES)
        if b"macroenabled" in types.lower():
            raise _runs()
        for kind, (main, declared) in _MAIN.items():
            if main in names and declared in types:
                return kind
    raise _refused(
        words(
            "This packed file is neither a Word, Excel nor OpenDocument file. Attach each file"
            " inside of it by itself."
        )
    )


def _check_nothing_runs(names: Iterable[str]) -> None:
    for name in names:
        if any(each in name for each in _RUNS) or name.startswith(_RUNS_ODF):
            raise _runs()


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(_LONGEST_TYPES)


def _unpack(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Reads a part to its end, so that size and checksum are found to be as they are said."""
    with package.open(part) as unpacked:
        head = unpacked.read(_CHUNK)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise _broken()
        if part.filename.endswith(".rels") and b"/attachedTemplate" in head:
            raise _runs()  # a template from elsewhere may bring macros along
        while unpacked.read(_CHUNK):
            pass


def _runs() -> Invalid:
    return _refused(
        words("This document holds macros or another file. Save it without them, then choose it.")
    )


def _broken() -> Invalid:
    return _refused(words("This file is broken or locked. Save it anew and choose it again."))


def _refused(message: Words) -> Invalid:
    return Invalid(message, field="file")
