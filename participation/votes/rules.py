"""States of a vote and the acts that lead from one to the next. Pure.

    drafted ⇄ announced → frozen → open → check-in-closed → closed → counted

Every refusal is a `Conflict` whose code names the rule and whose words say what is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from participation.core.errors import Conflict
from participation.core.words import Words, plural_words, words
from participation.votes.proposal import Windows


class State(StrEnum):
    """Where a vote stands, in order."""

    DRAFTED = "drafted"
    ANNOUNCED = "announced"
    FROZEN = "frozen"
    OPEN = "open"
    CHECK_IN_CLOSED = "check-in-closed"
    CLOSED = "closed"
    COUNTED = "counted"


class Act(StrEnum):
    """What an organiser does to move a vote on."""

    ANNOUNCE = "announce"
    WITHDRAW = "withdraw"
    FREEZE = "freeze"
    OPEN = "open"
    CLOSE_CHECK_IN = "close-check-in"
    CLOSE = "close"
    COUNT = "count"


RUNNING = frozenset({State.FROZEN, State.OPEN, State.CHECK_IN_CLOSED})
"""From the freeze to the close: something of the vote may be open, as its times say."""

SEALED = frozenset(State) - {State.DRAFTED, State.ANNOUNCED}
"""From the freeze on: nothing of what was drawn up changes any more."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the guards look at: the state, the promised times, the hour, the roll."""

    state: State
    windows: Windows
    now: datetime
    roll_size: int
    min_group: int


Guard = Callable[[Situation], None]


def _has_roll_and_time(now: Situation) -> None:
    if not now.roll_size:
        message = words("There is no roll yet. Hand in the list of those who may vote first.")
        raise Conflict("roll-missing", message)
    if now.roll_size < now.min_group:
        raise Conflict(
            "min-group",
            plural_words(
                "There is only %(count)s person on the roll. At least %(least)s are needed, so that"
                " nobody's choice can be guessed from the result.",
                "There are only %(count)s people on the roll. At least %(least)s are needed, so"
                " that nobody's choice can be guessed from the result.",
                now.roll_size,
                least=now.min_group,
            ),
        )
    _has_check_in_ahead(now)


def _has_check_in_ahead(now: Situation) -> None:
    closes = now.windows.check_in_closes
    if closes <= now.now:
        raise Conflict(
            "check-in-closes",
            words(
                "Check-in would have ended on %(moment)s already: nobody could take part. Change"
                " the times first.",
                moment=closes,
            ),
        )


def _is_voting_hour(now: Situation) -> None:
    _has_come(
        now,
        now.windows.voting_opens,
        "voting-opens",
        words(
            "It was promised that voting opens on %(moment)s. It cannot open earlier.",
            moment=now.windows.voting_opens,
        ),
    )


def _is_check_in_over(now: Situation) -> None:
    _has_come(
        now,
        now.windows.check_in_closes,
        "check-in-closes",
        words(
            "People were promised to be able to check in until %(moment)s. Closing earlier would"
            " shut them out.",
            moment=now.windows.check_in_closes,
        ),
    )


def _is_voting_over(now: Situation) -> None:
    _has_come(
        now,
        now.windows.voting_closes,
        "voting-closes",
        words(
            "People were promised to be able to vote until %(moment)s. Closing earlier would shut"
            " them out.",
            moment=now.windows.voting_closes,
        ),
    )


def _has_come(now: Situation, moment: datetime, rule: str, message: Words) -> None:
    if now.now < moment:
        raise Conflict(rule, message)


def _always(_now: Situation) -> None:
    return


TRANSITIONS: dict[State, dict[Act, tuple[State, Guard]]] = {
    State.DRAFTED: {Act.ANNOUNCE: (State.ANNOUNCED, _has_roll_and_time)},
    State.ANNOUNCED: {
        Act.FREEZE: (State.FROZEN, _has_check_in_ahead),
        Act.WITHDRAW: (State.DRAFTED, _always),
    },
    State.FROZEN: {Act.OPEN: (State.OPEN, _is_voting_hour)},
    State.OPEN: {Act.CLOSE_CHECK_IN: (State.CHECK_IN_CLOSED, _is_check_in_over)},
    State.CHECK_IN_CLOSED: {Act.CLOSE: (State.CLOSED, _is_voting_over)},
    State.CLOSED: {Act.COUNT: (State.COUNTED, _always)},
    State.COUNTED: {},
}
"""From each state: the acts out of it, where they lead, and what must hold first."""

_OUT_OF_ORDER = {
    Act.ANNOUNCE: words("Only a vote that is still being drawn up can be announced."),
    Act.WITHDRAW: words(
        "Only an announced vote can be withdrawn. After the freeze nothing changes any more."
    ),
    Act.FREEZE: words(
        "Only an announced vote can be frozen: people must be able to look up their row first."
    ),
    Act.OPEN: words("Only a frozen vote can be opened."),
    Act.CLOSE_CHECK_IN: words("Check-in can be closed once voting has been opened, and only once."),
    Act.CLOSE: words("Voting can be closed once check-in has been closed, and only once."),
    Act.COUNT: words("Only a vote that has been closed, and not been counted yet, can be counted."),
}


def after(act: Act, now: Situation) -> State:
    """The state that `act` leads to; raises `Conflict` naming the rule that forbids it."""
    acts = TRANSITIONS[now.state]
    if act not in acts:
        raise Conflict("wrong-state", _OUT_OF_ORDER[act])
    target, guard = acts[act]
    guard(now)
    return target


def refusal(act: Act, now: Situation) -> Conflict | None:
    """Why `act` cannot be done now; nothing when it can: for the button that says why."""
    try:
        after(act, now)
    except Conflict as conflict:
        return conflict
    return None


def check_changeable(state: State) -> None:
    """Nothing while texts, times and roll may still change; raises `Conflict` otherwise."""
    if state is State.ANNOUNCED:
        message = words("This vote is announced. Withdraw it first if something must change.")
        raise Conflict("announced", message)
    if state is not State.DRAFTED:
        raise Conflict("frozen", words("After the freeze nothing of a vote changes any more."))
