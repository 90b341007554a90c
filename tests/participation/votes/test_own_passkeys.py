"""Passkeys in rows: laid out at the announcement, asked for at check-in, changed by nothing."""

from datetime import timedelta

import pytest
from sqlmodel import delete

from ballots.services import roll
from ballots.services.names import read_name
from ballots.store import check_ins
from participation.accounts.models import Passkey
from participation.accounts.queries import account
from participation.votes import services
from participation.votes.services.own_passkeys import passkeys_to_ask, row_passkeys
from tests.participation.authenticator import UP, UV
from tests.participation.people import MORNING
from tests.participation.votes.hall import NAMES, address
from tests.participation.votes.passkeys import (
    digest_of,
    give_passkey,
    phone,
    settle,
    with_passkey,
)
from tests.participation.votes.voters import (
    b64,
    code_of,
    device_of,
    page_of,
    post,
    rows_checked_in,
)

AFTERWARDS = MORNING + timedelta(minutes=1)


def row(hall, name):
    return roll.row_of(hall.platform.context, read_name(hall.vote.eid0), address(name)).row


def asked_for(hall, name):
    who = {"account_id": settle(hall.session, name), "voter_id": address(name)}
    return row_passkeys(hall.session, hall.platform.context, hall.vote, **who)


# What the announcement lays out


def test_the_roll_holds_the_passkeys_that_people_have_when_it_is_laid_out(hall):
    ani, other = give_passkey(hall.session, "ani"), give_passkey(hall.session, "ani")
    settle(hall.session, "budi")
    hall.draw_up().do(services.announce)
    assert row(hall, "ani").has_passkey(ani.cose)
    assert row(hall, "ani").has_passkey(other.cose)
    assert [len(row(hall, name).passkeys) for name in NAMES] == [2, 0, 0, 0, 0]
    assert hall.vote.label_counts == {"rows": 5, "rows_with_passkey": 1}


def test_the_passkey_of_an_unconfirmed_address_stands_in_no_row(hall):
    """A14: anybody can register with anybody's address."""
    give_passkey(hall.session, "ani")
    account(hall.session, settle(hall.session, "ani")).confirmed_at = None
    hall.session.commit()
    hall.draw_up().do(services.announce)
    assert row(hall, "ani").passkeys == ()


def test_a_passkey_added_after_the_announcement_changes_no_row(hall):
    """A14: what is enrolled late, by whomever, cannot check in."""
    old = give_passkey(hall.session, "ani", label="Telepon")
    hall.draw_up().do(services.announce)
    before = row(hall, "ani")
    give_passkey(hall.session, "ani", label="Laptop", at=AFTERWARDS)
    hall.do(services.freeze)
    assert row(hall, "ani") == before
    said = asked_for(hall, "ani")
    assert (said.names, said.absent, said.unknown) == (("Telepon",), ("Laptop",), 0)
    asked = passkeys_to_ask(
        hall.session,
        hall.platform.context,
        hall.vote,
        account_id=settle(hall.session, "ani"),
        voter_id=address("ani"),
    )
    assert asked == {"passkeys": [{"id": b64(old.credential_id), "cose": b64(old.cose)}]}


def test_a_removed_passkey_is_still_asked_for_and_the_voter_sees_it(hall):
    give_passkey(hall.session, "ani")
    hall.draw_up().do(services.announce)
    hall.session.exec(delete(Passkey))
    hall.session.commit()
    said = asked_for(hall, "ani")
    assert (said.names, said.unknown, said.is_asked_for) == ((), 1, True)


def test_after_a_withdrawal_the_roll_is_laid_out_with_the_passkeys_of_then(hall):
    hall.draw_up().do(services.announce)
    assert not asked_for(hall, "ani").is_asked_for
    late = give_passkey(hall.session, "ani")
    hall.do(services.withdraw, services.announce)
    assert row(hall, "ani").has_passkey(late.cose)


# What the voter sees


def test_before_the_freeze_voters_see_which_passkeys_stand_in_their_row(site_hall, voter_of):
    """A14: and may object, because then it can still be changed."""
    ani, budi = voter_of("ani"), voter_of("budi")
    give_passkey(site_hall.session, "ani", label="Telepon Ani")
    site_hall.draw_up().do(services.announce)
    give_passkey(site_hall.session, "ani", label="Laptop Ani", at=AFTERWARDS)
    words = ani.visit(page_of(site_hall)).words
    assert "Passkeys in your row Telepon Ani" in words
    assert "Not in your row" in words
    assert "Laptop Ani" in words
    assert "can withdraw it and lay out the roll anew" in words
    assert "No passkey stands in your row" in budi.visit(page_of(site_hall)).words
    site_hall.do(services.freeze)
    assert "lay out the roll anew" not in ani.visit(page_of(site_hall)).words


