"""The figures of ranked counts: an instant run-off, and the Scottish rule's stages."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from participation.core.words import plural_words, words
from participation.votes.outcome import UNIT, Outcome
from participation.votes.pages.result import RankedCell, RankedRow, RoundsView
from participation.votes.pages.rounds import (
    draw,
    draw_stages,
    excluded_after,
    letters,
    order_of,
    order_of_seats,
)
from participation.votes.stages import Stage, stages_of
from participation.votes.terms import Terms
from participation.web.language import _, number_words, say


def runoff_view(terms: Terms, outcome: Outcome) -> RoundsView:
    """An instant run-off, round by round."""
    order = order_of(outcome.rounds)
    rows = (
        RankedRow(
            letter=letter,
            name=terms.names[option],
            cells=_until_excluded([round_[option] for round_ in outcome.rounds]),
            won=option in outcome.winners,
        )
        for letter, option in zip(letters(len(order)), order, strict=True)
    )
    picture = draw(outcome.rounds)
    half = _("Two strokes mark half of the votes that still count: the winner reaches beyond them.")
    return RoundsView(
        picture=picture,
        unit=1,
        marks=half if picture.strokes else "",
        rows=tuple(rows),
        lost=(),
        story=_rounds_told(terms.names, outcome.rounds),
    )


def _until_excluded(votes: Sequence[int]) -> tuple[RankedCell, ...]:
    """The votes of an option by round, nothing from the round on in which it has none left."""
    last = max((place for place, number in enumerate(votes) if number), default=0)
    return tuple(
        RankedCell(number_words(number) if place <= last else "")
        for place, number in enumerate(votes)
    )


def _rounds_told(names: Sequence[str], rounds: Sequence[Sequence[int]]) -> tuple[str, ...]:
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


def stages_view(terms: Terms, outcome: Outcome) -> RoundsView:
    """A count by the Scottish rule, stage by stage."""
    stages = stages_of(outcome)
    elected = [
        frozenset(option for each in stages[:number] for option in each.elected)
        for number in range(1, len(stages) + 1)
    ]
    order = order_of_seats(outcome.rounds, elected)
    rows = (
        RankedRow(
            letter=letter,
            name=terms.names[option],
            cells=_cells(outcome, elected, option),
            won=option in outcome.winners,
        )
        for letter, option in zip(letters(len(order)), order, strict=True)
    )
    return RoundsView(
        picture=draw_stages(outcome.rounds, elected, outcome.quota),
        unit=UNIT,
        marks=_("Two strokes mark the quota of whoever reaches it."),
        rows=tuple(rows),
        lost=tuple(_votes(outcome.valid * UNIT - sum(each.votes)) for each in stages),
        story=tuple(
            _stage_told(terms, stage, number, is_last=stage is stages[-1])
            for number, stage in enumerate(stages, start=1)
        ),
    )


def _cells(
    outcome: Outcome, elected: Sequence[frozenset[int]], option: int
) -> tuple[RankedCell, ...]:
    votes = [round_[option] for round_ in outcome.rounds]
    last = max((place for place, number in enumerate(votes) if number), default=0)
    return tuple(
        RankedCell(_votes(number) if place <= last or option in those else "", option in those)
        for place, (number, those) in enumerate(zip(votes, elected, strict=True))
    )


def _stage_told(terms: Terms, stage: Stage, number: int, *, is_last: bool) -> str:
    """What happens at a stage: who is elected, whose votes pass on to whom."""
    said = [say(words("Round %(number)s:", number=number))]
    if stage.elected:
        names = ", ".join(terms.names[each] for each in stage.elected)
        said.append(
            say(
                plural_words(
                    "%(names)s is elected.",
                    "%(names)s are elected.",
                    len(stage.elected),
                    names=names,
                )
            )
        )
    if stage.source is None and not is_last:
        said.append(say(words("An option without votes is excluded.")))
    return " ".join([*said, *_passing_told(terms, stage)])


def _passing_told(terms: Terms, stage: Stage) -> list[str]:
    if stage.source is None:
        return []
    values = {"name": terms.names[stage.source], "votes": _votes(stage.moved)}
    said = [
        say(words("The surplus of %(name)s, %(votes)s, passes on.", **values))
        if stage.is_surplus
        else say(words("%(name)s is excluded, and the votes, %(votes)s, pass on.", **values))
    ]
    gains = ", ".join(f"{terms.names[option]} +{_votes(gain)}" for option, gain in stage.gains)
    if gains:
        said.append(f"{gains}.")
    if stage.lost:
        lost = words(
            "Without a further choice, or rounded away: %(votes)s.", votes=_votes(stage.lost)
        )
        said.append(say(lost))
    return said


def _votes(units: int) -> str:
    """Votes from units, exact."""
    return number_words(Decimal(units) / UNIT)
