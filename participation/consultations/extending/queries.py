"""Reads: how announced days moved."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from participation.consultations.extending.models import Extension
from participation.consultations.models import Consultation
from participation.consultations.queries import calendar_of
from participation.consultations.rules import Calendar


def extensions(session: Session, consultation_id: UUID) -> list[Extension]:
    """Every time that announced days of a consultation moved, the latest first."""
    latest = (col(Extension.at).desc(), col(Extension.id).desc())
    query = select(Extension).where(col(Extension.consultation_id) == consultation_id)
    return list(session.scalars(query.order_by(*latest)))


def reason_of(session: Session, extension_id: UUID) -> str:
    """Why days moved with one act."""
    query = select(col(Extension.reason)).where(col(Extension.id) == extension_id)
    return session.scalars(query).one()


def calendar_at(session: Session, found: Consultation, at: datetime) -> Calendar:
    """The days as people were told them at a moment, the acts of that moment included."""
    query = select(Extension).where(
        col(Extension.consultation_id) == found.id, col(Extension.at) > at
    )
    following = session.scalars(query.order_by(col(Extension.at)).limit(1)).one_or_none()
    return following.old if following else calendar_of(found)
