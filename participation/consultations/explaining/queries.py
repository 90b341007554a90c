"""Reads: the glossary, the marks and plain words of clauses, what officers explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from participation.consultations.explaining.marking import Mark
from participation.consultations.explaining.models import (
    AddedTerm,
    ClauseMarks,
    DraftGlossary,
    PlainWords,
)
from participation.consultations.explaining.terms import Term
from participation.consultations.models import DraftClause, DraftVersion
from participation.consultations.queries import Edition
from participation.core.errors import NotFound
from participation.core.words import words


@dataclass(frozen=True, slots=True)
class Aids:
    """What helps to read some clauses: marks by position, terms by key, plain words by clause."""

    marks: Mapping[int, tuple[Mark, ...]] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    plain: Mapping[str, str] = field(default_factory=dict)


def aids(
    session: Session, consultation_id: UUID, edition: Edition, rows: Sequence[DraftClause]
) -> Aids:
    """What helps to read these clauses of an edition: at most three queries."""
    if not rows:
        return Aids()
    places = [row.position for row in rows]
    found = session.execute(
        select(col(ClauseMarks.position), col(ClauseMarks.marks)).where(
            col(ClauseMarks.version_id) == rows[0].version_id,
            col(ClauseMarks.position).between(min(places), max(places)),
        )
    )
    marks = {place: tuple(Mark(*each) for each in kept) for place, kept in found}
    terms = glossary(session, rows[0].version_id) if marks else []
    plain = _plain(session, consultation_id, edition.number)
    return Aids(marks, {term.key: term for term in terms}, plain)


def glossary(session: Session, version_id: UUID) -> list[Term]:
    """The terms of a published version, as its clauses and officers define them."""
    query = select(col(DraftGlossary.terms)).where(col(DraftGlossary.version_id) == version_id)
    kept = session.scalars(query).one_or_none() or []
    return [
        Term(each["key"], each["name"], tuple(each["others"]), each["meaning"], each["place"])
        for each in kept
    ]


def added_terms(session: Session, consultation_id: UUID) -> list[AddedTerm]:
    """What officers explain, by name."""
    query = select(AddedTerm).where(col(AddedTerm.consultation_id) == consultation_id)
    return list(session.scalars(query.order_by(col(AddedTerm.name))))


def added_term(session: Session, consultation_id: UUID, term_id: UUID) -> AddedTerm:
    """One of them; raises `NotFound`."""
    query = select(AddedTerm).where(
        col(AddedTerm.id) == term_id, col(AddedTerm.consultation_id) == consultation_id
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound(words("There is no such word in this glossary."))
    return found


def newest_plain(session: Session, consultation_id: UUID) -> dict[str, PlainWords]:
    """The newest plain words of every clause that ever had some, by clause."""
    by_edition = col(PlainWords.edition)
    query = select(PlainWords).where(col(PlainWords.consultation_id) == consultation_id)
    return {row.clause_id: row for row in session.scalars(query.order_by(by_edition))}


def versions_without_glossary(session: Session, *, limit: int) -> list[DraftVersion]:
    """The newest published versions whose glossary was never made, as after an upgrade."""
    newest = (
        select(
            col(DraftVersion.consultation_id), func.max(col(DraftVersion.number)).label("number")
        )
        .where(col(DraftVersion.published_at).is_not(None))
        .group_by(col(DraftVersion.consultation_id))
        .subquery()
    )
    made = select(col(DraftGlossary.version_id))
    query = (
        select(DraftVersion)
        .join(
            newest,
            (newest.c.consultation_id == col(DraftVersion.consultation_id))
            & (newest.c.number == col(DraftVersion.number)),
        )
        .where(col(DraftVersion.id).not_in(made))
        .limit(limit)
    )
    return list(session.scalars(query))


def _plain(session: Session, consultation_id: UUID, edition: int) -> dict[str, str]:
    rows = session.execute(
        select(col(PlainWords.clause_id), col(PlainWords.body)).where(
            col(PlainWords.consultation_id) == consultation_id,
            col(PlainWords.edition) == edition,
            col(PlainWords.body) != "",
        )
    )
    return dict(rows.all())
