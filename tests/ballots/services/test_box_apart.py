"""A ballot box apart keeps the ballots; the site copies its log, and counts from the copy."""

from dataclasses import replace

import pytest
from flask import Flask, Response
from sqlalchemy import create_engine, inspect, select
from sqlmodel import SQLModel

from ballots.entries import CheckIn, Close, Open, signed
from ballots.errors import BallotError, Incomplete, Refused
from ballots.following import Damaged
from ballots.services import (
    box,
    box_apart,
    box_copy,
    closing,
    counting,
    registrar,
    roll,
    sequencing,
)
from ballots.services.names import write_name
from ballots.services.pulling import Forked
from ballots.services.wire import Unreachable
from ballots.store import boxes, logs
from ballots.store.tables import TABLES, ballot_key, check_in, roll_row, waiting_ballot
from crypto.encoding import sha256
from tests.ballots.bodies import bodies, own_engine
from tests.ballots.boxes_apart import ORIGIN, BoxBody, freeze_apart
from tests.ballots.services.test_verified import RIGHT, verify
from tests.ballots.town import CHECK_IN_CLOSES, VOTING_CLOSES, VOTING_OPENS

NAMES = ("ani", "budi", "citra", "dewi")
YES, NO = 0, 1


@pytest.fixture
def town_engine(tmp_path):
    made = own_engine(tmp_path, "town")
    yield made
    made.dispose()


@pytest.fixture
def hall(town_engine, database_url, tmp_path):
    """A town, and a box elsewhere on both databases; nothing is prepared."""
    engine = create_engine(database_url)
    SQLModel.metadata.create_all(engine, tables=TABLES)
    with bodies(town_engine, tmp_path) as made:
        yield made, BoxBody.of(made, engine)
    engine.dispose()


@pytest.fixture
def voting(hall):
    """The same, frozen and open."""
    made, apart = hall
    freeze_apart(made, apart, *NAMES)
    open_box(made)
    return made, apart


def open_box(made):
    made.town.clock.seconds = VOTING_OPENS
    closing.open_voting(made.town.context, made.town.eid)


def vote_all(made, apart, *choices):
    ready = [made.town.check_in(name) for name in NAMES[: len(choices)]]
    return [apart.cast(each, choice) for each, choice in zip(ready, choices, strict=True)]


def sizes(made, apart):
    """How many entries the ballot log has here and there."""
    found = []
    for context in (made.town.context, apart.context):
        with context.store.reading() as connection:
            number = context.election(made.town.eid).number
            found.append(logs.head(connection, (number, "ballots")).size)
    return found


def test_a_whole_election_with_a_box_apart_is_verified(voting, tmp_path):
    made, apart = voting
    vote_all(made, apart, YES, NO, YES, YES)
    made.town.clock.seconds += 600
    sequencing.end_due_epochs(apart.context)
    box_copy.follow_all(made.town.context)
    assert roll.counts(made.town.context, made.town.eid0).voted == 4
    made.town.finish()
    box_copy.follow_all(made.town.context)
    here, there = sizes(made, apart)
    assert here == there
    code, found = verify(made.town, tmp_path)
    assert code == RIGHT
    assert len(found) == 40
    assert set(found.values()) == {True}


def test_promises_and_receipts_of_a_box_apart_hold(voting, tmp_path):
    made, apart = voting
    kept = tmp_path / "kept"
    kept.mkdir()
    ready = [made.town.check_in(name) for name in NAMES]
    for number, each in enumerate(ready):
        (kept / f"{number}.promise").write_bytes(apart.cast(each, YES))
    made.town.clock.seconds += 600
    sequencing.end_due_epochs(apart.context)
    for number, each in enumerate(ready):
        receipt = box.receipt(apart.context, made.town.eid, each.last.hash)
        (kept / f"{number}.tlog-proof").write_bytes(receipt)
    made.town.finish()
    box_copy.follow_all(made.town.context)
    code, found = verify(made.town, tmp_path, kept)
    assert code == RIGHT
    assert found["V26"] is found["V39"] is True


