"""Reads: organisations and their officers."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.core.errors import NotFound
from participation.core.words import words
from participation.organisations.models import Organisation, OrganisationOfficer


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who works for an organisation, as administrators see them."""

    account_id: UUID
    name: str
    email: str


def organisations(session: Session) -> list[Organisation]:
    """All organisations by name."""
    by_name = (func.lower(col(Organisation.name)), col(Organisation.id))
    return list(session.scalars(select(Organisation).order_by(*by_name)))


def organisation(session: Session, slug: str) -> Organisation:
    """The organisation at an address; raises `NotFound`."""
    by_slug = select(Organisation).where(col(Organisation.slug) == slug)
    found = session.scalars(by_slug).one_or_none()
    if found is None:
        raise NotFound(words("There is no such organisation."))
    return found


def organisation_of_id(session: Session, organisation_id: UUID) -> Organisation:
    """The organisation that other features know by this id; raises `NotFound`."""
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound(words("There is no such organisation."))
    return found


def is_slug_taken(session: Session, slug: str) -> bool:
    """Whether another organisation has this address."""
    taken = select(col(Organisation.id)).where(col(Organisation.slug) == slug)
    return session.scalars(taken).first() is not None


def officers(session: Session, organisation_id: UUID) -> list[Officer]:
    """Who works for an organisation, by name."""
    rows = session.execute(
        select(col(Account.id), col(Account.name), col(Account.email))
        .join(OrganisationOfficer, col(OrganisationOfficer.account_id) == col(Account.id))
        .where(col(OrganisationOfficer.organisation_id) == organisation_id)
        .order_by(func.lower(col(Account.name)), col(Account.id))
    )
    return [Officer(*row) for row in rows]


def officer(session: Session, organisation_id: UUID, account_id: UUID) -> Officer:
    """One officer of an organisation; raises `NotFound`."""
    for each in officers(session, organisation_id):
        if each.account_id == account_id:
            return each
    raise NotFound(words("This person does not work here."))


def officer_counts(session: Session) -> dict[UUID, int]:
    """How many officers each organisation has; those without any are left out."""
    of = col(OrganisationOfficer.organisation_id)
    return dict(session.execute(select(of, func.count()).group_by(of)).all())


def organisations_of(session: Session, account_id: UUID) -> list[Organisation]:
    """The organisations for which somebody works, by name."""
    rows = session.scalars(
        select(Organisation)
        .join(OrganisationOfficer, col(OrganisationOfficer.organisation_id) == col(Organisation.id))
        .where(col(OrganisationOfficer.account_id) == account_id)
        .order_by(func.lower(col(Organisation.name)), col(Organisation.id))
    )
    return list(rows)


def remember(session: Session, account_id: UUID) -> Iterator[dict[str, object]]:
    """For whom somebody works, for their copy of their data."""
    for each in organisations_of(session, account_id):
        yield {"kind": "organisation", "name": each.name}
