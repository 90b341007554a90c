"""From a published result to its page: bars or rounds, reasons, what became of the ballots."""

from collections.abc import Sequence
from itertools import pairwise

from flask import url_for

from participation.core.words import plural_words, words
from participation.votes import box, queries
from participation.votes.label_words import tell
from participation.votes.models import Vote
from participation.votes.outcome import Outcome, fates, headline, read_outcome, reasons
from participation.votes.pages.parts import asked_of, label_view
from participation.votes.pages.public import Bar, RankedRow, ResultPage, ResultView, RoundsView
from participation.votes.pages.rounds import draw, excluded_after, letters, order_of
from participation.votes.proposal import MAJORITIES, Rule
from participation.votes.views.showing import turnout_of
from participation.web.database import session
from participation.web.language import language, say
from participation.web.site import site


def result_page(vote: Vote) -> ResultPage:
    """The result of a counted vote; raises `NotFound` before the count."""
    outcome = read_outcome(vote, queries.result_of(session(), vote))
    draft = queries.draft_of(box.ballots(), vote)
    record = url_for("record.whole", eid=vote.eid, name=vote.eid)
    return ResultPage(
        slug=vote.slug,
        eid=vote.eid or "",
        record=site().origin + record.removeprefix(f"/{language()}"),
        asked=asked_of(vote),
        published_at=vote.published_at or vote.created_at,
        turnout=turnout_of(vote),
        result=_view(vote, outcome),
        label=label_view(tell(queries.label_of(draft, vote))),
    )


def _view(vote: Vote, outcome: Outcome) -> ResultView:
    is_yes_no = vote.rule == Rule.YES_NO
    majority = MAJORITIES[vote.majority]
    has_bars = outcome.valid and not outcome.rounds and not outcome.is_shut
    told = fates(queries.statuses_of(box.ballots(), vote))
    return ResultView(
        headline=say(headline(vote, outcome, language())),
        reasons=tuple(say(each) for each in reasons(vote, outcome)),
        bars=_bars(vote, outcome) if has_bars else (),
        whole=sum(outcome.totals) if is_yes_no else outcome.valid,
        mark=majority.part / majority.whole if is_yes_no else None,
        rounds=_rounds(vote, outcome) if outcome.rounds else None,
        blank=outcome.blank,
        is_shut=outcome.is_shut,
        fates=tuple((say(fate), number) for fate, number in told),
    )


def _bars(vote: Vote, outcome: Outcome) -> tuple[Bar, ...]:
    """The options, yes before no, otherwise the most votes first."""
    names = [option.name for option in asked_of(vote).options]
    bars = [
        Bar(name, outcome.totals[place], place in outcome.winners)
        for place, name in enumerate(names)
    ]
    return tuple(bars if vote.rule == Rule.YES_NO else sorted(bars, key=lambda bar: -bar.count))


def _rounds(vote: Vote, outcome: Outcome) -> RoundsView:
    names = [option.name for option in asked_of(vote).options]
    order = order_of(outcome.rounds)
    rows = (
        RankedRow(
            letter=letter,
            name=names[option],
            votes=_until_excluded([round_[option] for round_ in outcome.rounds]),
            won=option in outcome.winners,
        )
        for letter, option in zip(letters(len(order)), order, strict=True)
    )
    return RoundsView(draw(outcome.rounds), tuple(rows), _story(names, outcome.rounds))


def _until_excluded(votes: Sequence[int]) -> tuple[int | None, ...]:
    """The votes of an option by round, nothing from the round on in which it has none left."""
    last = max((place for place, number in enumerate(votes) if number), default=0)
    return tuple(number if place <= last else None for place, number in enumerate(votes))


def _story(names: Sequence[str], rounds: Sequence[Sequence[int]]) -> tuple[str, ...]:
    """What happened after each round but the last, in a sentence."""
    told = []
    for number, (before, after) in enumerate(pairwise(rounds), start=1):
        out = excluded_after(rounds, number - 1)
        if not out:
            said = words(
                "After round %(round)s: an option without votes is excluded.", round=number
            )
        else:
            said = plural_words(
                "After round %(round)s: %(name)s is excluded, with %(count)s vote.",
                "After round %(round)s: %(name)s is excluded, with %(count)s votes.",
                before[out[0]],
                round=number,
                name=names[out[0]],
            )
        told.append(_with_loss(say(said), sum(before) - sum(after)))
    return tuple(told)


def _with_loss(said: str, lost: int) -> str:
    if lost <= 0:
        return said
    loss = plural_words(
        "One ballot fewer counts from then on.",
        "%(count)s ballots fewer count from then on.",
        lost,
    )
    return f"{said} {say(loss)}"
