"""Trustees with links: names, keys, how far they are, and the page behind a link."""

import pytest

from ballots.trustee.keys import TrusteeKeys
from crypto.encoding import b64url
from participation.core.errors import Conflict, Invalid, NotFound
from participation.votes import services
from participation.votes.models import VoteTrustee
from participation.votes.queries import draft_of
from participation.votes.services import trustees as acts
from tests.participation.votes.guarded import TRUSTEES, Guarded
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, NO, OPENS, YES

SMALL_ORDER = bytes(32)


@pytest.fixture
def guarded(hall):
    return Guarded.draw_up(hall)


def key():
    return TrusteeKeys.fresh("somebody").public32


def register(guarded, number, octets):
    seat = acts.seat_of(guarded.hall.session, guarded.token(number))
    acts.register_key(guarded.hall.session, seat, octets)


def test_a_link_is_shown_once_and_only_its_hash_is_kept(guarded):
    assert [each.name for each in guarded.links] == list(TRUSTEES)
    for link in guarded.links:
        row = guarded.hall.session.get(VoteTrustee, (guarded.hall.vote.id, link.number))
        assert link.token not in (row.token_hash, row.name)
        assert link.token not in repr(link)
        assert acts.seat_of(guarded.hall.session, link.token).trustee is row
    with pytest.raises(NotFound):
        acts.seat_of(guarded.hall.session, "another")


def test_who_keeps_name_and_place_keeps_link_and_key(guarded):
    guarded.register(1, 2, 3)
    session, vote = guarded.hall.session, guarded.hall.vote
    links = acts.name_trustees(session, vote, (TRUSTEES[0], "Dian", TRUSTEES[2], "Eka"))
    assert [(each.number, each.name) for each in links] == [(2, "Dian"), (4, "Eka")]
    rows = acts.named(session, vote)
    assert [each.key is not None for each in rows] == [True, False, True, False]
    with pytest.raises(NotFound):
        acts.seat_of(session, guarded.token(2))
    assert acts.name_trustees(session, vote, [each.name for each in rows]) == ()
    acts.forget_trustees(session, vote)
    assert acts.named(session, vote) == []


@pytest.mark.parametrize("names", [(), ("",), (" ",), ("Ayu", "Ayu"), ("x",) * 33])
def test_names_that_are_none_are_refused(guarded, names):
    with pytest.raises(Invalid):
        acts.name_trustees(guarded.hall.session, guarded.hall.vote, names)


def test_a_key_is_registered_once(guarded):
    first = key()
    register(guarded, 1, first)
    register(guarded, 1, first)
    with pytest.raises(Conflict) as found:
        register(guarded, 1, key())
    assert found.value.code == "key-taken"
    with pytest.raises(Conflict) as found:
        register(guarded, 2, first)
    assert found.value.code == "key-of-another"


@pytest.mark.parametrize("octets", [b"", bytes(31), bytes(33), SMALL_ORDER, b"\xff" * 32])
def test_bytes_that_are_no_key_are_refused(guarded, octets):
    with pytest.raises(Invalid):
        register(guarded, 1, octets)


def test_a_new_link_replaces_the_lost_one(guarded):
    guarded.register(1, 2, 3)
    session, vote = guarded.hall.session, guarded.hall.vote
    link = acts.renew_link(session, vote, 2)
    with pytest.raises(NotFound):
        acts.seat_of(session, guarded.token(2))
    assert acts.seat_of(session, link.token).trustee.key is None
    with pytest.raises(NotFound):
        acts.renew_link(session, vote, 9)
    register_seat = acts.seat_of(session, link.token)
    acts.register_key(session, register_seat, guarded.keys[2].public32)
    guarded.hall.do(services.announce)
    later = acts.renew_link(session, vote, 2)
    assert acts.seat_of(session, later.token).trustee.key == guarded.keys[2].public32


def test_the_announcement_waits_for_every_key(guarded):
    guarded.register(1, 3)
    with pytest.raises(Conflict) as found:
        guarded.hall.do(services.announce)
    assert (found.value.code, found.value.message.values["names"]) == ("trustee-keys", TRUSTEES[1])
    guarded.hall.session.rollback()
    guarded.register(2)
    guarded.hall.do(services.announce)
    draft = draft_of(guarded.context, guarded.hall.vote)
    assert [(each.name, each.held) for each in draft.trustees.list] == [
        (name, "own") for name in TRUSTEES
    ]
    assert [each.key for each in draft.trustees.list] == [
        guarded.keys[number].public32 for number in (1, 2, 3)
    ]
    assert draft.trustees.k == 2
    with pytest.raises(Conflict):
        register(guarded, 1, key())


