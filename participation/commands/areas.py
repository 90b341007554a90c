"""`suara areas`: takes in the official list of areas."""

from pathlib import Path

import click

from participation.areas import files, services
from participation.areas.rules import check_code
from participation.core.access import Actor
from participation.core.clock import system_clock
from participation.core.db import Database
from participation.core.errors import SiteError
from participation.settings import read_settings

_OPERATOR = Actor(name="operator")


@click.group(name="areas")
def command() -> None:
    """Areas, from the province to the kelurahan or desa."""


@command.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--under", default="", metavar="CODE", help="Only this area, such as 34.71.")
def import_(file: Path, under: str) -> None:
    """Takes in a file with the columns kode,nama; doing it again changes nothing."""
    database = Database(read_settings().database_url)
    try:
        if under:
            check_code(under)
        with file.open("rb") as lines, database.transaction() as session:
            read = files.read(lines, under=under)
            done = services.import_areas(session, _OPERATOR, read, system_clock())
    except SiteError as error:
        raise click.ClickException(f"{error}. Nothing was changed.") from error
    finally:
        database.close()
    click.echo(f"{done.new} new, {done.renamed} renamed, {done.known} known already")
