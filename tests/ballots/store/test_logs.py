"""Logs in tables give the same bytes and trees as logs in memory."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from ballots.errors import Refused
from ballots.log import chain
from ballots.store import elections, logs
from ballots.store.tables import TABLES
from crypto import merkle

SEED = b"s" * 32
PAYLOADS = [f"payload {i}".encode() for i in range(700)]


@pytest.fixture
def key(engine):
    with engine.begin() as connection:
        number = elections.add(connection, eid0=b"e" * 32, draft=b"{}", state="drafted")
        logs.start(connection, (number, "ballots"), 0)
    return number, "ballots"


def append(engine, key, payloads):
    with engine.begin() as connection:
        return logs.append(connection, key, payloads, seed=SEED)


def test_entries_are_chained_whatever_the_batches(engine, key):
    assert append(engine, key, PAYLOADS[:1]) == 0
    assert append(engine, key, PAYLOADS[1:300]) == 1
    assert append(engine, key, PAYLOADS[300:]) == 300
    expected = [entry for entry, _ in chain(SEED, PAYLOADS)]
    with engine.connect() as connection:
        assert list(logs.entries(connection, key, 0, 700)) == expected
        assert list(logs.entries(connection, key, 250, 260)) == expected[250:260]
        assert list(logs.payloads(connection, key, 699)) == PAYLOADS[699:]
        assert logs.entry_at(connection, key, 511) == expected[511]
        assert logs.payload_at(connection, key, 512) == PAYLOADS[512]
        assert logs.head(connection, key).size == 700


def test_roots_and_proofs_are_those_of_the_whole_tree(engine, key):
    for begin in (0, 1, 250, 256, 512, 600):
        end = {0: 1, 1: 250, 250: 256, 256: 512, 512: 600, 600: 700}[begin]
        append(engine, key, PAYLOADS[begin:end])
    leaves = [leaf for _, leaf in chain(SEED, PAYLOADS)]
    with engine.connect() as connection:
        tree = logs.Tree(connection, key)
        for size in (1, 2, 255, 256, 257, 511, 512, 513, 700):
            assert tree.root(size) == merkle.root(leaves[:size])
        for index, size in ((0, 1), (0, 700), (255, 256), (256, 700), (699, 700), (511, 513)):
            assert tree.inclusion(index, size) == merkle.inclusion_proof(leaves, index, size)


def test_a_full_tile_has_its_hash_one_level_up(engine, key):
    append(engine, key, PAYLOADS)
    leaves = [leaf for _, leaf in chain(SEED, PAYLOADS)]
    with engine.connect() as connection:
        expected = [merkle.root(leaves[:256]), merkle.root(leaves[256:512])]
        assert logs.hashes(connection, key, 1, 0, 256) == expected
        assert logs.hashes(connection, key, 0, 600, 900) == leaves[600:]


@settings(deadline=None)
@given(cuts=st.lists(st.integers(1, 70), max_size=6))
def test_any_batches_give_one_tree(cuts):
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine, tables=TABLES)
    with engine.begin() as connection:
        number = elections.add(connection, eid0=b"e" * 32, draft=b"{}", state="drafted")
        logs.start(connection, (number, "setup"), 0)
        begin = 0
        for cut in cuts:
            logs.append(connection, (number, "setup"), PAYLOADS[begin : begin + cut], seed=SEED)
            begin += cut
        leaves = [leaf for _, leaf in chain(SEED, PAYLOADS[:begin])]
        assert logs.Tree(connection, (number, "setup")).root(begin) == merkle.root(leaves)
    engine.dispose()


def test_two_checkpoints_of_one_size_are_impossible(engine, key):
    """A47: never two of one size."""
    with engine.begin() as connection:
        logs.add_checkpoint(connection, key, 3, b"note")
    with pytest.raises(IntegrityError), engine.begin() as connection:
        logs.add_checkpoint(connection, key, 3, b"other")


def test_checkpoints_are_found_by_size(engine, key):
    with engine.begin() as connection:
        for size in (1, 5, 9):
            logs.add_checkpoint(connection, key, size, f"note {size}".encode())
        assert logs.checkpoint_sizes(connection, key) == [1, 5, 9]
        assert logs.latest_checkpoint(connection, key) == (9, b"note 9")
        assert logs.latest_signed(connection, key, not_above=8) == (5, b"note 5")
        assert logs.checkpoint_note(connection, key, 5) == b"note 5"
        with pytest.raises(Refused):
            logs.checkpoint_note(connection, key, 6)
        with pytest.raises(Refused):
            logs.latest_checkpoint(connection, (key[0], "setup"))


def test_what_is_not_in_a_log_is_not_found(engine, key):
    append(engine, key, PAYLOADS[:2])
    with engine.connect() as connection:
        with pytest.raises(Refused):
            logs.entry_at(connection, key, 2)
        with pytest.raises(Refused):
            logs.head(connection, (key[0], "check-ins"))
