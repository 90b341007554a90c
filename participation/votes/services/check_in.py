"""The voter's side: one row of the roll, and the registrars' signatures for it (section 6).

What is signed here is durable on its own, before the request's transaction ends, and leaves no
event behind: that somebody checked in stands in the check-in log and nowhere else.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ballots.services import registrar, roll
from ballots.services.context import Context
from ballots.services.names import read_name
from ballots.services.registrar import Ask
from participation.core.errors import Conflict, Invalid, NotFound
from participation.core.words import words
from participation.votes.models import Vote
from participation.votes.refusals import in_words
from participation.votes.rules import State

MOST_ASK_BYTES = 64 * 1024
"""More than any honest check-in sends: eight registrars and a passkey's evidence fit ten times."""

_FIELDS = frozenset({"row", "style", "blinded", "kind", "evidence"})
_MOST_NUMBER = 2**63 - 1
_OVER = frozenset({State.CLOSED, State.COUNTED})


class Window(StrEnum):
    """Where the present stands to a promised span of time."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Standing:
    """A voter's own row: its place from 1 in a roll of `size` rows, and what became of it."""

    place: int
    size: int
    is_struck: bool
    has_checked_in: bool


def check_in_window(vote: Vote, now: datetime) -> Window:
    """Whether people can check in now; never before the freeze nor after the organiser's close."""
    state = State(vote.state)
    if state in _OVER or state is State.CHECK_IN_CLOSED or now >= vote.check_in_closes_at:
        return Window.AFTER
    return Window.BEFORE if vote.eid is None or now < vote.check_in_opens_at else Window.DURING


def voting_window(vote: Vote, now: datetime) -> Window:
    """Whether the ballot box takes ballots now; it opens by the organiser's act, not by itself."""
    state = State(vote.state)
    if state in _OVER or now >= vote.voting_closes_at:
        return Window.AFTER
    is_open = state in {State.OPEN, State.CHECK_IN_CLOSED} and now >= vote.voting_opens_at
    return Window.DURING if is_open else Window.BEFORE


def standing(context: Context, vote: Vote, voter_id: str) -> Standing:
    """A voter's row, also before the freeze; raises `NotFound` for who is not on the roll."""
    with in_words():
        own = roll.row_of(context, read_name(vote.eid0 or ""), voter_id)
        has_checked_in = vote.eid is not None and roll.has_checked_in(
            context, read_name(vote.eid), voter_id
        )
    return Standing(own.index + 1, own.size, own.is_struck, has_checked_in)


def roll_row(context: Context, vote: Vote, voter_id: str) -> dict[str, Any]:
    """A voter's row with all that shows it is theirs, as the voting client reads it.

    Binary values are base64url. Raises `NotFound` for who is not on the roll.
    """
    with in_words():
        own = roll.row_of(context, read_name(vote.eid0 or ""), voter_id)
    return {
        "row": own.index,
        "style": own.row.style,
        "salt": _write(own.salt),
        "voter_id": voter_id,
        "leaf": _write(own.row.leaf),
        "proof": [_write(each) for each in own.proof],
        "size": own.size,
    }


def read_ask(body: bytes) -> Ask:
    """What a voter's device asks for; raises `Invalid` for anything else than its JSON."""
    if len(body) > MOST_ASK_BYTES:
        raise _malformed()
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _malformed() from error
    if (
        not isinstance(sent, dict)
        or sent.keys() != _FIELDS
        or not isinstance(sent["blinded"], list)
    ):
        raise _malformed()
    return Ask(
        row=_number(sent["row"]),
        style=_number(sent["style"]),
        blinded=tuple(_octets(each) for each in sent["blinded"]),
        kind=_number(sent["kind"]),
        evidence=_octets(sent["evidence"]),
    )


def check_in(context: Context, vote: Vote, voter_id: str, ask: Ask) -> dict[str, Any]:
    """The registrars' answers in their order, as the voting client reads them; durable.

    Empty strings stand for a registrar that has not signed. The same ask again gets the same
    answer; another one for the row is refused (`Conflict` already-checked-in), as everything is
    that the protocol refuses.
    """
    if vote.eid is None:
        raise Conflict("check-in-not-open", words("Check-in has not begun yet."))
    with in_words():
        answer = registrar.check_in(context, read_name(vote.eid), voter_id, ask)
    given = {each.registrar: each for each in answer.signatures}
    places = range(1, len(ask.blinded) + 1)
    return {
        "blind_signatures": [
            _write(given[r].blind_signature) if r in given else "" for r in places
        ],
        "promises": [_write(given[r].promise) if r in given else "" for r in places],
    }


def is_missing(error: NotFound) -> bool:
    """Whether the voter, and not something else, is what was not found."""
    return error.code == "unknown-row"


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _MOST_NUMBER:
        raise _malformed()
    return value


def _octets(value: object) -> bytes:
    if not isinstance(value, str) or "=" in value:
        raise _malformed()
    try:
        octets = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise _malformed() from error
    if _write(octets) != value:
        raise _malformed()
    return octets


def _write(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _malformed() -> Invalid:
    return Invalid(words("What your device sent cannot be read."), code="malformed")
