"""Votes that wait for the organiser's next step, as a figure of the desk and as a list."""

from collections.abc import Sequence
from datetime import datetime

from flask import url_for
from sqlmodel import Session

from participation.core.access import Actor
from participation.votes import queries
from participation.votes.models import Vote
from participation.votes.rules import TRANSITIONS, Act, refusal
from participation.web.language import ngettext
from participation.web.site import DeskFigure


def ready(found: Sequence[Vote], at: datetime) -> list[Vote]:
    """Those of these votes whose next step forwards can be taken now."""
    return [vote for vote in found if _is_ready(vote, at)]


def desk_figures(opened: Session, _who: Actor, at: datetime) -> tuple[DeskFigure, ...]:
    """How many votes wait for their next step: one query."""
    number = len(ready(queries.unfinished_votes(opened), at))
    if not number:
        return ()
    label = ngettext("vote ready for its next step", "votes ready for their next step", number)
    return (DeskFigure(label, number, url_for("votes_desk.index", show="ready"), is_urgent=True),)


def _is_ready(vote: Vote, at: datetime) -> bool:
    now_is = queries.situation(vote, at)
    forwards = (act for act in TRANSITIONS[now_is.state] if act is not Act.WITHDRAW)
    return any(refusal(act, now_is) is None for act in forwards)
