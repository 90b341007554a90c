"""`suara areas import` from the command line."""

import pytest
from click.testing import CliRunner

from participation.cli import main
from participation.core.db import Database
from tests.factories.areas import AREAS


@pytest.fixture
def site(tmp_path, monkeypatch):
    """An empty site's folder, named by the settings."""
    for name in ("SUARA_DATABASE", "SUARA_ENVIRONMENT", "SUARA_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SUARA_VAR", str(tmp_path))
    database = Database(f"sqlite:///{tmp_path / 'suara.sqlite3'}")
    database.create_tables()
    database.close()
    return tmp_path


def run(*words):
    return CliRunner().invoke(main, ["areas", "import", *map(str, words)])


def test_a_list_is_taken_in_and_again_without_change(site):
    place = site / "areas.csv"
    place.write_text(AREAS, encoding="utf-8")
    assert run(place, "--under", "98.71").output == "7 new, 0 renamed, 0 known already\n"
    assert run(place).output == "3 new, 0 renamed, 7 known already\n"


def test_a_bad_line_changes_nothing_and_is_named(site):
    place = site / "areas.csv"
    place.write_text(f"{AREAS}98.72,\n", encoding="utf-8")
    done = run(place)
    assert done.exit_code == 1
    assert "line 12: 98.72 needs a name" in done.output
    assert "Nothing was changed." in done.output
    place.write_text(AREAS, encoding="utf-8")
    assert run(place).output.startswith("10 new")


def test_an_odd_code_is_refused(site):
    place = site / "areas.csv"
    place.write_text(AREAS, encoding="utf-8")
    assert "A code looks like 34.71.01.1001." in run(place, "--under", "Yogya").output
