"""The minutes of a meeting: written in a version that only the desk sees, then published.

A published version never changes. A correction is a new version with a reason for everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from participation.comments.rules import Stance
from participation.consultations.services import Moment
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid
from participation.core.events import EventTag
from participation.core.ids import new_id
from participation.core.words import words
from participation.meetings import queries
from participation.meetings.models import AgendaItem, Meeting, Minutes, MinutesLine
from participation.meetings.rules import (
    GROUPS_LENGTH,
    MOST_SAID,
    NAME_LENGTH,
    REASON_LENGTH,
    SUMMARY_LENGTH,
    WORDS_LENGTH,
    Kind,
    check_came,
    check_length,
    check_minutes_open,
    check_over,
)
from participation.meetings.services.agenda import check_clause
from participation.meetings.services.handing import hand_over_said
from participation.meetings.services.trace import record_act


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came, empty while nobody has counted; `groups` says in free words who."""

    came: int | None
    groups: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said: the clause it was about (or none), its stance, words and a name.

    `name` is how the speaker wished to be named; empty for nobody.
    """

    stance: Stance
    body: str
    place: str = ""
    name: str = ""


def begin_minutes(session: Session, actor: Actor, found: Meeting, now: datetime) -> Minutes:
    """The version that is being written: the one there is, or a copy of the last published one."""
    allows(actor, Permission.MEETINGS_MINUTES_WRITE)
    check_minutes_open(queries.stage(found, now))
    there = queries.unpublished(session, found.id)
    if there is not None:
        return there
    published = queries.versions(session, found.id)
    last = published[0] if published else None
    _add_once(session, found, last, now)
    begun = cast("Minutes", queries.unpublished(session, found.id))
    if last is not None and not queries.lines(session, begun.id):
        for line in queries.lines(session, last.id):
            session.add(MinutesLine(**line.model_dump(exclude={"minutes_id"}), minutes_id=begun.id))
        session.flush()
    return begun


def write_minutes(
    session: Session,
    actor: Actor,
    found: Meeting,
    attendance: Attendance,
    summaries: Mapping[UUID, str],
    *,
    now: datetime,
) -> None:
    """Keeps how many came and the summary of each item, by its id; unfinished is good enough.

    Raises `Conflict` before the meeting begins, `Invalid` for a field that cannot be kept.
    """
    begun = begin_minutes(session, actor, found, now)
    check_came(attendance.came)
    check_length(attendance.groups, GROUPS_LENGTH, "groups", is_needed=False)
    begun.came, begun.groups = attendance.came, attendance.groups
    session.add(begun)
    there = {line.item_id: line for line in queries.lines(session, begun.id) if _is_summary(line)}
    for position, item in enumerate(queries.agenda(session, found.id)):
        body = summaries.get(item.id, "")
        check_length(body, SUMMARY_LENGTH, f"summary_{position}", is_needed=False)
        line = there.get(item.id) or _line(begun, item, Kind.SUMMARY, 0)
        line.body = body
        session.add(line)
    record_act(session, EventTag.MEETINGS_MINUTES_WRITE, actor, found, now, version=begun.number)


def add_said(
    session: Session, actor: Actor, found: Meeting, item: AgendaItem, said: Said, *, now: datetime
) -> MinutesLine:
    """What one person said on an item, as its last line; raises as `write_minutes` does."""
    begun = begin_minutes(session, actor, found, now)
    _check_said(session, found, said)
    there = [line for line in queries.lines(session, begun.id) if not _is_summary(line)]
    if len(there) >= MOST_SAID:
        raise Invalid(words("At most %(most)s contributions.", most=MOST_SAID), field="body")
    line = _line(begun, item, Kind.SAID, there[-1].position + 1 if there else 1)
    _say(line, said)
    session.add(line)
    record_act(session, EventTag.MEETINGS_MINUTES_WRITE, actor, found, now, version=begun.number)
    return line


def change_said(
    session: Session, actor: Actor, found: Meeting, line: MinutesLine, said: Said, *, now: datetime
) -> None:
    """Corrects a line of the version that is being written."""
    begun = _writing(session, actor, found, line, now)
    _check_said(session, found, said)
    _say(line, said)
    session.add(line)
    record_act(session, EventTag.MEETINGS_MINUTES_WRITE, actor, found, now, version=begun.number)


def remove_said(
    session: Session, actor: Actor, found: Meeting, line: MinutesLine, now: datetime
) -> None:
    """Takes a line out of the version that is being written."""
    begun = _writing(session, actor, found, line, now)
    session.delete(line)
    session.flush()
    record_act(session, EventTag.MEETINGS_MINUTES_WRITE, actor, found, now, version=begun.number)


def take_name_out(
    session: Session, actor: Actor, found: Meeting, line_id: UUID, now: datetime
) -> None:
    """Takes a speaker's name out of every version: whoever wished to be named may stop wishing."""
    allows(actor, Permission.MEETINGS_MINUTES_WRITE)
    for line in queries.lines_everywhere(session, found, line_id):
        line.name = ""
        session.add(line)
    session.flush()
    tag = EventTag.MEETINGS_MINUTES_REDACT
    record_act(session, tag, actor, found, now, line=str(line_id))


