"""States and their order: what may be done when, and the rule's name in every refusal."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from ballots.draft import Registrar, Registrars, Trustee, Trustees, Witness, Witnesses
from ballots.errors import BadDocument, Incomplete, Refused
from ballots.roll import voter_commitment
from ballots.services import closing, counting, elections, record, roll, setup
from ballots.services.plan import HERE, Voter
from ballots.store.secrets import delete_secrets
from ballots.store.tables import election, roll_row, secret
from crypto import ed25519, merkle
from crypto.encoding import sha256
from crypto.note import COSIGNATURE, Signer
from tests.ballots.town import (
    CHECK_IN_CLOSES,
    CLIENT,
    VOTING_CLOSES,
    VOTING_OPENS,
    Town,
    plan,
    voters,
    yes_no,
)

YES = 0


def code(act, *given):
    """What an act is refused with."""
    with pytest.raises(Refused) as refused:
        act(*given)
    return refused.value.code


def state(town):
    with town.context.store.reading() as connection:
        return elections.progress(connection, town.election.number).state


def test_the_states_follow_one_another(town):
    assert state(town) == "open"
    for name in ("ani", "budi"):
        town.check_in(name).cast(YES)
    town.clock.seconds = VOTING_CLOSES
    assert code(closing.open_voting, town.context, town.eid) == "wrong-state"
    assert code(closing.close, town.context, town.eid) == "wrong-state"
    assert code(counting.release_shares, town.context, town.eid) == "wrong-state"
    assert code(counting.count_and_publish, town.context, town.eid) == "wrong-state"
    closing.close_check_in(town.context, town.eid)
    assert code(closing.close_check_in, town.context, town.eid) == "already-done"
    closing.close(town.context, town.eid)
    assert state(town) == "closed"
    assert code(closing.close, town.context, town.eid) == "wrong-state"
    with pytest.raises(Incomplete, match="shares of style 1, 0 of 1"):
        counting.count_and_publish(town.context, town.eid)
    counting.release_shares(town.context, town.eid)
    assert code(counting.release_shares, town.context, town.eid) == "already-done"
    counting.count_and_publish(town.context, town.eid)
    assert state(town) == "counted"
    assert code(counting.count_and_publish, town.context, town.eid) == "wrong-state"
    assert code(counting.release_shares, town.context, town.eid) == "wrong-state"


def test_every_act_waits_for_its_hour(frozen):
    town = frozen
    steps = (
        (closing.open_voting, "voting_opens", VOTING_OPENS),
        (closing.close_check_in, "check_in_closes", CHECK_IN_CLOSES),
        (closing.close, "voting_closes", VOTING_CLOSES),
    )
    for act, rule, hour in steps:
        town.clock.seconds = hour - 1
        with pytest.raises(Refused, match=rule) as refused:
            act(town.context, town.eid)
        assert refused.value.code == "too-early"
        town.clock.seconds = hour
        act(town.context, town.eid)


def test_nothing_is_closed_before_it_is_open(frozen):
    frozen.clock.seconds = VOTING_CLOSES
    assert code(closing.close_check_in, frozen.context, frozen.eid) == "wrong-state"
    assert code(closing.close, frozen.context, frozen.eid) == "wrong-state"


def test_a_refusal_names_the_state_and_what_is_needed(frozen):
    with pytest.raises(Refused, match=r"counting is for an election that is closed; .* is frozen"):
        counting.count_and_publish(frozen.context, frozen.eid)


def test_a_draft_can_be_shown_before_the_freeze(engine):
    """Every voter sees their row, salt and proof, and may object."""
    town = Town.of(engine)
    eid0 = setup.prepare(town.context, plan(), voters("ani", "budi", "citra"))
    own = roll.row_of(town.context, eid0, "budi")
    assert own.row.commitment == voter_commitment("budi", own.salt)
    leaf = merkle.leaf_hash(own.row.leaf)
    merkle.verify_inclusion(own.index, own.size, leaf, own.proof, own.root)
    assert record.read_setup(town.context, eid0, "checkpoint").content
    assert code(roll.row_of, town.context, eid0, "zaki") == "unknown-row"


def test_a_freeze_is_once_for_all(frozen):
    assert code(setup.freeze, frozen.context, frozen.eid0, CLIENT) == "wrong-state"
    own = roll.row_of(frozen.context, frozen.eid0, "ani")
    assert own.root == frozen.election.manifest.roll.root


def test_unsafe_plans_are_refused_and_nothing_is_stored(sqlite_engine):
    """V03; A2: every rule that the plan breaks is named."""
    town = Town.of(sqlite_engine)
    unsafe = plan(min_group=9, registrars=replace(plan().registrars, faulty=1))
    with pytest.raises(Refused, match=r"registrars: .*style 1: 3 rows") as refused:
        setup.prepare(town.context, unsafe, voters("ani", "budi", "citra"))
    assert refused.value.code == "unsafe-parameters"
    with town.context.store.reading() as connection:
        assert connection.execute(select(election.c.id)).all() == []
        assert connection.execute(select(secret.c.name)).all() == []


def test_a_plan_that_no_draft_can_say_names_the_place(sqlite_engine):
    town = Town.of(sqlite_engine)
    with pytest.raises(BadDocument) as refused:
        setup.prepare(town.context, plan(languages=("id",)), voters("ani", "budi"))
    assert refused.value.where == "questions[0].text"


def test_a_voter_named_twice_is_refused(sqlite_engine):
    """A22."""
    town = Town.of(sqlite_engine)
    assert code(setup.prepare, town.context, plan(), voters("ani", "budi", "ani")) == "already-done"


def test_a_trustee_elsewhere_makes_the_freeze_wait(sqlite_engine):
    """No set-up kind is taken for granted: who is not here must say their part themselves."""
    town = Town.of(sqlite_engine)
    elsewhere = ed25519.SecretKey(sha256(b"elsewhere")).public32
    trustees = Trustees(2, (Trustee("Wali", HERE, "server"), Trustee("Ibu", elsewhere, "own")))
    eid0 = setup.prepare(town.context, plan(trustees=trustees), voters("ani", "budi"))
    for _ in range(2):  # what was said stays said
        with pytest.raises(Incomplete, match=r": dkg1 of trustee 2 \(Ibu\) for style 1$"):
            setup.freeze(town.context, eid0, CLIENT)
    assert code(town.context.election, eid0) == "unknown-election"


def test_many_trustees_and_registrars_on_one_server_work_alike(engine):
    """n = 3 and k = 2 of each through the same loops as n = k = 1."""
    town = Town.of(engine)
    names = ("Satu", "Dua", "Tiga")
    trustees = Trustees(2, tuple(Trustee(f"Wali {name}", HERE, "server") for name in names))
    registrars = Registrars(
        3, 2, tuple(Registrar(f"Panitera {n}", HERE, "https://suara.example") for n in names)
    )
    town.freeze("ani", "budi", trustees=trustees, registrars=registrars).open()
    for name in ("ani", "budi"):
        ready = town.check_in(name)
        assert [each.registrar for each in ready.credentials] == [1, 2, 3]
        ready.cast(YES)
    result = json.loads(town.finish())
    assert result["questions"][0]["totals"] == [2, 0]


def test_witnesses_that_cannot_be_asked_stop_the_setup(sqlite_engine):
    town = Town.of(sqlite_engine)
    vkey = Signer("saksi.example", sha256(b"witness"), COSIGNATURE).verifier.vkey
    witnesses = Witnesses(1, 0, (Witness("Saksi", vkey),))
    given = (town.context, plan(witnesses=witnesses), voters("ani", "budi"))
    assert code(setup.prepare, *given) == "not-found"


def test_opening_waits_for_every_ack(sqlite_engine):
    """A51: the rehearsal is enforced. Here a trustee's key is gone after the ceremony."""
    town = Town.of(sqlite_engine)
    town.eid0 = setup.prepare(town.context, plan(), voters("ani", "budi"))
    setup.advance(town.context, town.eid0)
    with town.context.store.writing() as connection:
        trustee = town.context.keyring.own_identity(connection, "trustee/Wali")
        delete_secrets(connection, f"ed25519/{trustee.hex()}")
    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    town.clock.seconds = VOTING_OPENS
    with pytest.raises(Incomplete, match="the ack of trustee 1"):
        closing.open_voting(town.context, town.eid)


