"""`suara serve`: the web server and the runner of jobs, started and stopped together."""

import os
import signal
import subprocess
import sys
from types import FrameType

import click

from participation import lifeline
from participation.settings import Settings, read_settings

_PATIENCE_SECONDS = 25


@click.command(name="serve")
@click.option("--host", default=None, help="Address to listen on.")
@click.option("--port", type=int, default=None, help="Port to listen on.")
@click.option("--workers", type=int, default=None, help="Number of server processes.")
def command(host: str | None, port: int | None, workers: int | None) -> None:
    """Serves the site until Ctrl-C."""
    for name, value in (("HOST", host), ("PORT", port), ("WORKERS", workers)):
        if value is not None:
            os.environ[f"SUARA_{name}"] = str(value)  # for the programs started below, too
    settings = read_settings()
    if host or port:
        os.environ.setdefault("SUARA_ORIGIN", f"http://{settings.host}:{settings.port}")
        settings = read_settings()
    if _run("participation.migrating"):
        raise click.ClickException("The database is not ready. Run first: suara db upgrade")
    click.echo(f"{settings.site_name}: {settings.origin}   (stop with Ctrl-C)")
    raise SystemExit(_together(settings))


def _together(settings: Settings) -> int:
    """Runs both until one ends by itself (never 0) or a signal comes (0)."""
    started = [_start(words) for words in _programs(settings)]
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


def _programs(settings: Settings) -> list[list[str]]:
    server = [
        sys.executable, "-m", "gunicorn", "wsgi:app",
        "--config", "python:participation.serving",
        "--bind", f"{settings.host}:{settings.port}",
        "--workers", str(settings.workers),
        "--threads", str(settings.threads),
    ]  # fmt: skip
    return [server, [sys.executable, "-m", "participation.jobs"]]


def _run(module: str) -> int:
    """The exit status of a module run by itself, whose memory is given back at its end."""
    words = [sys.executable, "-m", module]
    return subprocess.run(words, check=False).returncode  # noqa: S603 - our own words


def _start(words: list[str]) -> subprocess.Popen[bytes]:
    """Starts a program that ends with this process; an interrupt reaches it only from here."""
    return subprocess.Popen(  # noqa: S603 - our own words
        words, stdin=subprocess.PIPE, env=lifeline.environment(), start_new_session=True
    )


def _first_end(started: list[subprocess.Popen[bytes]]) -> int:
    while True:
        for program in started:
            try:
                return program.wait(timeout=0.5) or 1  # neither should end by itself
            except subprocess.TimeoutExpired:
                continue


def _wait(program: subprocess.Popen[bytes]) -> None:
    try:
        program.wait(timeout=_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
