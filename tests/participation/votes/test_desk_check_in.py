"""The officer's desk: who sits there, what the voter's device lays, and what may confirm it."""

import json

import pytest
from sqlmodel import select

from ballots.services.names import read_name
from ballots.services.registrar import Ask
from ballots.store import check_ins
from participation.accounts.models import Account
from participation.accounts.queries import actor_of
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound
from participation.votes import services
from participation.votes.models import DeskVisit
from participation.votes.queries import draft_of
from participation.votes.services import check_in as acts
from participation.votes.services import desk_check_in as desk
from participation.votes.services.desk_check_in import Stage
from participation.votes.services.desk_officers import candidates, name_officers, officers_desk
from tests.participation.votes.hall import OPENS, address
from tests.participation.votes.passkeys import by_officer, give_passkey, settle
from tests.participation.votes.voters import device_of


def person(hall, name, *roles):
    found = settle(hall.session, name, *roles)
    return actor_of(hall.session, hall.session.get(Account, found))


@pytest.fixture
def gita(hall):
    """An officer with a passkey, whom the organiser puts at the desk of a vote that is open."""
    actor = person(hall, "gita", Role.OFFICER)
    give_passkey(hall.session, "gita")
    hall.gitas = give_passkey(hall.session, "gita", label="Kunci meja")
    give_passkey(hall.session, "ani")
    hall.draw_up()
    name_officers(hall.session, hall.organiser, hall.vote, [actor.id], hall.clock())
    hall.session.commit()
    hall.do(services.announce, services.freeze)
    hall.clock.moment = OPENS
    hall.do(services.open_voting)
    return actor


def receive(hall, officer, name="ani"):
    sent = {"address": address(name), "now": hall.clock()}
    token = desk.receive(hall.session, hall.platform.context, hall.vote, officer, **sent)
    hall.session.commit()
    return desk.visit_of(hall.session, hall.vote, token, hall.clock())


def asked(hall, name="ani", seed=bytes(32)):
    said = device_of(hall, name, seed)[1] | {"kind": 2}
    return said, acts.read_ask(json.dumps(said).encode())


def lay(hall, visit, ask):
    stage = desk.lay(hall.session, hall.platform.context, hall.vote, visit, ask)
    hall.session.commit()
    return stage


def number_of(hall, officer, device):
    keys = officers_desk(hall.session, hall.platform.context, hall.vote, officer).keys
    return next(key.number for key in keys if key.credential_id == device.credential_id)


def confirm(hall, officer, visit, said, *, device=None, number=None, **lies):
    device = device or hall.gitas
    number = number or number_of(hall, officer, hall.gitas)
    evidence = by_officer(hall, said, device, number, **lies)["evidence"]
    sent = json.dumps({"evidence": evidence}).encode()
    desk.confirm(hall.session, hall.platform.context, hall.vote, officer, visit=visit, sent=sent)
    hall.session.commit()


def kinds(hall):
    context = hall.platform.context
    number = context.election(read_name(hall.vote.eid)).number
    with context.store.reading() as connection:
        return check_ins.count_by_kind(connection, number)


# Who sits there


def test_the_officers_passkeys_stand_in_the_draft(hall, gita):
    officers = draft_of(hall.platform.context, hall.vote).officers
    assert [each.name for each in officers] == ["Gita", "Gita"]
    assert hall.gitas.cose in {each.cose for each in officers}


def test_only_people_of_the_right_role_with_a_passkey_can_be_named(hall):
    hall.draw_up()
    officer, resident = person(hall, "gita", Role.OFFICER), person(hall, "budi")
    give_passkey(hall.session, "budi")
    found = {each.name for each in candidates(hall.session, hall.vote)}
    assert found == {"Gita", "Ratna Wulandari"}
    for account_id, words in ((officer.id, "no passkey yet"), (resident.id, "may sit at a desk")):
        with pytest.raises(Invalid, match=words):
            name_officers(hall.session, hall.organiser, hall.vote, [account_id], hall.clock())


def test_after_the_announcement_nobody_is_put_at_the_desk_any_more(hall, gita):
    with pytest.raises(Conflict):
        name_officers(hall.session, hall.organiser, hall.vote, [], hall.clock())


def test_who_is_not_in_the_draft_sits_at_no_desk(hall, gita):
    """A14: a passkey added later, or another officer's, is not one of the draft."""
    other = person(hall, "hadi", Role.OFFICER)
    give_passkey(hall.session, "hadi")
    for who in (other, person(hall, "budi")):
        with pytest.raises(NotAllowed):
            receive(hall, who)


# At the desk


def test_a_voter_is_checked_in_by_the_officers_passkey_and_counted_apart(hall, gita):
    """A13: who has lost their passkey is not shut out; the entry says by whom it was."""
    visit, (said, ask) = receive(hall, gita), asked(hall)
    assert desk.stage(visit) is Stage.EMPTY
    assert lay(hall, visit, ask) is Stage.WAITING
    assert desk.laid(visit)["ask"]["blinded"] == said["blinded"]
    confirm(hall, gita, visit, said)
    assert lay(hall, visit, ask) is Stage.DONE
    answer = desk.check_in(hall.platform.context, hall.vote, visit, ask)
    assert len(answer["blind_signatures"]) == 1
    assert kinds(hall) == {2: (1, 1)}


