"""`suara verify`: checks the public record of an election; the verifier with a progress bar.

Knows nothing of the site: it works where no database is, on anybody's machine.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from ballots.verifier.command import argument_parser, run
from ballots.verifier.stages.case import Progress as Tell
from ballots.verifier.stages.case import say_nothing

_PROGRAM = "suara verify"
_STAGES = {
    "id": {
        "setup": "persiapan",
        "ballots": "surat suara",
        "check-ins": "kehadiran",
        "signatures": "tanda tangan",
        "opening": "membuka suara",
    },
    "en": {},
}


@click.command(
    name="verify",
    add_help_option=False,  # the verifier has words of its own
    context_settings={"ignore_unknown_options": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Checks the public record of an election: a file, a folder or an address."""
    given = argument_parser(_PROGRAM).parse_args(arguments)
    said = StringIO()  # until the bar has gone, which shares the terminal with it
    with progress_bar(given.language) as tell:
        code = run(arguments, program=_PROGRAM, out=said, progress=tell)
    click.echo(said.getvalue(), nl=False)
    raise SystemExit(code)


@contextmanager
def progress_bar(language: str) -> Iterator[Tell]:
    """What the verifier tells its progress to: a bar on a terminal, nothing anywhere else."""
    if not sys.stderr.isatty():
        yield say_nothing
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar, language).tell


class _Bar:
    """One line for each stage, in the order in which they begin."""

    def __init__(self, bar: Progress, language: str) -> None:
        self._bar = bar
        self._words = _STAGES[language]
        self._lines: dict[str, TaskID] = {}

    def tell(self, stage: str, done: int, total: int) -> None:
        """Shows how far a stage is."""
        if stage not in self._lines:
            self._lines[stage] = self._bar.add_task(self._words.get(stage, stage), total=total)
        self._bar.update(self._lines[stage], completed=done, total=total)
