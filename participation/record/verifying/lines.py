"""`contributions` and `answers`: a file of lines beside the log, held against what it says."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from ballots.errors import BallotError
from ballots.verifier.reading import Absent, Source
from ballots.verifier.verdict import Fault, Findings, Gap
from participation.record.documents import (
    MOST_ROW_BYTES,
    AnswerRow,
    Opening,
    read_head_line,
)
from participation.record.verifying.checks import (
    OPEN,
    c14_words,
    c15_withheld,
    c17_answer,
)
from participation.record.verifying.history import History

R = TypeVar("R", Opening, AnswerRow)


def check_contributions(source: Source, history: History, findings: Findings) -> None:
    """C14 and C15: the words of everything that stands open, and of nothing else."""
    shown: set[bytes] = set()
    with findings.noting("contributions"):
        for line in _lines(source, "contributions", history.size, "C14"):
            _take_opening(_read(Opening, line, "C14"), shown, history, findings)
        missing = [
            name
            for name, standing in history.contributions.items()
            if standing.state == OPEN and name not in shown
        ]
        if missing:
            raise Fault("C14", f"{len(missing)} vanished, {missing[0].hex()} first")


def _take_opening(row: Opening, shown: set[bytes], history: History, findings: Findings) -> None:
    standing = history.contributions.get(row.id)
    if standing is None:
        findings.add("C14", f"the log holds no contribution {row.id.hex()}", "contributions")
        return
    if row.id in shown:
        findings.add("C14", f"contribution {row.id.hex()} stands there twice", "contributions")
    shown.add(row.id)
    with findings.noting("contributions"):
        if row.is_pending:
            what = f"the words of {row.id.hex()}, which are being taken away: ask again soon"
            raise Gap("C14", what)
        c15_withheld(row, standing.state)
        content = c14_words(row, standing.commitment, standing.thread, len(history.versions))
        history.sources[content.source] += 1


def check_answers(source: Source, history: History, findings: Findings) -> None:
    """C17: every answer that the log names, as it was given, and no other."""
    shown: set[bytes] = set()
    with findings.noting("answers"):
        for line in _lines(source, "answers", history.size, "C17"):
            row = _read(AnswerRow, line, "C17")
            given = history.answers.get(row.id)
            if given is None or row.id in shown:
                raise Fault("C17", f"the log gives no answer {row.id.hex()}, or not twice")
            shown.add(row.id)
            c17_answer(row, given.answer_sha256)
        if missing := history.answers.keys() - shown:
            raise Fault("C17", f"{len(missing)} missing, {min(missing).hex()} first")


def _lines(source: Source, path: str, size: int, code: str) -> Iterator[bytes]:
    """The lines after the first, without their ends."""
    with tempfile.TemporaryDirectory(prefix="suara-lines-") as folder:
        copied = Path(folder) / "lines"
        try:
            source.copy(path, copied, (size + 1) * MOST_ROW_BYTES)  # a line for an entry
        except Absent:
            raise Gap(code, path) from None
        with copied.open("rb") as file:
            rows = iter(lambda: file.readline(MOST_ROW_BYTES + 1), b"")
            _check_size(source, path, _line(next(rows, b""), code), size, code)
            for row in rows:
                yield _line(row, code)


def _check_size(source: Source, path: str, line: bytes, size: int, code: str) -> None:
    try:
        found = read_head_line(line)
    except BallotError as problem:
        raise Fault(code, str(problem)) from None
    if found == size:
        return
    if source.names() is None:  # the site wrote on while it was asked
        raise Gap(code, f"{path} at size {size}, not {found}: the record grew; ask again")
    raise Fault(code, f"{path} is of size {found}, the log of {size}")


def _line(row: bytes, code: str) -> bytes:
    if not row.endswith(b"\n"):
        raise Fault(code, "a line without end, or too long")
    return row[:-1]


def _read(kind: type[R], line: bytes, code: str) -> R:
    try:
        return kind.read(line)
    except BallotError as problem:
        raise Fault(code, str(problem)) from None
