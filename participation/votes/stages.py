"""What happens at each stage of a count by the Scottish rule, read off its totals. Pure.

One option's votes fall between two stages: a surplus passes on, or all votes of an excluded one.
"""

from dataclasses import dataclass

from participation.votes.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Stage:
    """The units of every option, who is elected now, and whose votes pass on afterwards.

    `source` is absent at the last stage, and where an option without votes is excluded. `moved`
    units leave it, of which `lost` find no further choice or are rounded away.
    """

    votes: tuple[int, ...]
    elected: tuple[int, ...]
    source: int | None
    is_surplus: bool
    gains: tuple[tuple[int, int], ...]
    moved: int
    lost: int


def stages_of(outcome: Outcome) -> tuple[Stage, ...]:
    """The stages of a count, in order."""
    found: list[Stage] = []
    waiting = list(outcome.winners)
    for number, votes in enumerate(outcome.rounds):
        following = outcome.rounds[number + 1] if number + 1 < len(outcome.rounds) else None
        elected = tuple(w for w in waiting if following is None or votes[w] >= outcome.quota)
        waiting = [winner for winner in waiting if winner not in elected]
        found.append(_stage(votes, following, elected))
    return tuple(found)


def _stage(
    votes: tuple[int, ...], following: tuple[int, ...] | None, elected: tuple[int, ...]
) -> Stage:
    changes = [after - before for before, after in zip(votes, following or votes, strict=True)]
    source = next((option for option, change in enumerate(changes) if change < 0), None)
    moved = -changes[source] if source is not None else 0
    return Stage(
        votes=votes,
        elected=elected,
        source=source,
        is_surplus=source is not None and following is not None and following[source] > 0,
        gains=tuple((option, change) for option, change in enumerate(changes) if change > 0),
        moved=moved,
        lost=-sum(changes),
    )
