"""Which clause of a new text is which clause of the version before it, by likeness.

1. Headings among themselves, then articles: the same words, then similar ones, each once.
2. Below each pair the same again: ayat to ayat, huruf to huruf.
3. What is left anywhere: clauses that moved to another article.
4. What is still left: parts that were split off a clause, or merged into one.

Deterministic, and each text is compared with few others. What the pairs mean, `settling` says.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from participation.consultations.drafting.likeness import (
    Index,
    has_run,
    likeness,
    missing_from,
    shared,
)
from participation.consultations.drafting.passages import Version, Words
from participation.consultations.drafting.settling import Pair

_SURE = 0.75
_LEAST = 0.5
_LEAST_IN_PLACE = 0.3
_LEAST_ELSEWHERE = 0.7
_IN_PLACE = 0.15
_CLOSE = 0.1
_PART = 0.7
_SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """Pairs, and the clauses that a person should look at, each with its candidates.

    `doubtful_new` maps ids of the new text to old ones, `doubtful_old` old ids that have no
    successor to new ones; the likeliest stand first.
    """

    pairs: frozenset[Pair]
    doubtful_new: dict[str, tuple[str, ...]]
    doubtful_old: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Bid:
    """A possible pair: how alike it is, and whether both have the same number."""

    old: str
    new: str
    likeness: float
    is_in_place: bool

    @property
    def worth(self) -> float:
        return self.likeness + (_IN_PLACE if self.is_in_place else 0.0)


@dataclass(frozen=True, slots=True)
class _Bar:
    """How alike a pair must be at least: with the same number, and otherwise."""

    in_place: float
    elsewhere: float

    def lets(self, bid: _Bid) -> bool:
        return bid.likeness >= (self.in_place if bid.is_in_place else self.elsewhere)


_OF_HEADINGS = _Bar(0.0, _LEAST)
_OF_CLAUSES = _Bar(_LEAST_IN_PLACE, _LEAST)
_OF_MOVED = _Bar(_LEAST_ELSEWHERE, _LEAST_ELSEWHERE)


def propose(old: Version, new: Version) -> Proposal:
    """The likeliest matching of a new text with the version before it."""
    work = _Work(old, new)
    work.pair_heads(_OF_HEADINGS, is_heading=True)
    work.pair_heads(_OF_CLAUSES, is_heading=False)
    work.pair_moved()
    work.pair_parts()
    return work.proposal()


@dataclass
class _Work:
    """A matching in the making."""

    old: Version
    new: Version
    pairs: set[Pair] = field(default_factory=set)
    became: dict[str, str] = field(default_factory=dict)
    came_from: dict[str, str] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    near_new: dict[str, list[_Bid]] = field(default_factory=lambda: defaultdict(list))
    near_old: dict[str, list[_Bid]] = field(default_factory=lambda: defaultdict(list))

    def pair_heads(self, bar: _Bar, *, is_heading: bool) -> None:
        """Steps 1 and 2: clauses below none."""
        olds, news = (
            [one for one in side.children.get("", ()) if side[one].is_heading == is_heading]
            for side in (self.old, self.new)
        )
        self._pair_trees(olds, news, bar)

    def pair_moved(self) -> None:
        """Step 3: whatever is left, wherever it stands."""
        olds, news = self._left_old(), self._left_new()
        self._pair_trees(
            [one for one in olds if len(self.old.whole[one]) >= _SHORTEST_PART],
            [one for one in news if len(self.new.whole[one]) >= _SHORTEST_PART],
            _OF_MOVED,
        )

    def pair_parts(self) -> None:
        """Step 4: a clause without partner whose words are in a clause that has one."""
        split = self._homes(self._left_new(), self.new, self.old, self.became)
        merged = self._homes(self._left_old(), self.old, self.new, self.came_from)
        halves = set(split.values())
        for part, home in split.items():
            self._note((home, part))
        for part, home in merged.items():
            if self.came_from[home] not in halves:
                self._note((part, home))

    def proposal(self) -> Proposal:
        """The pairs, and whom to ask about."""
        news = [one.id for one in self.new.passages if one.id in self.doubtful]
        left = [one for one in self._left_new() if self.near_new[one]]
        unsure = dict.fromkeys([*news, *left])
        return Proposal(
            pairs=frozenset(self.pairs),
            doubtful_new={one: _ids(self.near_new[one], "old") for one in unsure},
            doubtful_old={
                one: _ids(self.near_old[one], "new")
                for one in self._left_old()
                if self.near_old[one]
            },
        )

    def _pair_trees(self, olds: Sequence[str], news: Sequence[str], bar: _Bar) -> None:
        waiting = [(olds, news)]
        while waiting:
            some_olds, some_news = waiting.pop()
            for one, other in self._pair_level(some_olds, some_news, bar):
                below_old = _free(self.old.children.get(one, ()), self.became)
                below_new = _free(self.new.children.get(other, ()), self.came_from)
                waiting.append((below_old, below_new))

    def _pair_level(self, olds: Sequence[str], news: Sequence[str], bar: _Bar) -> list[Pair]:
        if not olds or not news:
            return []
        made: list[Pair] = []
        bids = self._bids(olds, news)
        for bid in sorted(bids, key=self._rank):
            is_free = bid.old not in self.became and bid.new not in self.came_from
            if is_free and bar.lets(bid):
                self._take(bid)
                made.append((bid.old, bid.new))
        return made

    def _bids(self, olds: Sequence[str], news: Sequence[str]) -> list[_Bid]:
        """Each new clause with the old one of its number and those with the same rare words."""
        index = Index({one: self.old.whole[one] for one in olds})
        keys = {self.old.own_key(one): one for one in reversed(olds)}
        bids: list[_Bid] = []
        for other in news:
            key = self.new.own_key(other)
            near = [*([keys[key]] if key in keys else []), *index.nearest(self.new.whole[other])]
            for one in dict.fromkeys(near):
                alike = likeness(self.old.whole[one], self.new.whole[other])
                bid = _Bid(one, other, alike, self.old.own_key(one) == key)
                bids.append(bid)
                if alike >= _LEAST_IN_PLACE:
                    self.near_new[other].append(bid)
                    self.near_old[one].append(bid)
        return bids

    def _rank(self, bid: _Bid) -> tuple[float, int, int]:
        return -bid.worth, self.old.place[bid.old], self.new.place[bid.new]

    def _take(self, bid: _Bid) -> None:
        self.pairs.add((bid.old, bid.new))
        self.became[bid.old] = bid.new
        self.came_from[bid.new] = bid.old
        rivals = [*self.near_new[bid.new], *self.near_old[bid.old]]
        is_close = any(self._rivals(bid, rival) for rival in rivals)
        is_certain = bid.likeness == 1 or self.new[bid.new].is_heading
        if not is_certain and (bid.likeness < _SURE or is_close):
            self.doubtful.add(bid.new)

    def _rivals(self, bid: _Bid, rival: _Bid) -> bool:
        """Whether another pair of clauses that are still free would be nearly as good."""
        is_free = rival.old not in self.became or rival.new not in self.came_from
        return rival != bid and is_free and rival.worth > bid.worth - _CLOSE

    def _homes(
        self, parts: Sequence[str], side: Version, across: Version, partners: dict[str, str]
    ) -> dict[str, str]:
        """For each part the clause of the other side that held its words beside its partner's."""
        rests = {
            one: missing_from(across.whole[one], side.whole[partners[one]])
            for one in across.place
            if one in partners and not across[one].is_heading
        }
        index = Index(rests)
        return {
            part: home
            for part in parts
            if not side[part].is_heading
            and (home := _home(side.whole[part], rests, index))
            and has_run(side.whole[part], across.whole[home])
        }

    def _note(self, pair: Pair) -> None:
        one, other = pair
        self.pairs.add(pair)
        alike = likeness(self.old.whole[one], self.new.whole[other])
        bid = _Bid(one, other, alike, is_in_place=False)
        self.near_new[other].insert(0, bid)
        self.near_old[one].insert(0, bid)
        self.doubtful.add(other)

    def _left_old(self) -> list[str]:
        return _free(self.old.place, {one for one, _ in self.pairs})

    def _left_new(self) -> list[str]:
        return _free(self.new.place, {other for _, other in self.pairs})


def _free(ids: Iterable[str], taken: Container[str]) -> list[str]:
    return [one for one in ids if one not in taken]


def _home(part: Words, rests: dict[str, Words], index: Index) -> str:
    """The id of the text that holds most of `part`; empty where none holds enough."""
    if len(part) < _SHORTEST_PART:
        return ""
    held = {one: shared(part, rests[one]) / len(part) for one in index.nearest(part)}
    best = max(held, key=lambda one: held[one], default="")
    return best if best and held[best] >= _PART else ""


def _ids(bids: Sequence[_Bid], side: str) -> tuple[str, ...]:
    ordered = sorted(bids, key=lambda bid: -bid.worth)
    return tuple(dict.fromkeys(bid.old if side == "old" else bid.new for bid in ordered))
