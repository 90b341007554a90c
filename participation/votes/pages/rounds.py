"""The picture of an instant-runoff: one bar a round, and where the votes of the excluded go.

Geometry only, in units of a picture 720 wide; colours are the style sheet's. Between two rounds
the totals alone tell every transfer, because one option is excluded at a time; only where ballots
give one rank to several options do some wait meanwhile, outside all totals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 720
BAR, GAP = 44, 52
_LEAST_FOR_LETTER, _LEAST_FOR_NUMBER = 24, 92


@dataclass(frozen=True, slots=True)
class Block:
    """An option's votes in a round; `kind` is "won", "out" (excluded next) or empty."""

    x: float
    y: float
    width: float
    kind: str
    letter: str
    votes: int | None

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Votes on their way from one round to the next; `kind` is "moved" or "stays"."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Half:
    """Where half of the votes that count in a round lies: the winner ends beyond it."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RoundsPicture:
    """All that is drawn, from back to front."""

    height: int
    ribbons: tuple[Ribbon, ...]
    blocks: tuple[Block, ...]
    halves: tuple[Half, ...]


_Spans = dict[int, tuple[float, float]]


def letters(options: int) -> list[str]:
    """A short name for each option: A to Z, then AA, AB and so on."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [
        (alphabet[number // 26 - 1] if number >= len(alphabet) else "")
        + alphabet[number % len(alphabet)]
        for number in range(options)
    ]


def order_of(rounds: Sequence[Sequence[int]]) -> list[int]:
    """The options from the winner to the first excluded."""
    key = [tuple(round_[option] for round_ in reversed(rounds)) for option in range(len(rounds[0]))]
    return sorted(range(len(key)), key=lambda option: key[option], reverse=True)


def excluded_after(rounds: Sequence[Sequence[int]], number: int) -> list[int]:
    """The option whose votes pass on after this round (from 0); none if it had no votes."""
    before, after = rounds[number], rounds[number + 1]
    return [option for option, votes in enumerate(before) if votes and not after[option]]


def draw(rounds: Sequence[Sequence[int]]) -> RoundsPicture:
    """The picture of these rounds: the votes of every option in each, at least one round."""
    order = order_of(rounds)
    scale = WIDTH / (sum(rounds[0]) or 1)
    spans = [_spans(round_, order, scale) for round_ in rounds]
    names = dict(zip(order, letters(len(order)), strict=True))
    blocks = [
        block for number in range(len(rounds)) for block in _blocks(rounds, spans, number, names)
    ]
    ribbons = [
        ribbon
        for number in range(len(rounds) - 1)
        for ribbon in _ribbons(rounds, spans, number, scale)
    ]
    height = len(rounds) * (BAR + GAP) - GAP
    return RoundsPicture(height, tuple(ribbons), tuple(blocks), _halves(rounds, scale))


def _halves(rounds: Sequence[Sequence[int]], scale: float) -> tuple[Half, ...]:
    """Half of each round; none at all where ballots with shared ranks wait outside the totals."""
    if any(max(round_) * 2 > sum(round_) for round_ in rounds[:-1]):
        return ()
    return tuple(
        Half(round(sum(round_) * scale / 2, 1), number * (BAR + GAP))
        for number, round_ in enumerate(rounds)
    )


def _spans(round_: Sequence[int], order: Sequence[int], scale: float) -> _Spans:
    """From where to where each option's votes reach."""
    spans, x = {}, 0.0
    for option in order:
        spans[option] = (x, x + round_[option] * scale)
        x = spans[option][1]
    return spans


def _blocks(
    rounds: Sequence[Sequence[int]], spans: Sequence[_Spans], number: int, names: dict[int, str]
) -> list[Block]:
    found = []
    for option, (begin, end) in spans[number].items():
        width = end - begin
        if not rounds[number][option]:
            continue
        found.append(
            Block(
                x=round(begin, 1),
                y=number * (BAR + GAP),
                width=round(width, 1),
                kind=_kind(rounds, number, option),
                letter=names[option] if width >= _LEAST_FOR_LETTER else "",
                votes=rounds[number][option] if width >= _LEAST_FOR_NUMBER else None,
            )
        )
    return found


def _kind(rounds: Sequence[Sequence[int]], number: int, option: int) -> str:
    if number == len(rounds) - 1:
        return "won" if rounds[number][option] == max(rounds[number]) else ""
    return "out" if option in excluded_after(rounds, number) else ""


def _ribbons(
    rounds: Sequence[Sequence[int]], spans: Sequence[_Spans], number: int, scale: float
) -> list[Ribbon]:
    """What stays with each option, then what it gains from the excluded one."""
    here, there = spans[number], spans[number + 1]
    y = number * (BAR + GAP) + BAR
    source, end_of_source = next((here[out] for out in excluded_after(rounds, number)), (0.0, 0.0))
    found = []
    for option, (begin, end) in here.items():
        if not rounds[number + 1][option]:
            continue
        left = there[option][0]
        kept = min(end - begin, there[option][1] - left)
        found.append(Ribbon(_path((begin, begin + kept), (left, left + kept), y), "stays"))
        gain = (rounds[number + 1][option] - rounds[number][option]) * scale
        if gain > 0:
            target = (left + kept, left + kept + gain)
            given = (source, min(source + gain, end_of_source))
            found.append(Ribbon(_path(given, target, y), "moved"))
            source = given[1]
    return found


def _path(above: tuple[float, float], below: tuple[float, float], y: int) -> str:
    """A band from one bar down to the next, its sides smooth."""
    (a, b), (c, d) = above, below
    middle, end = y + GAP / 2, y + GAP
    return (
        f"M{a:.1f} {y}C{a:.1f} {middle:g} {c:.1f} {middle:g} {c:.1f} {end}"
        f"H{d:.1f}C{d:.1f} {middle:g} {b:.1f} {middle:g} {b:.1f} {y}Z"
    )