def publish_minutes(
    session: Session,
    actor: Actor,
    found: Meeting,
    reason: str,
    moment: Moment,
    *,
    held_on: date,
) -> int:
    """Makes the version that was being written public for good.

    Gives how many things said now wait for a second person; see `hand_over_said`. A correction
    needs a `reason`, and something that it corrects. Raises `Conflict` while the meeting goes on,
    an item has no summary or nobody counted, `Invalid` without a reason.
    """
    now = moment.now
    allows(actor, Permission.MEETINGS_MINUTES_WRITE)
    check_over(queries.stage(found, now))
    begun = queries.unpublished(session, found.id)
    if begun is None:
        raise Conflict("nothing-written", words("There is nothing new to publish."))
    _check_whole(session, found, begun)
    if begun.number > 1:
        _check_correction(session, found, begun, reason)
        begun.reason = reason
    _claim(session, begun, actor, now)
    if found.minuted_at is None:
        found.minuted_at = now
        session.add(found)
    tag = EventTag.MEETINGS_MINUTES_PUBLISH
    record_act(session, tag, actor, found, now, version=begun.number)
    return hand_over_said(session, actor, found, begun, moment, held_on=held_on)


def drop_correction(session: Session, actor: Actor, found: Meeting, now: datetime) -> None:
    """Gives a correction up that was not published; the first version cannot be dropped."""
    allows(actor, Permission.MEETINGS_MINUTES_WRITE)
    begun = queries.unpublished(session, found.id)
    if begun is None or begun.number == 1:
        raise Conflict("no-correction", words("There is no correction to give up."))
    session.execute(delete(MinutesLine).where(col(MinutesLine.minutes_id) == begun.id))
    session.delete(begun)
    session.flush()
    record_act(session, EventTag.MEETINGS_MINUTES_WRITE, actor, found, now, version=begun.number)


def is_same(one: list[MinutesLine], other: list[MinutesLine]) -> bool:
    """Whether two versions say the same."""
    return [_content(each) for each in one] == [_content(each) for each in other]


def _check_whole(session: Session, found: Meeting, begun: Minutes) -> None:
    if begun.came is None:
        message = words("Say first how many people came; an estimate is better than nothing.")
        raise Conflict("not-counted", message)
    told = {line.item_id for line in queries.lines(session, begun.id)
            if _is_summary(line) and line.body}  # fmt: skip
    for item in queries.agenda(session, found.id):
        if item.id not in told:
            message = words(
                "“%(item)s” has no summary yet. If it was not reached, say so there.",
                item=item.title,
            )
            raise Conflict("no-summary", message)


def _check_correction(session: Session, found: Meeting, begun: Minutes, reason: str) -> None:
    last = queries.versions(session, found.id)[0]
    is_counted_same = (last.came, last.groups) == (begun.came, begun.groups)
    before, after = (queries.lines(session, each.id) for each in (last, begun))
    if is_counted_same and is_same(before, after):
        raise Conflict("nothing-changed", words("These minutes say what the published ones say."))
    check_length(reason, REASON_LENGTH, "reason")


def _claim(session: Session, begun: Minutes, actor: Actor, now: datetime) -> None:
    """Marks the version as published unless somebody did in the same moment."""
    session.flush()
    claimed = cast(
        "CursorResult[tuple[()]]",
        session.execute(
            update(Minutes)
            .where(col(Minutes.id) == begun.id, col(Minutes.published_at).is_(None))
            .values(published_at=now, published_by=actor.id)
            .execution_options(synchronize_session=False)
        ),
    )
    if claimed.rowcount != 1:
        message = words("Somebody else has published these minutes. Please open the page again.")
        raise Conflict("published-already", message)
    session.refresh(begun)


def _add_once(session: Session, found: Meeting, last: Minutes | None, now: datetime) -> None:
    session.flush()
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    table = Minutes.__table__  # type: ignore[attr-defined]  # SQLModel adds it unseen
    values = {
        "id": new_id(),
        "meeting_id": found.id,
        "number": last.number + 1 if last else 1,
        "came": last.came if last else None,
        "groups": last.groups if last else "",
        "reason": "",
        "begun_at": now,
    }
    session.execute(insert(table).values(**values).on_conflict_do_nothing())


def _writing(
    session: Session, actor: Actor, found: Meeting, line: MinutesLine, now: datetime
) -> Minutes:
    """The version that is being written; `Conflict` for a line of another one."""
    begun = begin_minutes(session, actor, found, now)
    if line.minutes_id != begun.id:
        message = words("Published minutes stay. Begin a correction first.")
        raise Conflict("published-already", message)
    if queries.is_fixed(session, line.line_id):
        message = words(
            "This was handed over as a contribution and stays as it is. What is wrong with it is"
            " corrected there."
        )
        raise Conflict("handed-over", message)
    return begun


def _check_said(session: Session, found: Meeting, said: Said) -> None:
    check_length(said.body, WORDS_LENGTH, "body")
    check_length(said.name, NAME_LENGTH, "name", is_needed=False)
    check_clause(session, queries.consultation_of(session, found), said.place)


def _say(line: MinutesLine, said: Said) -> None:
    line.stance, line.body = said.stance.value, said.body
    line.place, line.name = said.place, said.name


def _line(begun: Minutes, item: AgendaItem, kind: Kind, position: int) -> MinutesLine:
    return MinutesLine(
        minutes_id=begun.id, item_id=item.id, kind=kind.value, position=position, body=""
    )


def _is_summary(line: MinutesLine) -> bool:
    return line.kind == Kind.SUMMARY


def _content(line: MinutesLine) -> dict[str, object]:
    return line.model_dump(exclude={"minutes_id", "position"})
