"""The vote's page says who watches its ballot box, and how fresh what they have seen is."""

import pytest

from ballots.services import cosigning
from ballots.services.names import read_name
from participation.core.errors import Conflict
from participation.votes import services
from participation.votes.parties import Parties, Quorum, WitnessElsewhere
from tests.ballots.wires import LocalWire
from tests.ballots.witnessing import WitnessElsewhere as Watching
from tests.participation.people import MORNING
from tests.participation.votes.hall import OPENS, ORIGIN

UNIVERSITY = "https://saksi.example"
SECTION = "What the witnesses have seen"


@pytest.fixture
def wire(app):
    """A wire on which the site itself answers."""
    made = LocalWire({ORIGIN: app})
    object.__setattr__(app.extensions["suara-ballots"], "wire", made)
    return made


@pytest.fixture
def watched(site_hall, wire, tmp_path):
    """A frozen vote that names a witness."""
    served = {"127.0.0.1:8000": ORIGIN}
    witness = Watching.of(tmp_path, "saksi.example", wire, site_hall.clock, sites=served)
    wire.apps[UNIVERSITY] = witness.app()
    parties = Parties(
        witnesses=(WitnessElsewhere("Universitas Kenanga", witness.vkey, UNIVERSITY),),
        witness_quorum=Quorum(1),
    )
    site_hall.draw_up().vote.parties = parties.write()
    site_hall.session.commit()
    return site_hall.do(services.announce, services.freeze)


def page_of(hall, browser, language="en"):
    return browser.visit(f"/{language}/votes/{hall.vote.slug}").words


def ask(hall):
    return cosigning.ask_witnesses(hall.platform.context, read_name(hall.vote.eid0))


def test_the_page_says_who_watches_and_how_fresh(watched, browser):
    assert "Universitas Kenanga has not confirmed anything yet" in page_of(watched, browser)
    assert ask(watched) == ()
    assert "Universitas Kenanga confirmed the newest state, up to entry 1," in page_of(
        watched, browser
    )
    watched.clock.moment = OPENS
    watched.do(services.open_voting)
    assert "Universitas Kenanga confirmed an older state, up to entry 1," in page_of(
        watched, browser
    )
    assert ask(watched) == ()
    assert "confirmed the newest state, up to entry 4," in page_of(watched, browser)
    assert "Yang sudah dilihat para saksi" in page_of(watched, browser, "id")


def test_opening_waits_for_a_witness_that_is_off_and_names_it(watched, wire):
    wire.down.add(UNIVERSITY)
    assert [each.name for each in ask(watched)] == ["Universitas Kenanga"]
    watched.clock.moment = OPENS
    with pytest.raises(Conflict) as refused:
        watched.do(services.open_voting)
    assert refused.value.code == "not-published"
    assert "not confirmed the last step yet: Universitas Kenanga." in str(refused.value.message)


def test_a_vote_without_witnesses_has_nobody_to_show(site_hall, browser):
    site_hall.clock.moment = MORNING
    site_hall.freeze()
    assert SECTION not in page_of(site_hall, browser)
