"""The demonstration, prepared once for all tests that only look at it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlmodel import Session

from participation import migrating
from participation.app import create_app
from participation.demo.prepare import prepare
from participation.settings import Settings, read_settings

PREPARED_AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def clock() -> datetime:
    """The day on which it was prepared."""
    return PREPARED_AT


@pytest.fixture(scope="session")
def settings(tmp_path_factory) -> Settings:
    """Where the demonstration lies; prepared."""
    made = read_settings(var=tmp_path_factory.mktemp("demo"), environment="development")
    migrating.upgrade(made.database_url)
    prepare(made, clock=clock)
    return made


@pytest.fixture
def city(settings) -> Iterator[Flask]:
    """The site of the demonstration."""
    app = create_app(settings, clock=clock)
    with app.app_context():
        yield app
    app.extensions["suara"].database.close()


@pytest.fixture
def rows(city) -> Iterator[Session]:
    """Its rows."""
    with city.extensions["suara"].database.session() as opened:
        yield opened
