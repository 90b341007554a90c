"""The minute's work: what happened since the last one is told to those whom it concerns.

Events are read by their moments, but a transaction that began earlier may be committed later.
Each time the last hour is therefore looked through again, and what was heard already is left out
by its id; a notice of the same cause to the same person is never made twice.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta, tzinfo

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from participation.consultations.models import Consultation
from participation.consultations.rules import Phase
from participation.core.events import Event
from participation.notices.models import Notice, NoticeHeard, NoticeMark
from participation.notices.rules import CLOSES_SOON, LETTER_HOUR, READ_KEPT, UNREAD_KEPT
from participation.notices.services.facts import facts_of
from participation.notices.services.spreading import spread
from participation.notices.services.tidings import MAKERS, Tiding, closes_soon, tidings_of

MOST_EVENTS = 500
"""More wait for the next minute: SQLite has one writer, who must not be kept waiting for long."""

LATEST = timedelta(hours=1)
"""No act takes longer from its moment to its commit."""

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def hear(session: Session, now: datetime, zone: tzinfo) -> int:
    """Tells people what happened; how many notices were made. `zone` is the city's."""
    mark = session.get(NoticeMark, 1) or NoticeMark(id=1, begun_at=_ALWAYS, at=_ALWAYS)
    since = max(mark.begun_at, mark.at - LATEST)
    events = _waiting(session, since)
    facts = facts_of(session, events)
    told = [one for each in events for one in tidings_of(each, facts, zone)]
    reminders = list(_reminders(session, now, zone))
    made = spread(session, [*told, *(tiding for tiding, _ends in reminders)], now, zone)
    _note_heard(session, [
        *({"cause_id": each.id, "at": each.at} for each in events),
        *({"cause_id": tiding.cause, "at": ends} for tiding, ends in reminders),
    ])  # fmt: skip
    mark.at = events[-1].at if len(events) == MOST_EVENTS else max(mark.at, now)
    session.merge(mark)
    session.flush()
    return made


def begin(session: Session, at: datetime) -> None:
    """Lets hearing begin at this moment: nothing earlier is told to anybody."""
    session.merge(NoticeMark(id=1, begun_at=at, at=at))
    session.flush()


def sweep(session: Session, now: datetime) -> None:
    """Deletes old notices, and causes that cannot be met again."""
    for is_read, kept in ((True, READ_KEPT), (False, UNREAD_KEPT)):
        old = (col(Notice.is_read) == is_read, col(Notice.at) < now - kept)
        session.execute(delete(Notice).where(*old))
    mark = session.get(NoticeMark, 1)
    if mark is not None:
        session.execute(delete(NoticeHeard).where(col(NoticeHeard.at) < mark.at - 2 * LATEST))


def _waiting(session: Session, since: datetime) -> list[Event]:
    heard = select(col(NoticeHeard.cause_id)).where(col(NoticeHeard.cause_id) == col(Event.id))
    query = (
        select(Event)
        .where(
            col(Event.at) >= since,
            col(Event.tag).in_(list(map(str, MAKERS))),
            ~heard.exists(),
        )
        .order_by(col(Event.at), col(Event.id))
        .limit(MOST_EVENTS)
    )
    return list(session.scalars(query))


def _reminders(session: Session, now: datetime, zone: tzinfo) -> Iterable[tuple[Tiding, datetime]]:
    """The reminders of today that were not heard yet, each with the moment its days are over."""
    local = now.astimezone(zone)
    if local.time() < LETTER_HOUR:
        return
    closes_on = local.date() + CLOSES_SOON
    ends = datetime.combine(closes_on, time(), zone).astimezone(UTC)
    ids = session.scalars(
        select(col(Consultation.id)).where(
            col(Consultation.phase) == Phase.OPEN.value, col(Consultation.closes_on) == closes_on
        )
    )
    tidings = [closes_soon(each, closes_on, now) for each in ids]
    heard = session.scalars(
        select(col(NoticeHeard.cause_id)).where(
            col(NoticeHeard.cause_id).in_([each.cause for each in tidings])
        )
    )
    known = set(heard) if tidings else set()
    yield from ((each, ends) for each in tidings if each.cause not in known)


def _note_heard(session: Session, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    session.execute(insert(NoticeHeard).on_conflict_do_nothing(), rows)
