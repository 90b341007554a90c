"""All twenty checks on one record, in the order in which they lean on one another."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ballots.errors import BallotError
from ballots.verifier.beside import Beside
from ballots.verifier.reading import Absent, Source, locate, open_source
from ballots.verifier.verdict import Fault, Findings, Gap
from crypto.note import VerifierKey
from participation.record.documents import MOST_DOCUMENT_BYTES, Figures, Told
from participation.record.verifying.beside import take_in, tell_receipts
from participation.record.verifying.checks import (
    c01_form,
    c08_shape,
    c10_text,
    c18_figures,
)
from participation.record.verifying.history import History
from participation.record.verifying.lines import check_answers, check_contributions
from participation.record.verifying.log import LOG, Log, Progress
from participation.record.verifying.notes import Notes
from participation.record.verifying.texts import CODES

DESCRIPTION = "consultation.json"
"""The file by which such a record is known."""

_MOST_TEXT_BYTES = 2**26


@dataclass(frozen=True, slots=True)
class Verification:
    """What the checks found; `told`, `figures`, `sources` where the record could be read so far.

    `sources`: how many of the contributions that are shown came in which way.
    """

    findings: Findings
    told: Told | None = None
    figures: Figures | None = None
    sources: Mapping[str, int] = field(default_factory=dict)


def verify(place: str, beside: Beside, *, progress: Progress) -> Verification:
    """Check the record at a place: a folder, a `.suara` file or an http(s) address.

    Raises Unreadable where there is no record, and nothing for whatever stands in one.
    """
    with tempfile.TemporaryDirectory(prefix="suara-verify-") as folder:
        return _verify(open_source(locate(place, Path(folder))), beside, progress)


def _verify(source: Source, beside: Beside, progress: Progress) -> Verification:
    findings = Findings()
    try:
        octets = source.read(DESCRIPTION, MOST_DOCUMENT_BYTES)
        told, key = c01_form(source, octets)
    except Absent:
        findings.miss(CODES, DESCRIPTION)
        return Verification(findings)
    except Fault as fault:
        findings.add_fault(fault, DESCRIPTION)
        findings.miss([code for code in CODES if code != "C01"], "a description to go by")
        return Verification(findings)
    return _Case(source, key, told, findings).run(beside, octets, progress)


class _Case:
    """One record whose log has a key."""

    def __init__(self, source: Source, key: VerifierKey, told: Told, findings: Findings) -> None:
        self._source = source
        self._key = key
        self._told = told
        self._findings = findings
        self._history = History()

    def run(self, beside: Beside, description: bytes, progress: Progress) -> Verification:
        """Every check; which of them could be carried out depends on what is there."""
        findings = self._findings
        notes = Notes(self._source, self._key, findings)
        held = take_in(beside, self._key, notes, findings)
        log = Log(self._source, notes.size or 0, notes.sizes(), findings)
        self._read(log, progress)
        notes.compare(log.tree.roots, is_live=self._source.names() is None)
        findings.examine("C01", "C02", "C03", "C07", "C19")
        if not log.is_whole or not log.size:
            findings.miss([code for code in CODES[3:] if code != "C07"], "all entries of the log")
            return Verification(findings, self._told)
        self._check_files(description)
        tell_receipts(held, self._history, findings)
        findings.examine(*CODES)
        history = self._history
        return Verification(findings, self._told, history.figures(), history.sources)

    def _read(self, log: Log, progress: Progress) -> None:
        """C04, C05, and C08 to C16 as far as the log decides them."""
        for index, payload in log.payloads(progress):
            with self._findings.noting(LOG, index):
                self._history.take(index, c08_shape(payload))
        log.check_upper_tiles()
        self._history.size = log.size

    def _check_files(self, description: bytes) -> None:
        """What stands beside the log, held against it."""
        history, findings = self._history, self._findings
        if history.told is None or history.told.write() != description:
            findings.add("C09", "it is not what the log last said", DESCRIPTION)
        for version in history.versions:
            path = f"versions/{version.number}.txt"
            text = self._reader(path, "C10", _MOST_TEXT_BYTES)
            with findings.noting(path):
                c10_text(version, text())
        check_contributions(self._source, history, findings)
        check_answers(self._source, history, findings)
        read_figures = self._reader("figures.json", "C18", MOST_DOCUMENT_BYTES)
        with findings.noting("figures.json"):
            self._compare_figures(read_figures())

    def _compare_figures(self, octets: bytes) -> None:
        counted = self._history.figures()
        try:
            c18_figures(octets, counted)
        except Fault:
            if self._source.names() is None and _size_of(octets) != counted.size:
                raise Gap("C18", "figures of this size: the record grew; ask again") from None
            raise

    def _reader(self, path: str, code: str, most: int) -> Callable[[], bytes]:
        """Reads a file; raises a Gap of the check that needs it."""

        def read() -> bytes:
            try:
                return self._source.read(path, most)
            except Absent:
                raise Gap(code, path) from None

        return read


def _size_of(octets: bytes) -> int | None:
    try:
        return Figures.read(octets).size
    except BallotError:
        return None