def test_what_shares_were_dealt_from_is_forgotten(frozen):
    with frozen.context.store.reading() as connection:
        names = connection.execute(select(secret.c.name)).scalars().all()
    kinds = {name.split("/")[2] for name in names if name.startswith("election/")}
    assert kinds == {"blind", "share"}


def test_keys_are_deleted_when_their_work_is_done(town):
    for name in ("ani", "budi"):
        town.check_in(name).cast(YES)
    town.finish()
    with town.context.store.reading() as connection:
        names = connection.execute(select(secret.c.name)).scalars().all()
    assert not [name for name in names if name.startswith("election/")]


def test_names_can_be_erased_after_close(town):
    """A49: the roll stays public and tells of nobody."""
    for name in ("ani", "budi"):
        town.check_in(name).cast(YES)
    assert code(roll.erase_names, town.context, town.eid) == "wrong-state"
    town.finish()
    before = record.read(town.context, town.eid, "roll").content
    roll.erase_names(town.context, town.eid)
    assert record.read(town.context, town.eid, "roll").content == before
    with town.context.store.reading() as connection:
        left = connection.execute(select(roll_row.c.voter_id, roll_row.c.salt)).all()
    assert set(left) == {(None, None)}


def test_striking_needs_a_row_and_the_right_time(town):
    for row in (-1, 3, 2**64 - 2):
        assert code(setup.strike_row, town.context, town.eid0, row, "tidak ada") == "unknown-row"
    for name in ("ani", "budi"):
        town.check_in(name).cast(YES)
    town.finish()
    assert code(setup.strike_row, town.context, town.eid0, 0, "terlambat") == "wrong-state"


