"""Reads: what a search finds, as it stands today, and which things have changed since a moment.

The index only says where to look: words are shown from the tables they live in, and what is not
public any more is not found, however old the index is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select, tuple_
from sqlmodel import Session, col

from participation.comments.models import Comment
from participation.consultations.models import Consultation, DraftClause, DraftVersion
from participation.core.events import Event
from participation.open_data.queries import is_public
from participation.search.index import Found, Search, index_of
from participation.search.models import SearchMark
from participation.search.rules import Kind
from participation.votes.models import Vote

SUBJECTS = ("comment", "consultation", "vote")
Place = tuple[Kind, UUID, str]


@dataclass(frozen=True, slots=True)
class Text:
    """Something public with its words. `slug` is its consultation's or vote's.

    `titles` are language → words for votes; elsewhere the language is the city's, under "".
    """

    kind: Kind
    subject_id: UUID
    place: str
    slug: str
    titles: dict[str, str]
    body: str
    context: str = ""

    @property
    def where(self) -> Place:
        """By which the index knows it."""
        return self.kind, self.subject_id, self.place


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that happened: which subject, when, in which event."""

    kind: str
    subject_id: str
    at: datetime
    event_id: UUID


def found(session: Session, search: Search) -> list[Text]:
    """What a search finds, the best first: one query, and one for each kind that is found."""
    hits = index_of(session).find(session, search) if search.terms else []
    texts = {each.where: each for each in _texts(session, hits)}
    places = [(hit.kind, hit.subject_id, hit.place) for hit in hits]
    return [texts[place] for place in places if place in texts]


def texts_of(session: Session, kind: str, subject_ids: Sequence[UUID]) -> list[Text]:
    """What is public of these subjects, a consultation with its clauses."""
    if kind == "vote":
        return _votes(session, subject_ids)
    if kind == "comment":
        return _comments(session, subject_ids)
    clauses = col(DraftVersion.consultation_id).in_(subject_ids)
    return [
        *_consultations(session, subject_ids),
        *_read_clauses(session, _newest_clauses().where(clauses)),
    ]


def mark(session: Session) -> SearchMark | None:
    """How far the events have been taken in; nothing before the first time."""
    return session.get(SearchMark, 1)


def changed(
    session: Session, after: SearchMark | None, *, until: datetime, limit: int
) -> list[Changed]:
    """What happened after an event, in order."""
    query = _changes().where(col(Event.at) <= until)
    if after is not None:
        later = (col(Event.at) == after.at) & (col(Event.id) > after.event_id)
        query = query.where(or_(col(Event.at) > after.at, later))
    rows = session.execute(query.order_by(col(Event.at), col(Event.id)).limit(limit))
    return [Changed(*row) for row in rows]


def changed_between(session: Session, since: datetime, until: datetime) -> list[Changed]:
    """What happened in a span of time, both ends included."""
    rows = session.execute(_changes().where(col(Event.at) >= since, col(Event.at) <= until))
    return [Changed(*row) for row in rows]


def _changes() -> Select[str, str, datetime, UUID]:
    return select(
        col(Event.subject_kind), col(Event.subject_id), col(Event.at), col(Event.id)
    ).where(col(Event.subject_kind).in_(SUBJECTS))


def _texts(session: Session, hits: Iterable[Found]) -> Iterable[Text]:
    of_kind: dict[Kind, list[Found]] = {}
    for hit in hits:
        of_kind.setdefault(hit.kind, []).append(hit)
    for kind, several in of_kind.items():
        ids = [each.subject_id for each in several]
        if kind is Kind.CLAUSE:
            named = [(each.subject_id, each.place) for each in several]
            where = tuple_(col(DraftVersion.consultation_id), col(DraftClause.clause_id))
            yield from _read_clauses(session, _newest_clauses().where(where.in_(named)))
        else:
            readers = {
                Kind.CONSULTATION: _consultations,
                Kind.VOTE: _votes,
                Kind.COMMENT: _comments,
            }
            yield from readers[kind](session, ids)


def _consultations(session: Session, ids: Sequence[UUID]) -> list[Text]:
    rows = session.scalars(
        select(Consultation).where(
            col(Consultation.id).in_(ids), col(Consultation.announced_at).is_not(None)
        )
    )
    return [
        Text(Kind.CONSULTATION, each.id, "", each.slug, {"": each.title}, each.summary,
             f"{each.document} · {each.office}")
        for each in rows
    ]  # fmt: skip


def _votes(session: Session, ids: Sequence[UUID]) -> list[Text]:
    rows = session.scalars(
        select(Vote).where(col(Vote.id).in_(ids), col(Vote.announced_at).is_not(None))
    )
    return [
        Text(Kind.VOTE, each.id, "", each.slug, each.title,
             " ".join([*each.question.values(), *each.about.values()]), each.organiser)
        for each in rows
    ]  # fmt: skip


def _comments(session: Session, ids: Sequence[UUID]) -> list[Text]:
    rows = session.execute(
        select(col(Comment.id), col(Comment.body), col(Consultation.slug), col(Consultation.title))
        .join(Consultation, col(Consultation.id) == col(Comment.subject_id))
        .where(col(Comment.id).in_(ids), is_public(), col(Consultation.announced_at).is_not(None))
    )
    return [
        Text(Kind.COMMENT, comment_id, "", slug, {"": ""}, body, title)
        for comment_id, body, slug, title in rows
    ]


def _newest_clauses() -> Select[UUID, str, str, str, str, str, str]:
    newest = (
        select(
            col(DraftVersion.consultation_id), func.max(col(DraftVersion.number)).label("number")
        )
        .where(col(DraftVersion.published_at).is_not(None))
        .group_by(col(DraftVersion.consultation_id))
        .subquery()
    )
    return (
        select(
            col(DraftVersion.consultation_id),
            col(DraftClause.clause_id),
            col(DraftClause.citation),
            col(DraftClause.title),
            col(DraftClause.text),
            col(Consultation.slug),
            col(Consultation.title).label("draft"),
        )
        .join(DraftVersion, col(DraftVersion.id) == col(DraftClause.version_id))
        .join(Consultation, col(Consultation.id) == col(DraftVersion.consultation_id))
        .join(
            newest,
            (newest.c.consultation_id == col(DraftVersion.consultation_id))
            & (newest.c.number == col(DraftVersion.number)),
        )
        .where(col(Consultation.announced_at).is_not(None))
    )


def _read_clauses(
    session: Session, query: Select[UUID, str, str, str, str, str, str]
) -> list[Text]:
    return [
        Text(Kind.CLAUSE, consultation_id, clause_id, slug,
             {"": f"{citation} {title}".strip()}, body, draft)
        for consultation_id, clause_id, citation, title, body, slug, draft in session.execute(query)
    ]  # fmt: skip