def test_nothing_at_the_box_can_be_joined_to_a_check_in(voting):
    """A11: no name, no row of the roll, no address, no agent, no time finer than an epoch."""
    made, apart = voting
    vote_all(made, apart, YES, NO)
    with apart.context.store.reading() as connection:
        assert not connection.execute(select(roll_row)).all()
        assert not connection.execute(select(check_in)).all()
        columns = {
            column["name"]
            for table in (ballot_key, waiting_ballot)
            for column in inspect(connection).get_columns(table.name)
        }
        cells = [
            each for table in TABLES for row in connection.execute(select(table)) for each in row
        ]
    assert columns == {"election", "bk", "seq", "hash", "epoch", "place", "payload"}
    octets = [bytes(each) for each in cells if isinstance(each, bytes | memoryview)]
    assert len(octets) > 10
    for name in NAMES[:2]:
        own = roll.row_of(made.town.context, made.town.eid0, name)
        asked = registrar.answer_of(made.town.context, made.town.eid, name)
        traces = [name.encode(), own.row.commitment, own.salt]
        traces += [each.blind_signature for each in asked.signatures]
        traces += CheckIn.parse(asked.check_in).blinded
        ours = [trace for trace in traces if len(trace) > 5]
        assert ours
        assert not [each for each in octets for trace in ours if trace in each]
        assert name not in [each for each in cells if isinstance(each, str)]


def test_the_site_takes_no_ballots_for_a_box_apart(voting):
    made, _ = voting
    ready = made.town.check_in("ani")
    with pytest.raises(Refused):
        ready.cast(YES)
    with made.town.context.store.reading() as connection:
        assert boxes.count_waiting(connection, made.town.election.number) == 0


def test_a_box_that_does_not_answer_holds_the_acts_up_and_loses_nothing(hall, tmp_path):
    made, apart = hall
    freeze_apart(made, apart, *NAMES)
    made.town.clock.seconds = VOTING_OPENS
    made.wire.down.add(ORIGIN)
    with pytest.raises(Unreachable):
        closing.open_voting(made.town.context, made.town.eid)
    made.start()
    closing.open_voting(made.town.context, made.town.eid)
    vote_all(made, apart, YES, NO)
    made.town.clock.seconds = CHECK_IN_CLOSES
    made.wire.down.add(ORIGIN)
    for _ in range(2):
        with pytest.raises(Unreachable):
            closing.close_check_in(made.town.context, made.town.eid)
    made.start()
    made.town.finish()
    box_copy.follow_all(made.town.context)
    code, found = verify(made.town, tmp_path)
    assert code == RIGHT
    assert set(found.values()) == {True}


def test_the_same_word_of_the_organiser_is_answered_the_same(voting):
    made, apart = voting
    secret = organiser_key(made)
    said = signed("organiser", 0, Open(made.town.eid), secret).payload
    first = box_apart.say(apart.context, made.town.eid, said)
    assert box_apart.say(apart.context, made.town.eid, said) == first > 0


def organiser_key(made):
    context = made.town.context
    with context.store.reading() as connection:
        return context.keyring.identity(connection, made.town.election.draft.organiser.key)


def test_the_box_opens_and_closes_by_its_own_clock(hall):
    """A45: the organiser's word alone does not move it."""
    made, apart = hall
    freeze_apart(made, apart, *NAMES)
    eid, secret = made.town.eid, organiser_key(made)

    def refused(entry):
        with pytest.raises(Refused) as found:
            box_apart.say(apart.context, eid, signed("organiser", 0, entry, secret).payload)
        return found.value.code

    assert refused(Open(eid)) == "too-early"
    assert refused(Open(sha256(b"another"))) == "wrong-election"
    assert refused(Close(eid, 1, bytes(32))) == "wrong-state"
    open_box(made)
    with pytest.raises(Refused) as early:
        box_apart.end_last_epoch(apart.context, eid)
    assert early.value.code == "wrong-state"
    made.town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(made.town.context, eid)
    with pytest.raises(Refused) as early:
        box_apart.end_last_epoch(apart.context, eid)
    assert early.value.code == "too-early"
    made.town.clock.seconds = VOTING_CLOSES
    assert refused(Close(eid, 1, bytes(32))) == "wrong-state"


def test_a_close_never_leaves_a_promised_ballot_behind(voting):
    """A32: a ballot that waits when `close` comes stands before it."""
    made, apart = voting
    vote_all(made, apart, YES, NO)
    made.town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(made.town.context, made.town.eid)
    vote = made.town
    vote.clock.seconds = VOTING_CLOSES
    with apart.context.store.reading() as connection:
        head = apart.context.logbook(connection, apart.context.election(vote.eid)).head("ballots")
    with apart.context.store.writing() as connection:
        number = apart.context.election(vote.eid).number
        late = boxes.NewBallot(bytes(32), 0, sha256(b"late"), b"late", 0)
        boxes.add(connection, number, [late])
    said = signed("organiser", 0, Close(vote.eid, head.size, head.root), organiser_key(made))
    with pytest.raises(Refused) as refused:
        box_apart.say(apart.context, vote.eid, said.payload)
    assert refused.value.code == "wrong-state"


