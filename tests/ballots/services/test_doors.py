"""The doors: who is elsewhere speaks through them, and nothing wrong gets in."""

import json
from dataclasses import replace

import pytest

from ballots.ceremony import Dealing, Table
from ballots.entries import (
    Ack,
    Attest,
    Dkg1,
    DraftEntry,
    Open,
    Result,
    RollNote,
    parse_payload,
    said_by,
    signed,
)
from ballots.errors import Incomplete, Refused
from ballots.services import closing, counting, doors, record, setup
from ballots.services.elections import progress
from ballots.store import elections as rows
from crypto import blind_rsa
from crypto.encoding import sha256
from crypto.sharing import Polynomial
from tests.ballots.elsewhere import (
    BLIND_KEY,
    STYLE,
    RegistrarElsewhere,
    TrusteeElsewhere,
    at_box,
    at_setup,
    ballot_log,
    draft_of,
    hold_ceremony,
    identity,
    prepared,
    registrars,
    rounds_of,
    setup_log,
    verifier,
)
from tests.ballots.town import (
    CHECK_IN_CLOSES,
    CLIENT,
    VOTING_CLOSES,
    VOTING_OPENS,
    Town,
    plan,
    voters,
)

YES = 0


def code(act, *given):
    """What an act is refused with."""
    with pytest.raises(Refused) as refused:
        act(*given)
    return refused.value.code


def state(town):
    with town.context.store.reading() as connection:
        number = rows.by_eid0(connection, town.eid0).id
        return progress(connection, number).state


@pytest.fixture
def ibu():
    return TrusteeElsewhere("Ibu", 2)


@pytest.fixture
def pak():
    return TrusteeElsewhere("Pak", 3)


@pytest.fixture
def town(sqlite_engine, ibu, pak):
    """Three trustees, one of them here; registrars' keys and the first dkg1 stand."""
    return prepared(sqlite_engine, ibu, pak)


def test_a_whole_election_with_roles_elsewhere(engine, ibu, pak):
    """Who is here goes on by itself; who is elsewhere speaks at the doors."""
    kantor = RegistrarElsewhere("Kantor", 2)
    here = registrars(kantor, k=2, faulty=1, here=("Panitera",))
    town = prepared(engine, ibu, pak, registrars=here, verifiers=(verifier("Lembaga"),))
    assert setup.standing(town.context, town.eid0).round == 0
    at_setup(town, kantor.show_key(town))
    assert [each.rounds for each in setup.standing(town.context, town.eid0).trustees] == [1, 0, 0]
    hold_ceremony(town, ibu, pak)
    standing = setup.standing(town.context, town.eid0)
    assert [each.rounds for each in standing.trustees] == [3, 3, 3]
    assert [each.is_here for each in standing.trustees] == [True, False, False]
    assert standing.is_complete
    size = int(record.read_setup(town.context, town.eid0, "checkpoint").content.split(b"\n")[1])
    assert size == len(setup_log(town))

    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    town.clock.seconds = VOTING_OPENS
    with pytest.raises(Incomplete, match="the ack of trustee 2"):
        closing.open_voting(town.context, town.eid)
    for each in (ibu, pak, kantor):
        assert at_box(town, each.acknowledge(town)) == at_box(town, each.acknowledge(town))
    acked = setup.standing(town.context, town.eid0)
    assert all(each.has_acked for each in (*acked.trustees, *acked.registrars))
    closing.open_voting(town.context, town.eid)
    assert code(at_box, town, signed("trustee", 2, Ack(bytes(32)), identity("Ibu")).payload) == (
        "wrong-election"
    )

    town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(town.context, town.eid)
    town.clock.seconds = VOTING_CLOSES
    closing.close(town.context, town.eid)
    counting.release_shares(town.context, town.eid)
    with pytest.raises(Incomplete, match="1 of 2"):
        counting.count_and_publish(town.context, town.eid)
    assert at_box(town, ibu.share(town)) == at_box(town, ibu.share(town))
    released = counting.standing(town.context, town.eid)
    assert [(each.name, each.is_done) for each in released] == [
        ("Wali", True),
        ("Ibu", True),
        ("Pak", False),
    ]
    assert json.loads(counting.count_and_publish(town.context, town.eid))
    result = next(each for each in reversed(ballot_log(town)))
    word = Attest(town.eid, sha256(result), "Benar.")
    at_box(town, signed("verifier", 1, word, identity("Lembaga")).payload)
    assert [each.words for each in counting.attestations(town.context, town.eid)] == ["Benar."]


