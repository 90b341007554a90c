"""The picture of a ranked count: one bar a round, and where the votes go that pass on.

Geometry only, in units of a picture 720 wide; colours are the style sheet's. Between two rounds
the totals alone tell every transfer, because one option's votes pass on at a time; only where
ballots give one rank to several options do some wait meanwhile, outside all totals.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

WIDTH = 720
BAR, GAP = 44, 52
_LEAST_FOR_LETTER, _LEAST_FOR_MARK, _LEAST_FOR_NUMBER = 24, 48, 104


@dataclass(frozen=True, slots=True)
class Block:
    """An option's votes in a round; `kind` is "won", "out" (excluded next) or empty.

    What has no room is not written: the letter, its mark, the votes.
    """

    x: float
    y: float
    width: float
    kind: str
    letter: str
    mark: str
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
class Stroke:
    """What must be reached to win: half of the votes that count in a round, or a quota."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RoundsPicture:
    """All that is drawn, from back to front."""

    height: int
    ribbons: tuple[Ribbon, ...]
    blocks: tuple[Block, ...]
    strokes: tuple[Stroke, ...]


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
    """The picture of an instant-runoff: the votes of every option in each round, at least one."""
    last = max(range(len(rounds[-1])), key=rounds[-1].__getitem__)
    won = [frozenset[int]()] * (len(rounds) - 1) + [frozenset({last})]
    return _draw(rounds, order_of(rounds), won, _halves(rounds, _scale(rounds)))


def draw_stages(
    rounds: Sequence[Sequence[int]], elected: Sequence[Collection[int]], quota: int
) -> RoundsPicture:
    """The picture of a count for several seats; `elected`: who is by each stage."""
    order, scale = order_of_seats(rounds, elected), _scale(rounds)
    strokes = [
        Stroke(round(begin + quota * scale, 1), number * (BAR + GAP))
        for number, round_ in enumerate(rounds)
        for option, (begin, _end) in _spans(round_, order, scale).items()
        if round_[option] >= quota
    ]
    return _draw(rounds, order, elected, tuple(strokes))


def order_of_seats(
    rounds: Sequence[Sequence[int]], elected: Sequence[Collection[int]]
) -> list[int]:
    """The options by when they were elected, then from the last to the first excluded."""
    since = {
        option: next((at for at, those in enumerate(elected) if option in those), len(elected))
        for option in range(len(rounds[0]))
    }
    return sorted(order_of(rounds), key=since.__getitem__)


def _scale(rounds: Sequence[Sequence[int]]) -> float:
    return WIDTH / (sum(rounds[0]) or 1)


def _draw(
    rounds: Sequence[Sequence[int]],
    order: Sequence[int],
    won: Sequence[Collection[int]],
    strokes: tuple[Stroke, ...],
) -> RoundsPicture:
    scale = _scale(rounds)
    spans = [_spans(round_, order, scale) for round_ in rounds]
    names = dict(zip(order, letters(len(order)), strict=True))
    blocks = [
        _block(span, votes, names[option], _kind(rounds, won, (number, option)), number)
        for number, round_ in enumerate(rounds)
        for option, span in spans[number].items()
        if (votes := round_[option])
    ]
    ribbons = [
        ribbon
        for number in range(len(rounds) - 1)
        for ribbon in _ribbons(rounds, spans, number, scale)
    ]
    height = len(rounds) * (BAR + GAP) - GAP
    return RoundsPicture(height, tuple(ribbons), tuple(blocks), strokes)


def _halves(rounds: Sequence[Sequence[int]], scale: float) -> tuple[Stroke, ...]:
    """Half of each round; none at all where ballots with shared ranks wait outside the totals."""
    if any(max(round_) * 2 > sum(round_) for round_ in rounds[:-1]):
        return ()
    return tuple(
        Stroke(round(sum(round_) * scale / 2, 1), number * (BAR + GAP))
        for number, round_ in enumerate(rounds)
    )


def _spans(round_: Sequence[int], order: Sequence[int], scale: float) -> _Spans:
    """From where to where each option's votes reach."""
    spans, x = {}, 0.0
    for option in order:
        spans[option] = (x, x + round_[option] * scale)
        x = spans[option][1]
    return spans


def _block(span: tuple[float, float], votes: int, name: str, kind: str, number: int) -> Block:
    width = span[1] - span[0]
    return Block(
        x=round(span[0], 1),
        y=number * (BAR + GAP),
        width=round(width, 1),
        kind=kind,
        letter=name if width >= _LEAST_FOR_LETTER else "",
        mark=_MARKS[kind] if width >= _LEAST_FOR_MARK else "",
        votes=votes if width >= _LEAST_FOR_NUMBER else None,
    )


_MARKS = {"won": "✓", "out": "✕", "": ""}


def _kind(
    rounds: Sequence[Sequence[int]], won: Sequence[Collection[int]], place: tuple[int, int]
) -> str:
    number, option = place
    if option in won[number]:
        return "won"
    is_last = number == len(rounds) - 1
    return "" if is_last or option not in excluded_after(rounds, number) else "out"


def _ribbons(
    rounds: Sequence[Sequence[int]], spans: Sequence[_Spans], number: int, scale: float
) -> list[Ribbon]:
    """What stays with each option, then what it gains from the one whose votes pass on."""
    here, there = spans[number], spans[number + 1]
    y = number * (BAR + GAP) + BAR
    source, end_of_source = _passing(rounds, here, number, scale)
    found = []
    for option, (begin, end) in here.items():
        if not rounds[number + 1][option]:
            continue
        left = there[option][0]
        kept = min(end - begin, there[option][1] - left)
        if kept:
            found.append(Ribbon(_path((begin, begin + kept), (left, left + kept), y), "stays"))
        gain = (rounds[number + 1][option] - rounds[number][option]) * scale
        if gain > 0:
            target = (left + kept, left + kept + gain)
            given = (source, min(source + gain, end_of_source))
            found.append(Ribbon(_path(given, target, y), "moved"))
            source = given[1]
    return found


def _passing(
    rounds: Sequence[Sequence[int]], here: _Spans, number: int, scale: float
) -> tuple[float, float]:
    """From where to where the votes reach that pass on after this round."""
    for option, (begin, end) in here.items():
        if rounds[number + 1][option] < rounds[number][option]:
            return begin + rounds[number + 1][option] * scale, end
    return 0.0, 0.0


def _path(above: tuple[float, float], below: tuple[float, float], y: int) -> str:
    """A band from one bar down to the next, its sides smooth."""
    (a, b), (c, d) = above, below
    middle, end = y + GAP / 2, y + GAP
    return (
        f"M{a:.1f} {y}C{a:.1f} {middle:g} {c:.1f} {middle:g} {c:.1f} {end}"
        f"H{d:.1f}C{d:.1f} {middle:g} {b:.1f} {middle:g} {b:.1f} {y}Z"
    )
