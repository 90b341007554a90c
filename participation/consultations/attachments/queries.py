"""Reads: the files beside a draft."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from participation.consultations.attachments.models import Attachment
from participation.core.errors import NotFound
from participation.core.words import words


def attachments(
    session: Session, consultation_id: UUID, *, edition: int | None = None
) -> list[Attachment]:
    """The files beside a draft, removed ones too, the earliest first.

    With an `edition`, only those that stand on the page once this version is published.
    """
    query = select(Attachment).where(col(Attachment.consultation_id) == consultation_id)
    if edition is not None:
        query = query.where(col(Attachment.edition) <= edition)
    return list(session.scalars(query.order_by(col(Attachment.added_at), col(Attachment.id))))


def attachment(session: Session, consultation_id: UUID, attachment_id: UUID) -> Attachment:
    """One of them; raises `NotFound`."""
    query = select(Attachment).where(
        col(Attachment.id) == attachment_id, col(Attachment.consultation_id) == consultation_id
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound(words("There is no such file."))
    return found


def standing_count(session: Session, consultation_id: UUID) -> int:
    """How many files stand beside a draft or wait for its next version."""
    query = select(func.count()).where(
        col(Attachment.consultation_id) == consultation_id, col(Attachment.removed_at).is_(None)
    )
    return session.scalars(query).one()


def unused(session: Session, names: Collection[str]) -> set[str]:
    """Those of these digests that no file beside any draft has."""
    used = select(col(Attachment.sha256)).where(
        col(Attachment.sha256).in_(names), col(Attachment.removed_at).is_(None)
    )
    return set(names) - set(session.scalars(used))
