"""Reads: meetings, their agenda, how many will come, versions of the minutes. Few queries each."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.comments.models import Comment
from participation.comments.standing.queries import is_shown
from participation.consultations.models import Consultation
from participation.core.errors import NotFound
from participation.core.words import words
from participation.intake.models import IntakeEntry
from participation.intake.rules import State as EntryState
from participation.meetings.models import (
    AgendaItem,
    Coming,
    HandedLine,
    Meeting,
    Minutes,
    MinutesLine,
)
from participation.meetings.rules import MINUTES_WITHIN, Kind, Span, Stage, State, stage_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting with the consultation it is about."""

    meeting: Meeting
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """Where a page of past meetings ended."""

    begins_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Outstanding:
    """How many meetings still have no minutes, and how many of them promised them by now."""

    all: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Fate:
    """Where a line stands that was handed over, and the comment it became, if it did."""

    state: EntryState
    comment: Comment | None
    is_shown: bool


def span_of(found: Meeting) -> Span:
    """From when until when it is."""
    return Span(found.begins_at, found.ends_at)


def stage(found: Meeting, now: datetime) -> Stage:
    """Where the meeting stands at the moment `now`."""
    is_minuted = found.minuted_at is not None
    return stage_of(State(found.state), span_of(found), is_minuted=is_minuted, now=now)


def meeting(session: Session, slug: str) -> Meeting:
    """The meeting at an address, drafts too; raises `NotFound`."""
    found = session.scalars(select(Meeting).where(col(Meeting.slug) == slug)).one_or_none()
    if found is None:
        raise NotFound(words("There is no such meeting."))
    return found


def public_meeting(session: Session, slug: str) -> Meeting:
    """The meeting at an address once it is announced; raises `NotFound`, also for drafts."""
    found = meeting(session, slug)
    if found.announced_at is None:
        raise NotFound(words("There is no such meeting."))
    return found


def consultation_of(session: Session, found: Meeting) -> Consultation:
    """The consultation that a meeting is about."""
    about = session.get(Consultation, found.consultation_id)
    if about is None:
        raise NotFound(words("There is no such consultation."))
    return about


def of_consultation(session: Session, consultation_id: UUID, *, limit: int) -> list[Meeting]:
    """The announced meetings about a consultation, the latest first, cancelled ones too."""
    query = (
        select(Meeting)
        .where(col(Meeting.consultation_id) == consultation_id, is_public())
        .order_by(col(Meeting.begins_at).desc(), col(Meeting.id))
    )
    return list(session.scalars(query.limit(limit)))


def coming(session: Session, now: datetime, *, limit: int) -> list[Listed]:
    """The announced meetings that are not over, the next first."""
    query = _listed().where(is_public(), col(Meeting.ends_at) > now)
    return _rows(session, query.order_by(col(Meeting.begins_at), col(Meeting.id)).limit(limit))


def past(
    session: Session, now: datetime, *, after: ListedPlace | None = None, limit: int
) -> list[Listed]:
    """A page of the meetings that are over, the latest first."""
    at, row_id = col(Meeting.begins_at), col(Meeting.id)
    query = _listed().where(is_public(), col(Meeting.ends_at) <= now)
    if after is not None:
        same = (at == after.begins_at) & (row_id < after.id)
        query = query.where((at < after.begins_at) | same)
    return _rows(session, query.order_by(at.desc(), row_id.desc()).limit(limit))


def latest(session: Session, *, limit: int) -> list[Listed]:
    """The announced meetings, the latest first: for feeds and calendars."""
    query = _listed().where(is_public()).order_by(col(Meeting.begins_at).desc())
    return _rows(session, query.limit(limit))


def every(session: Session, *, limit: int) -> list[Listed]:
    """All meetings, drafts too, the latest first: for the desk."""
    return _rows(session, _listed().order_by(col(Meeting.begins_at).desc()).limit(limit))


def without_minutes(session: Session, now: datetime, *, limit: int) -> list[Listed]:
    """The meetings that were held and have no public minutes yet, the longest waiting first."""
    query = _listed().where(*_is_outstanding(now)).order_by(col(Meeting.ends_at))
    return _rows(session, query.limit(limit))


def outstanding(session: Session, now: datetime) -> Outstanding:
    """How many meetings still have no public minutes: one query."""
    overdue = func.count().filter(col(Meeting.ends_at) <= now - MINUTES_WITHIN)
    row = session.execute(select(func.count(), overdue).where(*_is_outstanding(now))).one()
    return Outstanding(*row)


def agenda(session: Session, meeting_id: UUID) -> list[AgendaItem]:
    """The items of an agenda in their order."""
    in_order = col(AgendaItem.position), col(AgendaItem.id)
    query = select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting_id).order_by(*in_order)
    return list(session.scalars(query))


def item(session: Session, meeting_id: UUID, item_id: UUID) -> AgendaItem:
    """One item of this very meeting; raises `NotFound`."""
    found = session.get(AgendaItem, item_id)
    if found is None or found.meeting_id != meeting_id:
        raise NotFound(words("This agenda has no such item."))
    return found


