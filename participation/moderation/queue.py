"""Reads: what waits for a moderator, in the order of its urgency, page by page.

appeals, those due soonest first: so the overdue ones stand at the top
held comments, the longest waiting first
flagged comments, the most flagged first, the newest where as many flagged
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session, col

from participation.comments.models import Comment
from participation.comments.standing.models import Withholding
from participation.comments.standing.queries import is_shown
from participation.comments.standing.rules import Withheld
from participation.consultations.models import Consultation
from participation.moderation.models import Appeal, Flag
from participation.moderation.queries import is_about

APPEALS, HELD, FLAGGED = range(3)
"""The parts of the queue, in its order."""


@dataclass(frozen=True, slots=True)
class OpenAppeal:
    """An appeal that nobody has decided yet."""

    id: UUID
    made_at: datetime
    due_at: datetime
    removed_by: UUID
    body: str
    title: str


@dataclass(frozen=True, slots=True)
class Held:
    """A comment that waits for a moderator's look."""

    comment_id: UUID
    at: datetime
    body: str
    title: str


@dataclass(frozen=True, slots=True)
class Pile:
    """The open flags of one comment."""

    comment_id: UUID
    flags: int
    newest: datetime
    body: str
    title: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Where in the queue something stands: its part of the queue, then what orders that part."""

    part: int
    at: datetime
    id: UUID
    flags: int = 0


Waiting = OpenAppeal | Held | Pile


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which parts of the queue are asked for; of appeals those that `judge` may decide.

    Nobody decides about a removal of their own. `due_before` leaves out what is due later.
    """

    parts: frozenset[int] = frozenset({APPEALS, HELD, FLAGGED})
    judge: UUID | None = None
    due_before: datetime | None = None


EVERYTHING = Wanted()


def queue(
    session: Session, wanted: Wanted = EVERYTHING, *, after: Turn | None = None, limit: int
) -> list[Waiting]:
    """One page of what waits: three queries at most."""
    found: list[Waiting] = []
    for part, read in enumerate(_PARTS):
        is_before = after is not None and part < after.part
        if len(found) == limit or is_before or part not in wanted.parts:
            continue
        begin = after if after is not None and after.part == part else None
        found += read(session, wanted, after=begin, limit=limit - len(found))
    return found


def number(session: Session, wanted: Wanted = EVERYTHING) -> int:
    """How much of what is asked for waits: a query for each part."""
    every = (_number_of_appeals(wanted), _number_held(), _number_flagged())
    return sum(int(session.execute(every[part]).scalar_one()) for part in wanted.parts)


def turn_of(waiting: Waiting) -> Turn:
    """Where in the queue something stands."""
    if isinstance(waiting, OpenAppeal):
        return Turn(0, waiting.due_at, waiting.id)
    if isinstance(waiting, Held):
        return Turn(1, waiting.at, waiting.comment_id)
    return Turn(2, waiting.newest, waiting.comment_id, waiting.flags)


def open_appeals(
    session: Session, wanted: Wanted = EVERYTHING, *, after: Turn | None = None, limit: int
) -> list[OpenAppeal]:
    """Appeals that wait."""
    due, appeal_id = col(Appeal.due_at), col(Appeal.id)
    query = (
        select(
            appeal_id,
            col(Appeal.made_at),
            due,
            col(Appeal.removed_by),
            col(Appeal.body),
            col(Consultation.title),
        )
        .join(Comment, col(Comment.id) == col(Appeal.comment_id))
        .join(Consultation, is_about())
        .join(Withholding, col(Withholding.comment_id) == col(Comment.id))
        .where(*_is_open(wanted))
    )
    if after is not None:
        query = query.where((due > after.at) | ((due == after.at) & (appeal_id > after.id)))
    rows = session.execute(query.order_by(due, appeal_id).limit(limit))
    return [OpenAppeal(*row) for row in rows]


def held(
    session: Session, _wanted: Wanted = EVERYTHING, *, after: Turn | None = None, limit: int
) -> list[Held]:
    """Comments that wait for a look."""
    at, comment_id = col(Withholding.at), col(Comment.id)
    query = (
        select(comment_id, at, col(Withholding.body), col(Consultation.title))
        .select_from(Withholding)
        .join(Comment, comment_id == col(Withholding.comment_id))
        .join(Consultation, is_about())
        .where(col(Withholding.kind) == Withheld.WAITING.value)
    )
    if after is not None:
        query = query.where((at > after.at) | ((at == after.at) & (comment_id > after.id)))
    rows = session.execute(query.order_by(at, comment_id).limit(limit))
    return [Held(*row) for row in rows]


def flagged(
    session: Session, _wanted: Wanted = EVERYTHING, *, after: Turn | None = None, limit: int
) -> list[Pile]:
    """Comments with open flags."""
    count, newest, comment_id = func.count(), func.max(Flag.at), col(Comment.id)
    columns = (comment_id, col(Comment.body), col(Consultation.title))
    query = (
        select(comment_id, count, newest, *columns[1:])
        .select_from(Flag)
        .join(Comment, comment_id == col(Flag.comment_id))
        .join(Consultation, is_about())
        .where(col(Flag.settled_at).is_(None), is_shown())
        .group_by(*columns)
    )
    if after is not None:
        same = (newest == after.at) & (comment_id > after.id)
        rest = (count == after.flags) & ((newest < after.at) | same)
        query = query.having((count < after.flags) | rest)
    rows = session.execute(query.order_by(count.desc(), newest.desc(), comment_id).limit(limit))
    return [Pile(*row) for row in rows]


def _is_open(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions that an appeal for a removed comment waits for whoever asks."""
    found = [col(Appeal.decided_at).is_(None), col(Withholding.kind) == Withheld.REMOVED.value]
    if wanted.judge is not None:
        found.append(col(Appeal.removed_by) != wanted.judge)
    if wanted.due_before is not None:
        found.append(col(Appeal.due_at) < wanted.due_before)
    return found


def _number_of_appeals(wanted: Wanted) -> Select[int]:
    same = col(Withholding.comment_id) == col(Appeal.comment_id)
    counted = select(func.count()).select_from(Appeal).join(Withholding, same)
    return counted.where(*_is_open(wanted))


def _number_held() -> Select[int]:
    return select(func.count()).where(col(Withholding.kind) == Withheld.WAITING.value)


def _number_flagged() -> Select[int]:
    return (
        select(func.count(func.distinct(col(Flag.comment_id))))
        .join(Comment, col(Comment.id) == col(Flag.comment_id))
        .where(col(Flag.settled_at).is_(None), is_shown())
    )


_PARTS: tuple[Callable[..., list[Any]], ...] = (open_appeals, held, flagged)
