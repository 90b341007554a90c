"""Three trustees with a browser each: from the link to the opened vote."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest
from sqlmodel import Session

from ballots.verifier.report import verdicts
from ballots.verifier.verification import verify
from participation.votes import services
from participation.votes.queries import result_of
from tests.journeys import judging
from tests.journeys.living import Device
from tests.journeys.voting import STREET
from tests.participation.votes.guarded import TRUSTEES, Guarded
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, NO, OPENS, YES, Hall

pytestmark = pytest.mark.browser

HASTE = "const wait = setTimeout; setTimeout = (act, pause) => wait(act, pause / 10);"
DESK = {"width": 1280, "height": 900}


@dataclass
class TrusteeAtWork:
    """One trustee's browser; saved files lie in `files`."""

    guarded: Guarded
    number: int
    device: Device
    files: Path
    backup: Path | None = None
    words: str = ""

    @property
    def page(self) -> Any:
        return self.device.page

    def opens(self) -> Self:
        """The page behind the link."""
        self.page.goto(f"/en/trustees/{self.guarded.token(self.number)}")
        return self

    def sees(self, heading: str) -> Self:
        self.device.sees(heading)
        return self

    def press(self, words: str) -> Self:
        self.device.press(words)
        return self

    def saves_backup(self) -> Self:
        """The file and its words."""
        shown = self.page.locator("[data-screen=backup] .words li")
        self.words = " ".join(shown.all_inner_texts())
        with self.page.expect_download() as download:
            self.press("Save the backup file")
        self.backup = self.files / f"{self.number}-{download.value.suggested_filename}"
        download.value.save_as(self.backup)
        return self

    def gives_backup(self, place: str) -> Self:
        """Chooses the file and types its words."""
        self.page.locator(f"#{place}-file").set_input_files(self.backup)
        self.page.locator(f"#{place}-words").fill(self.words)
        return self

    def faults(self) -> list[str]:
        judging.learn_axe(self.page)
        told = [*judging.axe(self.page), *judging.dark(self.page), *judging.narrow(self.page)]
        return [*told, *judging.identity(self.page, "en")]


@pytest.fixture
def hall(live):
    with live.database.session() as session:
        yield Hall.of(session, live.app.extensions["suara-ballots"], live.clock)


@pytest.fixture
def trustee_of(hall, device_of, tmp_path):
    """Makes trustees of one vote: `trustee_of(1)`."""
    guarded = Guarded.draw_up(hall, k=2, proposal=STREET)

    def make(number: int, **options: object) -> TrusteeAtWork:
        device = device_of(**{"locale": "en-GB", "viewport": DESK} | options)
        device.context.add_init_script(HASTE)
        return TrusteeAtWork(guarded, number, device, tmp_path)

    return make


def renewed(session: Session) -> None:
    """Lets the test's session see what the site has written."""
    session.rollback()
    session.expire_all()


def vote_and_close(hall: Hall) -> None:
    """Three people vote, and the box is closed."""
    renewed(hall.session)
    hall.clock.moment = OPENS
    hall.do(services.open_voting)
    hall.vote_all(ani=YES, budi=YES, citra=NO)
    hall.clock.moment = CHECK_IN_CLOSES
    hall.do(services.close_check_in)
    hall.clock.moment = CLOSES
    hall.do(services.close_voting)


