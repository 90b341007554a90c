"""Programs that are started together and end together: a server and the work beside it."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Protocol

from participation import lifeline
from participation.settings import Settings, read_settings

_PATIENCE_SECONDS = 25


class Program(Protocol):
    """Something started that goes on by itself: a `Popen`, or a `Fork`."""

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status; raises `TimeoutExpired` if it takes longer to end."""

    def terminate(self) -> None:
        """Asks it to end."""

    def kill(self) -> None:
        """Ends it at once."""


def server(settings: Settings, application: str, *, threads: int | None = None) -> list[str]:
    """The words that start gunicorn with an application, as gunicorn names it."""
    return [
        sys.executable, "-m", "gunicorn", application,
        "--config", "python:participation.serving",
        "--bind", f"{settings.host}:{settings.port}",
        "--workers", str(settings.workers),
        "--threads", str(threads or settings.threads),
    ]  # fmt: skip


def run_together(programs: Sequence[list[str]]) -> int:
    """Runs all until one ends by itself (never 0) or a signal comes (0)."""
    return watch_over([_start(words) for words in programs])


def watch_over(started: Sequence[Program]) -> int:
    """Waits until one of them ends by itself (never 0) or a signal comes (0); then ends all."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)  # also where a shell started us deaf to Ctrl-C
    try:
        return _first_end(started)
    except KeyboardInterrupt:
        return 0
    finally:
        for program in started:
            program.terminate()
        for program in started:
            _wait(program)


def settings_of_own(kind: str, **given: str | int | None) -> Settings:
    """The settings of a service that is no site, in a folder of its own below `SUARA_VAR`.

    They are put into the environment, too, for the programs started next.
    """
    for name, value in given.items():
        if value is not None:
            os.environ[f"SUARA_{name.upper()}"] = str(value)
    usual = Settings()
    os.environ["SUARA_VAR"] = str(usual.var / kind)
    os.environ.setdefault("SUARA_ORIGIN", f"http://{usual.host}:{usual.port}")
    return read_settings()


def _start(words: list[str]) -> subprocess.Popen[bytes]:
    """Starts a program that ends with this process; an interrupt reaches it only from here."""
    return subprocess.Popen(  # noqa: S603 - our own words
        words, stdin=subprocess.PIPE, env=lifeline.environment(), start_new_session=True
    )


def _first_end(started: Sequence[Program]) -> int:
    while True:
        for program in started:
            try:
                return program.wait(timeout=0.5) or 1  # neither should end by itself
            except subprocess.TimeoutExpired:
                continue


def _wait(program: Program) -> None:
    try:
        program.wait(timeout=_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
