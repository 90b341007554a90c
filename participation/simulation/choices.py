"""What simulated voters say: the ballots of a file, or made-up ones. Deterministic."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from ballots.plaintext import Choice
from participation.ballot_files import RankedBallots

RULES = ("yes-no", "plurality", "approval", "instant-runoff")
"""The rules by which a simulated election can be counted, as the site knows them."""

_RULES_OF_FILES = ("instant-runoff", "plurality")
_SEED = 2009
_MADE_UP = ("Melati", "Kenanga", "Cempaka", "Anggrek")
_POPULARITY = (8, 6, 4, 3)
_BLANK_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Poll:
    """What is asked and what will be answered: `choices` has one element per voter."""

    rule: str
    title: str
    options: tuple[str, ...]
    choices: tuple[Choice, ...]


def poll_of_file(ballots: RankedBallots, rule: str, voters: int | None, title: str) -> Poll:
    """The ballots of a file, mixed; of fewer `voters` than ballots, an even sample.

    Raises ValueError for a rule that ranked ballots cannot be counted by, or too many voters.
    """
    if rule not in _RULES_OF_FILES:
        raise ValueError(f"ranked ballots are counted by {' or '.join(_RULES_OF_FILES)}")
    every = [ranks for ranks, number in ballots.counts.items() for _ in range(number)]
    if voters is not None and voters > len(every):
        raise ValueError(f"the file has {len(every)} ballots, fewer than {voters}")
    drawn = random.Random(_SEED).sample(every, voters or len(every))  # noqa: S311 - a shuffle
    return Poll(
        rule=rule,
        title=title,
        options=tuple(option.name for option in ballots.options),
        choices=tuple(drawn if rule == "instant-runoff" else map(_first, drawn)),
    )


def made_up_poll(rule: str, voters: int) -> Poll:
    """A poll among made-up voters; the same for the same arguments."""
    options = ("Ya", "Tidak") if rule == "yes-no" else _MADE_UP
    drawing = random.Random(_SEED)  # noqa: S311 - made-up opinions
    weights = _POPULARITY[: len(options)]
    choices = tuple(_drawn(drawing, rule, weights) for _ in range(voters))
    return Poll(rule, "Simulasi", options, choices)


def _first(ranks: Sequence[int]) -> int | None:
    """The option ranked first; blank where there is no single one."""
    return ranks.index(1) if ranks.count(1) == 1 else None


def _drawn(drawing: random.Random, rule: str, weights: Sequence[int]) -> Choice:
    """One made-up ballot; the likelier an option, the earlier it tends to stand."""
    is_blank = drawing.random() < _BLANK_SHARE
    order = sorted(range(len(weights)), key=lambda each: -(drawing.random() ** (1 / weights[each])))
    chosen = [] if is_blank else order[: drawing.randint(1, len(order))]
    if rule == "instant-runoff":
        return tuple(chosen.index(each) + 1 if each in chosen else 0 for each in range(len(order)))
    if rule == "approval":
        return frozenset(chosen)
    return chosen[0] if chosen else None


def blank(poll: Poll) -> Choice:
    """A blank ballot."""
    if poll.rule == "instant-runoff":
        return (0,) * len(poll.options)
    return frozenset() if poll.rule == "approval" else None
