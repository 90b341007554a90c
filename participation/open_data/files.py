"""Exports as streams of bytes: one row in memory at a time."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from participation.core.text import harmless
from participation.open_data.documents import (
    CommentDocument,
    ConsultationDocument,
    Document,
    VoteDocument,
)
from participation.open_data.rules import Format

_LANGUAGES = ("id", "en")
_ANSWER = ("name", "office", "body", "reason", "clause_id", "written_at")
_TEXTS = ("title", "question", "electorate")

COLUMNS: dict[type[Document], tuple[str, ...]] = {
    ConsultationDocument: tuple(ConsultationDocument.model_fields),
    CommentDocument: (
        *(name for name in CommentDocument.model_fields if name != "answer"),
        *(f"answer_{name}" for name in _ANSWER),
    ),
    VoteDocument: tuple(
        column
        for name in VoteDocument.model_fields
        for column in ([f"{name}_{code}" for code in _LANGUAGES] if name in _TEXTS else [name])
        if name != "options"
    ),
}
"""The header row of each table.

Names in a list stand in one cell with blanks between them; other lists are left out of tables.
"""


def stream(kind: type[Document], rows: Iterable[Document], form: Format) -> Iterator[bytes]:
    """The rows as a file, piece by piece."""
    writers: dict[Format, Callable[[], Iterator[bytes]]] = {
        Format.CSV: lambda: _csv(COLUMNS[kind], rows),
        Format.NDJSON: lambda: (f"{row.model_dump_json()}\n".encode() for row in rows),
        Format.JSON: lambda: _json(rows),
    }
    return writers[form]()


def _csv(columns: Sequence[str], rows: Iterable[Document]) -> Iterator[bytes]:
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(columns)
    for row in rows:
        cells = _flat(row)
        writer.writerow([cells.get(column, "") for column in columns])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()
    yield line.getvalue().encode()


def _json(rows: Iterable[Document]) -> Iterator[bytes]:
    before = "["
    for row in rows:
        yield f"{before}{row.model_dump_json()}".encode()
        before = ",\n"
    yield b"[]" if before == "[" else b"]\n"


def _flat(row: Document) -> dict[str, str]:
    """The cells of a row by column: what stands inside is named `outer_inner`."""
    cells: dict[str, str] = {}
    for name, value in row.model_dump(mode="json").items():
        if isinstance(value, dict):
            cells |= {f"{name}_{inner}": _cell(each) for inner, each in value.items()}
        elif not isinstance(value, list):
            cells[name] = _cell(value)
        elif all(isinstance(each, str) for each in value):
            cells[name] = _cell(" ".join(value))
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value)
