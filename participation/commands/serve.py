"""`suara serve`: the web server and the runner of jobs, started and stopped together."""

import os
import subprocess
import sys
from importlib import import_module
from runpy import run_module

import click
from flask import Flask

from participation import jobs
from participation.commands.forks import start_forks
from participation.commands.programs import server, watch_over
from participation.settings import Settings, read_settings


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
    raise SystemExit(_serve(settings))


def _serve(settings: Settings) -> int:
    """The exit status, at the end. The site is loaded once, here, and shared by what it starts."""
    app: Flask = import_module("wsgi").app  # read only now: the options are in its settings
    app.extensions["suara"].database.close()  # a connection belongs to one process

    def serve() -> None:
        sys.argv = server(settings, "wsgi:app")[2:]
        run_module("gunicorn", run_name="__main__")

    return watch_over(start_forks(serve, lambda: jobs.run(app, settings)))


def _run(module: str) -> int:
    """The exit status of a module run by itself, whose memory is given back at its end."""
    words = [sys.executable, "-m", module]
    return subprocess.run(words, check=False).returncode  # noqa: S603 - our own words
