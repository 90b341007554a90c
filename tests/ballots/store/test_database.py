"""Transactions: locks that exclude, locks that share, and what SQLite is told to keep."""

import threading

import pytest
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel

from ballots.errors import Incomplete, Refused
from ballots.store import database
from ballots.store.database import JoinedTransaction, OwnTransactions, lock_logs
from ballots.store.tables import TABLES, secret

KEY = (1, "ballots")
WAIT = 0.3


def put(connection, name):
    connection.execute(insert(secret).values(name=name, ciphertext=b""))


def names(engine):
    with engine.connect() as connection:
        return set(connection.execute(select(secret.c.name)).scalars())


def test_what_fails_leaves_nothing(engine):
    def fail():
        with OwnTransactions(engine).writing() as connection:
            put(connection, "a")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert names(engine) == set()


def test_a_joined_transaction_ends_with_its_owner(engine):
    with engine.connect() as connection:
        joined = JoinedTransaction(connection)
        with joined.writing() as same:
            put(same, "a")
        with joined.reading() as same:
            assert same is connection
        with pytest.raises(Incomplete):
            joined.scrub()
        connection.rollback()
    assert names(engine) == set()


def test_a_snapshot_sees_one_moment(engine):
    store = OwnTransactions(engine)
    stored = select(secret.c.name)
    with store.snapshot() as connection:
        assert connection.execute(stored).all() == []
        with store.writing() as other:
            put(other, "a")
        assert connection.execute(stored).all() == []
    with store.reading() as connection:
        assert connection.execute(stored).scalars().all() == ["a"]


def test_sqlite_keeps_what_it_commits(sqlite_engine):
    with OwnTransactions(sqlite_engine).reading() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "secure_delete")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_two_stores_of_one_engine_set_it_up_once(sqlite_engine):
    OwnTransactions(sqlite_engine)
    with OwnTransactions(sqlite_engine).writing() as connection:
        put(connection, "a")
    assert names(sqlite_engine) == {"a"}


def test_a_thread_that_waits_for_itself_is_told(sqlite_engine, monkeypatch):
    """A transaction inside another one would wait for ever."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    store = OwnTransactions(sqlite_engine)
    with store.writing(), pytest.raises(Refused) as refused, store.writing():
        pass
    assert refused.value.code == "not-durable"


def test_a_writer_in_an_engine_that_begins_by_itself_gets_the_lock_at_once(sqlite_url):
    """Some engines begin transactions on their own; the write lock is taken all the same."""
    engine = create_engine(sqlite_url, connect_args={"isolation_level": "IMMEDIATE"})
    SQLModel.metadata.create_all(engine, tables=TABLES)
    with engine.connect() as connection, JoinedTransaction(connection).writing():
        put(connection, "a")
        with JoinedTransaction(connection).writing():
            put(connection, "b")
        other = create_engine(sqlite_url, connect_args={"timeout": 0.05})
        with pytest.raises(OperationalError, match="locked"), other.begin() as rival:
            put(rival, "c")
        other.dispose()
        connection.commit()
    assert names(engine) == {"a", "b"}
    engine.dispose()


def waits(store, *, holding, asking):
    """Whether one who asks for the log's lock waits for one who holds it."""
    got = threading.Event()
    free = threading.Event()

    def ask():
        with store.writing() as connection:
            lock_logs(connection, [KEY], exclusive=asking)
            got.set()
            free.wait(10)

    with store.writing() as connection:
        lock_logs(connection, [KEY], exclusive=holding)
        thread = threading.Thread(target=ask)
        thread.start()
        did_wait = not got.wait(WAIT)
    assert got.wait(10)
    free.set()
    thread.join()
    return did_wait


def test_arrivals_share_a_log_and_a_sequencer_has_it_alone(postgres_url):
    engine = create_engine(postgres_url)
    store = OwnTransactions(engine)
    assert not waits(store, holding=False, asking=False)
    assert waits(store, holding=False, asking=True)
    assert waits(store, holding=True, asking=False)
    assert waits(store, holding=True, asking=True)
    engine.dispose()


def test_locks_of_many_logs_are_taken_in_one_order(postgres_url):
    """Two that want the same logs in other orders do not wait for each other for ever."""
    engine = create_engine(postgres_url)
    store = OwnTransactions(engine)
    logs = [(number, "ballots") for number in range(20)]
    done = []

    def take(order):
        for _ in range(10):
            with store.writing() as connection:
                lock_logs(connection, order, exclusive=True)
        done.append(True)

    threads = [threading.Thread(target=take, args=(order,)) for order in (logs, logs[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert done == [True, True]
    engine.dispose()
