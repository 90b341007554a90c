"""What waits for a moderator: the queue, whole or a part of it, and its figures for the desk."""

from datetime import UTC, datetime
from uuid import UUID

from flask import url_for
from sqlmodel import Session

from participation.core.access import Actor
from participation.core.errors import Invalid
from participation.core.words import words
from participation.moderation import pages, queue
from participation.moderation.queue import (
    APPEALS,
    EVERYTHING,
    FLAGGED,
    HELD,
    Turn,
    Waiting,
    Wanted,
    turn_of,
)
from participation.moderation.rules import NEAR
from participation.web.database import session
from participation.web.language import _l, ngettext, say
from participation.web.paging import PER_PAGE, Key, cut, read_cursor
from participation.web.session import actor
from participation.web.site import DeskFigure, now

_NAMES = {
    "": _l("Everything"),
    "near": _l("Appeals near their end"),
    "appeals": _l("Appeals for me to decide"),
    "held": _l("Held comments"),
    "flagged": _l("Flagged comments"),
}


def queue_page(asked: str, cursor: str) -> pages.QueuePage:
    """One page of the queue, or of the part of it that is asked for."""
    shown = asked if asked in _NAMES else ""
    wanted = _wanted(actor().id, now())
    rows = queue.queue(session(), wanted[shown], after=_turn_after(cursor), limit=PER_PAGE + 1)
    part = cut(rows, _turn_key)
    return pages.QueuePage(
        choices=tuple(
            pages.Choice(
                say(name),
                url_for("moderation_desk.index", show=value or None),
                queue.number(session(), wanted[value]),
                is_here=value == shown,
            )
            for value, name in _NAMES.items()
        ),
        shown=shown or None,
        waiting=part.items,
        now=now(),
        asker=actor().id,
        after=part.after,
    )


def desk_figures(opened: Session, who: Actor, at: datetime) -> tuple[DeskFigure, ...]:
    """What waits for this moderator: four queries."""
    wanted = _wanted(who.id, at)
    numbers = {shown: queue.number(opened, wanted[shown]) for shown in _NAMES if shown}
    told = {
        "near": ngettext("appeal near its end", "appeals near their end", numbers["near"]),
        "appeals": ngettext("appeal to decide", "appeals to decide", numbers["appeals"]),
        "held": ngettext("comment held", "comments held", numbers["held"]),
        "flagged": ngettext("comment flagged", "comments flagged", numbers["flagged"]),
    }
    return tuple(
        DeskFigure(
            label,
            numbers[shown],
            url_for("moderation_desk.index", show=shown),
            is_urgent=shown == "near",
        )
        for shown, label in told.items()
        if numbers[shown]
    )


def _wanted(judge: UUID, at: datetime) -> dict[str, Wanted]:
    appeals = frozenset({APPEALS})
    return {
        "": EVERYTHING,
        "near": Wanted(appeals, judge, at + NEAR),
        "appeals": Wanted(appeals, judge),
        "held": Wanted(frozenset({HELD})),
        "flagged": Wanted(frozenset({FLAGGED})),
    }


def _turn_key(waiting: Waiting) -> Key:
    turn = turn_of(waiting)
    return turn.part, turn.flags, turn.at.isoformat(), turn.id.hex


def _turn_after(cursor: str) -> Turn | None:
    """Where the page before ended; `Invalid` for a broken cursor."""
    key = read_cursor(cursor, 4)
    if key is None:
        return None
    part, flags, at, row_id = key
    try:
        moment = datetime.fromisoformat(str(at)).astimezone(UTC)
        return Turn(int(part), moment, UUID(str(row_id)), int(flags))
    except (ValueError, OverflowError) as error:
        raise Invalid(words("This address is incomplete.")) from error
