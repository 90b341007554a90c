"""Journeys 2 and 4: a second body signs, another keeps the ballots; each by itself, over HTTP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from ballots.services import box_copy, sequencing
from participation.apart.box import box
from participation.apart.process import Process
from participation.apart.registrar import registrar
from participation.core.access import Role
from participation.core.db import Database
from participation.partners import services as partners
from participation.partners.asking import HttpAsker
from participation.partners.rules import Kind
from participation.settings import read_settings
from participation.votes import services
from participation.votes.parties import Parties, safe_registrars
from participation.votes.services import taking_part
from tests.journeys import judging
from tests.journeys.living import Quiet
from tests.journeys.voting import STREET, Voter, settle
from tests.participation.people import make_person
from tests.participation.votes.hall import NAMES, OPENS, Hall, address

pytestmark = pytest.mark.browser

SILENT = "KPU Kota does not answer."


@dataclass
class Body:
    """A service of another body, answering on a port of its own."""

    process: Process
    app: Flask | None
    server: Any
    is_down: bool = False

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def __call__(self, environ, start):
        if self.is_down or self.app is None:
            raise ConnectionResetError
        return self.app.wsgi_app(environ, start)


@contextmanager
def served(folder, clock, make) -> Iterator[Body]:
    """A body with a database of its own; `make` gives its application."""
    body = Body(None, None, None)
    body.server = make_server("127.0.0.1", 0, body, threaded=True, request_handler=Quiet)
    settings = read_settings(var=folder, environment="development", origin=body.origin)
    empty = Database(settings.database_url)
    empty.create_tables()
    empty.close()
    body.process = Process.of(settings, clock)
    body.app = make(body.process, settings)
    thread = threading.Thread(target=body.server.serve_forever, daemon=True)
    thread.start()
    yield body
    body.server.shutdown()
    thread.join()
    body.server.server_close()
    body.process.database.close()


@pytest.fixture
def kpu(live, tmp_path):
    def make(process, settings):
        return registrar(process, settings, name="KPU Kota", serves=live.origin)

    database = tmp_path / "kpu"
    database.mkdir()
    with served(database, live.clock, make) as body:
        yield body


@pytest.fixture
def archive(live, tmp_path):
    def make(process, settings):
        return box(process, settings, name="Arsip Daerah", serves=live.origin, organisers=())

    database = tmp_path / "archive"
    database.mkdir()
    with served(database, live.clock, make) as body:
        yield body


@pytest.fixture
def hall(live):
    with live.database.session() as session:
        made = Hall.of(session, live.app.extensions["suara-ballots"], live.clock)
        made.platform = replace(made.platform, origin=live.origin)
        for name in NAMES:
            settle(session, name)
        make_person(session, "Dewi Organiser", Role.ORGANISER, email="organiser@example.id")
        session.commit()
        yield made.draw_up(STREET)


@pytest.fixture
def voter(hall, device_of, tmp_path):
    device = device_of(locale="en-GB").sign_in(address("ani"))
    return Voter(hall, device, tmp_path)


@pytest.fixture
def organiser(hall, device_of):
    return device_of(locale="en-GB").sign_in("organiser@example.id")


def add_partner(organiser, kind, body):
    organiser.page.goto("/en/desk/partners")
    organiser.page.get_by_text(kind, exact=True).first.click()
    organiser.page.get_by_label("Address").fill(body.origin)
    organiser.press("Ask who is there, and add")


def freeze(hall):
    hall.session.expire_all()
    hall.do(services.announce)
    taking_part.ask_elsewhere(hall.platform.context, hall.vote)
    hall.do(services.freeze)
    taking_part.ask_elsewhere(hall.platform.context, hall.vote)


def faults(page, language="en"):
    judging.learn_axe(page)
    found = [*judging.axe(page), *judging.dark(page), *judging.narrow(page)]
    return [*found, *judging.identity(page, language)]


def test_an_organiser_asks_other_bodies_to_take_part(organiser, hall, kpu, archive):
    page, judged = organiser.page, {}
    page.goto("/en/desk/partners")
    judged["nobody yet"] = faults(page)
    add_partner(organiser, "Registrar", kpu)
    organiser.sees("KPU Kota")
    add_partner(organiser, "Ballot box", archive)
    organiser.sees("Arsip Daerah")
    judged["partners"] = faults(page)
    kpu.is_down = True
    page.get_by_role("button", name="Ask again: KPU Kota").click()
    page.get_by_text("KPU Kota: does not answer").wait_for()
    kpu.is_down = False
    page.goto(f"/en/desk/votes/{hall.vote.slug}/parties")
    page.get_by_text("Light vote").wait_for()
    page.get_by_label("KPU Kota").check()
    page.get_by_label("Arsip Daerah").check()
    page.locator("#trustees").fill("Ani\nBudi\nCitra")
    page.locator("#trustees").blur()
    page.get_by_text("2 of 3 trustees").wait_for()  # the label, as the choices change
    judged["parties"] = faults(page)
    organiser.press("Save").sees("Give each trustee their own link")
    judged["links"] = faults(page)
    hall.session.expire_all()
    chosen = Parties.read(hall.vote.parties)
    assert [each.name for each in chosen.registrars] == ["KPU Kota"]
    assert chosen.box.origin == archive.origin
    assert not any(judged.values()), judged
    assert [each for each in organiser.wrong if "422" not in each] == []


def choose(hall, kpu=None, archive=None):
    """Let these bodies take part, without pages."""
    asker = HttpAsker(may_be_private=True)
    for kind, body in ((Kind.REGISTRAR, kpu), (Kind.BOX, archive)):
        if body:
            partners.add(hall.session, asker, hall.organiser, (kind, body.origin), hall.clock())
    known = taking_part.candidates(hall.session, hall.vote)
    chosen = Parties(
        registrars=known.registrars,
        registrar_quorum=safe_registrars(len(known.registrars) + 1),
        box=known.boxes[0] if archive else None,
    )
    taking_part.set_parties(hall.session, hall.organiser, hall.vote, chosen, hall.clock())
    hall.session.commit()


def test_a_voter_meets_a_silent_registrar_and_loses_nothing(voter, hall, live, kpu):
    """The name is said, the key and the check-in stay, and asking again is enough."""
    choose(hall, kpu)
    freeze(hall)
    live.clock.moment = OPENS
    hall.do(services.open_voting)
    kpu.is_down = True
    voter.made_hasty().make_key().press("Go on without a copy").sees("Now check in")
    voter.press("Check in")
    voter.says(SILENT).says("Nothing is lost")
    assert voter.faults() == []
    kpu.is_down = False
    voter.press("Check in").sees("You have checked in")
    voter.enter_booth().choose("Yes, close it").send()


def test_a_voter_casts_into_a_box_that_stands_apart(voter, hall, live, kpu, archive):
    """A11: the ballot goes to the other origin, without cookie, and the receipt comes from it."""
    choose(hall, kpu, archive)
    freeze(hall)
    live.clock.moment = OPENS
    hall.do(services.open_voting)
    taking_part.ask_elsewhere(hall.platform.context, hall.vote)
    voter.check_in()
    before = len(live.arrived)
    voter.enter_booth().choose("Yes, close it").send()
    assert not [each for each in live.arrived[before:] if each.path.startswith("/box/")]
    live.clock.move(minutes=2)
    voter.press("Ask for the receipt").says("Recorded: entry")
    sequencing.end_due_epochs(archive.process.context)
    box_copy.follow_all(hall.platform.context)
    services.refresh_figures(hall.session, hall.vote)
    assert hall.vote.voted == 1
    assert [each for each in voter.device.wrong if "404" not in each] == []