@pytest.mark.parametrize(
    ("office", "code"),
    [({"organisers": frozenset({bytes(32)})}, "not-allowed"), ({}, "")],
)
def test_a_box_serves_the_organisers_it_was_told(hall, office, code):
    made, apart = hall
    apart.office = replace(apart.office, **office)
    freeze_apart(made, apart, *NAMES)
    document = made.town.election.manifest.document
    if code:
        with pytest.raises(Refused) as refused:
            box_apart.take_election(apart.context, apart.office, document)
        assert refused.value.code == code
    else:
        taken = box_apart.take_election(apart.context, apart.office, document)
        assert taken == made.town.eid


def test_a_box_takes_no_election_of_a_site_it_does_not_serve_nor_for_another_box(hall):
    made, apart = hall
    freeze_apart(made, apart, *NAMES)
    manifest = made.town.election.manifest
    elsewhere = replace(apart.office, serves={"other.example": "https://other.example"})
    keys = {**manifest.draft.log_keys, "ballots": sha256(b"another box")}
    draft = replace(manifest.draft, log_keys=keys)
    for office, found in (
        (elsewhere, manifest),
        (apart.office, replace(manifest, draft=draft, eid0=draft.eid0)),
    ):
        with pytest.raises(Refused) as refused:
            box_apart.take_election(apart.context, office, found.document)
        assert refused.value.code == "not-allowed"


def test_a_manifest_over_another_set_up_is_refused(hall):
    """A40: the box reads the set-up log where the site publishes it."""
    made, apart = hall
    freeze_apart(made, apart, *NAMES)
    manifest = made.town.election.manifest
    draft = replace(manifest.draft, nonce=bytes(16))
    unpublished = replace(manifest, draft=draft, eid0=draft.eid0)
    with pytest.raises(Refused) as refused:
        box_apart.take_election(apart.context, apart.office, unpublished.document)
    assert refused.value.code == "not-published"
    other = replace(manifest, roll=replace(manifest.roll, root=bytes(32)))
    with pytest.raises(Refused) as refused:
        box_apart.take_election(apart.context, apart.office, other.document)
    assert refused.value.code == "already-done"


def test_a_box_that_takes_an_entry_back_is_caught_by_the_site(voting):
    """A41, A47: the site's copy never goes back; what the box shows now is kept as evidence."""
    made, apart = voting
    vote_all(made, apart, YES, NO)
    made.town.clock.seconds += 600
    old = apart.app
    shown = old.test_client().get(record(made, "ballots/checkpoint")).data
    sequencing.end_due_epochs(apart.context)
    box_copy.follow(made.town.context, made.town.election)
    stand_in = Flask("older")

    @stand_in.get("/elections/<eid>/record/ballots/checkpoint")
    def checkpoint(eid):
        return Response(shown)

    made.wire.apps[ORIGIN] = stand_in
    with pytest.raises(Forked):
        box_copy.follow(made.town.context, made.town.election)


def test_a_box_that_shows_other_entries_than_it_signed_is_not_copied(voting):
    made, apart = voting
    vote_all(made, apart, YES, NO)
    made.town.clock.seconds += 600
    sequencing.end_due_epochs(apart.context)
    honest = apart.app
    liar = Flask("liar")

    @liar.get("/<path:path>")
    def answer(path):
        said = honest.test_client().get(f"/{path}")
        spoilt = said.data[:-1] + b"\x00" if "/entries/" in path else said.data
        return Response(spoilt, said.status_code)

    made.wire.apps[ORIGIN] = liar
    before = sizes(made, apart)[0]
    with pytest.raises(Damaged):
        box_copy.follow(made.town.context, made.town.election)
    assert sizes(made, apart)[0] == before


def record(made, path):
    return f"/elections/{write_name(made.town.eid)}/record/{path}"


def test_counting_waits_until_the_box_has_shown_the_close(voting):
    made, apart = voting
    vote_all(made, apart, YES, NO)
    town = made.town
    town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(town.context, town.eid)
    town.clock.seconds = VOTING_CLOSES
    closing.close(town.context, town.eid)
    made.wire.down.add(ORIGIN)
    with pytest.raises((BallotError, Incomplete)):
        counting.release_shares(town.context, town.eid)
    made.start()
    counting.release_shares(town.context, town.eid)
    counting.count_and_publish(town.context, town.eid)
