"""The simulated organiser: draws a vote up and takes every step of it, on the pages of the desk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from participation.simulation.browser import Browser
from participation.simulation.choices import Poll
from participation.simulation.wire import Unexpected
from participation.votes.proposal import Counting

_ROLL = re.compile(r"/desk/votes/(?P<slug>[a-z0-9-]+)/roll")
_MANIFEST = re.compile(r"/elections/(?P<eid>[A-Za-z0-9_-]{43})/record/manifest\.json")
_DESK = "/en/desk/votes"


@dataclass(frozen=True, slots=True)
class Times:
    """What is promised to voters: moments, aware."""

    check_in_opens: datetime
    check_in_closes: datetime
    voting_opens: datetime
    voting_closes: datetime


class Organiser:
    """An organiser who is signed in."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    @classmethod
    def signing_in(cls, origin: str, email: str, password: str) -> "Organiser":
        """An organiser who goes through the sign-in page; raises `Unexpected` if refused."""
        browser = Browser(origin)
        sign_in(browser, email, password)
        return cls(browser)

    def draw_up(self, poll: Poll, times: Times, *, epoch_seconds: int) -> str:
        """Draws a vote up as the poll says; the last part of its address."""
        page = self._browser.visit(f"{_DESK}/new")
        names = ("check_in_opens", "check_in_closes", "voting_opens", "voting_closes")
        shown = self._browser.send(
            page,
            page.form(has="organiser"),
            organiser="Simulasi",
            title_id=poll.title,
            about_id="Pemungutan suara yang dijalankan oleh suara simulate.",
            electorate_id="Pemilih buatan",
            question_id=poll.title,
            options_id="\n".join(poll.options),
            rule=poll.rule,
            epoch_seconds=str(epoch_seconds),
            min_group="2",
            **_fields(poll.counting),
            **{name: getattr(times, name).isoformat() for name in names},
        )
        found = _ROLL.search(shown.address)
        if found is None:
            raise Unexpected(0, "page", f"the vote was not drawn up: {shown.address}")
        return found["slug"]

    def set_roll(self, slug: str, voter_ids: Sequence[str]) -> None:
        """Hands the roll in, as a list of addresses."""
        page = self._browser.visit(f"{_DESK}/{slug}/roll")
        self._browser.send(
            page, page.form(has="pasted"), pasted="\n".join(["voter_id", *voter_ids])
        )

    def take(self, slug: str, *steps: str) -> None:
        """Presses the buttons of these steps: announce, freeze, open, close-check-in, ..."""
        for step in steps:
            page = self._browser.visit(f"{_DESK}/{slug}")
            self._browser.send(page, page.form(action=f"/{slug}/{step}"))

    def eid(self, slug: str) -> str:
        """The election's name (base64url), from the public page of the frozen vote."""
        page = self._browser.visit(f"/en/votes/{slug}")
        found = _MANIFEST.search(page.text)
        if found is None:
            raise Unexpected(0, "page", f"{page.address} names no election")
        return found["eid"]


def _fields(counting: Counting) -> dict[str, str]:
    """What the form asks about money, marks and seats; it passes over what the rule lacks."""
    fields = {"max_score": str(counting.max_score), "seats": str(counting.seats)}
    spending = counting.spending
    if spending is None:
        return fields
    return fields | {
        "budget": str(spending.budget),
        "currency": spending.currency,
        "costs": "\n".join(map(str, spending.costs)),
        "completion_step": str(spending.completion_step or ""),
    }


def sign_in(browser: Browser, email: str, password: str) -> None:
    """Goes through the sign-in page; raises `Unexpected` if refused."""
    page = browser.visit("/en/sign-in")
    browser.send(page, page.form(has="password"), email=email, password=password)
