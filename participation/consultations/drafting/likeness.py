"""How alike two texts are, and which of many are worth a closer look."""

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from participation.consultations.drafting.passages import Words

_LONGEST = 400
_MOST_CANDIDATES = 4
_LEAST_RARE = 6


def likeness(old: Words, new: Words) -> float:
    """From 0 (no word in common) to 1 (the same words in the same order).

    Very long texts are compared without regard to the order: their differences take too long.
    """
    if old == new:
        return 1.0
    if max(len(old), len(new)) > _LONGEST:
        return 2 * shared(old, new) / (len(old) + len(new))
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def shared(one: Words, other: Words) -> int:
    """How many words both have, each as often as in both."""
    return (Counter(one) & Counter(other)).total()


def missing_from(whole: Words, part: Words) -> Words:
    """The words of `whole` that `part` does not hold, sorted."""
    return tuple(sorted((Counter(whole) - Counter(part)).elements()))


def has_run(part: Words, whole: Words) -> bool:
    """Whether half of a part, in one piece, stands in another text: no chance of common words."""
    matcher = SequenceMatcher(None, part, whole, autojunk=False)
    return 2 * matcher.find_longest_match().size >= len(part)


class Index:
    """Finds texts that have rare words in common, without comparing each with each."""

    def __init__(self, texts: Mapping[str, Words]) -> None:
        """Takes texts by id; ids that come first win among equals."""
        self._sizes = {text_id: len(words) for text_id, words in texts.items()}
        self._holding: dict[str, list[str]] = {}
        for text_id, words in texts.items():
            for word in dict.fromkeys(words):
                self._holding.setdefault(word, []).append(text_id)
        self._rare = max(_LEAST_RARE, len(texts) // 10)

    def nearest(self, words: Words) -> Sequence[str]:
        """The ids of up to four texts with most rare words in common, the nearest first."""
        weights: Counter[str] = Counter()
        for word in dict.fromkeys(words):
            holders = self._holding.get(word, ())
            if len(holders) <= self._rare:
                for text_id in holders:
                    weights[text_id] += 1
        order = {text_id: place for place, text_id in enumerate(self._sizes)}

        def rank(text_id: str) -> tuple[float, int]:
            size = len(words) + self._sizes[text_id]
            return -weights[text_id] / max(size, 1), order[text_id]

        return sorted(weights, key=rank)[:_MOST_CANDIDATES]
