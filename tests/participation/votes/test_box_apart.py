"""A vote whose ballot box stands apart, on the site's own pages and by its own acts."""

from dataclasses import replace

import pytest
from flask import Flask

from ballots.services import box as box_acts
from ballots.services import box_apart, box_copy, sequencing
from ballots.services.box_apart import BoxOffice
from ballots.services.context import Context
from ballots.services.names import read_name
from ballots.web.box import box_blueprint
from ballots.web.box_apart import box_apart_blueprint
from ballots.web.record import record_blueprint
from participation.votes import services
from participation.votes.parties import BoxElsewhere, Parties
from participation.votes.queries import result_of
from participation.votes.services import taking_part
from tests.ballots.bodies import SECRET, own_engine
from tests.ballots.wires import LocalWire
from tests.participation.votes.hall import (
    CHECK_IN_CLOSES,
    CLOSES,
    NO,
    OPENS,
    ORIGIN,
    YES,
)

BOX = "https://kotak.example"


@pytest.fixture
def apart(app, site_hall, tmp_path):
    """The box elsewhere; the site reaches it, and it the site."""
    wire = LocalWire({ORIGIN: app})
    engine = own_engine(tmp_path, "kotak")
    context = Context.of(engine, site_hall.clock, SECRET, wire=wire)
    office = BoxOffice("Arsip Daerah", {"127.0.0.1:8000": ORIGIN})
    there = Flask("kotak")
    there.register_blueprint(box_apart_blueprint(lambda: context, office))
    there.register_blueprint(box_blueprint(lambda: context))
    there.register_blueprint(record_blueprint(lambda: context))
    wire.apps[BOX] = there
    ours = replace(app.extensions["suara-ballots"], wire=wire)
    app.extensions["suara-ballots"] = ours
    site_hall.platform = replace(site_hall.platform, context=ours)
    yield context
    engine.dispose()


@pytest.fixture
def frozen(apart, site_hall):
    """A frozen vote whose ballots are kept there."""
    site_hall.draw_up()
    chosen = Parties(box=BoxElsewhere("Arsip Daerah", box_apart.identity(apart), BOX))
    hall = site_hall
    taking_part.set_parties(hall.session, hall.organiser, hall.vote, chosen, hall.clock())
    hall.session.commit()
    hall.do(services.announce, services.freeze)
    taking_part.ask_elsewhere(hall.platform.context, hall.vote)
    return hall


def test_the_casting_page_may_speak_to_that_box_and_to_nobody_else(frozen, client):
    answer = client.get(f"/en/cast/{frozen.vote.eid}")
    policy = answer.headers["Content-Security-Policy"]
    assert f"connect-src 'self' {BOX};" in policy
    assert "script-src 'self';" in policy
    assert f'data-box="{BOX}"' in answer.get_data(as_text=True)
    elsewhere = client.get(f"/en/votes/{frozen.vote.slug}")
    assert BOX not in elsewhere.headers["Content-Security-Policy"]
    assert "Arsip Daerah" in elsewhere.get_data(as_text=True)


def test_a_vote_is_held_with_its_ballots_elsewhere(frozen, apart):
    hall = frozen
    hall.clock.moment = OPENS
    hall.do(services.open_voting)
    for name, choice in (("ani", YES), ("budi", NO), ("citra", YES)):
        hall.check_in(name)
        device, credentials, _ = hall.devices[name]
        ballot = device.cast((choice,), credentials, None)
        box_acts.cast(apart, read_name(hall.vote.eid), ballot.payload)
    hall.clock.move(minutes=5)
    sequencing.end_due_epochs(apart)
    box_copy.follow_all(hall.platform.context)
    services.refresh_figures(hall.session, hall.vote)
    hall.session.commit()
    assert hall.vote.voted == 3
    hall.clock.moment = CHECK_IN_CLOSES
    hall.do(services.close_check_in)
    hall.clock.moment = CLOSES
    hall.do(services.close_voting, services.count_and_publish)
    assert b'"ballots":3' in result_of(hall.session, hall.vote)
