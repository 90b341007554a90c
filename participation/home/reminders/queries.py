"""Reads: what waits for whom, who is in charge, who was told already. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from participation.accounts.models import Account, AccountRole
from participation.comments.ledger.queries import waits
from participation.comments.models import Comment
from participation.consultations.models import Consultation, ConsultationOrganisation
from participation.consultations.rules import SUBJECT_KIND
from participation.core.access import GRANTS, Permission
from participation.home.reminders.models import Reminder, ReminderRound
from participation.organisations.models import OrganisationOfficer


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits in a consultation for one officer, or for nobody yet (`officer_id` empty)."""

    consultation_id: UUID
    officer_id: UUID | None
    comments: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may be written to: the address is confirmed."""

    id: UUID
    name: str
    email: str
    language: str


def has_gone_round(session: Session, day: date) -> bool:
    """Whether everybody was reminded on this day."""
    return session.get(ReminderRound, day) is not None


def piles(session: Session, ids: Collection[UUID]) -> list[Pile]:
    """What waits in these consultations, by officer: one query."""
    grouped = (col(Comment.subject_id), col(Comment.assignee_id))
    rows = session.execute(
        select(*grouped, func.count(), func.min(Comment.considered_at))
        .where(
            col(Comment.subject_kind) == SUBJECT_KIND, col(Comment.subject_id).in_(ids), *waits()
        )
        .group_by(*grouped)
    )
    return [Pile(*row) for row in rows]


def in_charge(session: Session, held: Sequence[Consultation]) -> dict[UUID, frozenset[UUID]]:
    """Who takes what was given to nobody: officers of the organisation that holds the consultation.

    Where it has none, whoever laid the consultation down; where they may not answer any more,
    everybody who may. Three queries.
    """
    able = holders(session, Permission.COMMENTS_ANSWER_WRITE)
    named: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for consultation_id, account_id in session.execute(
        select(col(ConsultationOrganisation.consultation_id), col(OrganisationOfficer.account_id))
        .join(
            OrganisationOfficer,
            col(OrganisationOfficer.organisation_id)
            == col(ConsultationOrganisation.organisation_id),
        )
        .where(col(ConsultationOrganisation.consultation_id).in_([each.id for each in held]))
    ):
        named[consultation_id].add(account_id)
    return {each.id: (able & named[each.id]) or (able & {each.created_by}) or able for each in held}


def holders(session: Session, permission: Permission) -> frozenset[UUID]:
    """Everybody who holds a permission."""
    roles = [role.value for role, granted in GRANTS.items() if permission in granted]
    held = select(col(AccountRole.account_id)).where(col(AccountRole.role).in_(roles))
    return frozenset(session.scalars(held))


def told(session: Session, account_ids: Collection[UUID]) -> set[tuple[UUID, str, str]]:
    """What these people were told before: (account, what about, stage)."""
    rows = session.execute(
        select(col(Reminder.account_id), col(Reminder.about), col(Reminder.stage)).where(
            col(Reminder.account_id).in_(account_ids)
        )
    )
    return {(account_id, about, stage) for account_id, about, stage in rows}


def recipients(session: Session, account_ids: Collection[UUID]) -> list[Recipient]:
    """Those of these people whose address is confirmed, by language."""
    rows = session.execute(
        select(col(Account.id), col(Account.name), col(Account.email), col(Account.language))
        .where(col(Account.id).in_(account_ids), col(Account.confirmed_at).is_not(None))
        .order_by(col(Account.language), col(Account.id))
    )
    return [Recipient(*row) for row in rows]
