"""A consultation with as many comments as asked for, and what else the pages of everyday show.

The rows are written without the acts that would make them: only their number, their words and how
they hang together matter. Every second comment has replies, every fourth an answer, every tenth a
flag. The words are those of the Decide Madrid comments where they lie beside the repository, else
made up.
"""

import csv
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, text
from sqlmodel import Session

from participation.comments.models import Answer, Comment
from participation.consultations import services
from participation.consultations.models import Consultation
from participation.consultations.rules import Step
from participation.consultations.services import Moment
from participation.core.access import Actor, Role
from participation.core.db import Database
from participation.core.events import Event, EventTag
from participation.moderation.models import Flag
from participation.search.queries import mark
from participation.search.services import minute
from participation.votes import services as votes
from participation.votes.models import Vote
from tests.factories.consultations import City
from tests.participation.people import make_person
from tests.participation.votes.hall import PROPOSAL
from tests.places import SHARED_DATA

MADRID = SHARED_DATA / "consultation" / "decide-madrid-comments.csv"
CLAUSE = "pasal-2-ayat-1"
VOTES = 1000
PEOPLE = 40
CHUNK = 2000
STANCES = ("support", "concern", "question", "idea")
NOW = datetime.now(UTC).replace(microsecond=0)
BODY_LENGTH = 5000

Values = dict[str, Any]
_seconds = itertools.count(1)


@dataclass(frozen=True)
class Filled:
    """What the database holds: a consultation, and people who read it."""

    slug: str
    consultation_id: UUID
    officer: Actor
    moderator: Actor
    resident: Actor
    talkative: UUID
    """The comment with the most replies."""


def fill(session: Session, database: Database, comments: int) -> Filled:
    """A consultation with comments on one clause, votes, and flags for the moderators."""
    city = City(session)
    found = opened(session, city)
    organiser = make_person(session, "Panitia", Role.ORGANISER, email="panitia@example.id")
    moderator = make_person(session, "Made", Role.MODERATOR, email="made@example.id")
    session.flush()
    written = write_comments(session, found, neighbours(city), comments)
    write_flags(session, city.resident.id, written[::10])
    write_votes(session, organiser)
    session.commit()
    settle(session, database)
    return Filled(
        found.slug, found.id, city.officer, moderator, city.resident, written[1]
    )  # fmt: skip


def opened(session: Session, city: City) -> Consultation:
    """A consultation that is open today."""
    found = city.announced()
    today = date.today()  # noqa: DTZ011 - any day within the consultation's
    found.opens_on, found.closes_on = today - timedelta(days=9), today + timedelta(days=9)
    services.take_step(session, city.officer, found, Step.OPEN, Moment(NOW, today))
    return found


def settle(session: Session, database: Database) -> None:
    """The search index, minute by minute, and the figures that the database plans by."""
    before, now = None, object()
    while now != before:
        with database.transaction() as later:
            minute(later, NOW + timedelta(days=365))
            reached = mark(later)
            before, now = now, reached and reached.event_id
    session.execute(text("ANALYZE"))
    session.commit()


def neighbours(city: City) -> list[UUID]:
    """People who write."""
    return [city.person(f"Warga {number}", Role.RESIDENT).id for number in range(PEOPLE)]


def write_comments(
    session: Session,
    found: Consultation,
    people: Sequence[UUID],
    count: int,
    places: Sequence[str] = (CLAUSE,),
) -> list[UUID]:
    """First comments with their replies and answers; the ids of the first comments.

    There are about as many replies; the second comment has a page and more of them.
    """
    answers = write_answers(session, people[0])
    ids: list[UUID] = []
    for start in range(0, count, CHUNK):
        numbers = range(start, min(start + CHUNK, count))
        firsts = [
            first | {"place": places[number % len(places)]}
            for number, first in zip(numbers, _firsts(found, people, answers, numbers), strict=True)
        ]
        session.execute(insert(Comment), firsts)
        replies = list(_replies(firsts, people, start))
        if replies:
            session.execute(insert(Comment), replies)
        write_events(session, [*firsts, *replies])
        ids += [first["id"] for first in firsts]
    session.commit()
    return ids


