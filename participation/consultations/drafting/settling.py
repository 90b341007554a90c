"""What pairs of clauses mean: same, edited, moved, split, merged, removed, new."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from participation.consultations.drafting.passages import Version

Pair = tuple[str, str]
"""The ids of an old clause and of the new one that it became."""


class Change(StrEnum):
    """What became of a clause from one version to the next."""

    SAME = "same"
    EDITED = "edited"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Match:
    """Clauses that belong together: one and one, one and many (split), or many and one (merged)."""

    change: Change
    old: tuple[str, ...]
    new: tuple[str, ...]


class SplitAndMergedError(ValueError):
    """An old clause became several, and one of these came from several old ones."""

    def __init__(self, old_id: str, new_id: str) -> None:
        """Names the pair from which there are more pairs on both sides."""
        super().__init__(f"{old_id} is split, {new_id} merged")
        self.old_id, self.new_id = old_id, new_id


def settle(old: Version, new: Version, pairs: Iterable[Pair]) -> tuple[Match, ...]:
    """Every old and every new clause in exactly one match, in the order of the new text.

    Raises `SplitAndMergedError` where a pair goes both ways.
    """
    became, came_from = _both_ways(old, new, pairs)
    links = {(one, other) for one, others in became.items() for other in others}
    found: list[Match] = []
    for one, others in became.items():
        sources = came_from[others[0]]
        _check_one_way(one, others, came_from)
        if len(others) > 1:
            found.append(Match(Change.SPLIT, (one,), tuple(others)))
        elif len(sources) == 1:
            found.append(Match(_change(old, new, (one, others[0]), links), (one,), (others[0],)))
        elif sources[0] == one:
            found.append(Match(Change.MERGED, tuple(sources), (others[0],)))
    lost = [each.id for each in old.passages if each.id not in became]
    found += [Match(Change.REMOVED, (each,), ()) for each in lost]
    fresh = [each.id for each in new.passages if each.id not in came_from]
    found += [Match(Change.NEW, (), (each,)) for each in fresh]
    return tuple(sorted(found, key=_reading_order(old, new, became)))


def _both_ways(
    old: Version, new: Version, pairs: Iterable[Pair]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    became: dict[str, list[str]] = {}
    came_from: dict[str, list[str]] = {}
    for one, other in sorted(set(pairs), key=lambda it: (old.place[it[0]], new.place[it[1]])):
        became.setdefault(one, []).append(other)
        came_from.setdefault(other, []).append(one)
    return became, came_from


def _check_one_way(one: str, others: list[str], came_from: dict[str, list[str]]) -> None:
    for other in others:
        if len(others) > 1 and len(came_from[other]) > 1:
            raise SplitAndMergedError(one, other)


def _change(old: Version, new: Version, pair: Pair, links: set[Pair]) -> Change:
    """Of one and one: a clause that only came along with its article has not moved itself."""
    one, other = pair
    if old[one].text.split() != new[other].text.split():
        return Change.EDITED
    above = old.parent[one], new.parent[other]
    came_along = above == ("", "") or above in links
    is_in_place = came_along and old.own_key(one) == new.own_key(other)
    return Change.SAME if is_in_place else Change.MOVED


def _reading_order(
    old: Version, new: Version, became: dict[str, list[str]]
) -> Callable[[Match], tuple[float, int]]:
    """By the new text; what was removed stands after what stood before it."""
    after: dict[str, float] = {}
    last = -1.0
    for passage in old.passages:
        if passage.id in became:
            last = float(new.place[became[passage.id][0]])
        after[passage.id] = last + 0.5

    def key(match: Match) -> tuple[float, int]:
        if match.new:
            return float(new.place[match.new[0]]), 0
        return after[match.old[0]], old.place[match.old[0]]

    return key
