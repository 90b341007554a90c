"""Single transferable vote as Scotland counts it: weighted inclusive Gregory, truncated.

Source: The Scottish Local Government Elections Order 2007, articles 45 to 52. A vote is 100,000
units (five decimal places), so all arithmetic is of integers, rounded down where the law says so.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from ballots.counting.rule import Contest, CountingRule, Decision, Details
from ballots.counting.ties import excluded, preferred
from ballots.plaintext import Marks

UNIT = 100_000
"""The value of one whole vote."""


@dataclass(slots=True)
class _Parcel:
    """Equal ballots, which always move together: their options by preference, number, value each.

    `place` is where in the preferences the option stands that holds them.
    """

    preferences: tuple[int, ...]
    number: int
    value: int = UNIT
    place: int = 0

    def pass_on(self, continuing: Container[int]) -> int | None:
        """Move to the next continuing option and give it, or None if there is none left."""
        for place in range(self.place + 1, len(self.preferences)):
            if self.preferences[place] in continuing:
                self.place = place
                return self.preferences[place]
        return None

    @property
    def worth(self) -> int:
        """The value of all its papers."""
        return self.number * self.value


class _Count:
    """A count under way: who holds which papers, who is in, and every stage so far."""

    def __init__(self, contest: Contest) -> None:
        self.seats = contest.question.rule.seats
        self.quota = quota(contest)
        self.tie_order = contest.tie_order
        self.heaps = _first_preferences(contest)
        self.tally = [sum(parcel.worth for parcel in heap) for heap in self.heaps]
        self.continuing = set(contest.options)
        self.elected: set[int] = set()
        self.surpluses: set[int] = set()
        self.stages: list[list[int]] = []
        self.drawn = False

    def run(self) -> None:
        """Stage after stage, until the seats are filled."""
        while not self._is_filled_at_this_stage():
            if self.surpluses:
                self._transfer(self._pick(self.surpluses, highest=True))
            else:
                self._exclude(self._pick(self.continuing, highest=False))

    def _is_filled_at_this_stage(self) -> bool:
        self.stages.append(list(self.tally))
        self._elect(option for option in self.continuing if self.tally[option] >= self.quota)
        if len(self.continuing) <= self.seats - len(self.elected):
            self._elect(self.continuing)
        return len(self.elected) >= self.seats or not self.continuing

    def _elect(self, options: Iterable[int]) -> None:
        reached = set(options)
        self.continuing -= reached
        self.elected |= reached
        self.surpluses |= {option for option in reached if self.tally[option] > self.quota}

    def _transfer(self, option: int) -> None:
        total = self.tally[option]
        surplus = total - self.quota
        for parcel in self.heaps[option]:
            parcel.value = parcel.value * surplus // total
        self._pass_on(option)
        self.surpluses.remove(option)
        self.tally[option] = self.quota

    def _exclude(self, option: int) -> None:
        self.continuing.remove(option)
        self._pass_on(option)
        self.tally[option] = 0

    def _pass_on(self, option: int) -> None:
        for parcel in self.heaps[option]:
            heir = parcel.pass_on(self.continuing)
            if heir is not None:
                self.heaps[heir].append(parcel)
                self.tally[heir] += parcel.worth
        self.heaps[option] = []

    def _pick(self, options: set[int], *, highest: bool) -> int:
        """The highest or lowest now; of equal ones, at the latest stage where they differ."""
        choose = max if highest else min
        equal = options
        for stage in reversed(self.stages):
            best = choose(stage[option] for option in equal)
            equal = {option for option in equal if stage[option] == best}
        if len(equal) == 1:
            return equal.pop()
        self.drawn = True
        return (preferred if highest else excluded)(equal, self.tie_order)


def _first_preferences(contest: Contest) -> list[list[_Parcel]]:
    heaps: list[list[_Parcel]] = [[] for _ in contest.options]
    for ranks, number in contest.papers.items():
        preferences = _in_order(ranks)
        heaps[preferences[0]].append(_Parcel(preferences, number))
    return heaps


def _in_order(ranks: Marks) -> tuple[int, ...]:
    ranked = [option for option, rank in enumerate(ranks) if rank]
    return tuple(sorted(ranked, key=ranks.__getitem__))


def quota(contest: Contest) -> int:
    """The quota in units: (⌊valid/(seats + 1)⌋ + 1) whole votes."""
    return (contest.valid // (contest.question.rule.seats + 1) + 1) * UNIT


def _count(contest: Contest) -> Decision:
    count = _Count(contest)
    count.run()
    return Decision.of(tuple(count.elected), count.drawn, quota=count.quota, rounds=count.stages)


def _unvoted(contest: Contest) -> Details:
    return {"quota": quota(contest), "rounds": []}


RULE = CountingRule("stv-scottish", "ranked", _count, _unvoted)
