"""A contributor's receipt."""

from uuid import UUID

from sqlmodel import Session

from participation.core.access import Actor
from participation.core.errors import Conflict, NotAllowed
from participation.core.words import words
from participation.record import queries
from participation.record.models import RecordLog, RecordOpening
from participation.record.receipts import Opened, write_receipt
from participation.record.tree import StoredTree


def receipt_of(session: Session, actor: Actor, consultation_id: UUID, comment_id: UUID) -> bytes:
    """The receipt for the contribution as it stands in the log now, a `*.tlog-proof` file.

    Raises `NotAllowed` for others than its author, `Conflict` until the log holds it and once its
    words were withdrawn or erased: then nothing is left that a receipt could show.
    """
    if queries.author_of(session, consultation_id, comment_id) != actor.id:
        message = words("A receipt is for whoever wrote the comment.")
        raise NotAllowed(message, code="not-the-author")
    row = queries.contributions(session, [comment_id]).get(comment_id)
    if row is None:
        message = words("Your comment enters the record within a minute. Please try again then.")
        raise Conflict("not-recorded-yet", message)
    opening = queries.opening(session, comment_id)
    if opening is None:
        message = words(
            "This comment was withdrawn or erased. The record shows that, and nothing of its words;"
            " a receipt that you downloaded before still proves where it stood."
        )
        raise Conflict("nothing-to-open", message)
    log = queries.begun_log(session, row.consultation_id)
    return write_receipt(
        row.place,
        _tree(session, log).inclusion(row.place, log.size),
        queries.checkpoint(session, log.consultation_id, log.size),
        queries.entry_at(session, log.consultation_id, row.place),
        _opened(opening),
    )


def _opened(row: RecordOpening) -> Opened:
    return Opened(bytes(row.salt), bytes(row.content), bytes(row.author_salt), row.author)


def _tree(session: Session, log: RecordLog) -> StoredTree:
    def read(level: int, begin: int, end: int) -> list[bytes]:
        return queries.hashes(session, log.consultation_id, level, begin, end)

    return StoredTree(read)
