"""Migrations and models say the same, on both databases."""

import pytest
from sqlalchemy import create_engine, inspect

from participation import migrating
from tests.places import ROOT

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def test_migrations_lead_to_the_models(database_url):
    migrating.upgrade(database_url)
    migrating.check(database_url)
    engine = create_engine(database_url)
    assert {"account", "election", "log_entry", "event"} <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_an_upgrade_may_be_repeated(sqlite_url):
    migrating.upgrade(sqlite_url)
    migrating.upgrade(sqlite_url)
    migrating.check(sqlite_url)


def test_migrations_form_one_line():
    texts = [path.read_text() for path in (ROOT / "migrations/versions").glob("*.py")]
    assert texts
    firsts = [text for text in texts if "down_revision = None" in text]
    assert len(firsts) == 1


def test_a_migration_imports_nothing_of_ours():
    for path in (ROOT / "migrations/versions").glob("*.py"):
        for line in path.read_text().splitlines():
            assert not line.startswith(("from participation", "import participation",
                                        "from ballots", "import ballots"))  # fmt: skip
