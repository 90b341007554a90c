"""Acts on partners: adding one by its address, asking again, removing."""

from datetime import datetime, timedelta

from sqlmodel import Session

from participation.core.access import Actor, Permission, allows
from participation.core.errors import Invalid
from participation.core.events import EventTag, record
from participation.core.words import words
from participation.partners import queries
from participation.partners.asking import Asker, Silent
from participation.partners.models import Partner
from participation.partners.rules import (
    Kind,
    Problem,
    Said,
    about_place,
    clean_address,
    read_about,
)

_SUBJECT = "partner"
_ASKED_AGAIN_AFTER = timedelta(minutes=10)


def add(
    session: Session, asker: Asker, actor: Actor, command: tuple[Kind, str], now: datetime
) -> Partner:
    """A new partner, asked for its name and key; `command` is its kind and address.

    Raises `Invalid` naming the field: for an address that is none, is known already, or where no
    service of this kind answers.
    """
    allows(actor, Permission.PARTNERS_PARTNER_EDIT)
    kind, typed = command
    address = clean_address(typed, may_be_private=asker.may_be_private)
    if queries.is_known(session, address):
        raise Invalid(words("This partner stands in the list already."), field="address")
    said = _introduced(asker, kind, address)
    found = Partner(
        kind=kind.value, name=said.name, address=address, key=said.key, added_at=now, seen_at=now
    )
    session.add(found)
    session.flush()
    _record(session, EventTag.PARTNERS_PARTNER_ADD, actor, found, now)
    return found


def check(session: Session, asker: Asker, actor: Actor, partner: Partner, now: datetime) -> None:
    """Asks a partner again and notes what came of it; its key is never replaced."""
    allows(actor, Permission.PARTNERS_PARTNER_EDIT)
    _note(session, partner, problem_of(asker, partner), now)
    _record(session, EventTag.PARTNERS_PARTNER_CHECK, actor, partner, now)


def remove(session: Session, actor: Actor, partner: Partner, now: datetime) -> None:
    """Takes a partner off the list; votes that chose it keep it."""
    allows(actor, Permission.PARTNERS_PARTNER_EDIT)
    _record(session, EventTag.PARTNERS_PARTNER_REMOVE, actor, partner, now)
    session.delete(partner)
    session.flush()


def check_all(session: Session, asker: Asker, now: datetime) -> None:
    """Asks every partner that was not asked for a while: each minute's work."""
    due = [
        each
        for each in queries.partners(session)
        if each.seen_at is None or each.seen_at <= now - _ASKED_AGAIN_AFTER
    ]
    found = [(each, problem_of(asker, each)) for each in due]  # slow, so before the first write
    for each, problem in found:
        _note(session, each, problem, now)


def problem_of(asker: Asker, partner: Partner) -> Problem:
    """What is wrong with a partner's service now, if anything is."""
    kind = Kind(partner.kind)
    try:
        said = read_about(kind, asker.ask(about_place(kind, partner.address)))
    except Silent:
        return Problem.SILENT
    except ValueError:
        return Problem.STRANGE
    return Problem.NONE if said.key == partner.key else Problem.OTHER_KEY


def _introduced(asker: Asker, kind: Kind, address: str) -> Said:
    """What a service says of itself; raises `Invalid` where none of this kind answers."""
    try:
        return read_about(kind, asker.ask(about_place(kind, address)))
    except Silent as error:
        message = words(
            "Nobody answers at this address. Has the service been started, and can this site"
            " reach it?"
        )
        raise Invalid(message, field="address") from error
    except ValueError as error:
        message = words("Something answers at this address, but no service of this kind.")
        raise Invalid(message, field="address") from error


def _note(session: Session, partner: Partner, problem: Problem, now: datetime) -> None:
    partner.problem = problem.value
    if problem is Problem.NONE:
        partner.seen_at = now
    session.add(partner)
    session.flush()


def _record(session: Session, tag: EventTag, actor: Actor, partner: Partner, now: datetime) -> None:
    subject = (_SUBJECT, partner.id)
    record(session, tag, at=now, actor=actor, subject=subject, details={"kind": partner.kind})
