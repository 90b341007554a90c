"""What the voter's two pages need: checking in, and the casting booth."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from flask import url_for

from participation.votes.models import Vote
from participation.votes.pages.parts import Asked, asked_of
from participation.votes.parties import Parties
from participation.votes.services.check_in import Standing, Window, check_in_window, voting_window
from participation.votes.services.own_passkeys import RowPasskeys
from participation.web.assets import asset
from participation.web.language import LANGUAGES, language
from participation.web.page import Page


class Scene(StrEnum):
    """What the check-in page has to say; all but `READY` is said without scripts."""

    NOT_LISTED = "not-listed"
    STRUCK = "struck"
    EARLY = "early"
    MISSED = "missed"
    OVER = "over"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class CheckInPage(Page):
    """Checking in. `standing` is absent for who is not on the roll.

    `is_at_desk` tells that an officer's link was followed, where nobody need be signed in.
    `home` is the address under which the voting client asks, signed in; `worker` the script that
    keeps cookies out of the booth, empty where it has not been built, and `scopes` the addresses
    that it rules.
    """

    template: ClassVar[str] = "votes/check_in.html"
    slug: str
    eid: str
    asked: Asked
    scene: Scene
    voting: Window
    voter_id: str
    standing: Standing | None
    booth: str
    home: str
    worker: str
    scopes: str
    passkeys: RowPasskeys
    is_at_desk: bool

    @classmethod
    def of(
        cls,
        vote: Vote,
        now: datetime,
        voter_id: str,
        standing: Standing | None,
        *,
        passkeys: RowPasskeys,
        desk: str = "",
    ) -> "CheckInPage":
        """The page for one voter at one moment; `desk` is the address where a desk answers."""
        return cls(
            slug=vote.slug,
            eid=vote.eid or "",
            asked=asked_of(vote),
            scene=_scene(vote, now, standing),
            voting=voting_window(vote, now),
            voter_id=voter_id,
            standing=standing,
            booth=f"/{language()}/cast/{vote.eid}",
            home=desk or url_for("votes.check_in", slug=vote.slug).removesuffix("check-in"),
            worker="/cast/worker.js" if asset("vote/worker.js") else "",
            scopes=" ".join(["/cast/", *(f"/{code}/cast/" for code in LANGUAGES)]),
            passkeys=passkeys,
            is_at_desk=bool(desk),
        )


@dataclass(frozen=True, slots=True)
class CastPage(Page):
    """The casting booth: knows the vote and the hour, and nobody.

    `box` is the origin of a ballot box apart, empty where the box is here.
    """

    template: ClassVar[str] = "votes/cast.html"
    slug: str
    eid: str
    asked: Asked
    voting: Window
    check_in: Window
    is_counted: bool
    box: str

    @classmethod
    def of(cls, vote: Vote, now: datetime) -> "CastPage":
        """The page at one moment."""
        apart = Parties.read(vote.parties).box
        return cls(
            box=apart.origin if apart else "",
            slug=vote.slug,
            eid=vote.eid or "",
            asked=asked_of(vote),
            voting=voting_window(vote, now),
            check_in=check_in_window(vote, now),
            is_counted=vote.published_at is not None,
        )


def _scene(vote: Vote, now: datetime, standing: Standing | None) -> Scene:
    window = check_in_window(vote, now)
    if voting_window(vote, now) is Window.AFTER:
        return Scene.OVER
    if standing is None:
        return Scene.NOT_LISTED
    if standing.is_struck:
        return Scene.STRUCK
    if window is Window.BEFORE:
        return Scene.EARLY
    is_missed = window is Window.AFTER and not standing.has_checked_in
    return Scene.MISSED if is_missed else Scene.READY
