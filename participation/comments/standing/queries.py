"""Reads: whether a comment is shown, who agrees, how much somebody wrote lately."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from participation.comments.models import Comment
from participation.comments.standing.models import Agreement, Withholding
from participation.comments.standing.rules import Withheld
from participation.comments.wordings.models import Wording


def is_shown() -> ColumnElement[bool]:
    """The condition that the words of a comment are not withheld."""
    same = col(Withholding.comment_id) == col(Comment.id)
    return ~select(col(Withholding.comment_id)).where(same).correlate(Comment).exists()


def withholding(session: Session, comment_id: UUID) -> Withholding | None:
    """Why a comment is withheld, if it is."""
    return session.get(Withholding, comment_id)


def withheld(session: Session, comment_id: UUID) -> Withheld | None:
    """In which way a comment is withheld, if it is."""
    found = withholding(session, comment_id)
    return Withheld(found.kind) if found else None


def agreed_with(
    session: Session, account_id: UUID, comment_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Which of these comments somebody agrees with: one query."""
    found = session.scalars(
        select(col(Agreement.comment_id)).where(
            col(Agreement.account_id) == account_id, col(Agreement.comment_id).in_(comment_ids)
        )
    )
    return frozenset(found)


def pace(session: Session, author_id: UUID, since: datetime) -> tuple[int, datetime | None]:
    """How many comments and replies somebody wrote since a moment, and when the oldest of them."""
    count, first_at = session.execute(
        select(func.count(), func.min(Comment.written_at)).where(
            col(Comment.author_id) == author_id, col(Comment.written_at) > since
        )
    ).one()
    return count, first_at


def remember(session: Session, account_id: UUID) -> Iterator[dict[str, object]]:
    """What somebody wrote, with words that are withheld, and with whom they agree, row by row."""
    wrote = (
        select(Comment, Withholding)
        .outerjoin(Withholding, col(Withholding.comment_id) == col(Comment.id))
        .where(col(Comment.author_id) == account_id)
        .order_by(col(Comment.written_at))
    )
    for comment, found in session.execute(wrote.execution_options(yield_per=500)):
        yield {
            "kind": "comment" if comment.thread_id is None else "reply",
            "id": comment.id,
            "at": comment.written_at,
            "about": comment.place,
            "stance": comment.stance,
            "text": found.body if found else comment.body,
            "withheld": found.kind if found else None,
        }
    own = select(col(Comment.id)).where(col(Comment.author_id) == account_id)
    former_ones = select(Wording).where(col(Wording.comment_id).in_(own))
    for former in session.scalars(former_ones.order_by(col(Wording.until))):
        yield {"kind": "earlier wording", "comment": former.comment_id, "until": former.until,
               "text": former.body}  # fmt: skip
    agreed = select(Agreement).where(col(Agreement.account_id) == account_id)
    for each in session.scalars(agreed.order_by(col(Agreement.at))):
        yield {"kind": "agreement", "at": each.at, "comment": each.comment_id}
