"""What simulated voters say: the ballots of a file, or made-up ones. Deterministic."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from ballots.plaintext import Choice
from participation.ballot_files import RankedBallots
from participation.votes.proposal import Counting, Rule, Spending

RULES = tuple(rule.value for rule in Rule)
"""The rules by which a simulated election can be counted, as the site knows them."""

_RANKED = ("instant-runoff", "stv-scottish", "schulze")
_RULES_OF_FILES = (*_RANKED, "plurality")
_SCORED = ("score", "star")
_APPROVED = ("approval", "greedy", "equal-shares")
_MOST_MARK = 5
_MONEY = Spending(
    100_000_000, (60_000_000, 50_000_000, 30_000_000, 12_500_000), completion_step=100_000
)
_COUNTINGS = {
    "score": Counting(Rule.SCORE, max_score=_MOST_MARK),
    "star": Counting(Rule.STAR, max_score=_MOST_MARK),
    "stv-scottish": Counting(Rule.STV_SCOTTISH, seats=2),
    "greedy": Counting(Rule.GREEDY, spending=_MONEY),
    "equal-shares": Counting(Rule.EQUAL_SHARES, spending=_MONEY),
}
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

    @property
    def counting(self) -> Counting:
        """How it is counted: the rule, with seats, marks or money where it needs them."""
        return _COUNTINGS.get(self.rule) or Counting(Rule(self.rule))


def poll_of_file(ballots: RankedBallots, rule: str, voters: int | None, title: str) -> Poll:
    """The ballots of a file, mixed; of fewer `voters` than ballots, an even sample.

    Raises ValueError for a rule that ranked ballots cannot be counted by, or too many voters; by
    the Scottish rule also for equal ranks, which it does not know.
    """
    if rule not in _RULES_OF_FILES:
        raise ValueError(f"ranked ballots are counted by {' or '.join(_RULES_OF_FILES)}")
    if rule == "stv-scottish" and any(_has_equal_ranks(ranks) for ranks in ballots.counts):
        raise ValueError("the Scottish rule counts no equal ranks, and the file has some")
    every = [ranks for ranks, number in ballots.counts.items() for _ in range(number)]
    if voters is not None and voters > len(every):
        raise ValueError(f"the file has {len(every)} ballots, fewer than {voters}")
    drawn = random.Random(_SEED).sample(every, voters or len(every))  # noqa: S311 - a shuffle
    return Poll(
        rule=rule,
        title=title,
        options=tuple(option.name for option in ballots.options),
        choices=tuple(drawn if rule in _RANKED else map(_first, drawn)),
    )


def made_up_poll(rule: str, voters: int) -> Poll:
    """A poll among made-up voters; the same for the same arguments."""
    options = ("Ya", "Tidak") if rule == "yes-no" else _MADE_UP
    drawing = random.Random(_SEED)  # noqa: S311 - made-up opinions
    weights = _POPULARITY[: len(options)]
    choices = tuple(_drawn(drawing, rule, weights) for _ in range(voters))
    return Poll(rule, "Simulasi", options, choices)


def _has_equal_ranks(ranks: Sequence[int]) -> bool:
    used = [rank for rank in ranks if rank]
    return len(set(used)) < len(used)


def _first(ranks: Sequence[int]) -> int | None:
    """The option ranked first; blank where there is no single one."""
    return ranks.index(1) if ranks.count(1) == 1 else None


def _drawn(drawing: random.Random, rule: str, weights: Sequence[int]) -> Choice:
    """One made-up ballot; the likelier an option, the earlier it tends to stand."""
    is_blank = drawing.random() < _BLANK_SHARE
    order = sorted(range(len(weights)), key=lambda each: -(drawing.random() ** (1 / weights[each])))
    chosen = [] if is_blank else order[: drawing.randint(1, len(order))]
    ranks = tuple(chosen.index(each) + 1 if each in chosen else 0 for each in range(len(order)))
    if rule in _RANKED:
        return ranks
    if rule in _SCORED:
        return tuple(max(_MOST_MARK + 1 - rank, 1) if rank else 0 for rank in ranks)
    if rule in _APPROVED:
        return frozenset(chosen)
    return chosen[0] if chosen else None


def blank(poll: Poll) -> Choice:
    """A blank ballot."""
    if poll.rule in (*_RANKED, *_SCORED):
        return (0,) * len(poll.options)
    return frozenset() if poll.rule in _APPROVED else None
