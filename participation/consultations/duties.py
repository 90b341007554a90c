"""What the office owes: consultations whose comments are answered now, and until when.

Answers are promised for a day, `answers_by`; whatever still waits after it is overdue.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from participation.consultations.models import Consultation, DraftClause, DraftVersion
from participation.consultations.rules import Phase

SOON = timedelta(days=7)
_ANSWERED_IN = (Phase.OPEN.value, Phase.ANSWERING.value)
_POINTS = 10


class Due(StrEnum):
    """How near the promised day is."""

    LATER = "later"
    SOON = "soon"
    OVERDUE = "overdue"


def due(answers_by: date, today: date) -> Due:
    """How near the day is for which answers were promised."""
    if answers_by < today:
        return Due.OVERDUE
    return Due.SOON if answers_by - today <= SOON else Due.LATER


def answerable(session: Session) -> list[Consultation]:
    """The consultations whose comments may be answered now, the first due first."""
    by_day = (col(Consultation.answers_by), col(Consultation.id))
    found = select(Consultation).where(col(Consultation.phase).in_(_ANSWERED_IN))
    return list(session.scalars(found.order_by(*by_day)))


def citations_in(
    session: Session, places: Mapping[UUID, Collection[str]]
) -> dict[tuple[UUID, str], str]:
    """How clauses of several consultations are cited, as they were last; one query.

    `places` are clause ids by consultation; the keys of what comes back are (consultation, clause).
    """
    ids = {clause_id for found in places.values() for clause_id in found}
    named = session.execute(
        select(
            col(DraftVersion.consultation_id),
            col(DraftClause.clause_id),
            col(DraftClause.citation),
        )
        .join(DraftVersion, col(DraftVersion.id) == col(DraftClause.version_id))
        .where(
            col(DraftVersion.consultation_id).in_(places.keys()),
            col(DraftClause.clause_id).in_(ids),
        )
        .order_by(col(DraftVersion.number))
    )
    return {
        (consultation_id, clause_id): citation for consultation_id, clause_id, citation in named
    }


def days_of_course(opens_on: date, last: date) -> Sequence[date]:
    """Up to ten days from the opening to `last`, evenly apart, `last` always among them."""
    length = (last - opens_on).days
    if length < 0:
        return ()
    step = max(1, -(-length // (_POINTS - 1)))
    return [last - timedelta(days=back) for back in range(0, length + 1, step)][::-1]
