import pytest
from click.testing import CliRunner

from participation import migrating
from participation.accounts.queries import number_of_accounts
from participation.cli import main
from participation.core.db import Database
from participation.demo import mark
from participation.demo.people import sign_ins
from tests.participation.people import make_person


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A folder for a site of its own."""
    for name in ("SUARA_DATABASE", "SUARA_ENVIRONMENT", "SUARA_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SUARA_VAR", str(tmp_path))
    monkeypatch.setenv("LANG", "C.UTF-8")
    return tmp_path


def demo():
    return CliRunner().invoke(main, ["demo"])


def opened(var):
    return Database(f"sqlite:///{var / 'suara.sqlite3'}")


def people_in(var):
    database = opened(var)
    with database.session() as session:
        found = number_of_accounts(session)
    database.close()
    return found


def test_it_prepares_once_and_tells_the_sign_ins_every_time(var):
    first = demo()
    assert first.exit_code == 0, first.output
    made = people_in(var)
    assert made >= len(sign_ins())
    again = demo()
    assert again.exit_code == 0
    assert people_in(var) == made
    assert first.stdout == again.stdout
    for each in sign_ins():
        assert each.email in first.stdout
        assert each.password in first.stdout


def test_an_interrupted_preparation_begins_anew(var):
    migrating.upgrade(f"sqlite:///{var / 'suara.sqlite3'}")
    database = opened(var)
    mark.begin(database.engine)
    with database.transaction() as session:
        make_person(session, "Sri Hartati", email="sri@lembayung.example")
    database.close()
    assert demo().exit_code == 0
    assert people_in(var) > 1


def test_a_database_with_real_people_is_left_alone(var):
    migrating.upgrade(f"sqlite:///{var / 'suara.sqlite3'}")
    database = opened(var)
    with database.transaction() as session:
        make_person(session)
    database.close()
    refused = demo()
    assert refused.exit_code == 1
    assert "not made up" in refused.output
    assert people_in(var) == 1


def test_a_site_for_real_people_has_no_demonstration(var, monkeypatch):
    monkeypatch.setenv("SUARA_ENVIRONMENT", "production")
    monkeypatch.setenv("SUARA_SECRET_KEY", "0123456789" * 4)
    refused = demo()
    assert refused.exit_code == 1
    assert not (var / "suara.sqlite3").exists()
