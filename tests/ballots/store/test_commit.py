"""Group commit: an answer only after the commit, an outcome for each, none lost."""

import threading
import time

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError

from ballots.errors import Refused
from ballots.store.commit import GroupCommit
from ballots.store.database import OwnTransactions
from ballots.store.tables import secret


class BrokenError(Exception):
    """The database's connection is gone."""


class Fragile(OwnTransactions):
    """A database that fails once: before the commit took effect, or after."""

    fails = ""

    def writing(self):
        return _Fragile(self, super().writing())


class _Fragile:
    def __init__(self, store, inner):
        self.store, self.inner = store, inner

    def __enter__(self):
        return self.inner.__enter__()

    def __exit__(self, kind, error, trace):
        fails, self.store.fails = self.store.fails, ""
        if fails == "before" and error is None:
            lost = BrokenError()
            assert not self.inner.__exit__(BrokenError, lost, None)
            raise lost
        swallowed = self.inner.__exit__(kind, error, trace)
        if fails == "after":
            raise BrokenError
        return swallowed


def store_names(connection, batch):
    """A writer: a name is stored once; the same content again is answered again."""
    for each in batch:
        name, content = each.item
        known = connection.execute(
            select(secret.c.ciphertext).where(secret.c.name == name)
        ).scalar_one_or_none()
        if known is None:
            connection.execute(insert(secret).values(name=name, ciphertext=content))
        if known not in {None, content}:
            each.refuse(Refused("sequence-taken", name))
        else:
            each.accept(name)


def insert_names(connection, batch):
    """A writer that does not look first: its table's key refuses."""
    for each in batch:
        connection.execute(insert(secret).values(name=each.item[0], ciphertext=each.item[1]))
        each.accept(each.item[0])


def names(engine):
    with engine.connect() as connection:
        return set(connection.execute(select(secret.c.name)).scalars())


def test_what_was_answered_is_stored(engine):
    arrivals = GroupCommit(OwnTransactions(engine))
    assert arrivals.submit(store_names, ("a", b"1")) == "a"
    assert names(engine) == {"a"}


def test_the_same_again_is_answered_again(engine):
    arrivals = GroupCommit(OwnTransactions(engine))
    assert arrivals.submit(store_names, ("a", b"1")) == arrivals.submit(store_names, ("a", b"1"))


def test_a_refusal_is_the_callers_own(engine):
    arrivals = GroupCommit(OwnTransactions(engine))
    arrivals.submit(store_names, ("a", b"1"))
    with pytest.raises(Refused) as refusal:
        arrivals.submit(store_names, ("a", b"2"))
    assert refusal.value.code == "sequence-taken"


def submit_together(arrivals, write, items):
    """Submit from one thread each, while the first transaction is held up; outcome by item."""
    outcomes = {}

    def one(item):
        try:
            outcomes[item] = arrivals.submit(write, item)
        except Refused as refusal:
            outcomes[item] = refusal.code

    with arrivals._turn:
        threads = [threading.Thread(target=one, args=(item,)) for item in items]
        for thread in threads:
            thread.start()
        while len(arrivals._queue) < len(items):
            time.sleep(0.001)
    for thread in threads:
        thread.join()
    return outcomes


def test_those_who_wait_share_one_transaction(sqlite_engine):
    batches = []

    def write(connection, batch):
        batches.append(len(batch))
        store_names(connection, batch)

    arrivals = GroupCommit(OwnTransactions(sqlite_engine))
    items = [(f"name {i}", b"1") for i in range(20)]
    assert submit_together(arrivals, write, items) == {item: item[0] for item in items}
    assert batches == [20]
    assert len(names(sqlite_engine)) == 20


def test_a_batch_has_a_limit(sqlite_engine):
    batches = []

    def write(connection, batch):
        batches.append(len(batch))
        store_names(connection, batch)

    arrivals = GroupCommit(OwnTransactions(sqlite_engine), most=8)
    submit_together(arrivals, write, [(f"name {i}", b"1") for i in range(20)])
    assert max(batches) <= 8
    assert sum(batches) == 20


def test_different_writers_never_share_a_transaction(sqlite_engine):
    seen = []

    def registrar(connection, batch):
        seen.append("registrar")
        store_names(connection, batch)

    def box(connection, batch):
        seen.append("box")
        store_names(connection, batch)

    arrivals = GroupCommit(OwnTransactions(sqlite_engine))
    with arrivals._turn:
        threads = [
            threading.Thread(target=arrivals.submit, args=(write, (write.__name__, b"1")))
            for write in (registrar, box)
        ]
        for thread in threads:
            thread.start()
        while len(arrivals._queue) < 2:
            time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert sorted(seen) == ["box", "registrar"]


def test_one_duplicate_does_not_fail_the_batch(engine):
    arrivals = GroupCommit(OwnTransactions(engine))
    arrivals.submit(insert_names, ("taken", b"1"))
    items = [("a", b"1"), ("taken", b"2"), ("b", b"1")]
    outcomes = submit_together(arrivals, insert_names, items)
    assert outcomes == {items[0]: "a", items[1]: "not-durable", items[2]: "b"}
    assert names(engine) == {"a", "b", "taken"}


@pytest.mark.parametrize(("fails", "stored"), [("before", set()), ("after", {"a"})])
def test_a_failed_commit_promises_nothing(engine, fails, stored):
    """Before or after it took effect: nobody is answered, and asking again settles it."""
    store = Fragile(engine)
    arrivals = GroupCommit(store)
    store.fails = fails
    with pytest.raises(Refused) as refusal:
        arrivals.submit(store_names, ("a", b"1"))
    assert refusal.value.code == "not-durable"
    assert refusal.value.status == 503
    assert names(engine) == stored
    assert arrivals.submit(store_names, ("a", b"1")) == "a"
    assert names(engine) == {"a"}


def test_everybody_in_a_failed_batch_is_told(sqlite_engine):
    store = Fragile(sqlite_engine)
    arrivals = GroupCommit(store)
    store.fails = "before"
    outcomes = submit_together(arrivals, store_names, [(f"name {i}", b"1") for i in range(5)])
    assert set(outcomes.values()) == {"not-durable"}
    assert names(sqlite_engine) == set()


def test_an_interrupted_leader_leaves_nobody_with_a_promise(sqlite_engine):
    """The leader is stopped between write and commit: what it accepted is not durable."""

    class Stopped(BaseException):
        """As when the process is asked to end."""

    def write(connection, batch):
        store_names(connection, batch)
        raise Stopped

    arrivals = GroupCommit(OwnTransactions(sqlite_engine))
    followers = {}

    def follow():
        try:
            followers["a"] = arrivals.submit(write, ("a", b"1"))
        except Refused as refusal:
            followers["a"] = refusal.code
        except Stopped:
            followers["a"] = "stopped"

    with arrivals._turn:
        threads = [threading.Thread(target=follow) for _ in range(2)]
        for thread in threads:
            thread.start()
        while len(arrivals._queue) < 2:
            time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert followers["a"] in {"stopped", "not-durable"}
    assert names(sqlite_engine) == set()


def test_a_database_that_cannot_be_reached_is_no_promise(tmp_path, sqlite_engine):
    def write(connection, batch):
        raise OperationalError("INSERT", {}, OSError("disk I/O error"))

    with pytest.raises(Refused) as refusal:
        GroupCommit(OwnTransactions(sqlite_engine)).submit(write, 1)
    assert refusal.value.code == "not-durable"
    assert isinstance(refusal.value.__cause__, OperationalError)
