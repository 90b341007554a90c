"""Acts of administrators on organisations and their officers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from participation.accounts import queries as accounts
from participation.accounts.rules import clean_email
from participation.areas import queries as areas
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Invalid
from participation.core.events import EventTag, record
from participation.core.ids import new_public_id, slug
from participation.core.words import words
from participation.organisations import queries
from participation.organisations.models import Organisation, OrganisationOfficer
from participation.organisations.queries import Officer
from participation.organisations.rules import SUBJECT_KIND, check_is_officer


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of an organisation; an empty area code is none."""

    name: str
    contact: str
    area_code: str = ""


def add_organisation(session: Session, actor: Actor, facts: Facts, at: datetime) -> Organisation:
    """A new organisation; raises `Invalid` for an area that is not known."""
    allows(actor, Permission.ORGANISATIONS_ORGANISATION_EDIT)
    _check_area(session, facts)
    wanted = slug(facts.name)
    if queries.is_slug_taken(session, wanted):
        wanted = f"{wanted}-{new_public_id(4)}"
    found = Organisation(
        slug=wanted,
        name=facts.name,
        area_code=facts.area_code or None,
        contact=facts.contact,
        created_at=at,
    )
    session.add(found)
    session.flush()
    _record(session, EventTag.ORGANISATIONS_ORGANISATION_ADD, actor, found, at)
    return found


def edit_organisation(
    session: Session, actor: Actor, found: Organisation, facts: Facts, at: datetime
) -> None:
    """Other facts about an organisation; its address stays."""
    allows(actor, Permission.ORGANISATIONS_ORGANISATION_EDIT)
    _check_area(session, facts)
    found.name, found.contact, found.area_code = facts.name, facts.contact, facts.area_code or None
    session.add(found)
    session.flush()
    _record(session, EventTag.ORGANISATIONS_ORGANISATION_EDIT, actor, found, at)


def add_officer(
    session: Session, actor: Actor, found: Organisation, email: str, at: datetime
) -> Officer:
    """Makes the account with this address an officer of an organisation.

    Raises `Invalid` when there is no such account, or it has not the officer's role.
    """
    allows(actor, Permission.ORGANISATIONS_ORGANISATION_EDIT)
    account = accounts.account_by_email(session, clean_email(email))
    if account is None:
        raise Invalid(words("There is no account with this address."), field="email")
    check_is_officer(accounts.roles_of(session, account.id))
    session.merge(OrganisationOfficer(organisation_id=found.id, account_id=account.id))
    session.flush()
    _record(session, EventTag.ORGANISATIONS_OFFICER_ADD, actor, found, at, officer=account.id)
    return Officer(account.id, account.name, account.email)


def remove_officer(
    session: Session, actor: Actor, found: Organisation, officer: Officer, at: datetime
) -> None:
    """Takes an officer off an organisation's list."""
    allows(actor, Permission.ORGANISATIONS_ORGANISATION_EDIT)
    row = session.get_one(OrganisationOfficer, (found.id, officer.account_id))
    session.delete(row)
    session.flush()
    tag = EventTag.ORGANISATIONS_OFFICER_REMOVE
    _record(session, tag, actor, found, at, officer=officer.account_id)


def forget(session: Session, actor: Actor, _now: datetime) -> None:
    """Takes somebody who leaves off every list of officers."""
    own = col(OrganisationOfficer.account_id) == actor.id
    session.execute(delete(OrganisationOfficer).where(own))


def _check_area(session: Session, facts: Facts) -> None:
    if facts.area_code and not areas.placed(session, [facts.area_code]):
        raise Invalid(words("There is no area with this code."), field="area")


def _record(
    session: Session,
    tag: EventTag,
    actor: Actor,
    found: Organisation,
    at: datetime,
    **details: UUID,
) -> None:
    said = {name: str(value) for name, value in details.items()}
    record(session, tag, at=at, actor=actor, subject=(SUBJECT_KIND, found.id), details=said)
