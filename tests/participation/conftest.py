"""Fixtures of the site: application, database session, browsers, people."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlmodel import Session

from participation.app import create_app
from participation.core.access import Actor, Role
from participation.core.db import Database
from participation.settings import read_settings
from tests.participation.browser import Browser
from tests.participation.people import Clock, make_person, sign_in
from tests.places import ROOT
from tests.postgres import empty_database, fresh_database


@pytest.fixture(scope="session", autouse=True)
def catalogue() -> None:
    """The compiled Indonesian catalogue, made where it is missing or old."""
    messages = ROOT / "translations/id/LC_MESSAGES/messages.po"
    compiled = messages.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < messages.stat().st_mtime:
        words = [sys.executable, str(ROOT / "scripts/catalogue.py"), "--compile"]
        subprocess.run(words, check=True)


@pytest.fixture
def clock() -> Clock:
    """The site's time, moved by the test."""
    return Clock()


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory) -> Path:
    """An SQLite file with every table and no row: copied, because making them takes a while."""
    file: Path = tmp_path_factory.mktemp("empty") / "suara.sqlite3"
    opened = Database(f"sqlite:///{file}")
    opened.create_tables()
    with opened.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    return file


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory) -> FileSystemBytecodeCache:
    """Templates as Jinja compiled them: every test has a site of its own, and compiles none."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(tmp_path, clock, empty_tables, compiled_templates) -> Iterator[Flask]:
    """The site on an empty SQLite database."""
    settings = read_settings(var=tmp_path / "var", environment="development")
    shutil.copyfile(empty_tables, settings.var / "suara.sqlite3")
    built = create_app(settings, clock=clock)
    built.jinja_env.bytecode_cache = compiled_templates
    database: Database = built.extensions["suara"].database
    yield built
    database.close()


@pytest.fixture
def session(app) -> Iterator[Session]:
    """A session of its own; commit what the site shall see."""
    with app.extensions["suara"].database.session() as opened:
        yield opened


@pytest.fixture(scope="session")
def server_with_tables(postgres_server) -> Iterator[str]:
    """The address of a PostgreSQL database with every table."""
    with fresh_database(postgres_server, "suara_with_tables") as address:
        opened = Database(address)
        opened.create_tables()
        opened.close()
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request, tmp_path, empty_tables) -> Iterator[Database]:
    """An empty database with every table, on SQLite and on PostgreSQL: for tests without pages."""
    if request.param == "sqlite":
        file = tmp_path / "suara.sqlite3"
        shutil.copyfile(empty_tables, file)
        opened = Database(f"sqlite:///{file}")
        yield opened
        opened.close()
        return
    address = request.getfixturevalue("server_with_tables")
    opened = Database(address)
    yield opened
    opened.close()
    empty_database(address)


@pytest.fixture
def client(app) -> FlaskClient:
    """An English reader's client, without judgement: for headers and odd requests."""
    made = app.test_client()
    made.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return made


@pytest.fixture
def browser(client) -> Browser:
    """An English reader's browser."""
    return Browser(client)


@pytest.fixture
def browser_of(app, session, clock) -> Callable[..., tuple[Browser, Actor]]:
    """Makes a person, signed in: `browser, actor = browser_of("Ratna", Role.OFFICER)`."""

    def make(name: str = "Sri Hartati", *roles: Role) -> tuple[Browser, Actor]:
        actor = make_person(session, name, *roles)
        made = app.test_client()
        made.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        sign_in(made, session, actor, clock())
        return Browser(made), actor

    return make
