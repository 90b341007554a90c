"""The desk where an organiser says who takes part."""

from dataclasses import replace

import pytest

from crypto.encoding import b64url, sha256
from participation.core.access import Role
from participation.partners.models import Partner
from participation.votes.parties import Parties, Quorum
from tests.ballots.wires import LocalWire
from tests.participation.partners.askers import VKEY
from tests.participation.people import MORNING

KEYS = {name: sha256(name.encode()) for name in ("KPU Kota", "Unila")}


@pytest.fixture
def organiser(browser_of):
    return browser_of("Dewi Organiser", Role.ORGANISER)[0]


@pytest.fixture
def address(site_hall):
    site_hall.draw_up()
    return f"/en/desk/votes/{site_hall.vote.slug}"


@pytest.fixture
def partners(session):
    rows = [
        Partner(kind="registrar", name=name, address=f"https://{at}.example", key=b64url(key),
                added_at=MORNING)
        for at, (name, key) in enumerate(KEYS.items())
    ]  # fmt: skip
    rows.append(
        Partner(kind="witness", name="Saksi", address="https://saksi.example", key=VKEY,
                added_at=MORNING)
    )  # fmt: skip
    session.add_all(rows)
    session.commit()


def chosen(session, vote):
    session.refresh(vote)
    return Parties.read(vote.parties)


def test_without_partners_the_page_says_where_they_come_from(organiser, address):
    page = organiser.visit(f"{address}/parties")
    assert "once they are partners of this site" in page.words
    assert "Light vote" in page.words
    organiser.click("Add a partner")


def test_a_second_registrar_gets_the_safe_numbers(organiser, address, partners, session, site_hall):
    organiser.visit(f"{address}/parties")
    organiser.send("parties-form", registrars=[KEYS["KPU Kota"].hex()])
    found = chosen(session, site_hall.vote)
    assert [each.name for each in found.registrars] == ["KPU Kota"]
    assert found.registrar_quorum == Quorum(2, 1)
    page = organiser.visit(f"{address}/parties")
    assert page.one("input", name="registrars_needed").attributes["value"] == "2"


def test_two_of_three_registrars_are_refused_with_the_reason(
    organiser, address, partners, session, site_hall
):
    """A2."""
    organiser.visit(f"{address}/parties")
    every = [key.hex() for key in KEYS.values()]
    page = organiser.send("parties-form", 422, registrars=every, registrars_needed="2")
    assert "one person would vote twice. At least 3 are needed." in page.words
    assert chosen(session, site_hall.vote) == Parties()


def test_looking_changes_nothing(organiser, address, partners, session, site_hall):
    organiser.visit(f"{address}/parties")
    page = organiser.send(
        "parties-form", button="Only look at the label",
        registrars=[KEYS["Unila"].hex()], witnesses=[VKEY], trustees="Ani\nBudi",
    )  # fmt: skip
    assert "Standard vote" in page.words
    assert chosen(session, site_hall.vote) == Parties()


def test_links_of_trustees_are_shown_once(organiser, address, session, site_hall):
    organiser.visit(f"{address}/parties")
    page = organiser.send("parties-form", trustees="Ani\nBudi\nCitra")
    links = [each.words for each in page.all("code") if "/trustees/" in each.words]
    assert len(links) == 3
    assert organiser.response.headers["Cache-Control"] == "no-store"
    assert chosen(session, site_hall.vote).trustees_needed == 2
    page = organiser.visit(f"{address}/parties")
    assert "/trustees/" not in page.words
    assert "no key yet" in page.words
    (form,) = [each for each in page.all("form") if "/2/link" in each.attributes["action"]]
    token = form.all("input")[0].attributes["value"]
    answer = organiser.client.post(form.attributes["action"], data={"csrf_token": token})
    renewed = answer.get_data(as_text=True)
    assert renewed.count("/trustees/") >= 1
    assert not any(link in renewed for link in links)


def test_announcing_waits_for_the_trustees_keys(organiser, address, site_hall):
    organiser.visit(f"{address}/parties")
    organiser.send("parties-form", trustees="Ani")
    organiser.visit(address)
    page = organiser.send("announce", 422)
    assert "have not made their key yet: Ani" in page.words


def test_a_silent_registrar_is_named_on_the_vote_and_holds_up_the_freeze(
    organiser, address, partners, app
):
    """Nobody answers at its address: the page says who is waited for, and the freeze refuses."""
    organiser.visit(f"{address}/parties")
    organiser.send("parties-form", registrars=[KEYS["KPU Kota"].hex()])
    organiser.visit(address)
    app.extensions["suara-ballots"] = replace(app.extensions["suara-ballots"], wire=LocalWire())
    page = organiser.send("announce")
    assert "KPU Kota has not given its keys yet." in page.words
    page = organiser.send("freeze", 422)
    assert "KPU Kota" in page.words
