"""Reads: batches with their counts, entries, codes and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.comments.models import Answer, Comment
from participation.comments.standing.models import Withholding
from participation.comments.standing.rules import Withheld
from participation.consultations.models import Consultation, DraftClause, DraftVersion
from participation.consultations.rules import Phase
from participation.core.errors import NotFound
from participation.core.words import words
from participation.intake.models import IntakeBatch, IntakeCode, IntakeEntry
from participation.intake.rules import GRACE, State

_BATCHES = 200


@dataclass(frozen=True, slots=True)
class Counted:
    """A batch, who opened it, and how many of its entries stand in each state."""

    batch: IntakeBatch
    opened_by: str
    counts: dict[State, int]

    @property
    def total(self) -> int:
        """How many entries there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Typed:
    """An entry with the citation of its clause and the name of who typed it."""

    entry: IntakeEntry
    citation: str
    typist: str


@dataclass(frozen=True, slots=True)
class Fate:
    """An entry under a code, how its clause is cited, and the comment it became, if it did.

    `answer` is the official one; `name` the author's, for the letter alone. `gone` says in which
    way the comment's words are withheld, if they are.
    """

    entry: IntakeEntry
    citation: str
    source: str
    comment: Comment | None
    answer: Answer | None
    name: str
    gone: Withheld | None


def batch(session: Session, batch_id: UUID) -> IntakeBatch:
    """A batch; raises `NotFound`."""
    found = session.get(IntakeBatch, batch_id)
    if found is None:
        raise NotFound(words("There is no such batch."))
    return found


def entry(session: Session, batch_id: UUID, entry_id: UUID) -> IntakeEntry:
    """An entry of a batch; raises `NotFound`."""
    found = session.get(IntakeEntry, entry_id)
    if found is None or found.batch_id != batch_id:
        raise NotFound(words("There is no such entry."))
    return found


def entry_by_key(session: Session, batch_id: UUID, form_key: str) -> IntakeEntry | None:
    """The entry that the same form made before, if it did."""
    wanted = select(IntakeEntry).where(
        col(IntakeEntry.batch_id) == batch_id, col(IntakeEntry.form_key) == form_key
    )
    return session.scalars(wanted).one_or_none()


def states(session: Session, batch_id: UUID) -> dict[State, int]:
    """How many entries of a batch stand in each state; those without are missing."""
    counted = session.execute(
        select(col(IntakeEntry.state), func.count())
        .where(col(IntakeEntry.batch_id) == batch_id)
        .group_by(col(IntakeEntry.state))
    )
    return {State(state): count for state, count in counted}


def last_number(session: Session, batch_id: UUID) -> int:
    """The number of the entry that was added last; 0 in an empty batch."""
    newest = select(func.max(col(IntakeEntry.number))).where(col(IntakeEntry.batch_id) == batch_id)
    return session.scalars(newest).one() or 0


def batches(session: Session, consultation_id: UUID | None = None) -> list[Counted]:
    """The newest batches, of one consultation or of all: two queries."""
    query = select(IntakeBatch, col(Account.name)).join(
        Account, col(Account.id) == col(IntakeBatch.opened_by)
    )
    if consultation_id is not None:
        query = query.where(col(IntakeBatch.consultation_id) == consultation_id)
    newest = col(IntakeBatch.opened_at).desc()
    rows = session.execute(query.order_by(newest, col(IntakeBatch.id)).limit(_BATCHES)).all()
    counts = _counts(session, [row.id for row, _name in rows])
    return [Counted(row, name, counts.get(row.id, {})) for row, name in rows]


def entries(
    session: Session, found: IntakeBatch, wanted: Collection[State] = tuple(State)
) -> list[Typed]:
    """The entries of a batch that stand in these states, in the order of typing: one query."""
    rows = session.execute(
        select(
            IntakeEntry, func.coalesce(DraftClause.citation, IntakeEntry.place), col(Account.name)
        )
        .join(Account, col(Account.id) == col(IntakeEntry.typed_by))
        .outerjoin(
            DraftVersion,
            (col(DraftVersion.consultation_id) == found.consultation_id)
            & (col(DraftVersion.number) == found.edition),
        )
        .outerjoin(
            DraftClause,
            (col(DraftClause.version_id) == col(DraftVersion.id))
            & (col(DraftClause.clause_id) == col(IntakeEntry.place)),
        )
        .where(
            col(IntakeEntry.batch_id) == found.id,
            col(IntakeEntry.state).in_([state.value for state in wanted]),
        )
        .order_by(col(IntakeEntry.number), col(IntakeEntry.id))
    )
    return [Typed(row, citation, name) for row, citation, name in rows]


def clauses(session: Session, consultation_id: UUID, edition: int) -> list[tuple[str, str]]:
    """Id and citation of every clause of a published version, in reading order."""
    rows = session.execute(
        select(col(DraftClause.clause_id), col(DraftClause.citation))
        .join(DraftVersion, col(DraftVersion.id) == col(DraftClause.version_id))
        .where(
            col(DraftVersion.consultation_id) == consultation_id,
            col(DraftVersion.number) == edition,
            col(DraftVersion.published_at).is_not(None),
        )
        .order_by(col(DraftClause.position))
    )
    return [(clause_id, citation) for clause_id, citation in rows]


