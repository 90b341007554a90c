"""What needs the witnesses: acts that build on a checkpoint wait until it is published."""

from sqlalchemy import Connection

from ballots.draft import Draft
from ballots.errors import Refused
from ballots.store import logs, witnessing
from ballots.store.database import LogKey


class Unwitnessed(Refused):
    """An act that waits until a checkpoint is published; `silent` are the witnesses not heard."""

    def __init__(self, what: str, silent: tuple[str, ...], needed: int) -> None:
        text = f"{what}; not heard yet: {', '.join(silent)} ({needed} needed)"
        super().__init__("not-published", text)
        self.silent = silent


def require_published(connection: Connection, draft: Draft, key: LogKey, size: int) -> bytes:
    """The note of the checkpoint of this size, cosigned by the draft's quorum.

    Raises Unwitnessed naming the witnesses that are silent.
    """
    try:
        return logs.checkpoint_note(connection, key, size)
    except Refused as refusal:
        if refusal.code != "not-published":
            raise
        silent = silent_witnesses(connection, draft, key, size)
        raise Unwitnessed(refusal.message, silent, draft.witnesses.k) from refusal


def require_latest_published(connection: Connection, draft: Draft, key: LogKey) -> None:
    """Pass once the newest checkpoint of a log is published; raises as `require_published`."""
    size, _ = logs.latest_signed(connection, key)
    require_published(connection, draft, key, size)


def silent_witnesses(
    connection: Connection, draft: Draft, key: LogKey, size: int
) -> tuple[str, ...]:
    """The names of the witnesses who have not cosigned the checkpoint of this size."""
    heard = witnessing.cosigned_by(connection, key, size)
    named = enumerate(draft.witnesses.list, start=1)
    return tuple(each.name for number, each in named if number not in heard)
