"""Reads across versions: what changed with each, and where a clause stood before."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from participation.comments.models import Comment
from participation.consultations.drafting.settling import Change
from participation.consultations.models import Consultation, DraftChange, DraftClause, DraftVersion
from participation.consultations.queries import Edition, subject_of
from participation.core.errors import NotFound
from participation.core.words import words


@dataclass(frozen=True, slots=True)
class Wording:
    """A clause as it stood in one published version."""

    version: int
    clause: DraftClause

    @property
    def text(self) -> str:
        """Its title and words: what a reader compares."""
        return self.clause.wording


@dataclass(frozen=True, slots=True)
class Gone:
    """A clause with comments that is no longer in the draft, as it stood last."""

    last: Wording
    comments: int


def wordings(session: Session, consultation_id: UUID, clause_id: str) -> list[Wording]:
    """A clause in every published version that has it, the earliest first; raises `NotFound`."""
    rows = session.execute(
        select(col(DraftVersion.number), DraftClause)
        .join(DraftClause, col(DraftClause.version_id) == col(DraftVersion.id))
        .where(
            col(DraftVersion.consultation_id) == consultation_id,
            col(DraftVersion.published_at).is_not(None),
            col(DraftClause.clause_id) == clause_id,
        )
        .order_by(col(DraftVersion.number))
    )
    found = [Wording(number, clause) for number, clause in rows]
    if not found:
        raise NotFound(words("This draft has no such clause."))
    return found


def clause_ids_ever(session: Session, consultation_id: UUID) -> set[str]:
    """Every lasting id that a clause of any version has."""
    rows = session.scalars(
        select(col(DraftClause.clause_id))
        .join(DraftVersion, col(DraftClause.version_id) == col(DraftVersion.id))
        .where(col(DraftVersion.consultation_id) == consultation_id)
        .distinct()
    )
    return set(rows)


def clauses_of(
    session: Session, version_id: UUID, clause_ids: Collection[str]
) -> dict[str, DraftClause]:
    """Some clauses of a version, by id."""
    rows = session.scalars(
        select(DraftClause).where(
            col(DraftClause.version_id) == version_id, col(DraftClause.clause_id).in_(clause_ids)
        )
    )
    return {row.clause_id: row for row in rows}


def all_changes(session: Session, version_id: UUID) -> list[DraftChange]:
    """What became of every clause with a version, in the order of the new text."""
    query = select(DraftChange).where(col(DraftChange.version_id) == version_id)
    return list(session.scalars(query.order_by(col(DraftChange.position))))


def changed(
    session: Session, version_id: UUID, *, after: int = -1, limit: int
) -> list[DraftChange]:
    """One page of the clauses that did not stay the same."""
    query = select(DraftChange).where(
        col(DraftChange.version_id) == version_id,
        col(DraftChange.change) != Change.SAME.value,
        col(DraftChange.position) > after,
    )
    return list(session.scalars(query.order_by(col(DraftChange.position)).limit(limit)))


def change_counts(session: Session, version_ids: Collection[UUID]) -> dict[UUID, dict[Change, int]]:
    """How many clauses of each fate every version has: old ones, and new ones for `NEW`."""
    rows = session.execute(
        select(col(DraftChange.version_id), col(DraftChange.change), func.count())
        .where(col(DraftChange.version_id).in_(version_ids))
        .group_by(col(DraftChange.version_id), col(DraftChange.change))
    )
    found: dict[UUID, dict[Change, int]] = {version_id: {} for version_id in version_ids}
    for version_id, change, count in rows:
        found[version_id][Change(change)] = count
    return found


def doubts_left(session: Session, version_id: UUID) -> int:
    """How many rows of a matching nobody has looked at yet."""
    query = select(func.count()).where(
        col(DraftChange.version_id) == version_id, col(DraftChange.is_doubtful)
    )
    return session.scalars(query).one()


def relations(session: Session, consultation_id: UUID, clause_id: str) -> list[DraftChange]:
    """Where a clause was split or merged, on either side, with any published version."""
    is_named = (col(DraftChange.old_id) == clause_id) | (col(DraftChange.new_id) == clause_id)
    query = (
        select(DraftChange)
        .join(DraftVersion, col(DraftVersion.id) == col(DraftChange.version_id))
        .where(
            col(DraftVersion.consultation_id) == consultation_id,
            col(DraftVersion.published_at).is_not(None),
            col(DraftChange.change).in_([Change.SPLIT.value, Change.MERGED.value]),
            is_named,
        )
    )
    in_order = (col(DraftVersion.number), col(DraftChange.position))
    return list(session.scalars(query.order_by(*in_order)))


def gone(session: Session, found: Consultation, edition: Edition) -> list[Gone]:
    """The clauses with comments that the edition no longer has: two queries, few rows."""
    subject = subject_of(found)
    here = select(col(DraftClause.clause_id)).where(col(DraftClause.version_id) == edition.id)
    counted = session.execute(
        select(col(Comment.place), func.count())
        .where(
            col(Comment.subject_kind) == subject.kind,
            col(Comment.subject_id) == subject.id,
            col(Comment.thread_id).is_(None),
            col(Comment.place).not_in(here),
        )
        .group_by(col(Comment.place))
    )
    counts = dict(counted.all())
    rows = session.execute(
        select(col(DraftVersion.number), DraftClause)
        .join(DraftClause, col(DraftClause.version_id) == col(DraftVersion.id))
        .where(
            col(DraftVersion.consultation_id) == found.id,
            col(DraftClause.clause_id).in_(counts),
        )
        .order_by(col(DraftVersion.number), col(DraftClause.position))
    )
    last = {clause.clause_id: Wording(number, clause) for number, clause in rows}
    return [Gone(wording, counts[clause_id]) for clause_id, wording in last.items()]
