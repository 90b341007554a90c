"""Finds comments that say nearly the same, so that an officer reads them once. Pure.

Computed on this machine from words alone: the same comments always give the same families, in
whatever order they come, and no text leaves the house. Only a suggestion to the officer, who sees
everything that a member says beyond the common words.

    words → pairs of neighbouring words → Jaccard, or the share of the shorter text in the other

Comments of different stances never share a family.
"""

import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

ALIKE = 0.6
"""From this share of common pairs on, two texts are near-duplicates (Jaccard)."""
HELD = 0.8
"""Or from this share of the shorter text on, where it is long enough to mean something."""
LEAST_HELD = 8
"""How many pairs of words the shorter text needs for that."""

# Bounds that keep floods of odd text linear: pairs by which a leader is found (those of the
# smallest checksums, the same for the same words), leaders looked at for a pair, and compared.
_FOUND_BY = 32
_LOOKED_AT = 20
_COMPARED = 4
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")

Key = TypeVar("Key")
_Pairs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Written(Generic[Key]):
    """One comment: what it is known by, its stance or other kind, its words."""

    key: Key
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A sentence that some say beyond the common words, and how many say it."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Family(Generic[Key]):
    """Comments that say nearly the same: `leader` speaks for all `members` and is one of them."""

    leader: Key
    members: tuple[Key, ...]
    additions: tuple[Addition, ...]


@dataclass(slots=True)
class _Group(Generic[Key]):
    kind: str
    pairs: _Pairs
    members: list[Written[Key]]


def families(comments: Sequence[Written[Key]]) -> list[Family[Key]]:
    """The families of at least two, the largest first; each comment is in at most one."""
    groups: list[_Group[Key]] = []
    holding: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for copies in _copies(comments):
        kind, pairs = copies[0].kind, _pairs(copies[0].text)
        place = _nearest(groups, holding, kind, pairs)
        if place is not None:
            groups[place].members += copies
            continue
        for pair in sorted(pairs, key=_checksum)[:_FOUND_BY]:
            holding[kind, pair].append(len(groups))
        groups.append(_Group(kind, pairs, list(copies)))
    found = [_family(group) for group in groups if len(group.members) > 1]
    return sorted(found, key=lambda family: -len(family.members))  # stable: ties stay in order


def normal(text: str) -> str:
    """The words of a text, without case, marks and layout."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def is_alike(one: str, other: str) -> bool:
    """Whether two texts say nearly the same."""
    return _alike(_pairs(one), _pairs(other))


def additions(leader: str, others: Sequence[str]) -> tuple[Addition, ...]:
    """The sentences in `others` that `leader` does not say, those said most often first."""
    known = {normal(sentence) for sentence in _sentences(leader)}
    shown: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for text in others:
        own = {normal(sentence): sentence for sentence in _sentences(text)}
        for key in own.keys() - known - {""}:
            shown[key] = min(shown.get(key, own[key]), own[key])
            counted[key] += 1
    order = sorted(counted, key=lambda key: (-counted[key], key))
    return tuple(Addition(shown[key], counted[key]) for key in order)


def _copies(comments: Sequence[Written[Key]]) -> list[list[Written[Key]]]:
    """Comments of the same words together; what is said most, then shortest, comes first."""
    same: dict[tuple[str, str], list[Written[Key]]] = defaultdict(list)
    for comment in comments:
        same[comment.kind, normal(comment.text)].append(comment)
    worded = ((kind, said) for kind, said in same if said)
    order = sorted(worded, key=lambda at: (-len(same[at]), len(at[1]), at))
    return [same[at] for at in order]


def _nearest(
    groups: Sequence[_Group[Key]],
    holding: dict[tuple[str, tuple[str, ...]], list[int]],
    kind: str,
    pairs: _Pairs,
) -> int | None:
    """The place of the group that a text belongs to, of several the one most in common."""
    common: Counter[int] = Counter()
    for pair in pairs:
        common.update(holding.get((kind, pair), ())[:_LOOKED_AT])
    order = sorted(common, key=lambda place: (-common[place], place))[:_COMPARED]
    return next((place for place in order if _alike(groups[place].pairs, pairs)), None)


def _alike(one: _Pairs, other: _Pairs) -> bool:
    common = len(one & other)
    shorter = min(len(one), len(other))
    if not common:
        return False
    is_held = shorter >= LEAST_HELD and common >= HELD * shorter
    return is_held or common >= ALIKE * len(one | other)


def _pairs(text: str) -> _Pairs:
    """Neighbouring words two by two; a single word stands for itself."""
    said = normal(text).split()
    if len(said) == 1:
        return frozenset({(said[0],)})
    return frozenset(pairwise(said))


def _checksum(pair: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return zlib.crc32(" ".join(pair).encode()), pair


def _sentences(text: str) -> list[str]:
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def _family(group: _Group[Key]) -> Family[Key]:
    leader, *others = group.members
    said = additions(leader.text, [other.text for other in others])
    return Family(leader.key, tuple(member.key for member in group.members), said)