def test_three_trustees_hold_the_ceremony_and_two_open_the_vote(trustee_of, hall, tmp_path):
    """Journey 1: nobody but their devices ever holds a share, and each checks the record."""
    three = [trustee_of(number) for number in (1, 2, 3)]
    first, second, third = three
    guarded = first.guarded
    for each in three:
        each.opens().sees("What you are asked to do")
    assert first.faults() == []
    for each in three:
        each.press("Make my key").sees("Your key is registered")
    first.page.locator("#trustees li", has_text="has made a key").nth(2).wait_for()

    renewed(hall.session)
    hall.do(services.announce)
    for each in three:
        each.sees("Save your backup").saves_backup().press("Go on").sees("Your backup is saved")
    assert first.faults() == []

    renewed(hall.session)
    hall.do(services.freeze)
    for each in three:
        each.sees("Try your backup").gives_backup("rehearsal")
        each.press("Try it and sign that I am ready").sees("You are ready")
    assert second.faults() == []

    vote_and_close(hall)
    first.opens().sees("The vote is closed: check and open")
    assert first.faults() == []
    first.press("Check the record and release my share").sees("Your share is released")
    elsewhere = trustee_of(3)  # another device, with nothing but the file
    elsewhere.backup, elsewhere.words = third.backup, third.words
    elsewhere.opens().sees("Your key is not on this device").gives_backup("elsewhere")
    elsewhere.press("Restore").sees("The vote is closed: check and open")
    elsewhere.press("Check the record and release my share").sees("Your share is released")
    renewed(hall.session)
    hall.do(services.count)

    [counted] = json.loads(result_of(hall.session, hall.vote))["questions"]
    assert (counted["winners"], counted["totals"]) == (["yes"], [2, 1])
    found = verdicts(verify(str(guarded.record(tmp_path))))
    assert [each.code for each in found if each.ok is not True] == []
    assert len(found) == 40
    second.opens().sees("The result is out")
    for each in (*three, elsewhere):
        assert each.device.wrong == []


def test_a_bad_share_is_shown_with_its_sender_and_proven(trustee_of, hall):
    """A55: the receiver is asked before the proof is published."""
    trustee = trustee_of(1)
    guarded = trustee.guarded
    trustee.opens().press("Make my key").sees("Your key is registered")
    guarded.register(2, 3)
    renewed(hall.session)
    hall.do(services.announce)
    trustee.sees("The ceremony")
    trustee.page.get_by_text(f"Waiting for: {TRUSTEES[1]}, {TRUSTEES[2]}").wait_for()
    assert trustee.faults() == []
    guarded.step(2, 3)
    trustee.page.locator("[data-round='1'].good").wait_for()
    guarded.deal_badly(2, 1)
    guarded.step(3)
    trustee.sees("A share is not right")
    trustee.page.get_by_text(f"What {TRUSTEES[1]} dealt to you").wait_for()
    trustee.press("Publish the proof and end the ceremony").sees("The ceremony has ended")
    assert guarded.setup().blamed == 2
    trustee.page.get_by_text(f"{TRUSTEES[1]} dealt a share that is not right").first.wait_for()
    assert trustee.faults() == []


def test_wrong_words_and_files_are_explained(trustee_of, hall):
    trustee = trustee_of(1, viewport={"width": 390, "height": 844})
    trustee.opens().press("Make my key").sees("Your key is registered")
    other = trustee_of(1)
    other.opens().sees("Your key is not on this device").press("Restore")
    other.page.get_by_text("Please choose a file").wait_for()
    other.backup = other.files / "no.suara-key"
    other.backup.write_text("{}")
    other.gives_backup("elsewhere").press("Restore")
    other.page.get_by_text("This is not a backup file, or it is damaged").wait_for()
    assert other.faults() == []


def test_a_page_that_is_closed_in_between_goes_on(trustee_of, hall):
    """Nothing is said twice, and nothing is lost."""
    trustee = trustee_of(1)
    guarded = trustee.guarded
    trustee.opens().press("Make my key").sees("Your key is registered")
    guarded.register(2, 3)
    renewed(hall.session)
    hall.do(services.announce)
    for screen in ("The ceremony", "The ceremony", "Save your backup"):
        trustee.opens().sees(screen).opens().sees(screen)
        guarded.step(2, 3)
    trustee.opens().sees("Save your backup")
    assert len(guarded.setup().payloads) == 1 + 1 + 9


def test_a_new_link_finds_the_key_on_the_same_device(trustee_of, hall):
    trustee = trustee_of(1)
    guarded = trustee.guarded
    trustee.opens().press("Make my key").sees("Your key is registered")
    link = services.trustees.renew_link(hall.session, hall.vote, 1)
    hall.session.commit()
    assert trustee.page.goto(trustee.page.url).status == 404
    guarded.links = (link, *guarded.links[1:])
    trustee.opens().sees("Your key is registered")
    renewed(hall.session)
    assert services.trustees.named(hall.session, hall.vote)[0].key is not None