def test_the_same_bytes_get_the_same_answer(town, ibu):
    """Whoever lost the answer asks again; nothing is written twice."""
    said = ibu.commit(town)
    before = at_setup(town, said)
    size = len(setup_log(town))
    assert at_setup(town, said) == before
    assert len(setup_log(town)) == size


def test_a_trustee_speaks_once_a_round(town, ibu):
    """A54: another commitment of the same number is refused."""
    at_setup(town, ibu.commit(town))
    assert code(at_setup, town, ibu.commit(town)) == "already-done"


def test_nobody_speaks_for_another(town, ibu, pak):
    """A51: every entry is signed with the draft's key for its role and number."""
    table = Table.of(draft_of(town), STYLE)
    committed = table.commit(2, Dealing.fresh(2))
    assert code(at_setup, town, signed("trustee", 2, committed, identity("Pak")).payload) == (
        "bad-signature"
    )
    own = ibu.commit(town)
    flipped = own[:-1] + bytes([own[-1] ^ 1])
    assert code(at_setup, town, flipped) == "bad-signature"
    seventh = signed("trustee", 7, replace(committed, trustee=7), identity("Ibu")).payload
    assert code(at_setup, town, seventh) == "not-allowed"
    assert len(setup_log(town)) == 3  # draft, reg-key and dkg1 of the trustee here


def test_only_what_roles_elsewhere_say_comes_through_the_doors(town):
    organiser = identity("Panitia")
    note = signed("organiser", 0, RollNote(town.eid0, 0, "salah"), organiser).payload
    assert code(at_setup, town, note) == "not-allowed"
    assert code(at_setup, town, DraftEntry(b"{}").payload) == "not-allowed"
    assert code(at_setup, town, b"") == "malformed"
    assert code(at_setup, town, bytes(70_000)) == "too-large"
    assert code(doors.say_in_setup, town.context, bytes(32), note) == "unknown-election"
    assert code(doors.say_in_box, town.context, bytes(32), note) == "unknown-election"


def test_only_the_box_s_own_entries_come_through_its_door(frozen):
    organiser = identity("Panitia")
    opened = signed("organiser", 0, Open(frozen.eid), organiser).payload
    assert code(at_box, frozen, opened) == "not-allowed"


def test_an_entry_of_another_draft_or_style_is_refused(town, ibu):
    table = Table.of(draft_of(town), STYLE)
    committed = table.commit(2, Dealing.fresh(2))
    other = replace(committed, eid0=bytes(32))
    assert code(at_setup, town, ibu.signed(other)) == "wrong-election"
    assert code(at_setup, town, ibu.signed(replace(committed, style=9))) == "unknown-style"


def test_a_round_begins_when_the_one_before_is_complete(town, ibu, pak):
    """A53: nobody sees the others' points before everybody has committed."""
    at_setup(town, ibu.commit(town))
    pak.dealing = Dealing.fresh(2)
    table = Table.of(draft_of(town), STYLE)
    firsts = [*rounds_of(town).firsts(STYLE), table.commit(3, pak.dealing)]
    early = ibu.signed(table.deal(2, ibu.dealing, firsts))
    assert code(at_setup, town, early) == "out-of-order"
    at_setup(town, pak.signed(firsts[-1]))
    at_setup(town, early)


def test_a_ceremony_key_that_nobody_can_seal_to_is_refused(town, ibu):
    """A trustee must not be able to stop the others in round 2."""
    table = Table.of(draft_of(town), STYLE)
    first = table.commit(2, Dealing.fresh(2))
    nowhere = Dkg1(first.eid0, STYLE, 2, bytes(32), first.commit)
    assert code(at_setup, town, ibu.signed(nowhere)) == "bad-ceremony"


