"""What notices and follows point at, looked up together: a handful of queries for any number."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.areas.models import Area
from participation.comments.models import Answer, Comment
from participation.comments.standing.models import Withholding
from participation.consultations.models import Consultation, DraftClause, DraftVersion
from participation.consultations.rules import SUBJECT_KIND
from participation.meetings.models import Meeting
from participation.notices.rules import AREA, COMMENT, MEETING, ORGANISATION, SURVEY, TOPIC, VOTE
from participation.organisations.models import Organisation
from participation.surveys.models import Survey
from participation.topics.models import Topic
from participation.votes.models import Vote


class Ref(NamedTuple):
    """Something by kind and id, and a clause of it."""

    kind: str
    subject_id: UUID
    place: str


@dataclass(frozen=True, slots=True)
class Where:
    """A place on the site: the view and what its address is made of."""

    endpoint: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the names around it."""

    id: UUID
    author_id: UUID
    author: str
    thread_author_id: UUID
    consultation_id: UUID
    place: str
    answer_id: UUID | None
    officer: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the references of one call point at."""

    comments: Mapping[UUID, Said] = field(default_factory=dict)
    consultations: Mapping[UUID, Consultation] = field(default_factory=dict)
    citations: Mapping[tuple[UUID, str], str] = field(default_factory=dict)
    answers: Mapping[UUID, Answer] = field(default_factory=dict)
    rows: Mapping[str, Mapping[UUID, Any]] = field(default_factory=dict)

    def row(self, kind: str, row_id: UUID) -> Any:
        """Something of another kind than these, as its feature keeps it; nothing if it is gone."""
        return self.rows.get(kind, {}).get(row_id)

    def cite(self, consultation_id: UUID, place: str) -> str:
        """How a clause was cited last."""
        return self.citations.get((consultation_id, place), place)


def shelf_of(session: Session, refs: Collection[Ref]) -> Shelf:
    """What these references point at, as far as it is still there."""
    ids = {each: {ref.subject_id for ref in refs if ref.kind == each} for each in _KINDS}
    comments = {each.id: each for each in _comments(session, ids[COMMENT])}
    about = ids[SUBJECT_KIND] | {each.consultation_id for each in comments.values()}
    places = {each.place for each in refs} | {each.place for each in comments.values()}
    answered = {each.answer_id for each in comments.values() if each.answer_id is not None}
    return Shelf(
        comments=comments,
        consultations=_by_id(session, Consultation, about),
        citations=_citations(session, about, places - {""}),
        answers=_by_id(session, Answer, answered),
        rows={kind: _by_id(session, table, ids[kind]) for kind, table in _TABLES.items()},
    )


_TABLES = {
    AREA: Area,
    MEETING: Meeting,
    ORGANISATION: Organisation,
    SURVEY: Survey,
    TOPIC: Topic,
    VOTE: Vote,
}
_KINDS = (COMMENT, SUBJECT_KIND, *_TABLES)


def _by_id(session: Session, table: Any, ids: Collection[UUID]) -> dict[UUID, Any]:
    if not ids:
        return {}
    return {row.id: row for row in session.scalars(select(table).where(table.id.in_(ids)))}


def _comments(session: Session, ids: Collection[UUID]) -> Iterable[Said]:
    if not ids:
        return
    first, officer = aliased(Comment), aliased(Account)
    rows = session.execute(
        select(
            col(Comment.id),
            col(Comment.author_id),
            col(Account.name),
            col(first.author_id),
            col(Comment.subject_id),
            col(Comment.place),
            col(Comment.answer_id),
            col(officer.name),
            col(Withholding.comment_id),
        )
        .join(Account, col(Account.id) == col(Comment.author_id))
        .outerjoin(first, col(first.id) == col(Comment.thread_id))
        .outerjoin(officer, col(officer.id) == col(Comment.assignee_id))
        .outerjoin(Withholding, col(Withholding.comment_id) == col(Comment.id))
        .where(col(Comment.subject_kind) == SUBJECT_KIND, col(Comment.id).in_(ids))
    )
    for *known, officer_name, withheld in rows:
        yield _to_said(*known, officer_name or "", withheld is None)


def _to_said(row_id: UUID, author_id: UUID, name: str, of_first: UUID | None, *rest: Any) -> Said:
    consultation_id, place, answer_id, officer, is_shown = rest
    return Said(
        id=row_id,
        author_id=author_id,
        author=name,
        thread_author_id=of_first or author_id,
        consultation_id=consultation_id,
        place=place,
        answer_id=answer_id,
        officer=officer,
        is_shown=is_shown,
    )


def _citations(
    session: Session, consultation_ids: Collection[UUID], places: Collection[str]
) -> dict[tuple[UUID, str], str]:
    """How clauses were cited last, by consultation and lasting id."""
    if not consultation_ids or not places:
        return {}
    rows = session.execute(
        select(
            col(DraftVersion.consultation_id),
            col(DraftClause.clause_id),
            col(DraftClause.citation),
        )
        .join(DraftClause, col(DraftClause.version_id) == col(DraftVersion.id))
        .where(
            col(DraftVersion.consultation_id).in_(consultation_ids),
            col(DraftVersion.published_at).is_not(None),
            col(DraftClause.clause_id).in_(places),
        )
        .order_by(col(DraftVersion.number))
    )
    return {(consultation_id, place): citation for consultation_id, place, citation in rows}
