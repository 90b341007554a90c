"""A consultation with a record: on both databases for acts, in a folder for the verifier."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from ballots.verifier.beside import Beside
from ballots.verifier.verdict import Verdict
from participation.accounts.offline.services import make_author
from participation.comments.models import Comment
from participation.comments.receiving import Received, receive_comment
from participation.comments.rules import Passage, Source, Stance
from participation.consultations.models import Consultation
from participation.consultations.queries import subject_of
from participation.core.db import Database
from participation.core.events import EventTag, record
from participation.record import queries
from participation.record.models import RecordLog
from participation.record.services import keep_records, keyring_of, receipt_of
from participation.record.services.files import Record, snapshot
from participation.record.verifying.report import verdicts
from participation.record.verifying.verification import Verification, verify
from tests.factories.consultations import NOW, TODAY, City

SECRETS = ["a secret of the site, for tests only", "and the one before it"]
AUTHORITY = "lembayung.example"


def say_nothing(_stage: str, _done: int, _total: int) -> None:
    """The progress of a test."""


@dataclass
class Town:
    """A city whose consultations have records. Every act is committed."""

    database: Database
    session: Session
    city: City = field(init=False)
    found: Consultation = field(init=False)

    def __post_init__(self) -> None:
        self.city = City(self.session)
        self.found = self.city.opened()
        self.session.commit()

    def comment(self, body: str = "Kami setuju.", **more: Any) -> Comment:
        """A comment on the consultation."""
        made = self.city.comment(self.found, body, **more)
        self.session.commit()
        return made

    def happen(self, tag: EventTag | str, comment: Comment, minutes: int = 5, **told: str) -> None:
        """An event about a comment, as the feature that does the act would record it."""
        event = record(
            self.session,
            EventTag.COMMENTS_COMMENT_WRITE,
            at=NOW.replace(minute=minutes),
            actor=self.city.officer,
            subject=("comment", comment.id),
            details={"of": f"consultation:{self.found.id}", **told},
        )
        event.tag = str(tag)
        self.session.commit()

    def tick(self) -> None:
        """The minute's work, in a transaction of its own."""
        self.session.commit()
        with self.database.transaction() as opened:
            keep_records(opened, keyring_of(SECRETS), AUTHORITY)
        self.session.expire_all()

    def log(self) -> RecordLog:
        """The log as it is stored now."""
        self.session.expire_all()
        return queries.begun_log(self.session, self.found.id)

    def files(self) -> dict[str, bytes]:
        """The record as it is served now."""
        with snapshot(self.database) as opened:
            served = Record(opened, queries.begun_log(opened, self.found.id))
            return {path: b"".join(served.read(path).pieces) for path in served.paths()}

    def receipt(self, comment: Comment) -> bytes:
        """The receipt of the comment's author."""
        author = self.city.resident
        return receipt_of(self.session, author, self.found.id, comment.id)


@pytest.fixture
def store(database: Database) -> Iterator[Session]:
    """A session on SQLite, then on PostgreSQL."""
    with database.session() as opened:
        yield opened


@pytest.fixture
def town(database: Database, store: Session) -> Town:
    """An open consultation on both databases."""
    return Town(database, store)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Town]:
    """The same on SQLite only, for what does not depend on the database."""
    database = Database(f"sqlite:///{tmp_path / 'village.sqlite3'}")
    database.create_tables()
    with database.session() as opened:
        yield Town(database, opened)
    database.close()


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a small record in which everything has happened."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('whole') / 'whole.sqlite3'}")
    database.create_tables()
    with database.session() as opened:
        files = fill(Town(database, opened)).files()
    database.close()
    return files


def fill(town: Town) -> Town:
    """Lets everything happen once that a record knows."""
    comments = [town.comment(f"Usul nomor {n}.", minutes=n) for n in range(7)]
    first, edited, redacted, withdrawn, removed, restored, erased = comments
    town.city.reply(town.found, first, minutes=9)
    town.city.answer(town.found, first, edited)
    town.tick()
    grounds = {"rule": "privacy", "reason": "Nomor telepon orang lain."}
    town.happen(EventTag.COMMENTS_COMMENT_EDIT, edited)
    town.happen(EventTag.COMMENTS_COMMENT_REDACT, redacted)
    town.happen(EventTag.COMMENTS_COMMENT_WITHDRAW, withdrawn)
    town.happen(EventTag.COMMENTS_COMMENT_REMOVE, removed, **grounds)
    town.happen(EventTag.COMMENTS_COMMENT_REMOVE, restored, **grounds)
    town.happen(EventTag.COMMENTS_COMMENT_RESTORE, restored, minutes=6)
    town.happen(EventTag.COMMENTS_COMMENT_ERASE, erased)
    receive(town)
    held = town.comment("Banyak tautan.", minutes=8)
    town.happen(EventTag.COMMENTS_COMMENT_HOLD, held, minutes=9)
    town.tick()
    return town


def receive(town: Town) -> None:
    """A contribution that came on paper."""
    passage = Passage(subject_of(town.found), "pasal-3", 1)
    received = Received(Stance.IDEA, "Dari kertas.", Source.PAPER, TODAY, "kertas")
    author = make_author(town.session, "Mbah Karto", NOW)
    officer = town.city.officer
    receive_comment(town.session, officer, passage, received, author_id=author.id, now=NOW)


def write(files: dict[str, bytes], folder: Path) -> Path:
    """The files, laid into a folder."""
    for path, octets in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(octets)
    return folder


def check(folder: Path, beside: Beside | None = None) -> Verification:
    """What the verifier finds in a folder."""
    return verify(str(folder), beside or Beside(), progress=say_nothing)


def failing(folder: Path, beside: Beside | None = None) -> set[str]:
    """The codes that fail."""
    return {each.code for each in outcomes(folder, beside) if each.ok is False}


def outcomes(folder: Path, beside: Beside | None = None) -> list[Verdict]:
    """All verdicts."""
    return verdicts(check(folder, beside))


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """Lays a record into an empty folder of its own."""
    made = iter(range(1000))
    return lambda files: write(files, tmp_path / f"record-{next(made)}")
