"""Pieces that several pages share: stage bar, what is asked, label, bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.core.words import words
from participation.votes.counting_words import kind_words, rule_words
from participation.votes.holders import Holder
from participation.votes.label_words import ToldLabel
from participation.votes.models import Vote
from participation.votes.proposal import in_language, option_name, option_remark
from participation.votes.rules import State
from participation.votes.services.check_in import Window, check_in_window, voting_window
from participation.votes.terms import terms_of
from participation.web.language import _, day_words, language, say

STATES = {
    State.DRAFTED: words("being drawn up"),
    State.ANNOUNCED: words("announced"),
    State.FROZEN: words("frozen"),
    State.OPEN: words("open"),
    State.CHECK_IN_CLOSED: words("check-in closed"),
    State.CLOSED: words("being counted"),
    State.COUNTED: words("counted"),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the stage bar; `state` is "done", "now" or empty."""

    label: str
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option: its name, a remark or nothing, what it costs or nothing."""

    name: str
    remark: str
    cost: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a vote asks, of whom, and how it is counted.

    `currency` stands before amounts, empty where nothing costs money. `lang` is the language of the
    organiser's words where it is not the reader's, else empty.
    """

    kind: str
    organiser: str
    title: str
    about: str
    electorate: str
    question: str
    options: tuple[OptionView, ...]
    rules: tuple[str, ...]
    roll_size: int
    check_in_opens_at: datetime
    check_in_closes_at: datetime
    voting_opens_at: datetime
    voting_closes_at: datetime
    currency: str
    lang: str


@dataclass(frozen=True, slots=True)
class LabelView:
    """The honest label: its name, what that means, questions with their answers."""

    name: str
    meaning: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HolderView:
    """Who has a role, and what its keys can do."""

    role: str
    names: str
    says: str


def asked_of(vote: Vote) -> Asked:
    """What a vote asks, in the reader's language where it has it."""
    code = language()
    return Asked(
        kind=say(kind_words(vote)),
        organiser=vote.organiser,
        title=in_language(vote.title, code),
        about=in_language(vote.about, code),
        electorate=in_language(vote.electorate, code),
        question=in_language(vote.question, code),
        options=tuple(_option(option, code) for option in vote.options),
        rules=tuple(say(sentence) for sentence in rule_words(terms_of(vote, code))),
        roll_size=vote.roll_size,
        check_in_opens_at=vote.check_in_opens_at,
        check_in_closes_at=vote.check_in_closes_at,
        voting_opens_at=vote.voting_opens_at,
        voting_closes_at=vote.voting_closes_at,
        currency=vote.rule_details.get("currency", ""),
        lang="" if code in vote.languages else vote.languages[0],
    )


def _option(option: dict[str, Any], code: str) -> OptionView:
    text = in_language(option["text"], code)
    return OptionView(option_name(text), option_remark(text), option.get("cost"))


def stages_of(vote: Vote, now: datetime) -> tuple[Stage, ...]:
    """The stage bar: drawn up, check-in, voting, counted."""
    check_in, voting = check_in_window(vote, now), voting_window(vote, now)
    is_counted = vote.state == State.COUNTED
    is_over = voting is Window.AFTER
    drawn_up = "done" if check_in is not Window.BEFORE or vote.frozen_at else "now"
    return (
        Stage(_("Drawn up"), _day(vote.frozen_at or vote.announced_at), drawn_up),
        Stage(_("Check-in"), _span(vote.check_in_opens_at, vote.check_in_closes_at, check_in),
              _mark(check_in)),
        Stage(_("Voting"), _span(vote.voting_opens_at, vote.voting_closes_at, voting),
              _mark(voting)),
        Stage(_("Counted"), _day(vote.published_at),
              "done" if is_counted else "now" if is_over else ""),
    )  # fmt: skip


def _mark(window: Window) -> str:
    return {Window.BEFORE: "", Window.DURING: "now", Window.AFTER: "done"}[window]


def _span(opens: datetime, closes: datetime, window: Window) -> str:
    if window is Window.BEFORE:
        return str(_("from %(day)s", day=day_words(opens)))
    return str(_("until %(day)s", day=day_words(closes)))


def _day(moment: datetime | None) -> str:
    return day_words(moment) if moment else ""


def label_view(told: ToldLabel) -> LabelView:
    """The label in the reader's language."""
    answers = ((say(each.question), say(each.answer)) for each in told.answers)
    return LabelView(say(told.name), say(told.meaning), tuple(answers))


def holder_views(holders: Iterable[Holder]) -> tuple[HolderView, ...]:
    """Who holds which keys, in the reader's language."""
    nobody = _("nobody")
    return tuple(
        HolderView(say(each.role), ", ".join(each.names) or nobody, say(each.says))
        for each in holders
    )
