"""What changed inside one clause, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\n|[^\s]+")
_MOST_WORK = 4_000_000


class Mark(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row with one fate; a new line inside stands for a new paragraph."""

    mark: Mark
    words: str


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The way from one text of a clause to another, in reading order; what goes stands first.

    A clause of extreme length that changed in many places is shown as gone and added whole.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    pieces = [
        *_piece(Mark.SAME, before[:head]),
        *_between(*middle),
        *_piece(Mark.SAME, before[len(before) - tail :]),
    ]
    return tuple(pieces)


def _between(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    if len(before) * len(after) > _MOST_WORK:
        yield from _piece(Mark.GONE, before)
        yield from _piece(Mark.ADDED, after)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for fate, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if fate == "equal":
            yield from _piece(Mark.SAME, before[old_start:old_end])
            continue
        yield from _piece(Mark.GONE, before[old_start:old_end])
        yield from _piece(Mark.ADDED, after[new_start:new_end])


def _piece(mark: Mark, tokens: Sequence[str]) -> Iterator[Piece]:
    if tokens:
        yield Piece(mark, " ".join(tokens).replace(" \n", "\n").replace("\n ", "\n"))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