def write_events(session: Session, comments: Sequence[Values]) -> None:
    """That these comments were written: the search index learns of them by this.

    A second apart, because the index takes the last two minutes in again at each step.
    """
    tag = EventTag.COMMENTS_COMMENT_WRITE.value
    rows = [
        {"id": uuid4(), "at": NOW + timedelta(seconds=next(_seconds)), "tag": tag,
         "actor_id": each["author_id"], "subject_kind": "comment", "subject_id": str(each["id"]),
         "details": {"place": each["place"], "of": f"consultation:{each['subject_id']}"}}
        for each in comments
    ]  # fmt: skip
    session.execute(insert(Event), rows)


def write_answers(session: Session, author_id: UUID) -> list[UUID]:
    """Twenty official answers."""
    written = {"author_id": author_id, "name": "Ratna", "office": "Dinas Air", "reason": "adopted"}
    said = bodies()
    rows = [
        written | {"id": uuid4(), "body": said[number % len(said)], "written_at": NOW}
        for number in range(20)
    ]
    session.execute(insert(Answer), rows)
    return [row["id"] for row in rows]


def write_flags(session: Session, account_id: UUID, comment_ids: Sequence[UUID]) -> None:
    """A flag of one person on each of these comments."""
    rows = [
        {"id": uuid4(), "comment_id": each, "account_id": account_id, "rule": "insult",
         "at": NOW - timedelta(seconds=number)}
        for number, each in enumerate(comment_ids)
    ]  # fmt: skip
    session.execute(insert(Flag), rows)


def write_votes(session: Session, organiser: Actor) -> None:
    """Announced votes as the list shows them; they have no elections."""
    drawn = votes.draw_up(session, organiser, PROPOSAL, NOW).model_dump()
    drawn |= {"state": "announced", "announced_at": NOW}
    opens = NOW + timedelta(days=1)
    rows = [
        drawn
        | {
            "id": uuid4(),
            "slug": f"vote-{number}",
            "voting_closes_at": opens + timedelta(days=7, seconds=number),
        }
        for number in range(VOTES)
    ]
    session.execute(insert(Vote), rows)


def bodies() -> list[str]:
    """What people say: in Madrid, or made up."""
    if MADRID.exists():
        with MADRID.open(newline="") as file:
            return [
                row["text"][:BODY_LENGTH] for row in csv.DictReader(file) if row["text"].strip()
            ]
    drawn = random.Random(1)  # noqa: S311 - the same words at each run
    words = "sumur air warga timba kebersihan pagi anak jalan kelurahan jadwal biaya izin".split()  # noqa: SIM905
    return [" ".join(drawn.choices(words, k=drawn.randint(8, 90))) for _ in range(1000)]


def _firsts(
    found: Consultation, people: Sequence[UUID], answers: Sequence[UUID], numbers: range
) -> Iterator[Values]:
    said = bodies()
    for number in numbers:
        yield {
            "id": uuid4(),
            "subject_kind": "consultation",
            "subject_id": found.id,
            "place": CLAUSE,
            "edition": 1,
            "author_id": people[number % len(people)],
            "form_key": uuid4().hex,
            "stance": STANCES[number % len(STANCES)],
            "body": said[number % len(said)],
            "written_at": NOW - timedelta(seconds=number),
            "agreements": number % 31,
            "answer_id": answers[number % len(answers)] if number % 4 == 0 else None,
        }


def _replies(firsts: Sequence[Values], people: Sequence[UUID], start: int) -> Iterator[Values]:
    said = bodies()
    for number, first in enumerate(firsts, start):
        count = 60 if number == 1 else number % 5 if number % 2 else 0
        for each in range(count):
            yield first | {
                "id": uuid4(),
                "form_key": uuid4().hex,
                "author_id": people[(number + each + 1) % len(people)],
                "stance": None,
                "answer_id": None,
                "thread_id": first["id"],
                "reply_to_id": first["id"],
                "body": said[(number + each) % len(said)],
                "written_at": first["written_at"] + timedelta(milliseconds=each),
            }
