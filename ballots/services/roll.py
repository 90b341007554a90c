"""The roll from inside: a voter's own row, how many took part, forgetting the names."""

from dataclasses import dataclass

from ballots.evidence import DESK, SESSION
from ballots.label import Counts
from ballots.roll import Row
from ballots.services import elections
from ballots.services.context import Context
from ballots.services.elections import State
from ballots.store import boxes, check_ins, rolls
from ballots.store import elections as rows


@dataclass(frozen=True, slots=True)
class OwnRow:
    """What a voter may know of their own row.

    `salt` (32 bytes) shows that the row's commitment is theirs; `proof`, that the row is in the
    tree of `size` rows with this `root`.
    """

    index: int
    row: Row
    salt: bytes
    proof: tuple[bytes, ...]
    size: int
    root: bytes
    is_struck: bool


def row_of(context: Context, eid0: bytes, voter_id: str) -> OwnRow:
    """A voter's row with salt and proof, also before the freeze; raises Refused `unknown-row`."""
    tree = context.roll(eid0)
    with context.store.reading() as connection:
        number = rows.by_eid0(connection, eid0).id
        found = rolls.row_of_voter(connection, number, voter_id)
    return OwnRow(
        index=found.row,
        row=found.public,
        salt=found.salt or b"",
        proof=tree.proof(found.row),
        size=tree.size,
        root=tree.root,
        is_struck=found.struck,
    )


def counts(context: Context, eid0: bytes) -> Counts:
    """What is known of an election for its label: rows, check-ins by kind, keys that voted."""
    with context.store.reading() as connection:
        number = rows.by_eid0(connection, eid0).id
        every, with_passkey = rolls.count(connection, number)
        kinds = check_ins.count_by_kind(connection, number)
        voted = boxes.count_voted(connection, number)
    desk, desk_with_passkey = kinds.get(DESK, (0, 0))
    return Counts(
        rows=every,
        rows_with_passkey=with_passkey,
        check_ins=sum(number for number, _ in kinds.values()),
        by_session=kinds.get(SESSION, (0, 0))[0],
        by_desk=desk,
        by_desk_with_passkey=desk_with_passkey,
        voted=voted,
    )


def erase_names(context: Context, eid: bytes) -> None:
    """Forget names and salts of a closed election: its roll tells of nobody any more.

    Raises Refused `wrong-state` before close, because voters are found by their names.
    """
    number = context.election(eid).number
    with context.store.writing() as connection:
        now = elections.progress(connection, number)
        now.require(State.CLOSED, State.COUNTED, act="erasing the names of the roll")
        rolls.erase_names(connection, number)


def has_checked_in(context: Context, eid: bytes, voter_id: str) -> bool:
    """Whether a voter's row has checked in; raises Refused `unknown-row`."""
    number = context.election(eid).number
    with context.store.reading() as connection:
        row = rolls.row_of_voter(connection, number, voter_id).row
        return row in check_ins.of_rows(connection, number, [row])
