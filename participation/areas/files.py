"""The file of areas as the Kemendagri's list is handed around: `kode,nama`, one area a line."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from participation.areas.rules import NAME_LENGTH, is_code, is_within
from participation.core.errors import Invalid

_HEADER = ["kode", "nama"]


@dataclass(frozen=True, slots=True)
class Line:
    """One area of the file, and the line on which it stands."""

    number: int
    code: str
    name: str


def read(lines: Iterable[bytes], *, under: str = "") -> Iterator[Line]:
    """The areas of a file, one at a time; with `under` only those in that area and around it.

    Raises `Invalid` with the number of the first line that is no area.
    """
    rows = csv.reader(_text(lines), strict=True)
    try:
        if next(rows, None) != _HEADER:
            raise _bad(1, "the first line must be kode,nama")
        for row in rows:
            if row:
                yield from _wanted(_line(rows.line_num, row), under)
    except csv.Error as error:
        raise _bad(rows.line_num, str(error)) from error


def bad_line(line: Line, problem: str) -> Invalid:
    """What is wrong with a line."""
    return _bad(line.number, problem)


def _wanted(line: Line, under: str) -> Iterator[Line]:
    if not under or is_within(line.code, under) or is_within(under, line.code):
        yield line


def _line(number: int, row: list[str]) -> Line:
    if len(row) != len(_HEADER):
        raise _bad(number, f"two columns are expected, here are {len(row)}")
    code, name = (cell.strip() for cell in row)
    if not is_code(code):
        raise _bad(number, f"{code[:40]!r} is no code such as 34.71.01.1001")
    if not 1 <= len(name) <= NAME_LENGTH or not name.isprintable():
        raise _bad(number, f"{code} needs a name of 1 to {NAME_LENGTH} characters")
    return Line(number, code, name)


def _text(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise _bad(number, "holds signs that are not UTF-8") from error


def _bad(number: int, problem: str) -> Invalid:
    return Invalid(f"line {number}: {problem}", code="bad-line")
