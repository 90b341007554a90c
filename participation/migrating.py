"""Migrations through Alembic, without a configuration file: the settings know everything."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from participation import places
from participation.settings import read_settings


def configuration(url: str) -> Config:
    """Alembic's configuration for the database at `url`."""
    found = Config()
    found.set_main_option("script_location", str(places.MIGRATIONS))
    found.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    found.attributes["url"] = url
    return found


def upgrade(url: str) -> None:
    """Brings the database to the newest shape, making its folder when it is a new file."""
    _make_folder(url)
    command.upgrade(configuration(url), "head")


def check(url: str) -> None:
    """Nothing when models and migrated database agree; Alembic's error otherwise."""
    command.check(configuration(url))


def revise(url: str, why: str) -> None:
    """Writes the migration that leads from the database to the models, if anything differs."""
    command.revision(
        configuration(url),
        message=why,
        autogenerate=True,
        process_revision_directives=_say_nothing_empty,
    )


def is_current(url: str) -> bool:
    """Whether the database has the newest shape."""
    newest = ScriptDirectory.from_config(configuration(url)).get_current_head()
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
            return found is not None and found == newest
    finally:
        engine.dispose()


def main() -> int:
    """0 when the site's database has the newest shape, else 1: for `suara serve`."""
    return 0 if is_current(read_settings().database_url) else 1


def _say_nothing_empty(_context: object, _revision: object, directives: list[Any]) -> None:
    if directives and directives[0].upgrade_ops.is_empty():
        directives.clear()


def _make_folder(url: str) -> None:
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


if __name__ == "__main__":
    raise SystemExit(main())