def test_before_the_officer_has_confirmed_there_is_no_signature(hall, gita):
    visit, (_said, ask) = receive(hall, gita), asked(hall)
    lay(hall, visit, ask)
    with pytest.raises(NotAllowed) as refused:
        desk.check_in(hall.platform.context, hall.vote, visit, ask)
    assert refused.value.code == "bad-evidence"
    assert kinds(hall) == {}


def test_the_link_of_the_desk_is_no_session(hall, gita):
    """A1: a row without a passkey cannot be checked in through it without the officer."""
    visit = receive(hall, gita, "budi")
    said = device_of(hall, "budi")[1]
    ask = acts.read_ask(json.dumps(said).encode())
    with pytest.raises(NotAllowed) as refused:
        desk.check_in(hall.platform.context, hall.vote, visit, ask)
    assert refused.value.code == "officer-required"
    assert kinds(hall) == {}


def test_a_second_device_on_the_link_is_refused(hall, gita):
    """A16: whoever photographs the link comes too late, or is noticed by the voter."""
    visit = receive(hall, gita)
    lay(hall, visit, asked(hall)[1])
    with pytest.raises(Conflict) as refused:
        lay(hall, visit, asked(hall, seed=b"another".ljust(32))[1])
    assert refused.value.code == "desk-taken"


def test_the_link_is_for_one_row(hall, gita):
    """A1: an officer who looks at one voter confirms no other's row."""
    visit = receive(hall, gita)
    with pytest.raises(NotAllowed) as refused:
        lay(hall, visit, asked(hall, "budi")[1])
    assert refused.value.code == "wrong-row"


def test_nothing_is_confirmed_before_something_was_laid(hall, gita):
    with pytest.raises(Conflict) as refused:
        confirm(hall, gita, receive(hall, gita), asked(hall)[0])
    assert refused.value.code == "nothing-laid"


def test_only_the_officers_own_passkey_confirms(hall, gita):
    """A15: another key, another challenge, another site."""
    visit, (said, ask) = receive(hall, gita), asked(hall)
    lay(hall, visit, ask)
    ani = give_passkey(hall.session, "ani", label="Lain")
    other = asked(hall, seed=b"another".ljust(32))[0]
    for sent in (
        {"said": said, "device": ani},
        {"said": other},
        {"said": said, "origin": "https://evil.example"},
        {"said": said, "rp_id": "evil.example"},
        {"said": said, "flags": 1},
    ):
        with pytest.raises(NotAllowed) as refused:
            confirm(hall, gita, visit, **sent)
        assert refused.value.code == "bad-evidence"
    with pytest.raises(NotAllowed) as wrong:
        confirm(hall, gita, visit, said, number=9)
    assert wrong.value.code == "wrong-officer"
    assert kinds(hall) == {}


@pytest.mark.parametrize(
    "sent", [b"", b"[]", b"{}", b'{"evidence":1}', b'{"evidence":"*"}', b"\xff"]
)
def test_what_cannot_be_read_is_refused(hall, gita, sent):
    visit = receive(hall, gita)
    lay(hall, visit, asked(hall)[1])
    with pytest.raises(Invalid) as refused:
        desk.confirm(hall.session, hall.platform.context, hall.vote, gita, visit=visit, sent=sent)
    assert refused.value.code == "malformed"


def test_a_visit_is_the_officers_who_received_and_ends_after_half_an_hour(hall, gita):
    sent = {"address": address("ani"), "now": hall.clock()}
    token = desk.receive(hall.session, hall.platform.context, hall.vote, gita, **sent)
    hall.session.commit()
    with pytest.raises(NotFound):
        desk.own_visit(hall.session, hall.vote, hall.organiser, token, hall.clock())
    hall.clock.move(minutes=30)
    with pytest.raises(NotFound) as refused:
        desk.own_visit(hall.session, hall.vote, gita, token, hall.clock())
    assert refused.value.code == "desk-over"
    hall.clock.move(seconds=1)
    desk.sweep(hall.session, hall.clock())
    assert hall.session.exec(select(DeskVisit)).all() == []


def test_strangers_to_the_roll_are_not_received(hall, gita):
    for name in ("fajar", "gita"):
        with pytest.raises(Invalid) as refused:
            receive(hall, gita, name)
        assert refused.value.code == "unknown-row"


def test_nobody_is_received_outside_check_in(hall, gita):
    hall.clock.moment = hall.vote.check_in_closes_at
    with pytest.raises(Conflict):
        receive(hall, gita)


def test_who_has_checked_in_takes_up_the_answer_and_no_other(hall, gita):
    """A2, A20: a lost answer is found again at the desk; a second key gets nothing."""
    visit, (said, ask) = receive(hall, gita), asked(hall)
    lay(hall, visit, ask)
    confirm(hall, gita, visit, said)
    first = desk.check_in(hall.platform.context, hall.vote, visit, ask)
    again = receive(hall, gita)
    assert desk.check_in(hall.platform.context, hall.vote, again, ask) == first
    other = Ask(ask.row, ask.style, asked(hall, seed=b"another".ljust(32))[1].blinded, 2)
    with pytest.raises(Conflict):
        desk.check_in(hall.platform.context, hall.vote, again, other)