def consultation(session: Session, consultation_id: UUID) -> Consultation:
    """The consultation of a batch or a code; raises `NotFound`."""
    found = session.get(Consultation, consultation_id)
    if found is None:
        raise NotFound(words("There is no such consultation."))
    return found


def code(session: Session, written: str) -> IntakeCode:
    """A code that was given out; raises `NotFound`."""
    found = session.get(IntakeCode, written)
    if found is None:
        raise NotFound(words("No form with this code was given out."))
    return found


def series(session: Session, series_id: UUID) -> list[IntakeCode]:
    """The codes of forms that were printed together; raises `NotFound`."""
    wanted = select(IntakeCode).where(col(IntakeCode.series) == series_id)
    found = list(session.scalars(wanted.order_by(col(IntakeCode.code))))
    if not found:
        raise NotFound(words("There are no such forms."))
    return found


def batches_with(session: Session, written: str) -> frozenset[UUID]:
    """The batches in which entries bear this code."""
    wanted = select(col(IntakeEntry.batch_id)).where(col(IntakeEntry.code) == written)
    return frozenset(session.scalars(wanted))


def authors_under(session: Session, written: str) -> list[tuple[UUID, str]]:
    """Who is the author of what was published under a code: account and name."""
    rows = session.execute(
        select(col(Account.id), col(Account.name))
        .join(Comment, col(Comment.author_id) == col(Account.id))
        .join(IntakeEntry, col(IntakeEntry.comment_id) == col(Comment.id))
        .where(col(IntakeEntry.code) == written)
    )
    return [(account_id, name) for account_id, name in rows]


def fates(session: Session, written: str) -> list[Fate]:
    """What was typed under a code, and what became of it, in the order of typing: one query."""
    rows = session.execute(
        select(
            IntakeEntry,
            func.coalesce(DraftClause.citation, IntakeEntry.place),
            col(IntakeBatch.source),
            Comment,
            Answer,
            func.coalesce(Account.name, ""),
            col(Withholding.kind),
        )
        .join(IntakeBatch, col(IntakeBatch.id) == col(IntakeEntry.batch_id))
        .join(
            DraftVersion,
            (col(DraftVersion.consultation_id) == col(IntakeBatch.consultation_id))
            & (col(DraftVersion.number) == col(IntakeBatch.edition)),
        )
        .outerjoin(
            DraftClause,
            (col(DraftClause.version_id) == col(DraftVersion.id))
            & (col(DraftClause.clause_id) == col(IntakeEntry.place)),
        )
        .outerjoin(Comment, col(Comment.id) == col(IntakeEntry.comment_id))
        .outerjoin(Answer, col(Answer.id) == col(Comment.answer_id))
        .outerjoin(Account, col(Account.id) == col(Comment.author_id))
        .outerjoin(Withholding, col(Withholding.comment_id) == col(Comment.id))
        .where(col(IntakeEntry.code) == written)
        .order_by(col(IntakeEntry.typed_at), col(IntakeEntry.number))
    )
    return [
        Fate(entry, citation, source, comment, answer, name, Withheld(kind) if kind else None)
        for entry, citation, source, comment, answer, name, kind in rows
    ]


def waiting_for(session: Session, account_id: UUID) -> tuple[int, int]:
    """How many batches wait for this person's check, and how many entries were sent back."""
    to_check = select(func.count(col(IntakeEntry.batch_id).distinct())).where(
        col(IntakeEntry.state) == State.WAITING.value, col(IntakeEntry.typed_by) != account_id
    )
    returned = select(func.count()).where(col(IntakeEntry.state) == State.RETURNED.value)
    return session.scalars(to_check).one(), session.scalars(returned).one()


def taking_in(session: Session, today: date) -> list[Consultation]:
    """The consultations for which papers are taken in on this day, the first to end first."""
    phases = (Phase.OPEN.value, Phase.ANSWERING.value)
    wanted = select(Consultation).where(
        col(Consultation.phase).in_(phases), col(Consultation.closes_on) >= today - GRACE
    )
    return list(session.scalars(wanted.order_by(col(Consultation.closes_on), Consultation.title)))


def _counts(session: Session, ids: Sequence[UUID]) -> dict[UUID, dict[State, int]]:
    counted = session.execute(
        select(col(IntakeEntry.batch_id), col(IntakeEntry.state), func.count())
        .where(col(IntakeEntry.batch_id).in_(ids))
        .group_by(col(IntakeEntry.batch_id), col(IntakeEntry.state))
    )
    found: dict[UUID, dict[State, int]] = {}
    for batch_id, state, count in counted:
        found.setdefault(batch_id, {})[State(state)] = count
    return found
