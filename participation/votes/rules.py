"""States of a vote and the acts that lead from one to the next. Pure.

drafted ⇄ announced → frozen → open → check-in-closed → closed → counted
"""

from enum import StrEnum


class State(StrEnum):
    """Where a vote stands, in order."""

    DRAFTED = "drafted"
    ANNOUNCED = "announced"
    FROZEN = "frozen"
    OPEN = "open"
    CHECK_IN_CLOSED = "check-in-closed"
    CLOSED = "closed"
    COUNTED = "counted"


RUNNING = frozenset({State.FROZEN, State.OPEN, State.CHECK_IN_CLOSED})
"""From the freeze to the close: something of the vote may be open, as its times say."""