def test_points_that_were_not_committed_to_are_refused(town, ibu, pak):
    """A52."""
    for each in (ibu, pak):
        at_setup(town, each.commit(town))
    table, firsts = Table.of(draft_of(town), STYLE), rounds_of(town).firsts(STYLE)
    other = Dealing(Polynomial.random(2), ibu.dealing.ceremony_secret)
    assert code(at_setup, town, ibu.signed(table.deal(2, other, firsts))) == "bad-ceremony"
    honest = table.deal(2, ibu.dealing, firsts)
    unproven = replace(honest, possession=bytes(64))
    assert code(at_setup, town, ibu.signed(unproven)) == "bad-ceremony"
    fewer = replace(honest, sealed_shares=honest.sealed_shares[:2])
    assert code(at_setup, town, ibu.signed(fewer)) == "bad-ceremony"


def test_a_confirmation_of_another_transcript_is_refused(town, ibu, pak):
    for each in (ibu, pak):
        at_setup(town, each.commit(town))
    for each in (ibu, pak):
        at_setup(town, each.deal(town))
    honest = said_by(parse_payload("setup", ibu.confirm(town)))
    for wrong in (replace(honest, transcript=bytes(32)), replace(honest, public_share=bytes(33))):
        assert code(at_setup, town, ibu.signed(wrong)) == "bad-ceremony"
    at_setup(town, ibu.signed(honest))


def bad_dealing(town, dealer, *, to):
    """A dkg2 whose sealed share for one trustee is another's."""
    table, firsts = Table.of(draft_of(town), STYLE), rounds_of(town).firsts(STYLE)
    dealt = table.deal(dealer.number, dealer.dealing, firsts)
    shares = list(dealt.sealed_shares)
    shares[to - 1] = shares[to % len(shares)]
    return dealer.signed(replace(dealt, sealed_shares=tuple(shares)))


def test_a_complaint_ends_the_draft_and_names_who_is_to_blame(town, ibu, pak):
    """A55: the receiver shows its ceremony key, and anybody sees it."""
    for each in (ibu, pak):
        at_setup(town, each.commit(town))
    at_setup(town, pak.deal(town))
    at_setup(town, bad_dealing(town, ibu, to=3))
    table = Table.of(draft_of(town), STYLE)
    index = at_setup(town, pak.signed(table.complain(3, pak.dealing, 2)))
    assert index == len(setup_log(town)) - 1
    assert state(town) == "abandoned"
    (blame,) = setup.standing(town.context, town.eid0).blame
    assert (blame.accused_name, blame.receiver_name) == ("Ibu", "Pak")
    assert not setup.standing(town.context, town.eid0).is_complete
    assert code(setup.freeze, town.context, town.eid0, CLIENT) == "wrong-state"
    assert code(at_setup, town, pak.signed(table.complain(3, pak.dealing, 1))) == "wrong-state"
    note = record.read_setup(town.context, town.eid0, f"checkpoints/{index + 1}")
    assert note.content


def test_a_trustee_here_complains_by_itself(town, ibu, pak):
    """A55."""
    for each in (ibu, pak):
        at_setup(town, each.commit(town))
    at_setup(town, pak.deal(town))
    at_setup(town, bad_dealing(town, ibu, to=1))
    (blame,) = setup.standing(town.context, town.eid0).blame
    assert (blame.accused_name, blame.receiver_name) == ("Ibu", "Wali")
    assert state(town) == "abandoned"


def test_a_false_complaint_ends_nothing(town, ibu, pak):
    for each in (ibu, pak):
        at_setup(town, each.commit(town))
    table = Table.of(draft_of(town), STYLE)
    early = pak.signed(table.complain(3, pak.dealing, 2))
    assert code(at_setup, town, early) == "out-of-order"
    for each in (ibu, pak):
        at_setup(town, each.deal(town))
    assert code(at_setup, town, early) == "bad-complaint"
    other_key = pak.signed(table.complain(3, Dealing.fresh(2), 2))
    assert code(at_setup, town, other_key) == "bad-complaint"
    assert code(at_setup, town, pak.signed(table.complain(3, pak.dealing, 9))) == "bad-complaint"
    assert state(town) == "drafted"


