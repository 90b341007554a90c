"""A progress bar on the terminal, nothing anywhere else."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

Tell = Callable[[str, int, int], None]
"""Told as work goes on: the stage, how much of it is done, how much there is."""


@contextmanager
def progress_bar(words: Mapping[str, str] | None = None) -> Iterator[Tell]:
    """What long work tells its progress to; `words` are other names for its stages."""
    if not sys.stderr.isatty():
        yield _say_nothing
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar, words or {}).tell


def _say_nothing(_stage: str, _done: int, _total: int) -> None:
    return


class _Bar:
    """One line for each stage, in the order in which they begin."""

    def __init__(self, bar: Progress, words: Mapping[str, str]) -> None:
        self._bar = bar
        self._words = words
        self._lines: dict[str, TaskID] = {}

    def tell(self, stage: str, done: int, total: int) -> None:
        """Shows how far a stage is."""
        if stage not in self._lines:
            self._lines[stage] = self._bar.add_task(self._words.get(stage, stage), total=total)
        self._bar.update(self._lines[stage], completed=done, total=total)
