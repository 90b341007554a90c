"""A voter with a phone: presses the buttons of the check-in page and of the booth."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from sqlmodel import Session

from participation.accounts.queries import account
from participation.votes.proposal import Counting, Measures, Proposal, Rule, Windows
from tests.journeys import judging
from tests.journeys.living import Device, Live
from tests.participation.people import MORNING, make_person
from tests.participation.votes.hall import (
    CHECK_IN_CLOSES,
    CLOSES,
    NAMES,
    OPENS,
    PARKS,
    PROPOSAL,
    Hall,
    address,
)

ALONE = Measures(epoch_seconds=60, batch_min=1, max_revisions=3, min_group=2)
"""One ballot is a batch, so that a test need not vote for others."""

STREET = replace(PROPOSAL, measures=ALONE)
LATER = replace(STREET, windows=Windows(OPENS, CHECK_IN_CLOSES, CHECK_IN_CLOSES, CLOSES))
"""Voting opens when check-in closes: the best that the light kind can do for secrecy."""

RANKED = replace(PARKS, counting=Counting(Rule.INSTANT_RUNOFF), measures=ALONE)
APPROVED = replace(PARKS, counting=Counting(Rule.APPROVAL, most_marks=2), measures=ALONE)
STRANGER = "fajar"


@contextmanager
def open_hall(live: Live, proposal: Proposal = STREET, *, is_voting: bool = True) -> Iterator[Hall]:
    """A vote that is open, with an account for everybody on its roll and for a stranger.

    Without `is_voting` only check-in is.
    """
    with live.database.session() as session:
        hall = Hall.of(session, live.app.extensions["suara-ballots"], live.clock)
        for name in (*NAMES, STRANGER):
            settle(session, name)
        if not is_voting:
            hall.freeze(proposal)
            live.clock.moment = OPENS
        yield hall.open(proposal) if is_voting else hall


def settle(session: Session, name: str) -> None:
    """An account with a confirmed address for somebody on the roll."""
    actor = make_person(session, name.title(), email=address(name))
    account(session, actor.id).confirmed_at = MORNING
    session.commit()


@dataclass
class Voter:
    """One person's way through one vote; saved files lie in `files`."""

    hall: Hall
    device: Device
    files: Path

    @property
    def page(self) -> Any:
        """The open tab."""
        return self.device.page

    def made_hasty(self) -> Self:
        """Lets this device's pauses between two tries pass fifty times as fast."""
        self.device.context.add_init_script(
            "const wait = setTimeout; setTimeout = (act, pause) => wait(act, pause / 50);"
        )
        return self

    def sees(self, heading: str) -> Self:
        """Waits for a screen by its heading; the focus must be on it, for those who listen."""
        self.device.sees(heading)
        assert self.page.evaluate("document.activeElement.textContent").strip() == heading
        return self

    def press(self, words: str) -> Self:
        """Presses a button or link."""
        self.device.press(words)
        return self

    def go_to_check_in(self) -> Self:
        """Opens the check-in page."""
        self.page.goto(f"/en/votes/{self.hall.vote.slug}/check-in")
        return self

    def go_to_booth(self) -> Self:
        """Opens the booth by its address."""
        self.page.goto(f"/en/cast/{self.hall.vote.eid}")
        return self

    def make_key(self) -> Self:
        """From the first screen to the one that offers a copy of the key."""
        self.go_to_check_in().sees("Voting takes three steps").press("Begin")
        self.sees("Is this you?").press("Yes, this is me")
        return self.sees("Keep a copy of your key")

    def check_in(self) -> Self:
        """Everything until the registrar has signed."""
        self.make_key().press("Go on without a copy").sees("Now check in").press("Check in")
        return self.sees("You have checked in")

    def enter_booth(self) -> Self:
        """By the link that the check-in page ends with."""
        self.press("To the booth")
        self.page.get_by_role("group").first.wait_for()
        return self

    def choose(self, *options: str) -> Self:
        """Ticks options."""
        for option in options:
            self.page.get_by_text(option, exact=True).click()
        return self

    def is_ticked(self, option: str) -> bool:
        """Whether an option is chosen, once the fields are there."""
        field = self.page.get_by_role("radio", name=option)
        field.wait_for()
        return bool(field.is_checked())

    def send(self) -> Self:
        """Looks once more and sends."""
        self.press("Look again before sending").sees("Is this what you want to say?")
        return self.press("Send my vote").sees("Your vote is in the box")

    def says(self, words: str) -> Self:
        """Waits until the page says this where people see it."""
        self.page.get_by_text(words).locator("visible=true").first.wait_for()
        return self

    def saved(self, button: str) -> Path:
        """The file that a button lets the browser save."""
        with self.page.expect_download() as download:
            self.press(button)
        place = self.files / download.value.suggested_filename
        download.value.save_as(place)
        return place

    @property
    def code(self) -> str:
        """The tracking code on the page."""
        return str(self.page.locator(".code:visible").inner_text())

    def faults(self) -> list[str]:
        """What the judges find on the screen that is shown, light and dark."""
        judging.learn_axe(self.page)
        told = [*judging.axe(self.page), *judging.dark(self.page), *judging.narrow(self.page)]
        return [*told, *judging.identity(self.page, "en")]
