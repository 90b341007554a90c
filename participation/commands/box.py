"""`suara box`: a ballot box that another body runs, with a database and keys of its own."""

import sys

import click

from ballots.services import box_apart
from ballots.services.names import write_name
from participation import migrating
from participation.apart.box import read_organisers
from participation.apart.process import Process, origins_of
from participation.commands.programs import run_together, server, settings_of_own
from participation.settings import Settings

_KIND = "box"


@click.group(name="box")
def command() -> None:
    """A ballot box of one's own: keeps the ballots of votes on other sites."""


@command.command()
@click.option("--for", "serves", required=True, help="Sites it serves, such as suara.example.id.")
@click.option("--organiser", "organisers", multiple=True, help="Only of organisers with this key.")
@click.option("--witness", "witnesses", multiple=True, help="Where a witness answers.")
@click.option("--name", default=None, help="Who runs it, as voters read it.")
@click.option("--host", default=None, help="Address to listen on.")
@click.option("--port", type=int, default=8200, show_default=True, help="Port to listen on.")
@click.option("--workers", type=int, default=None, help="Number of server processes.")
def serve(
    *,
    serves: str,
    organisers: tuple[str, ...],
    witnesses: tuple[str, ...],
    name: str | None,
    host: str | None,
    port: int,
    workers: int | None,
) -> None:
    """Serves until Ctrl-C, from a database of its own below SUARA_VAR."""
    settings = settings_of_own(_KIND, site_name=name, host=host, port=port, workers=workers)
    read_organisers(organisers)
    sites, key = ", ".join(origins_of(serves).values()), _ready(settings)
    click.echo(f"{settings.site_name}: {settings.origin}   for {sites}   (stop with Ctrl-C)")
    click.echo(f"key {key}")
    told = {
        "name": settings.site_name,
        "serves": serves,
        "organisers": list(organisers),
        "witnesses": [each.rstrip("/") for each in witnesses],
    }
    given = ", ".join(f"{each}={value!r}" for each, value in told.items())
    minutes = [sys.executable, "-m", "participation.apart.minutes", _KIND, *witnesses]
    application = f"participation.apart.box:application({given})"
    raise SystemExit(run_together([server(settings, application), minutes]))


@command.command()
@click.option("--name", default=None, help="Who runs it, as voters read it.")
def key(name: str | None) -> None:
    """Prints the box's name and public key; makes the key when there is none yet."""
    settings = settings_of_own(_KIND, site_name=name)
    click.echo(f"{settings.site_name} {_ready(settings)}")


def _ready(settings: Settings) -> str:
    """The public key, once the database has its shape."""
    migrating.upgrade(settings.database_url)
    process = Process.of(settings)
    try:
        return write_name(box_apart.identity(process.context))
    finally:
        process.database.close()