def counted_coming(session: Session, found: Meeting) -> int:
    """How many said that they will come, also once who they were is forgotten."""
    if found.expected is not None:
        return found.expected
    here = col(Coming.meeting_id) == found.id
    return session.scalar(select(func.count()).select_from(Coming).where(here)) or 0


def is_coming(session: Session, meeting_id: UUID, account_id: UUID) -> bool:
    """Whether this person said that they will come."""
    return session.get(Coming, (meeting_id, account_id)) is not None


def remember(session: Session, account_id: UUID) -> Iterator[dict[str, object]]:
    """At which meetings somebody wanted to be, row by row, while that is not forgotten."""
    query = (
        select(col(Meeting.title), col(Coming.at))
        .join(Coming, col(Coming.meeting_id) == col(Meeting.id))
        .where(col(Coming.account_id) == account_id)
        .order_by(col(Coming.at))
    )
    for title, at in session.execute(query):
        yield {"kind": "coming to a meeting", "meeting": title, "at": at}


def people_coming(session: Session, meeting_id: UUID) -> list[Account]:
    """Whom to write to when a meeting changes; never shown to anybody."""
    query = select(Account).join(Coming, col(Coming.account_id) == col(Account.id))
    return list(session.scalars(query.where(col(Coming.meeting_id) == meeting_id)))


def versions(session: Session, meeting_id: UUID) -> list[Minutes]:
    """The published versions of the minutes, the latest first."""
    query = select(Minutes).where(
        col(Minutes.meeting_id) == meeting_id, col(Minutes.published_at).is_not(None)
    )
    return list(session.scalars(query.order_by(col(Minutes.number).desc())))


def unpublished(session: Session, meeting_id: UUID) -> Minutes | None:
    """The version that is being written, if there is one."""
    query = select(Minutes).where(
        col(Minutes.meeting_id) == meeting_id, col(Minutes.published_at).is_(None)
    )
    return session.scalars(query).one_or_none()


def lines(session: Session, minutes_id: UUID) -> list[MinutesLine]:
    """The lines of one version, in the order in which they were said."""
    in_order = col(MinutesLine.position), col(MinutesLine.line_id)
    query = select(MinutesLine).where(col(MinutesLine.minutes_id) == minutes_id)
    return list(session.scalars(query.order_by(*in_order)))


def said_line(session: Session, minutes_id: UUID, line_id: UUID) -> MinutesLine:
    """One thing said, in this very version; raises `NotFound`."""
    found = session.get(MinutesLine, (minutes_id, line_id))
    if found is None or found.kind != Kind.SAID:
        raise NotFound(words("There is no such line in these minutes."))
    return found


def lines_everywhere(session: Session, found: Meeting, line_id: UUID) -> Collection[MinutesLine]:
    """One line of this meeting in every version in which it stands; raises `NotFound`."""
    query = (
        select(MinutesLine)
        .join(Minutes, col(Minutes.id) == col(MinutesLine.minutes_id))
        .where(col(Minutes.meeting_id) == found.id, col(MinutesLine.line_id) == line_id)
    )
    rows = list(session.scalars(query))
    if not rows:
        raise NotFound(words("There is no such line in these minutes."))
    return rows


def lines_not_handed_over(session: Session, minutes_id: UUID) -> list[MinutesLine]:
    """The lines of a version that no second person was asked about yet, in their order."""
    handed = select(col(HandedLine.line_id))
    query = select(MinutesLine).where(
        col(MinutesLine.minutes_id) == minutes_id, col(MinutesLine.line_id).not_in(handed)
    )
    return list(session.scalars(query.order_by(col(MinutesLine.position))))


def is_fixed(session: Session, line_id: UUID) -> bool:
    """Whether a second person has this line or published it; what was set aside may still go."""
    handed = session.get(HandedLine, line_id)
    entry = session.get(IntakeEntry, handed.entry_id) if handed else None
    return entry is not None and entry.state != EntryState.ASIDE


def fates(session: Session, found: Meeting) -> dict[UUID, Fate]:
    """What became of everything that was handed over, by line: one query."""
    is_there = is_shown().label("is_there")
    rows = session.execute(
        select(col(HandedLine.line_id), col(IntakeEntry.state), Comment, is_there)
        .select_from(HandedLine)
        .join(IntakeEntry, col(IntakeEntry.id) == col(HandedLine.entry_id))
        .outerjoin(Comment, col(Comment.id) == col(IntakeEntry.comment_id))
        .where(col(HandedLine.meeting_id) == found.id)
    )
    return {line_id: Fate(EntryState(state), *comment) for line_id, state, *comment in rows}


def is_public() -> ColumnElement[bool]:
    """The condition that a meeting was announced, cancelled ones too."""
    return col(Meeting.announced_at).is_not(None)


def _is_outstanding(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Meeting.state) == State.ANNOUNCED.value,
        col(Meeting.minuted_at).is_(None),
        col(Meeting.ends_at) <= now,
    )


def _listed() -> Select[Meeting, str, str]:
    about = col(Consultation.id) == col(Meeting.consultation_id)
    named = select(Meeting, col(Consultation.slug), col(Consultation.title))
    return named.join(Consultation, about)


def _rows(session: Session, query: Select[Meeting, str, str]) -> list[Listed]:
    return [Listed(*row) for row in session.execute(query)]
