"""A running site of somebody's: its people sign in, and its windows are waited for."""

import csv
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from participation.core.clock import system_clock
from participation.simulation.browser import Browser
from participation.simulation.organiser import Times, sign_in
from participation.simulation.sessions import SignedIn

_COLUMNS = ("email", "password")
_ACCOUNT = "/en/account"


@dataclass(frozen=True, slots=True)
class Known:
    """A person with an account there."""

    email: str
    password: str


@dataclass(frozen=True, slots=True)
class RemoteSite:
    """A site that answers at `origin` and has the same time as this machine.

    An election there is given so many `minutes` for check-in and casting together.
    """

    origin: str
    minutes: int

    def times(self) -> Times:
        """Everything open from now on, and closed at the same moment."""
        now = system_clock()
        ends = now + timedelta(minutes=self.minutes)
        return Times(check_in_opens=now, check_in_closes=ends, voting_opens=now, voting_closes=ends)

    def wait_until(self, moment: datetime) -> None:
        """Sleeps until then, and a little longer."""
        missing = (moment - system_clock()).total_seconds()
        if missing > -1:
            time.sleep(missing + 1)

    def sign_in(self, person: Known) -> SignedIn:
        """Goes through the sign-in page; raises `Unexpected` if refused."""
        browser = Browser(self.origin)
        sign_in(browser, person.email, person.password)
        form = browser.visit(_ACCOUNT).form(has="csrf_token")
        return SignedIn(person.email, browser.cookie, form.fields["csrf_token"])


def read_sign_ins(file: Path) -> tuple[Known, ...]:
    """The people in a CSV file with the columns email,password; raises ValueError with the line."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return tuple(_people(csv.reader(opened)))


def _people(lines: Iterator[list[str]]) -> Iterator[Known]:
    for number, cells in enumerate(lines, start=1):
        if number == 1 and tuple(cells) == _COLUMNS:
            continue
        if number == 1 or len(cells) != len(_COLUMNS):
            expected = ",".join(_COLUMNS)
            raise ValueError(f"line {number}: expected {expected}, not {','.join(cells)[:60]}")
        yield Known(*cells)
