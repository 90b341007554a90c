"""What the page behind a trustee's link needs, and how far the others are."""

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import url_for

from participation.core.words import Words, words
from participation.votes.forms.trustees import KeyForm
from participation.votes.pages.parts import STATES, Asked, asked_of
from participation.votes.rules import SEALED, State
from participation.votes.services.trustees import (
    CeremonyProgress,
    Seat,
    TrusteeProgress,
    needed,
)
from participation.web.assets import asset
from participation.web.language import say
from participation.web.page import Page

_ROUNDS = (
    words("has made a key"),
    words("ceremony: one step of three"),
    words("ceremony: two steps of three"),
    words("ceremony: done"),
)


@dataclass(frozen=True, slots=True)
class TrusteeRow:
    """One trustee among the others: the name, and in words how far they are."""

    number: int
    name: str
    says: str
    is_you: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class TrusteePage(Page):
    """The page behind a trustee's link.

    `link` is the address without slash behind; `seat` names the vote and the number, whatever link
    leads here; `verifier` the script of the verifier's worker, empty where it was not built.
    """

    template: ClassVar[str] = "trustees/trustee.html"
    link: str
    seat: str
    slug: str
    name: str
    number: int
    needed: int
    state: str
    is_draft: bool
    is_announced: bool
    has_key: bool
    asked: Asked
    rows: tuple[TrusteeRow, ...]
    blamed: str
    verifier: str
    form: KeyForm

    @classmethod
    def of(cls, seat: Seat, token: str, found: CeremonyProgress, form: KeyForm) -> "TrusteePage":
        """The page of whoever holds this link."""
        vote, trustee = seat.vote, seat.trustee
        worker = asset("verify/worker.js")
        return cls(
            link=url_for("votes.trustee", token=token),
            seat=f"{vote.id}/{trustee.number}",
            slug=vote.slug,
            name=trustee.name,
            number=trustee.number,
            needed=needed(vote),
            state=say(STATES[State(vote.state)]),
            is_draft=vote.state == State.DRAFTED,
            is_announced=vote.announced_at is not None,
            has_key=trustee.key is not None,
            asked=asked_of(vote),
            rows=trustee_rows(found, trustee.number),
            blamed=blamed(found),
            verifier=worker.url if worker else "",
            form=form,
        )


def trustee_rows(found: CeremonyProgress, own: int = 0) -> tuple[TrusteeRow, ...]:
    """How far each trustee is; `own` is the number of the reader, if they are one."""
    return tuple(
        TrusteeRow(
            each.number,
            each.name,
            say(_status(each)),
            is_you=each.number == own,
            is_done=each.has_released or each.has_acked,
        )
        for each in found.trustees
    )


def blamed(found: CeremonyProgress) -> str:
    """The name of who dealt a bad share and so ended the ceremony; empty for nobody."""
    return found.blame[0].accused_name if found.blame else ""


def standing_json(seat: Seat, found: CeremonyProgress) -> dict[str, Any]:
    """Where the vote stands, for the trustee's page."""
    vote, trustee = seat.vote, seat.trustee
    return {
        "state": vote.state,
        "is_sealed": vote.state in SEALED,
        "title": asked_of(vote).title,
        "number": trustee.number,
        "name": trustee.name,
        "key": seat.public_key,
        "eid0": vote.eid0 or "",
        "eid": vote.eid or "",
        "blamed": blamed(found),
        "trustees": [
            {
                "name": row.name,
                "says": row.says,
                "is_done": row.is_done,
                "has_key": each.has_key,
                "rounds": each.rounds,
                "has_acked": each.has_acked,
                "has_released": each.has_released,
            }
            for row, each in zip(trustee_rows(found, trustee.number), found.trustees, strict=True)
        ],
    }


def _status(each: TrusteeProgress) -> Words:
    if each.has_released:
        return words("has released the share")
    if each.has_acked:
        return words("is ready: the backup was tried")
    if each.rounds:
        return _ROUNDS[each.rounds]
    return _ROUNDS[0] if each.has_key else words("no key yet")
