"""The roll as an organiser hands it in: CSV with the columns voter_id and, if wanted, name.

All faults are found at once, each with its line and what was expected there.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from participation.accounts.rules import clean_email
from participation.core.errors import Invalid
from participation.core.words import Words, plural_words, words

MOST_VOTERS = 300_000
MOST_FAULTS = 50
NAME_LENGTH = 120

_COLUMNS = {
    "voter_id": "voter_id",
    "email": "voter_id",
    "e-mail": "voter_id",
    "surel": "voter_id",
    "name": "name",
    "nama": "name",
}
_DELIMITERS = (",", ";", "\t")
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class ListedVoter:
    """One who may vote: the e-mail address of an account, and a name for the organiser's eyes."""

    voter_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line of the file (from 1)."""

    line: int
    message: Words | str


class BadRoll(Invalid):
    """A roll that cannot be used: how many faults (`count`), and the first of them (`faults`)."""

    code = "bad-roll"

    def __init__(self, faults: list[Fault]) -> None:
        message = plural_words(
            "One line of the roll is not right. Nothing was stored.",
            "%(count)s lines of the roll are not right. Nothing was stored.",
            len(faults),
        )
        super().__init__(message, field="pasted")
        self.count = len(faults)
        self.faults = tuple(faults[:MOST_FAULTS])


def decode_roll(content: bytes) -> str:
    """The text of an uploaded file; raises `Invalid` for a spreadsheet or another encoding."""
    if content.startswith(_SPREADSHEETS):
        message = words("This is a spreadsheet. Save it as CSV (UTF-8) and choose that file.")
        raise Invalid(message, field="file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = words(
            "Line %(line)s holds a character that is not UTF-8. Save the list as “CSV UTF-8”.",
            line=line,
        )
        raise Invalid(message, field="file") from error


def read_roll(text: str) -> tuple[ListedVoter, ...]:
    """The people in a CSV text; raises `BadRoll` with every line that is wrong.

    The first line names the columns. Comma, semicolon and tab are understood.
    """
    lines = list(_lines(text))
    if not lines:
        raise BadRoll([Fault(1, _header_expected())])
    columns = _columns(*lines[0])
    faults: list[Fault] = []
    found: dict[str, tuple[int, ListedVoter]] = {}
    for number, cells in lines[1:]:
        try:
            voter = _voter(cells, columns)
            _refuse_twice(found, voter)
        except Invalid as error:
            faults.append(Fault(number, error.message))
            continue
        found[voter.voter_id] = (number, voter)
    if not found and not faults:
        faults.append(Fault(lines[0][0] + 1, words("An e-mail address was expected here.")))
    if len(found) > MOST_VOTERS:
        message = words("A roll has at most %(most)s lines.", most=MOST_VOTERS)
        faults.append(Fault(MOST_VOTERS + 2, message))
    if faults:
        raise BadRoll(faults)
    return tuple(voter for _, voter in found.values())


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, numbered, as cells."""
    first = text.lstrip("\ufeff \r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    source = io.StringIO(text.removeprefix("\ufeff"), newline="")
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            trimmed = [" ".join(cell.split()) for cell in cells]
            if any(trimmed):
                yield reader.line_num, trimmed
    except csv.Error as error:
        message = words("This line cannot be read: a quotation mark is missing or too many.")
        raise BadRoll([Fault(reader.line_num, message)]) from error


def _columns(number: int, cells: list[str]) -> dict[str, int]:
    """Where each column stands; raises `BadRoll` unless the first line names them."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = _COLUMNS.get(cell.casefold())
        if name is None or name in columns:
            raise BadRoll([Fault(number, _header_expected(cell))])
        columns[name] = place
    if "voter_id" not in columns:
        raise BadRoll([Fault(number, _header_expected())])
    return columns


def _header_expected(cell: str = "") -> Words:
    if cell:
        return words(
            "The first line names the columns: “voter_id” or “voter_id,name”, not “%(cell)s”.",
            cell=cell[:60],
        )
    return words("The first line names the columns: “voter_id” or “voter_id,name”.")


def _voter(cells: list[str], columns: dict[str, int]) -> ListedVoter:
    """The person in a line; raises `Invalid`."""
    if len(cells) != len(columns):
        raise Invalid(
            plural_words(
                "%(count)s cell was expected, as in the first line, not %(found)s.",
                "%(count)s cells were expected, as in the first line, not %(found)s.",
                len(columns),
                found=len(cells),
            )
        )
    address = cells[columns["voter_id"]]
    name = cells[columns["name"]] if "name" in columns else ""
    if len(name) > NAME_LENGTH:
        raise Invalid(words("A name has at most %(most)s characters.", most=NAME_LENGTH))
    try:
        return ListedVoter(clean_email(address), name)
    except Invalid as error:
        if not address:
            raise Invalid(words("An e-mail address was expected here.")) from error
        message = words("An e-mail address was expected, not “%(cell)s”.", cell=address[:60])
        raise Invalid(message) from error


def _refuse_twice(found: dict[str, tuple[int, ListedVoter]], voter: ListedVoter) -> None:
    if voter.voter_id in found:
        raise Invalid(
            words(
                "%(voter)s stands in line %(line)s already.",
                voter=voter.voter_id,
                line=found[voter.voter_id][0],
            )
        )