def progress(guarded):
    found = acts.progress(guarded.hall.session, guarded.context, guarded.hall.vote)
    return [
        (each.has_key, each.rounds, each.has_acked, each.has_released) for each in found.trustees
    ]


def test_everybody_sees_how_far_the_others_are(guarded):
    hall = guarded.hall
    assert progress(guarded) == [(False, 0, False, False)] * 3
    guarded.register(1, 2, 3)
    assert progress(guarded) == [(True, 0, False, False)] * 3
    hall.do(services.announce)
    guarded.step(1, 2)
    assert [each[1] for each in progress(guarded)] == [1, 1, 0]
    guarded.step(3).step(1, 2, 3).step(1, 2, 3)
    assert [each[1] for each in progress(guarded)] == [3, 3, 3]
    hall.do(services.freeze)
    with pytest.raises(Conflict):
        hall.do(services.open_voting)
    hall.session.rollback()
    guarded.acknowledge(1, 2, 3)
    assert all(each[2] for each in progress(guarded))
    hall.clock.moment = OPENS
    hall.do(services.open_voting)
    hall.vote_all(ani=YES, budi=YES, citra=NO)
    hall.clock.moment = CHECK_IN_CLOSES
    hall.do(services.close_check_in)
    hall.clock.moment = CLOSES
    hall.do(services.close_voting)
    guarded.release(3)
    assert [each[3] for each in progress(guarded)] == [False, False, True]
    with pytest.raises(Conflict):
        hall.do(services.count)
    hall.session.rollback()
    guarded.release(1)
    hall.do(services.count)


def test_a_complaint_names_the_dealer_to_everybody(guarded):
    """A55."""
    guarded.register(1, 2, 3)
    guarded.hall.do(services.announce)
    guarded.step(1, 2, 3).step(1)
    guarded.deal_badly(2, 1)
    guarded.step(3)
    guarded.complain(1)
    found = acts.progress(guarded.hall.session, guarded.context, guarded.hall.vote)
    assert [each.accused_name for each in found.blame] == [TRUSTEES[1]]


@pytest.fixture
def on_site(site_hall):
    return Guarded.draw_up(site_hall)


def test_the_page_says_without_scripts_how_far_all_are(on_site, browser):
    on_site.register(2)
    text = browser.visit(f"/en/trustees/{on_site.token(1)}").words
    assert "Ayu Lestari (you): no key yet" in text
    assert "Bima Sakti : has made a key" in text
    assert "2 of them together can open" in text


def test_a_key_can_be_pasted_without_scripts(on_site, browser, session):
    keys = TrusteeKeys.fresh(TRUSTEES[0])
    address = f"/en/trustees/{on_site.token(1)}"
    for wrong in ("", "x", "=" * 43, "A" * 43, f"{b64url(keys.public32)}A"):
        browser.visit(address)
        browser.send(key=wrong, status=422)
    assert "has made a key" in browser.send(key=f" {b64url(keys.public32)} ").words
    session.expire_all()
    assert acts.named(session, on_site.hall.vote)[0].key == keys.public32
    other = b64url(TrusteeKeys.fresh("thief").public32)
    again = browser.client.post(address, data={"key": other})
    assert again.status_code == 422
    assert "was registered with this link before" in again.get_data(as_text=True)


def test_the_address_is_kept_to_itself(on_site, client):
    """The link is the secret: it is neither stored, nor referred to, nor joined with a cookie."""
    address = f"/en/trustees/{on_site.token(1)}"
    client.set_cookie("session", "somebody")
    for path in (address, f"{address}/standing"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


def test_a_wrong_link_leads_nowhere(on_site, client):
    assert client.get("/en/trustees/another").status_code == 404
    json = {"Accept": "application/json"}
    answer = client.get("/trustees/another/standing", headers=json)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert client.post("/trustees/another/key", data=bytes(32)).status_code == 404


@pytest.mark.parametrize("body", [b"", bytes(32), bytes(65), b"\xff" * 32, b"{}"])
def test_no_bytes_break_the_door_for_keys(on_site, client, body):
    headers = {"Accept": "application/json"}
    answer = client.post(f"/trustees/{on_site.token(1)}/key", data=body, headers=headers)
    assert answer.status_code in {413, 422}
    assert answer.mimetype == "application/problem+json"


def test_the_standing_is_told_in_the_readers_language(on_site, client):
    on_site.register(1)
    told = {
        language: client.get(f"/{language}/trustees/{on_site.token(1)}/standing").get_json()
        for language in ("en", "id")
    }
    assert told["en"]["trustees"][0]["says"] == "has made a key"
    assert told["id"]["trustees"][0]["says"] == "sudah membuat kunci"
    for each in told.values():
        assert (each["number"], each["state"], each["eid0"]) == (1, "drafted", "")
        assert each["key"] == b64url(on_site.keys[1].public32)
