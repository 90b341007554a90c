"""What must be known about events before people are told of them: a few queries for many events."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from participation.areas.models import Area
from participation.areas.rules import above
from participation.comments.mentions.models import Mention
from participation.comments.models import Comment
from participation.comments.standing.models import Withholding
from participation.consultations.drafting.settling import Change
from participation.consultations.models import (
    ConsultationArea,
    ConsultationOrganisation,
    ConsultationTopic,
    DraftChange,
    DraftVersion,
)
from participation.consultations.rules import SUBJECT_KIND
from participation.core.events import Event, EventTag
from participation.meetings.models import Meeting
from participation.notices.models import Follow
from participation.notices.rules import AREA, COMMENT, MEETING, ORGANISATION, SURVEY, TOPIC
from participation.surveys.models import Survey

Thing = tuple[str, UUID]
_WORDS_CHANGED = frozenset({Change.EDITED, Change.SPLIT, Change.MERGED, Change.REMOVED})


@dataclass(frozen=True, slots=True)
class Said:
    """A comment or reply: whose it is, to whom it replies, where it stands, whether it is shown."""

    id: UUID
    author_id: UUID
    thread_id: UUID
    thread_author_id: UUID
    replied_to: UUID | None
    subject_kind: str
    subject_id: UUID
    place: str
    is_shown: bool

    @property
    def is_reply(self) -> bool:
        """Whether it is a reply to another one."""
        return self.id != self.thread_id


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a batch of events.

    `mentioned` are those whom replies address, `changed` clauses by consultation and version,
    `belongs` what a new consultation belongs to, `beside` to what a survey or meeting belongs.
    """

    said: dict[UUID, Said] = field(default_factory=dict)
    mentioned: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    changed: dict[tuple[UUID, int], list[str]] = field(default_factory=dict)
    belongs: dict[UUID, list[Thing]] = field(default_factory=dict)
    beside: dict[UUID, Thing] = field(default_factory=dict)


def facts_of(session: Session, events: Collection[Event]) -> Facts:
    """The facts about these events: a few queries, however many they are."""
    comments = _ids(events, COMMENT)
    versions = {
        (UUID(each.subject_id), int(each.details.get("version", 0)))
        for each in events
        if each.tag == EventTag.CONSULTATIONS_DRAFT_PUBLISH
    }
    new = {consultation_id for consultation_id, number in versions if number == 1}
    beside = _surveys(session, _ids(events, SURVEY)) | _meetings(session, _ids(events, MEETING))
    return Facts(
        _said(session, comments),
        _mentioned(session, comments),
        _changed(session, versions),
        _belongs(session, new),
        beside,
    )


def _ids(events: Iterable[Event], kind: str) -> set[UUID]:
    return {UUID(each.subject_id) for each in events if each.subject_kind == kind}


def _said(session: Session, ids: Collection[UUID]) -> dict[UUID, Said]:
    if not ids:
        return {}
    first, replied = aliased(Comment), aliased(Comment)
    rows = session.execute(
        select(
            col(Comment.id),
            col(Comment.author_id),
            col(Comment.thread_id),
            col(first.author_id),
            col(replied.author_id),
            col(Comment.subject_kind),
            col(Comment.subject_id),
            col(Comment.place),
            col(Withholding.comment_id),
        )
        .outerjoin(first, col(first.id) == col(Comment.thread_id))
        .outerjoin(replied, col(replied.id) == col(Comment.reply_to_id))
        .outerjoin(Withholding, col(Withholding.comment_id) == col(Comment.id))
        .where(col(Comment.id).in_(ids))
    )
    return {row[0]: _to_said(*row) for row in rows}


def _to_said(row_id: UUID, author: UUID, *rest: Any) -> Said:
    thread, of_first, replied_to, subject_kind, subject_id, place, withheld = rest
    return Said(
        id=row_id,
        author_id=author,
        thread_id=thread or row_id,
        thread_author_id=of_first or author,
        replied_to=replied_to,
        subject_kind=subject_kind,
        subject_id=subject_id,
        place=place,
        is_shown=withheld is None,
    )


