"""Epochs end when they are due, sorted, and nothing stored remembers who came when."""

import pytest
from sqlalchemy import select, text

from ballots.entries import Cast, Epoch, parse_payload
from ballots.log import batch_key
from ballots.order import Order
from ballots.services import sequencing
from ballots.store import logs
from ballots.store.tables import ballot_key, log_head, waiting_ballot
from crypto.encoding import sha256
from crypto.note import Checkpoint, Note
from tests.ballots.town import Town

NAMES = ("ani", "budi", "citra", "dewi", "eko", "fajar")
YES, NO = 0, 1


@pytest.fixture
def town(engine):
    return Town.of(engine).freeze(*NAMES).open()


def entries(town, log):
    """All entries of a log, parsed."""
    with town.context.store.reading() as connection:
        found = logs.payloads(connection, town.election.log(log))
        return [parse_payload(log, payload) for payload in found]


def casts(town):
    return [entry for entry in entries(town, "ballots") if isinstance(entry, Cast)]


def vote(town, *names):
    for name in names:
        town.check_in(name).cast(YES)


def test_an_epoch_ends_when_time_has_passed_and_enough_wait(town):
    vote(town, "ani")
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    assert casts(town) == []
    vote(town, "budi")
    sequencing.end_due_epochs(town.context)
    assert len(casts(town)) == 2


def test_an_epoch_does_not_end_before_its_time(town):
    town.clock.seconds += 600
    vote(town, "ani", "budi")
    sequencing.end_due_epochs(town.context)
    town.clock.seconds += 599
    vote(town, "citra", "dewi")
    sequencing.end_due_epochs(town.context)
    assert len(casts(town)) == 2
    town.clock.seconds += 1
    sequencing.end_due_epochs(town.context)
    assert len(casts(town)) == 4


def test_batches_are_sorted_and_every_log_is_in_order(town):
    """V15, V25."""
    for pair in (NAMES[:3], NAMES[3:]):
        vote(town, *pair)
        town.clock.seconds += 600
        sequencing.end_due_epochs(town.context)
    town.finish()
    for log in ("check-ins", "ballots"):
        batch = []
        order = Order(log)
        for entry in entries(town, log):
            order = order.after(entry)
            if isinstance(entry, Epoch):
                assert batch == sorted(batch)
                assert batch
                batch = []
            elif order.waiting:
                batch.append(batch_key(log, entry))
        assert order.epochs == 2


def test_an_epoch_names_the_checkpoint_before_it(town):
    vote(town, *NAMES[:2])
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    found = entries(town, "ballots")
    (index,) = [i for i, entry in enumerate(found) if isinstance(entry, Epoch)]
    key = town.election.log("ballots")
    with town.context.store.reading() as connection:
        note = logs.checkpoint_note(connection, key, index - 2)
        sizes = logs.checkpoint_sizes(connection, key)
    assert found[index].number == 0
    assert found[index].checkpoint_hash == sha256(Note.parse(note).text.encode())
    assert sizes == [1, index - 2, index + 1]


def test_checkpoints_stand_after_what_the_protocol_lists_and_nothing_else(town):
    """Section 4: none inside a batch, none after an ack."""
    vote(town, *NAMES[:2])
    town.finish()
    told = {log: [_tag(entry) for entry in entries(town, log)] for log in ("setup", "ballots")}
    with town.context.store.reading() as connection:
        for log, tags in told.items():
            sizes = logs.checkpoint_sizes(connection, town.election.log(log))
            found = [tags[size - 1] for size in sizes]
            expected = {
                "setup": ["draft", "dkg3"],
                "ballots": ["manifest", "open", "epoch", "issue-close", "close", "share", "result"],
            }
            assert found == expected[log]
            for size in sizes:
                note = Note.parse(logs.checkpoint_note(connection, town.election.log(log), size))
                root = logs.Tree(connection, town.election.log(log)).root(size)
                origin = town.election.draft.log_origin(log)
                assert Checkpoint.parse_text(note.text) == Checkpoint(origin, size, root)


def _tag(entry):
    return getattr(entry, "said", entry).tag


def test_two_sequencers_end_one_epoch(engine, town):
    """Two workers notice the same epoch: one ends it."""
    other = Town.of(engine).context
    vote(town, *NAMES[:2])
    town.clock.seconds += 600
    sequencing.end_epoch(town.context, town.eid, "ballots")
    sequencing.end_epoch(other, town.eid, "ballots")
    assert [entry.number for entry in entries(town, "ballots") if isinstance(entry, Epoch)] == [0]


def test_nothing_waits_after_an_epoch(town):
    vote(town, *NAMES)
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    with town.context.store.reading() as connection:
        assert connection.execute(select(waiting_ballot)).all() == []
        places = connection.execute(select(ballot_key.c.place)).scalars().all()
        assert None not in places
        assert not connection.execute(select(log_head.c.unscrubbed)).scalars().first()


def test_the_order_of_arrival_is_nowhere_in_the_rows(town):
    """A11: as the tables lie, ballots stand in the order of their hashes or keys."""
    order = ["eko", "ani", "fajar", "citra", "budi", "dewi"]
    vote(town, *order)
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    with town.context.store.reading() as connection:
        as_they_lie = connection.execute(text("SELECT place FROM ballot_key")).scalars().all()
        rows = connection.execute(text("SELECT place FROM check_in")).scalars().all()
        if connection.dialect.name == "postgresql":
            assert as_they_lie == sorted(as_they_lie)
            assert rows == sorted(rows)
            writers = connection.execute(text("SELECT DISTINCT xmin FROM ballot_key"))
            assert len(writers.all()) == 1
        else:
            by_key = "SELECT place FROM ballot_key ORDER BY bk, seq"
            assert as_they_lie == connection.execute(text(by_key)).scalars().all()
            with pytest.raises(Exception, match="no such column: rowid"):
                connection.execute(text("SELECT rowid FROM waiting_ballot"))


def test_sqlites_journal_is_empty_after_an_epoch(sqlite_engine, tmp_path):
    """A11: the write-ahead journal held the arrivals in their order."""
    town = Town.of(sqlite_engine).freeze(*NAMES).open()
    vote(town, *NAMES[:3])
    journal = tmp_path / "suara.sqlite3-wal"
    assert journal.stat().st_size > 0
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    payload = casts(town)[0].payload
    assert payload not in journal.read_bytes()


def test_a_deleted_ballot_leaves_no_copy_outside_the_log(sqlite_engine, tmp_path):
    """A11: secure_delete; after the epoch the file holds each ballot once, in the log."""
    town = Town.of(sqlite_engine).freeze(*NAMES).open()
    vote(town, *NAMES[:3])
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    stored = (tmp_path / "suara.sqlite3").read_bytes()
    found = casts(town)
    assert len(found) == 3
    for each in found:
        assert stored.count(each.signature) == 1


def test_what_a_reader_kept_from_being_scrubbed_is_scrubbed_later(sqlite_engine):
    town = Town.of(sqlite_engine).freeze(*NAMES).open()
    vote(town, *NAMES[:2])
    town.clock.seconds += 600
    with sqlite_engine.connect() as reader:
        reader.execute(text("BEGIN"))
        reader.execute(select(ballot_key)).all()
        sequencing.end_due_epochs(town.context)
        assert _unscrubbed(town)
    sequencing.end_due_epochs(town.context)
    assert not _unscrubbed(town)


def _unscrubbed(town):
    with town.context.store.reading() as connection:
        return logs.has_unscrubbed(connection)
