"""Takes a picture of every page, in a demonstration site that it starts for the purpose.

All of them go to var/screenshots/, the few that the README shows to docs/images/.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page
from sqlmodel import col, select

from participation import migrating
from participation.comments.models import Comment
from participation.consultations.models import Consultation
from participation.core.db import Database
from participation.demo.people import sign_ins
from participation.demo.prepare import prepare
from participation.settings import Settings, read_settings
from participation.simulation.local import free_port, running
from participation.votes.models import Vote
from participation.votes.rules import State
from scripts.pictures import beside, shrink
from tests.chromium import running_chromium

ROOT = Path(__file__).resolve().parent.parent
ALL = ROOT / "var" / "screenshots"
SHOWN = ROOT / "docs" / "images"
MOST_BYTES = 150_000
WIDTHS = {390: 844, 1280: 900}
ENGLISH = ("home", "consultation", "vote-open", "vote-result", "verify")
DARK = ("home", "clause")
COMMENTED = "pasal-7-ayat-2"
TOUR = ("reader-home-390", "reader-clause-390", "voter-6-choose-390")

Pages = Sequence[tuple[str, str]]
"""Names and addresses."""


@dataclass(frozen=True)
class City:
    """A running demonstration, and the addresses in it that only its database knows."""

    origin: str
    consultation: str
    comment: str
    open: str
    eid: str
    finished: str

    @property
    def talk(self) -> str:
        """Where the consultation is."""
        return f"/consultations/{self.consultation}"

    def pages(self) -> Mapping[str, Pages]:
        """The pages by who looks at them; an empty key is a reader."""
        return {
            "": self.of_readers(),
            "sri": self.of_residents(),
            "ratna": self.of_officers(),
            "dimas": self.of_organisers(),
        }

    def of_readers(self) -> Pages:
        """What everybody sees."""
        return (
            ("home", "/"),
            ("consultations", "/consultations"),
            ("consultation", self.talk),
            ("chapter", f"{self.talk}/chapters/2"),
            ("whole-text", f"{self.talk}/text"),
            ("clause", f"{self.talk}/clauses/{COMMENTED}"),
            ("thread", f"{self.talk}/comments/{self.comment}"),
            ("consultation-record", f"{self.talk}/record"),
            ("changes", "/changes"),
            ("moderation-log", "/moderation/log"),
            ("votes", "/votes"),
            ("vote-rules", "/votes/rules"),
            ("vote-open", f"/votes/{self.open}"),
            ("vote-finished", f"/votes/{self.finished}"),
            ("vote-result", f"/votes/{self.finished}/result"),
            ("verify", "/verify"),
            ("data", "/data"),
            ("privacy", "/privacy"),
            ("accessibility", "/accessibility"),
            ("sign-in", "/sign-in"),
            ("register", "/register"),
            ("forgotten", "/forgotten-password"),
            ("language", "/language"),
            ("not-found", "/no-such-page"),
            ("booth-without-key", f"/cast/{self.eid}"),
        )

    def of_residents(self) -> Pages:
        """What a resident sees besides."""
        return (
            ("account", "/account"),
            ("clause", f"{self.talk}/clauses/pasal-15-ayat-1"),
            ("vote-open", f"/votes/{self.open}"),
            ("sign-out", "/sign-out"),
        )

    def of_officers(self) -> Pages:
        """The desk of consultations."""
        desk = "/desk/consultations"
        here = f"{desk}/{self.consultation}"
        return (
            ("desk", desk),
            ("desk-all-waiting", "/desk/waiting"),
            ("desk-families", f"{here}/families"),
            ("desk-new", f"{desk}/new"),
            ("desk-manage", here),
            ("desk-details", f"{here}/details"),
            ("desk-text", f"{here}/text"),
            ("desk-waiting", f"{here}/waiting"),
            ("desk-answer", f"{here}/comments/{self.comment}/answer"),
        )

    def of_organisers(self) -> Pages:
        """The desk of votes."""
        desk = "/desk/votes"
        return (
            ("desk", desk),
            ("desk-new", f"{desk}/new"),
            ("desk-manage-open", f"{desk}/{self.open}"),
            ("desk-manage-finished", f"{desk}/{self.finished}"),
            ("desk-roll", f"{desk}/{self.open}/roll"),
        )


def main() -> None:
    """Takes all pictures."""
    shutil.rmtree(ALL, ignore_errors=True)
    ALL.mkdir(parents=True)
    begun = time.monotonic()
    with city() as found, running_chromium() as browser:
        for width in WIDTHS:
            take_pages(browser, found, width)
            take_voter(browser, found, width)
        show_few(browser)
    number = len(list(ALL.glob("*.png")))
    print(f"{number} pictures in {ALL.relative_to(ROOT)}, {time.monotonic() - begun:.0f} s")


@contextmanager
def city() -> Iterator[City]:
    """A demonstration of its own, answering until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="suara-screenshots-") as folder:
        port = free_port()
        settings = read_settings(
            var=Path(folder),
            database=f"sqlite:///{folder}/suara.sqlite3",
            origin=f"http://127.0.0.1:{port}",
            port=port,
            environment="development",
        )
        migrating.upgrade(settings.database_url)
        prepare(settings)
        offset = Path(folder) / "seconds-ahead"
        offset.write_text("0")
        with running(settings, offset):
            yield look_up(settings)


