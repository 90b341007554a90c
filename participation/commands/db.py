"""`suara db`: brings the database to the shape that the code expects."""

import click

from participation import migrating
from participation.settings import read_settings


@click.group(name="db")
def command() -> None:
    """The database's shape."""


@command.command()
def upgrade() -> None:
    """Brings the database to the newest shape; harmless when it is there already."""
    url = read_settings().database_url
    migrating.upgrade(url)
    click.echo("The database is ready.")


@command.command()
def check() -> None:
    """Fails when the models and the migrations say different things."""
    migrating.check(read_settings().database_url)
    click.echo("Models and migrations agree.")


@command.command()
@click.argument("why")
def revise(why: str) -> None:
    """Writes a migration from the difference between models and database."""
    migrating.revise(read_settings().database_url, why)
