"""Private keys at rest: sealed, bound to their names, gone when deleted."""

import pytest
from sqlalchemy import select, update

from ballots.errors import BallotError, Refused
from ballots.store.secrets import Locker, delete_secret, delete_secrets, has_secret
from ballots.store.tables import secret

MASTER = b"a secret of the settings"


@pytest.fixture
def connection(engine):
    with engine.begin() as opened:
        yield opened


def test_a_secret_comes_back(connection):
    Locker(MASTER).put(connection, "key", b"private")
    assert Locker(MASTER).get(connection, "key") == b"private"


def test_the_database_alone_tells_no_secret(connection):
    Locker(MASTER).put(connection, "key", b"private")
    assert b"private" not in connection.execute(select(secret.c.ciphertext)).scalar_one()
    with pytest.raises(BallotError, match="another secret"):
        Locker(MASTER + b"!").get(connection, "key")


def test_a_secret_under_another_name_does_not_open(connection):
    Locker(MASTER).put(connection, "key", b"private")
    connection.execute(update(secret).values(name="other"))
    with pytest.raises(BallotError, match="another secret"):
        Locker(MASTER).get(connection, "other")


def test_a_changed_secret_does_not_open(connection):
    Locker(MASTER).put(connection, "key", b"private")
    sealed = bytearray(connection.execute(select(secret.c.ciphertext)).scalar_one())
    sealed[-1] ^= 1
    connection.execute(update(secret).values(ciphertext=bytes(sealed)))
    with pytest.raises(BallotError, match="another secret"):
        Locker(MASTER).get(connection, "key")


def test_a_missing_secret_is_not_found(connection):
    with pytest.raises(Refused) as refusal:
        Locker(MASTER).get(connection, "key")
    assert refusal.value.code == "not-found"


def test_secrets_are_deleted_by_name_and_by_folder(connection):
    for name in ("a/1", "a/2", "a_1", "b/1", "b/2"):
        Locker(MASTER).put(connection, name, b"private")
    delete_secrets(connection, "a/")
    delete_secret(connection, "b/1")
    left = [name for name in ("a/1", "a/2", "a_1", "b/1", "b/2") if has_secret(connection, name)]
    assert left == ["a_1", "b/2"]


def test_a_short_master_secret_is_refused():
    with pytest.raises(BallotError, match="16 bytes"):
        Locker(b"short")


def test_a_changed_master_secret_still_opens_what_the_older_one_sealed(connection):
    Locker(MASTER).put(connection, "old", b"private")
    changed = Locker(b"another secret of the settings", [MASTER])
    changed.put(connection, "new", b"private")
    assert changed.get(connection, "old") == changed.get(connection, "new") == b"private"
    with pytest.raises(BallotError, match="another secret"):
        Locker(MASTER).get(connection, "new")
