"""What programs may ask for in the address: where to begin and how much."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import request

from participation.core.errors import Invalid
from participation.core.words import words
from participation.open_data.queries import Place
from participation.open_data.rules import COMMENTS_AT_ONCE, MOST_AT_ONCE
from participation.web.paging import Key, read_cursor

_BROKEN = words("This address is incomplete.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of a list, and the cursor of the page before (empty at the start)."""

    limit: int
    after: str

    def place(self) -> Place | None:
        """Where a list ordered by moments goes on; raises `Invalid` for a broken cursor."""
        key = read_cursor(self.after, 2)
        return None if key is None else _place(key)

    def position(self) -> int:
        """Where a list of numbered things goes on; raises `Invalid` for a broken cursor."""
        key = read_cursor(self.after, 1)
        if key is None:
            return -1
        if not isinstance(key[0], int) or not 0 <= key[0] < 2**31:
            raise Invalid(_BROKEN, field="after")
        return key[0]


def read_wanted() -> Wanted:
    """What this request asks for; raises `Invalid` for a limit that is none."""
    said = request.args.get("limit", str(COMMENTS_AT_ONCE))
    if not said.isdecimal() or not 1 <= int(said[:9]) <= MOST_AT_ONCE:
        message = words("Ask for 1 to %(most)s at once.", most=MOST_AT_ONCE)
        raise Invalid(message, field="limit")
    return Wanted(int(said), request.args.get("after", ""))


def _place(key: Key) -> Place:
    try:
        at, row_id = datetime.fromisoformat(str(key[0])), UUID(str(key[1]))
    except ValueError as error:
        raise Invalid(_BROKEN, field="after") from error
    if at.tzinfo is None:
        raise Invalid(_BROKEN, field="after")
    return Place(at, row_id)