def test_a_passkey_that_nobody_knows_is_shown_as_one(site_hall, voter_of):
    ani = voter_of("ani")
    give_passkey(site_hall.session, "ani")
    site_hall.draw_up().do(services.announce)
    site_hall.session.exec(delete(Passkey))
    site_hall.session.commit()
    words = ani.visit(page_of(site_hall)).words
    assert "one that is not on your account" in words
    assert "tell Kelurahan Kenanga at once" in words


# Checking in


@pytest.fixture
def ani(site_hall, voter_of):
    """Ani's browser; a passkey of hers stands in her row of an open vote."""
    made = voter_of("ani")
    made.phone = give_passkey(site_hall.session, "ani")
    site_hall.open()
    return made


def test_the_voters_passkey_checks_in_and_the_entry_says_so(site_hall, ani):
    _device, ask = device_of(site_hall)
    sent = with_passkey(site_hall, ask, ani.phone)
    assert post(ani, site_hall, sent).status_code == 200
    context = site_hall.platform.context
    number = context.election(read_name(site_hall.vote.eid)).number
    with context.store.reading() as connection:
        assert check_ins.count_by_kind(connection, number) == {1: (1, 1)}


def test_the_client_is_told_which_passkeys_to_ask_for(site_hall, ani):
    answer = ani.client.get(f"/votes/{site_hall.vote.slug}/passkeys")
    assert answer.headers["Cache-Control"] == "no-store"
    told = {"id": b64(ani.phone.credential_id), "cose": b64(ani.phone.cose)}
    assert answer.json == {"passkeys": [told]}


def test_a_stolen_session_cannot_check_in_where_a_passkey_is_asked_for(site_hall, ani):
    """A1, A14: the session is not enough, whoever has it."""
    answer = post(ani, site_hall, device_of(site_hall)[1])
    assert code_of(answer) == "passkey-required"
    assert rows_checked_in(site_hall) == set()


def test_a_stolen_session_and_a_passkey_of_ones_own_are_not_enough(site_hall, ani):
    """A1, A14: another key, also one enrolled since, is not one of the row."""
    thief = give_passkey(site_hall.session, "ani", label="Pencuri", at=AFTERWARDS)
    stranger = give_passkey(site_hall.session, "budi")
    ask = device_of(site_hall)[1]
    for device in (thief, stranger, phone()):
        answer = post(ani, site_hall, with_passkey(site_hall, ask, device))
        assert code_of(answer) == "bad-evidence"
    named = with_passkey(site_hall, ask, thief, cose=ani.phone.cose)
    assert code_of(post(ani, site_hall, named)) == "bad-evidence"
    assert rows_checked_in(site_hall) == set()


@pytest.mark.parametrize(
    "lies",
    [
        {"origin": "https://evil.example"},
        {"rp_id": "evil.example"},
        {"kind": "webauthn.create"},
        {"flags": UP},
        {"flags": UV},
        {"digest": bytes(32)},
    ],
    ids=["origin", "rp-id", "act", "user-unverified", "absent", "challenge"],
)
def test_an_assertion_for_anything_else_is_refused(site_hall, ani, lies):
    """A15: every field of the assertion is looked at."""
    ask = device_of(site_hall)[1]
    answer = post(ani, site_hall, with_passkey(site_hall, ask, ani.phone, **lies))
    assert code_of(answer) == "bad-evidence"
    assert rows_checked_in(site_hall) == set()


def test_an_assertion_cannot_be_replayed_for_another_key(site_hall, ani):
    """A15, A16: the challenge is the ask, so a touch is good for one ballot key."""
    ask = device_of(site_hall)[1]
    other = device_of(site_hall, seed=b"another".ljust(32))[1]
    seen = digest_of(site_hall, ask)
    answer = post(ani, site_hall, with_passkey(site_hall, other, ani.phone, digest=seen))
    assert code_of(answer) == "bad-evidence"


def test_the_second_touch_for_another_key_is_refused_and_the_first_stands(site_hall, ani):
    """A16: a page that got the touch first is noticed at the voter's own try."""
    first = device_of(site_hall, seed=b"attacker".ljust(32))[1]
    post(ani, site_hall, with_passkey(site_hall, first, ani.phone))
    own = with_passkey(site_hall, device_of(site_hall)[1], ani.phone)
    assert code_of(post(ani, site_hall, own)) == "already-checked-in"


def test_the_same_ask_is_answered_again_without_another_touch(site_hall, ani):
    """A20: an answer that was lost; the first evidence stays."""
    ask = device_of(site_hall)[1]
    first = post(ani, site_hall, with_passkey(site_hall, ask, ani.phone)).json
    assert post(ani, site_hall, ask | {"kind": 1, "evidence": ""}).json == first
