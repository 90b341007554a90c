"""What may become of a contribution in the record. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """How a contribution stands in the record now."""

    OPEN = "open"
    HELD = "held"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Act(StrEnum):
    """What may happen to a contribution once it is in the record."""

    EDIT = "edit"
    REDACT = "redact"
    HOLD = "hold"
    REMOVE = "remove"
    RESTORE = "restore"
    WITHDRAW = "withdraw"
    ERASE = "erase"


_LEADS: Mapping[State, Mapping[Act, State]] = {
    State.OPEN: {
        Act.EDIT: State.OPEN,
        Act.REDACT: State.OPEN,
        Act.HOLD: State.HELD,
        Act.REMOVE: State.REMOVED,
        Act.WITHDRAW: State.WITHDRAWN,
        Act.ERASE: State.ERASED,
    },
    State.HELD: {
        Act.EDIT: State.HELD,
        Act.REDACT: State.HELD,
        Act.REMOVE: State.REMOVED,
        Act.RESTORE: State.OPEN,
        Act.WITHDRAW: State.WITHDRAWN,
        Act.ERASE: State.ERASED,
    },
    State.REMOVED: {
        Act.EDIT: State.REMOVED,
        Act.REDACT: State.REMOVED,
        Act.RESTORE: State.OPEN,
        Act.WITHDRAW: State.WITHDRAWN,
        Act.ERASE: State.ERASED,
    },
    State.WITHDRAWN: {Act.ERASE: State.ERASED},
    State.ERASED: {},
}


def leads_to(state: State, act: Act) -> State | None:
    """Where an act leads from here; nothing where it changes nothing and is not recorded."""
    return _LEADS[state].get(act)
