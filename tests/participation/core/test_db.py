"""The database: durability, one writer, times, names of constraints. On both kinds."""

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from participation.accounts.models import Account
from participation.core.db import Database
from tests.participation.people import MORNING, make_person


def test_a_time_comes_back_aware_and_in_utc(database):
    with database.transaction() as session:
        actor = make_person(session)
    with database.session() as session:
        found = session.get(Account, actor.id)
        assert found.created_at == MORNING
        assert found.created_at.utcoffset().total_seconds() == 0


def test_an_error_rolls_everything_back(database):
    def fail() -> None:
        with database.transaction() as session:
            make_person(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.session() as session:
        assert session.exec(select(Account)).all() == []


def test_uniqueness_stands_in_the_database_under_a_name(database):
    with database.transaction() as session:
        make_person(session, email="a@example.id")
    with pytest.raises(IntegrityError), database.transaction() as session:
        make_person(session, email="a@example.id")
    names = {each.name for each in Account.__table__.constraints}
    assert "uq_account_email" in names
    assert "pk_account" in names


def test_writers_wait_for_each_other_instead_of_failing(database):
    def write(number: int) -> None:
        with database.transaction() as session:
            session.exec(select(Account)).all()
            make_person(session, email=f"{number}@example.id")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session() as session:
        assert len(session.exec(select(Account)).all()) == 8


def test_sqlite_keeps_what_it_promised_and_overwrites_what_was_deleted(sqlite_url):
    database = Database(sqlite_url)
    with database.engine.connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    database.close()
    assert settings == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1
    }  # fmt: skip
