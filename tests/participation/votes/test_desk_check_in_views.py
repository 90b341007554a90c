"""The officer's pages and the link for the voter's device, as browsers ask for them."""

import json
import re

import pytest

from participation.core.access import Role
from participation.votes import services
from participation.votes.queries import draft_of
from tests.participation.browser import Browser
from tests.participation.votes.hall import OPENS, address
from tests.participation.votes.passkeys import by_officer, digest_of, give_passkey
from tests.participation.votes.voters import (
    b64,
    code_of,
    device_of,
    octets,
    rows_checked_in,
)


@pytest.fixture
def gita(site_hall, browser_of):
    """An officer's browser; she sits at the desk of a vote that is open."""
    made, actor = browser_of("Gita", Role.OFFICER)
    made.key = give_passkey(site_hall.session, "gita")
    give_passkey(site_hall.session, "ani")
    organiser, _actor = browser_of("Ratna Dua", Role.ORGANISER)
    site_hall.draw_up()
    organiser.visit(f"/desk/votes/{site_hall.vote.slug}")
    organiser.click("Officers at the desk")
    organiser.send("officers-form", officers=[str(actor.id)])
    site_hall.session.expire_all()
    site_hall.do(services.announce, services.freeze)
    site_hall.clock.moment = OPENS
    site_hall.do(services.open_voting)
    made.organiser = organiser
    return made


@pytest.fixture
def phone(app):
    """The voter's own phone: nobody is signed in on it."""
    made = app.test_client()
    made.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return Browser(made)


def receive(gita, hall, name="ani", status=200):
    gita.visit("/desk/check-in")
    gita.click(hall.vote.title["en"])
    return gita.send(status=status, address=address(name))


def link_on(page):
    return re.search(r"/votes/\S+/at-desk/\S+", page.one("span", class_="name").words).group(0)


def json_of(browser, address, sent=None, token=None):
    headers = {"Accept": "application/json"}
    if sent is None:
        return browser.client.get(address, headers=headers)
    headers["X-CSRFToken"] = token
    return browser.client.post(
        address, data=json.dumps(sent), content_type="application/json", headers=headers
    )


def test_the_organiser_names_officers_and_their_keys_stand_in_the_draft(site_hall, gita):
    (officer,) = draft_of(site_hall.platform.context, site_hall.vote).officers
    assert (officer.name, officer.cose) == ("Gita", gita.key.cose)
    page = gita.organiser.visit(f"/desk/votes/{site_hall.vote.slug}/officers")
    assert "Gita" in page.one("main").words
    assert not page.all("form", id="officers-form")
    page = gita.visit(f"/votes/{site_hall.vote.slug}")
    assert "Officers at the desk Gita" in page.words


def test_an_officer_without_a_passkey_cannot_be_named(site_hall, browser_of):
    _hadi, actor = browser_of("Hadi", Role.OFFICER)
    organiser, _actor = browser_of("Ratna Dua", Role.ORGANISER)
    site_hall.draw_up()
    organiser.visit(f"/desk/votes/{site_hall.vote.slug}/officers")
    page = organiser.send("officers-form", status=422, officers=[str(actor.id)])
    assert "Hadi has no passkey yet" in page.one("span", id="officers-error").words


def test_a_voter_is_checked_in_at_the_desk_from_link_to_signature(site_hall, gita, phone):
    """A13: without an account at hand, by the officer's passkey over what the phone shows."""
    page = receive(gita, site_hall)
    assert "Ani Warga Kenanga" in page.one("h1").words
    link, desk = link_on(page), gita.here
    booth = phone.visit(link).one("div", id="booth").attributes
    assert "data-desk" in booth
    assert booth["data-votes"] == f"{link}/"
    assert json_of(phone, f"{link}/roll-row").json["voter_id"] == address("ani")

    device, ask = device_of(site_hall)
    laid = ask | {"kind": 2}
    token = booth["data-csrf"]
    assert json_of(gita, f"{desk}/ask").json == {"state": "empty", "ask": {}}
    assert json_of(phone, f"{link}/ask", laid, token).json == {"state": "waiting"}
    assert code_of(json_of(phone, f"{link}/check-in", laid, token)) == "bad-evidence"

    shown = json_of(gita, f"{desk}/ask").json["ask"]
    assert digest_of(site_hall, shown) == digest_of(site_hall, ask)
    root = page.one("div", id="desk").attributes
    assert json.loads(root["data-keys"]) == [{"number": 1, "id": b64(gita.key.credential_id)}]
    evidence = by_officer(site_hall, shown, gita.key)["evidence"]
    answer = json_of(gita, f"{desk}/confirm", {"evidence": evidence}, root["data-csrf"])
    assert answer.json["state"] == "done"
    assert json_of(phone, f"{link}/ask", laid, token).json == {"state": "done"}
    given = json_of(phone, f"{link}/check-in", laid, token)
    assert given.headers["Cache-Control"] == "no-store"
    signature = octets(given.json["blind_signatures"][0])
    assert device.credentials({1: signature})[0].registrar == 1
    assert rows_checked_in(site_hall) == {ask["row"]}


def test_only_officers_of_this_vote_come_to_its_desk(site_hall, gita, browser_of, browser):
    here = f"/desk/check-in/{site_hall.vote.slug}"
    stranger, _actor = browser_of("Hadi", Role.OFFICER)
    assert "You do not sit at the desk" in stranger.visit(here, status=403).words
    assert "No desk of yours is open" in stranger.visit("/desk/check-in").words
    resident, _actor = browser_of("Budi")
    resident.visit(here, status=403)
    receive(gita, site_hall)
    stranger.visit(gita.here, status=404)
    browser.visit(here)
    assert browser.here.startswith("/sign-in")


def test_a_link_that_is_over_or_made_up_opens_nothing(site_hall, gita, phone):
    link = link_on(receive(gita, site_hall))
    other = f"{link[:-3]}abc"
    assert code_of(json_of(phone, f"{other}/roll-row")) == "desk-over"
    site_hall.clock.move(minutes=30)
    phone.visit(link, status=404)
    assert code_of(json_of(phone, f"{link}/roll-row")) == "desk-over"


def test_a_link_cannot_be_used_without_its_own_page(site_hall, gita, phone):
    """A forged form on another site has no token."""
    link = link_on(receive(gita, site_hall))
    answer = json_of(phone, f"{link}/ask", device_of(site_hall)[1], "")
    assert code_of(answer) == "stale-form"


def test_an_address_that_is_not_on_the_roll_is_said_beside_the_field(site_hall, gita):
    page = receive(gita, site_hall, "fajar", status=422)
    assert "not on the roll" in page.one("span", id="address-error").words


def test_who_has_checked_in_is_shown_as_such_to_the_officer(site_hall, gita):
    site_hall.check_in("budi")
    assert "has checked in already" in receive(gita, site_hall, "budi").words