def test_an_act_can_join_a_requests_transaction(engine):
    """What the request rolls back never was; what it commits, stays."""
    town = Town.of(engine).freeze()
    town.clock.seconds = VOTING_OPENS
    with engine.connect() as connection:
        closing.open_voting(town.context.within(connection), town.eid)
        connection.rollback()
    assert state(town) == "frozen"
    with engine.connect() as connection:
        closing.open_voting(town.context.within(connection), town.eid)
        connection.commit()
    assert state(town) == "open"
    assert town.check_in("ani").cast(YES)


def test_attachments_are_in_the_record(sqlite_engine):
    town = Town.of(sqlite_engine)
    town.freeze(attachments={"naskah.txt": b"Isi naskah"})
    found = record.read(town.context, town.eid, "attachments/naskah.txt")
    assert found.content == b"Isi naskah"
    assert town.election.draft.attachments[0].sha256 == sha256(b"Isi naskah")
    assert code(record.read, town.context, town.eid, "attachments/lain.txt") == "not-found"


def test_passkeys_enter_the_roll_as_commitments(sqlite_engine):
    town = Town.of(sqlite_engine)
    eid0 = setup.prepare(town.context, plan(), [Voter("ani", 1, (b"c" * 77,)), *voters("budi")])
    own = roll.row_of(town.context, eid0, "ani")
    assert own.row.has_passkey(b"c" * 77)
    assert not roll.row_of(town.context, eid0, "budi").row.passkeys


def test_a_quorum_counts_the_roll(sqlite_engine):
    town = Town.of(sqlite_engine)
    town.freeze("ani", "budi", "citra", "dewi", questions=(yes_no(quorum=(3, 4)),)).open()
    for name in ("ani", "budi"):
        town.check_in(name).cast(YES)
    assert json.loads(town.finish())["questions"][0]["winners"] == []
