"""Running the verifier over the files of a record."""

from dataclasses import replace
from pathlib import Path

from ballots.verifier.beside import Beside
from ballots.verifier.report import verdicts
from ballots.verifier.verdict import Verdict
from ballots.verifier.verification import verify
from tests.records.builder import write_folder
from tests.records.forgery import Made

Outcomes = dict[str, bool | None]


def verdicts_on(
    files: dict[str, bytes], folder: Path, beside: Beside | None = None
) -> list[Verdict]:
    """The verdicts on a record whose files are written below an empty folder."""
    return verdicts(verify(str(write_folder(files, folder)), beside))


def verdicts_on_made(made: Made, folder: Path) -> list[Verdict]:
    """The same on a forged record and all that is handed in beside it."""
    beside = made.beside
    if made.client is not None:
        beside = replace(beside, client=write_folder(made.client, folder / "client"))
    return verdicts_on(made.files, folder / "record", beside)


def outcomes_of(files: dict[str, bytes], folder: Path, beside: Beside | None = None) -> Outcomes:
    """The outcome of each check by its code."""
    return {verdict.code: verdict.ok for verdict in verdicts_on(files, folder, beside)}


def failing(outcomes: Outcomes) -> frozenset[str]:
    """The codes of the checks that failed."""
    return frozenset(code for code, ok in outcomes.items() if ok is False)
