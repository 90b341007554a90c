"""The votes of the demonstration: one under way, one finished and open to everybody's recount."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from ballots.services.names import read_name
from participation.accounts.queries import account
from participation.core.access import Actor
from participation.core.db import Database
from participation.demo import texts
from participation.demo.crowd import Crowd, choices_of
from participation.demo.hours import Hours
from participation.votes import services
from participation.votes.models import Vote
from participation.votes.platform import Platform
from participation.votes.proposal import Counting, Proposal, Rule, Windows, Wording
from participation.votes.queries import vote_of_slug
from participation.votes.roll_file import ListedVoter

_LANGUAGES = ("id", "en")
_CLOCK_TIMES = {
    "check_in_opens": "07:00",
    "check_in_closes": "17:00",
    "voting_opens": "07:00",
    "voting_closes": "18:00",
}
_AFTERWARDS = timedelta(minutes=20)

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hall:
    """Where votes are held: database, elections, the organiser, those who can sign in."""

    database: Database
    platform: Platform
    hours: Hours
    organiser: Actor
    residents: tuple[Actor, ...]

    @contextmanager
    def acting(self, slug: str, moment: datetime) -> Iterator[tuple[Session, Vote]]:
        """A transaction for an act on a vote, at that moment."""
        self.hours.set(moment)
        with self.database.transaction() as session:
            yield session, vote_of_slug(session, slug)


def hold(hall: Hall) -> None:
    """Holds both votes, each step in its hour."""
    told = texts.table("votes")
    for name in ("park", "referendum"):
        words = told[name]
        slug = _announce(hall, words, told["organiser"])
        _vote(hall, words, slug)
        if hall.hours.at(words["days"]["voting_closes"]) < hall.hours.now:
            _finish(hall, words, slug)
    hall.hours.set(hall.hours.now)


def _announce(hall: Hall, words: Words, organiser: str) -> str:
    """Draws a vote up with its roll, announces and freezes it; its address."""
    hours, days = hall.hours, words["days"]
    hours.set(hours.at(days["announced"], "09:00"))
    with hall.database.transaction() as session:
        proposal = _proposal(words, organiser, hours)
        vote = services.draw_up(session, hall.organiser, proposal, hours())
        voters = [*_residents(session, hall), *_crowd(words)]
        services.set_roll(session, hall.organiser, vote, voters, hours())
        services.announce(session, hall.platform, hall.organiser, vote, hours())
        slug = vote.slug
    with hall.acting(slug, hours.at(days["frozen"], "16:00")) as (session, vote):
        services.freeze(session, hall.platform, hall.organiser, vote, hours())
    return slug


def _vote(hall: Hall, words: Words, slug: str) -> None:
    """Opens the vote and lets the crowd vote; those who can sign in have not voted yet."""
    hours = hall.hours
    with hall.acting(slug, hours.at(words["days"]["voting_opens"])) as (session, vote):
        services.open_voting(session, hall.platform, hall.organiser, vote, hours())
        eid = read_name(vote.eid or "")
    crowd = Crowd.of(hall.platform.context, eid)
    question = hall.platform.context.election(eid).draft.questions[0]
    voters = [each.voter_id for each in _crowd(words)]
    crowd.vote(voters, choices_of(question, words["crowd"]["ballots"]), hours)
    with hall.acting(slug, hours.moment) as (session, vote):
        services.refresh_figures(session, vote)


def _finish(hall: Hall, words: Words, slug: str) -> None:
    """Closes, opens the ballots, counts."""
    hours, organiser, platform = hall.hours, hall.organiser, hall.platform
    closes = hours.at(words["days"]["voting_closes"], _CLOCK_TIMES["voting_closes"])
    ends = hours.at(words["days"]["check_in_closes"], _CLOCK_TIMES["check_in_closes"])
    with hall.acting(slug, ends) as (session, vote):
        services.close_check_in(session, platform, organiser, vote, hours())
    with hall.acting(slug, closes) as (session, vote):
        services.close_voting(session, platform, organiser, vote, hours())
    with hall.acting(slug, closes + _AFTERWARDS) as (session, vote):
        services.count_and_publish(session, platform, organiser, vote, hours())


def _proposal(words: Words, organiser: str, hours: Hours) -> Proposal:
    times = {name: hours.at(words["days"][name], at) for name, at in _CLOCK_TIMES.items()}
    return Proposal(
        organiser=organiser,
        wording=Wording(
            languages=_LANGUAGES,
            title=words["title"],
            about=words["about"],
            electorate=words["electorate"],
            question=words["question"],
            options=tuple(words["options"]),
        ),
        counting=Counting(Rule(words["rule"]), quorum_percent=words.get("quorum_percent")),
        windows=Windows(**times),
    )


def _residents(session: Session, hall: Hall) -> list[ListedVoter]:
    """Those who can sign in and vote, under the names by which rolls know them."""
    return [ListedVoter(account(session, each.id).email, each.name) for each in hall.residents]


def _crowd(words: Words) -> list[ListedVoter]:
    """The made-up rest of the roll: people without accounts."""
    numbers = range(1, words["crowd"]["listed"] + 1)
    return [ListedVoter(f"warga-{number:03}@lembayung.example") for number in numbers]