def _mentioned(session: Session, ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    if not ids:
        return {}
    rows = session.execute(
        select(col(Mention.comment_id), col(Mention.account_id)).where(
            col(Mention.comment_id).in_(ids)
        )
    )
    found: dict[UUID, frozenset[UUID]] = {}
    for comment_id, account_id in rows:
        found[comment_id] = found.get(comment_id, frozenset()) | {account_id}
    return found


def _surveys(session: Session, ids: Collection[UUID]) -> dict[UUID, Thing]:
    if not ids:
        return {}
    rows = session.execute(
        select(col(Survey.id), col(Survey.subject_kind), col(Survey.subject_id)).where(
            col(Survey.id).in_(ids), col(Survey.subject_id).is_not(None)
        )
    )
    return {survey_id: (kind, subject_id) for survey_id, kind, subject_id in rows}


def _meetings(session: Session, ids: Collection[UUID]) -> dict[UUID, Thing]:
    if not ids:
        return {}
    rows = session.execute(
        select(col(Meeting.id), col(Meeting.consultation_id)).where(col(Meeting.id).in_(ids))
    )
    return {meeting_id: (SUBJECT_KIND, about) for meeting_id, about in rows}


def _belongs(session: Session, ids: Collection[UUID]) -> dict[UUID, list[Thing]]:
    """Topics, offices and those areas that somebody follows of new consultations."""
    found: dict[UUID, list[Thing]] = {each: [] for each in ids}
    if not ids:
        return found
    about, holder = col(ConsultationTopic.consultation_id), ConsultationOrganisation
    topics = select(about, col(ConsultationTopic.topic_id)).where(about.in_(ids))
    holders = select(col(holder.consultation_id), col(holder.organisation_id)).where(
        col(holder.consultation_id).in_(ids)
    )
    for kind, query in ((TOPIC, topics), (ORGANISATION, holders)):
        for consultation_id, thing_id in session.execute(query):
            found[consultation_id].append((kind, thing_id))
    for consultation_id, area_id in _areas(session, ids):
        found[consultation_id].append((AREA, area_id))
    return found


def _areas(session: Session, ids: Collection[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """Followed areas that lie around or within those of a consultation; without any, all."""
    codes: dict[UUID, set[str]] = {each: set() for each in ids}
    of = col(ConsultationArea.consultation_id)
    for consultation_id, code in session.execute(
        select(of, col(ConsultationArea.area_code)).where(of.in_(ids))
    ):
        codes[consultation_id].add(code)
    followed = session.execute(
        select(col(Area.id), col(Area.code)).where(
            col(Area.id).in_(select(col(Follow.subject_id)).where(col(Follow.kind) == AREA))
        )
    ).all()
    for consultation_id, own in codes.items():
        for area_id, code in followed:
            if not own or any(_touch(code, each) for each in own):
                yield consultation_id, area_id


def _touch(one: str, other: str) -> bool:
    return one == other or one in above(other) or other in above(one)


def _changed(
    session: Session, versions: Iterable[tuple[UUID, int]]
) -> dict[tuple[UUID, int], list[str]]:
    """The clauses whose words each version changed, by their lasting ids, as they stood before."""
    wanted = [each for each in versions if each[1] > 1]
    if not wanted:
        return {}
    rows = session.execute(
        select(col(DraftVersion.consultation_id), col(DraftVersion.number), col(DraftChange.old_id))
        .join(DraftChange, col(DraftChange.version_id) == col(DraftVersion.id))
        .where(
            tuple_(col(DraftVersion.consultation_id), col(DraftVersion.number)).in_(wanted),
            col(DraftChange.change).in_([each.value for each in _WORDS_CHANGED]),
            col(DraftChange.old_id) != "",
        )
        .order_by(col(DraftChange.position))
    )
    found: dict[tuple[UUID, int], list[str]] = {}
    for consultation_id, number, place in rows:
        places = found.setdefault((consultation_id, number), [])
        if place not in places:
            places.append(place)
    return found
