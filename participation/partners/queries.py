"""Reads: the partners of this site."""

from uuid import UUID

from sqlmodel import Session, col, select

from participation.core.errors import NotFound
from participation.core.words import words
from participation.partners.models import Partner
from participation.partners.rules import Kind


def partners(session: Session, *kinds: Kind) -> list[Partner]:
    """All partners, or those of these kinds, by kind and name."""
    query = select(Partner).order_by(col(Partner.kind), col(Partner.name))
    if kinds:
        query = query.where(col(Partner.kind).in_([kind.value for kind in kinds]))
    return list(session.exec(query))


def partner(session: Session, partner_id: UUID) -> Partner:
    """One partner; raises `NotFound`."""
    found = session.get(Partner, partner_id)
    if found is None:
        raise NotFound(words("There is no such partner."))
    return found


def is_known(session: Session, address: str) -> bool:
    """Whether a partner at this address stands in the list already."""
    return session.exec(select(Partner.id).where(Partner.address == address)).first() is not None


def address_of_witness(session: Session, vkey: str) -> str | None:
    """Where the witness with this verifier key answers, if it is a partner."""
    query = select(Partner.address).where(Partner.kind == Kind.WITNESS.value, Partner.key == vkey)
    return session.exec(query).first()