def look_up(settings: Settings) -> City:
    """The addresses that the database knows."""
    database = Database(settings.database_url)
    with database.session() as rows:
        consultation = rows.exec(select(Consultation)).one()
        waiting = select(Comment).where(
            col(Comment.thread_id).is_(None), col(Comment.answer_id).is_(None)
        )
        comment = rows.exec(waiting.order_by(col(Comment.written_at))).first()
        votes = {State(vote.state): vote for vote in rows.exec(select(Vote))}
    database.close()
    return City(
        origin=settings.origin,
        consultation=consultation.slug,
        comment=str(comment.id if comment else ""),
        open=votes[State.OPEN].slug,
        eid=votes[State.OPEN].eid or "",
        finished=votes[State.COUNTED].slug,
    )


def take_pages(browser: Browser, found: City, width: int) -> None:
    """Every page in Indonesian, a few in English, two in the dark."""
    for key, pages in found.pages().items():
        context = device(browser, found, width)
        page = context.new_page()
        if key:
            sign_in(page, key)
        for name, address in pages:
            take(page, address, f"{key or 'reader'}-{name}-{width}")
        context.close()
    readers = dict(found.of_readers())
    for context, names, mark in (
        (device(browser, found, width, locale="en-GB"), ENGLISH, "en"),
        (device(browser, found, width, color_scheme="dark"), DARK, "dark"),
    ):
        page = context.new_page()
        for name in names:
            language = "en" if mark == "en" else "id"
            take(page, readers[name], f"reader-{name}-{width}-{mark}", language)
        context.close()


def take_voter(browser: Browser, found: City, width: int) -> None:
    """Each screen from checking in to the receipt; every width has a voter of its own."""
    context = device(browser, found, width)
    page = context.new_page()
    sign_in(page, {390: "sri", 1280: "yoga"}[width])
    page.goto(f"/id/votes/{found.open}/check-in")
    steps = (
        ("1-welcome", "begin"),
        ("2-row", "mine"),
        ("3-keep", "without-copy"),
        ("4-ask", "check-in"),
        ("5-checked-in", "booth"),
        ("6-choose", "review"),
        ("7-review", "send"),
    )
    for name, act in steps:
        button = page.locator("[data-booth]" if act == "booth" else f"[data-act={act}]")
        button.locator("visible=true").first.wait_for()
        if name == "6-choose":
            page.locator("[data-slot=questions] label").first.click()
        snap(page, f"voter-{name}-{width}")
        button.locator("visible=true").first.click()
    page.locator("[data-slot=code]").locator("visible=true").wait_for()
    snap(page, f"voter-8-done-{width}")
    context.close()


def device(browser: Browser, found: City, width: int, **options: str) -> BrowserContext:
    """A fresh browser of this width."""
    chosen: dict[str, object] = {"locale": "id-ID", **options}
    size = {"width": width, "height": WIDTHS[width]}
    context = browser.new_context(base_url=found.origin, viewport=size, **chosen)
    context.set_default_timeout(60_000)
    return context


def sign_in(page: Page, key: str) -> None:
    """Signs one of the demonstration's people in."""
    person = next(each for each in sign_ins() if each.email.startswith(f"{key}@"))
    page.goto("/id/sign-in")
    page.locator("#email").fill(person.email)
    page.locator("#password").fill(person.password)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def take(page: Page, address: str, name: str, language: str = "id") -> None:
    """Opens a page and takes its picture."""
    answer = page.goto(f"/{language}{address}")
    if answer is None or (answer.status >= 400 and "not-found" not in name):  # noqa: PLR2004 - HTTP
        sys.exit(f"{address}: {answer.status if answer else 'no answer'}")
    snap(page, name)


def snap(page: Page, name: str) -> None:
    """The whole page as it stands, in a file."""
    page.evaluate("document.fonts.ready.then(() => null)")
    page.screenshot(path=ALL / f"{name}.png", full_page=True, animations="disabled")


def show_few(browser: Browser) -> None:
    """The picture of the README: three screens side by side, small enough for a page."""
    SHOWN.mkdir(parents=True, exist_ok=True)
    page = browser.new_page()
    screens = [(ALL / f"{name}.png").read_bytes() for name in TOUR]
    picture = shrink(page, beside(page, screens, height=WIDTHS[390]))
    if len(picture) > MOST_BYTES:
        sys.exit(f"docs/images/tour.png has {len(picture)} bytes, more than {MOST_BYTES}")
    (SHOWN / "tour.png").write_bytes(picture)
    page.close()


if __name__ == "__main__":
    main()
