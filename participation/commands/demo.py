"""`suara demo`: prepares the demonstration database, once, and says how to sign in."""

import os
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import make_url

from participation import migrating
from participation.accounts.queries import number_of_accounts
from participation.core.db import Database
from participation.demo.mark import Mark, mark_of
from participation.demo.people import sign_ins
from participation.demo.prepare import prepare
from participation.settings import Settings, read_settings

_WORDS = {
    "id": {
        "email": "Alamat surel",
        "password": "Kata sandi",
        "about": "Siapa",
        "title": "Masuk sebagai (hanya ada dalam basis data peragaan ini)",
    },
    "en": {
        "email": "E-mail address",
        "password": "Password",
        "about": "Who",
        "title": "Sign in as (these exist in this demonstration database only)",
    },
}
_TYPED = ("email", "password")
"""What people type: never broken over lines, however narrow the terminal is."""


@click.command(name="demo")
def command() -> None:
    """Prepares a made-up city to look around in; harmless when it is there already."""
    settings = read_settings()
    if settings.is_production:
        raise click.ClickException("This site is for real people (SUARA_ENVIRONMENT=production).")
    mark = _mark(settings)
    if mark is Mark.BEGUN:
        _throw_away(settings)
    if mark is not Mark.FINISHED:
        with Console(stderr=True).status(f"Preparing {settings.city} ..."):
            migrating.upgrade(settings.database_url)
            prepare(settings)
    _tell("id" if os.environ.get("LANG", "").startswith("id") else "en")


def _mark(settings: Settings) -> Mark:
    """How far the database is a demonstration; refuses one with real people in it."""
    migrating.upgrade(settings.database_url)
    database = Database(settings.database_url)
    try:
        mark = mark_of(database.engine)
        with database.session() as session:
            is_empty = not number_of_accounts(session)
    finally:
        database.close()
    if mark is Mark.NONE and not is_empty:
        raise click.ClickException(
            "This database has people in it who are not made up. Choose another one for the"
            " demonstration with SUARA_DATABASE or SUARA_VAR."
        )
    return mark


def _throw_away(settings: Settings) -> None:
    """Removes a demonstration whose preparation was interrupted."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise click.ClickException(
            "An earlier preparation was interrupted. Please empty this database, then try again."
        )
    for suffix in ("", "-wal", "-shm"):
        Path(url.database + suffix).unlink(missing_ok=True)


def _tell(language: str) -> None:
    words = _WORDS[language]
    table = Table(title=words["title"], title_justify="left")
    for column in ("about", "email", "password"):
        table.add_column(words[column], no_wrap=column in _TYPED, overflow="fold")
    for each in sign_ins():
        table.add_row(each.about[language], each.email, each.password)
    Console().print(table)
