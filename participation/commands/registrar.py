"""`suara registrar`: a registrar that a second body runs, with a database and keys of its own."""

import sys

import click

from ballots.services import registrar_apart
from ballots.services.names import write_name
from participation import migrating
from participation.apart.process import Process, origins_of
from participation.commands.programs import run_together, server, settings_of_own
from participation.settings import Settings

_KIND = "registrar"


@click.group(name="registrar")
def command() -> None:
    """A registrar of one's own: signs credentials for votes on other sites."""


@command.command()
@click.option("--for", "serves", required=True, help="Sites it serves, such as suara.example.id.")
@click.option("--name", default=None, help="Who runs it, as voters read it.")
@click.option("--host", default=None, help="Address to listen on.")
@click.option("--port", type=int, default=8100, show_default=True, help="Port to listen on.")
@click.option("--workers", type=int, default=None, help="Number of server processes.")
def serve(serves: str, name: str | None, host: str | None, port: int, workers: int | None) -> None:
    """Serves until Ctrl-C, from a database of its own below SUARA_VAR."""
    settings = settings_of_own(_KIND, site_name=name, host=host, port=port, workers=workers)
    sites = ", ".join(origins_of(serves).values())
    key = _ready(settings)
    click.echo(f"{settings.site_name}: {settings.origin}   for {sites}   (stop with Ctrl-C)")
    click.echo(f"key {key}")
    made = f"participation.apart.registrar:application(name={settings.site_name!r}"
    application = f"{made}, serves={serves!r})"
    minutes = [sys.executable, "-m", "participation.apart.minutes", _KIND]
    raise SystemExit(run_together([server(settings, application), minutes]))


@command.command()
@click.option("--name", default=None, help="Who runs it, as voters read it.")
def key(name: str | None) -> None:
    """Prints the registrar's name and public key; makes the key when there is none yet."""
    settings = settings_of_own(_KIND, site_name=name)
    click.echo(f"{settings.site_name} {_ready(settings)}")


def _ready(settings: Settings) -> str:
    """The public key, once the database has its shape."""
    migrating.upgrade(settings.database_url)
    process = Process.of(settings)
    try:
        return write_name(registrar_apart.identity(process.context))
    finally:
        process.database.close()
