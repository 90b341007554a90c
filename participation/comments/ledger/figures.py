"""Reads for the desk: how much waits and for whom, in several subjects, and how it went so far."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.accounts.queries import names_of
from participation.comments.ledger.queries import EVERYTHING, Wanted, counts, matches, waits
from participation.comments.models import Answer, Comment
from participation.comments.queries import Place, of, page
from participation.comments.rules import Order, Stance, Subject


@dataclass(frozen=True, slots=True)
class Numbers:
    """Comments that wait: all of them, those given to one officer, those given to nobody."""

    waiting: int = 0
    mine: int = 0
    untaken: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A waiting comment in a list over several subjects; `officer` is empty for nobody."""

    id: UUID
    subject_id: UUID
    place: str
    author: str
    stance: Stance
    body: str
    written_at: datetime
    officer: str


@dataclass(frozen=True, slots=True)
class Load:
    """How many waiting comments an officer considers, and how many they have answered."""

    officer_id: UUID
    name: str
    considering: int
    answered: int


@dataclass(frozen=True, slots=True)
class Point:
    """How many comments there were before a moment, and how many had their answer."""

    written: int
    answered: int


def waiting_numbers(
    session: Session, kind: str, ids: Collection[UUID], officer_id: UUID
) -> dict[UUID, Numbers]:
    """What waits in each of these subjects, in one query; subjects where nothing does are left."""
    officer = col(Comment.assignee_id)
    rows = session.execute(
        select(
            col(Comment.subject_id),
            func.count(),
            _number(officer == officer_id),
            _number(officer.is_(None)),
        )
        .where(*_about(kind, ids), *waits())
        .group_by(col(Comment.subject_id))
    )
    return {subject_id: Numbers(*found) for subject_id, *found in rows}


def number_waiting(
    session: Session, kind: str, ids: Collection[UUID], wanted: Wanted = EVERYTHING
) -> int:
    """How many of the comments asked for wait in these subjects."""
    asked = select(func.count()).select_from(Comment)
    number: int = session.execute(
        asked.where(*_about(kind, ids), *waits(), *matches(wanted))
    ).scalar_one()
    return number


def waiting_lines(
    session: Session,
    kind: str,
    ids: Collection[UUID],
    wanted: Wanted = EVERYTHING,
    *,
    after: Place | None = None,
    limit: int,
) -> list[Line]:
    """One page of what waits in these subjects, the longest waiting first: two queries."""
    query = (
        select(Comment, col(Account.name))
        .join(Account, col(Account.id) == col(Comment.author_id))
        .where(*_about(kind, ids), *waits(), *matches(wanted))
    )
    found = session.execute(page(query, Order.OLDEST, after, limit)).all()
    officers = names_of(session, {row.assignee_id for row, _author in found if row.assignee_id})
    return [_line(row, author, officers) for row, author in found]


def loads(session: Session, subject: Subject) -> list[Load]:
    """The officers who consider or have answered comments on a subject, by name: three queries."""
    considering = dict(
        session.execute(
            select(col(Comment.assignee_id), func.count())
            .where(*of(subject), *waits(), col(Comment.assignee_id).is_not(None))
            .group_by(col(Comment.assignee_id))
        ).all()
    )
    answered = dict(
        session.execute(
            select(col(Answer.author_id), func.count())
            .join(Comment, col(Comment.answer_id) == col(Answer.id))
            .where(*of(subject), *counts())
            .group_by(col(Answer.author_id))
        ).all()
    )
    names = names_of(session, considering.keys() | answered.keys())
    found = [
        Load(each, name, considering.get(each, 0), answered.get(each, 0))
        for each, name in names.items()
    ]
    return sorted(found, key=lambda load: (load.name, load.officer_id))


def course(session: Session, subject: Subject, moments: Sequence[datetime]) -> list[Point]:
    """How it stood before each of these moments, in one query whatever their number.

    Of comments that are shown now: what was withheld since is not counted for any moment.
    """
    sums = [
        _number(column < moment)
        for moment in moments
        for column in (col(Comment.written_at), col(Answer.written_at))
    ]
    if not sums:
        return []
    (row,) = session.execute(
        select(*sums)
        .select_from(Comment)
        .outerjoin(Answer, col(Answer.id) == col(Comment.answer_id))
        .where(*of(subject), *counts())
    ).all()
    return [Point(*row[place : place + 2]) for place in range(0, len(sums), 2)]


def _number(which: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows fulfil a condition."""
    return func.count(case((which, 1)))


def _about(kind: str, ids: Collection[UUID]) -> tuple[ColumnElement[bool], ...]:
    return col(Comment.subject_kind) == kind, col(Comment.subject_id).in_(ids)


def _line(row: Comment, author: str, officers: dict[UUID, str]) -> Line:
    return Line(
        id=row.id,
        subject_id=row.subject_id,
        place=row.place,
        author=author,
        stance=Stance(row.stance or ""),
        body=row.body,
        written_at=row.written_at,
        officer=officers.get(row.assignee_id, "") if row.assignee_id else "",
    )
