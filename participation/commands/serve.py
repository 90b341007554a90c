"""`suara serve`: the web server and the runner of jobs, started and stopped together."""

import os
import subprocess
import sys

import click

from participation.commands.programs import run_together, server
from participation.settings import read_settings


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
    jobs = [sys.executable, "-m", "participation.jobs"]
    raise SystemExit(run_together([server(settings, "wsgi:app"), jobs]))


def _run(module: str) -> int:
    """The exit status of a module run by itself, whose memory is given back at its end."""
    words = [sys.executable, "-m", module]
    return subprocess.run(words, check=False).returncode  # noqa: S603 - our own words