def test_a_registrar_s_key_must_be_sound_and_certified(sqlite_engine):
    """A3, A4: form, small factors, shared factors, and the certificate."""
    kantor = RegistrarElsewhere("Kantor", 1)
    balai = RegistrarElsewhere("Balai", 2)
    town = Town.of(sqlite_engine)
    two = registrars(kantor, balai, k=2, faulty=1)
    town.eid0 = setup.prepare(town.context, plan(registrars=two), voters("ani", "budi"))
    at_setup(town, kantor.show_key(town))
    shared = code(at_setup, town, balai.show_key(town, BLIND_KEY))
    assert shared == "bad-registrar-key"
    fresh = blind_rsa.SecretKey.generate()
    honest = said_by(parse_payload("setup", balai.show_key(town, fresh)))
    spoiled = (
        replace(honest, certificate=(bytes(384), *honest.certificate[1:])),
        replace(honest, spki=honest.spki[:-1]),
        replace(honest, spki=honest.spki[:-6] + b"\x04" + honest.spki[-5:]),
    )
    for wrong in spoiled:
        assert code(at_setup, town, balai.signed(wrong)) == "bad-registrar-key"
    at_setup(town, balai.signed(honest))
    assert code(at_setup, town, balai.show_key(town, BLIND_KEY)) == "already-done"


def closed_with_shares(engine, ibu, pak):
    """A closed election of which the trustees elsewhere have said nothing yet."""
    town = prepared(engine, ibu, pak, verifiers=(verifier("Lembaga"),))
    hold_ceremony(town, ibu, pak)
    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    for each in (ibu, pak):
        at_box(town, each.acknowledge(town))
    town.open()
    for name in ("ani", "budi"):
        town.check_in(name).cast(YES)
    return town


def close(town):
    town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(town.context, town.eid)
    town.clock.seconds = VOTING_CLOSES
    closing.close(town.context, town.eid)


def test_a_share_is_right_for_this_close_and_in_time(sqlite_engine, ibu, pak):
    """A56, A58: a wrong share is refused at the door, an early one too."""
    town = closed_with_shares(sqlite_engine, ibu, pak)
    early = ibu.share(town, close_hash=bytes(32))
    assert code(at_box, town, early) == "wrong-state"
    close(town)
    assert code(at_box, town, early) == "bad-share"
    assert code(at_box, town, ibu.share(town, x=pak.x)) == "bad-share"
    assert code(at_box, town, ibu.share(town, x=0)) == "bad-share"
    assert code(at_box, town, ibu.share(town, style=2)) == "unknown-style"
    at_box(town, ibu.share(town))
    at_box(town, pak.share(town))
    counted = json.loads(counting.count_and_publish(town.context, town.eid))
    assert counted["questions"][0]["totals"] == [2, 0]


def test_a_small_style_stays_shut(sqlite_engine, ibu, pak):
    """A19: its shares are refused."""
    town = prepared(sqlite_engine, ibu, pak)
    hold_ceremony(town, ibu, pak)
    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    for each in (ibu, pak):
        at_box(town, each.acknowledge(town))
    town.open().check_in("ani").cast(YES)
    close(town)
    assert code(at_box, town, ibu.share(town)) == "small-style"


def test_a_verifier_s_word_names_the_result(sqlite_engine, ibu, pak):
    town = closed_with_shares(sqlite_engine, ibu, pak)
    lembaga = identity("Lembaga")
    close(town)
    for each in (ibu, pak):
        at_box(town, each.share(town))
    early = signed("verifier", 1, Attest(town.eid, bytes(32), "Benar."), lembaga).payload
    assert code(at_box, town, early) == "wrong-state"
    assert code(counting.attestations, town.context, town.eid) == "wrong-state"
    counting.count_and_publish(town.context, town.eid)
    assert code(at_box, town, early) == "wrong-election"
    result = ballot_log(town)[-1]
    assert isinstance(said_by(parse_payload("ballots", result)), Result)
    right = signed("verifier", 1, Attest(town.eid, sha256(result), "Benar."), lembaga).payload
    assert at_box(town, right) == at_box(town, right)
    again = signed("verifier", 1, Attest(town.eid, sha256(result), "Lagi."), lembaga).payload
    assert code(at_box, town, again) == "already-done"


def test_an_ack_after_the_opening_is_too_late(town, ibu, pak):
    """A51: the rehearsal comes before; a repeated one is answered as before."""
    hold_ceremony(town, ibu, pak)
    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    assert code(at_setup, town, ibu.commit(town)) == "wrong-state"
    at_box(town, ibu.acknowledge(town))
    place = at_box(town, pak.acknowledge(town))
    town.open()
    assert at_box(town, pak.acknowledge(town)) == place
