"""Files of ranked ballots from elsewhere, for counting them again by our own rules.

ABIF, the Aggregated Ballot Information Format (https://abif.electorama.com): one pattern a line,
`12:Kiss>Montroll=Smith`; options declared as `=Kiss:[Bob Kiss]`; `{…}` and `#` lines say about.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

MOST_OPTIONS = 255
"""As many options as a question can have."""

Ranks = tuple[int, ...]
"""The rank of each option from 1, 0 for an unranked one; equal ranks are possible."""

_DECLARATION = re.compile(r"=\s*(?P<key>\[[^\]]+\]|[^\s:\[\]]+)\s*:\s*\[(?P<name>[^\]]*)\]")
_COMMENT = re.compile(r"(\[[^\]]*\])|#.*")
_PATTERN = re.compile(r"(?P<count>[0-9]{1,12})\s*:\s*(?P<ranking>.*)")
_OPTION = re.compile(r"\[[^\]]+\]|[^\s:>=,/\[\]]+")


class BadBallotFile(ValueError):  # noqa: N818 - the name says what is bad
    """A line that is not what the format says: `line` from 1, and what was `expected` there."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(f"line {line}: expected {expected}")
        self.line = line
        self.expected = expected


@dataclass(frozen=True, slots=True)
class ListedOption:
    """An option of a ballot file: the short `key` of its ballots, and its full `name`."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class RankedBallots:
    """Ranked ballots: the options in the file's order, and each pattern → number of ballots."""

    options: tuple[ListedOption, ...]
    counts: Mapping[Ranks, int]

    @property
    def total(self) -> int:
        """The number of ballots."""
        return sum(self.counts.values())

    def without_equal_ranks(self) -> Self:
        """The same ballots, each ending before the first rank that it gives to several options.

        So counts whoever marks no further than the voter's order is clear.
        """
        cut: Counter[Ranks] = Counter()
        for ranks, number in self.counts.items():
            cut[_before_equal_ranks(ranks)] += number
        return type(self)(self.options, cut)

    def first_choices(self) -> Mapping[int | None, int]:
        """The option ranked first → number of ballots; None where there is no single first one."""
        firsts: Counter[int | None] = Counter()
        for ranks, number in self.counts.items():
            firsts[ranks.index(1) if ranks.count(1) == 1 else None] += number
        return firsts


def read_abif(text: str) -> RankedBallots:
    """The ranked ballots of an ABIF file.

    Options stand in the order of their declarations; where a file declares none, of first mention.
    Raises BadBallotFile for the first line that is not understood: scores, options that are not
    declared, an option twice on one ballot.
    """
    lines = list(_meaningful(text))
    declared = _declarations(lines)
    rankings = [
        (number, *_pattern(number, line)) for number, line in lines if not line.startswith("=")
    ]
    if not rankings:
        raise BadBallotFile(len(text.splitlines()) + 1, "at least one line of ballots")
    options = declared or _mentioned(rankings)
    places = {option.key: place for place, option in enumerate(options)}
    if len(places) > MOST_OPTIONS:
        raise BadBallotFile(lines[-1][0], f"at most {MOST_OPTIONS} options in all")
    counts: Counter[Ranks] = Counter()
    for number, count, ranking in rankings:
        counts[_ranks(number, ranking, places)] += count
    return RankedBallots(options, counts)


_Ranking = list[list[str]]


def _meaningful(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines that hold options or ballots, without comments."""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        # A name in brackets may hold the sign that begins a comment elsewhere.
        said = _COMMENT.sub(lambda found: found[1] or "", line).strip()
        if said and not said.startswith("{"):
            yield number, said


def _declarations(lines: Iterable[tuple[int, str]]) -> tuple[ListedOption, ...]:
    options: dict[str, ListedOption] = {}
    for number, line in lines:
        if not line.startswith("="):
            continue
        match = _DECLARATION.fullmatch(line)
        if match is None:
            raise BadBallotFile(number, "an option like =key:[its full name]")
        key = match["key"].strip("[]")
        if key in options:
            raise BadBallotFile(number, f"an option that is not declared already, not {key!r}")
        options[key] = ListedOption(key, match["name"].strip() or key)
    return tuple(options.values())


def _pattern(number: int, line: str) -> tuple[int, _Ranking]:
    match = _PATTERN.fullmatch(line)
    if match is None or not int(match["count"]):
        raise BadBallotFile(number, "ballots like 12:A>B=C, at least one of them")
    if not match["ranking"]:
        return int(match["count"]), []
    return int(match["count"]), [
        [_option(number, each) for each in rank.split("=")] for rank in match["ranking"].split(">")
    ]


def _option(number: int, text: str) -> str:
    if _OPTION.fullmatch(text.strip()) is None:
        raise BadBallotFile(number, f"options joined by > or =, without scores, not {text!r}")
    return text.strip().strip("[]")


def _mentioned(rankings: Iterable[tuple[int, int, _Ranking]]) -> tuple[ListedOption, ...]:
    keys = {key: None for _, _, ranking in rankings for rank in ranking for key in rank}
    return tuple(ListedOption(key, key) for key in keys)


def _ranks(number: int, ranking: _Ranking, places: Mapping[str, int]) -> Ranks:
    ranks = [0] * len(places)
    for rank, keys in enumerate(ranking, start=1):
        for key in keys:
            if key not in places:
                raise BadBallotFile(number, f"a declared option, not {key!r}")
            if ranks[places[key]]:
                raise BadBallotFile(number, f"each option once on a ballot, not {key!r} again")
            ranks[places[key]] = rank
    return tuple(ranks)


def _before_equal_ranks(ranks: Ranks) -> Ranks:
    equal = [rank for rank in ranks if rank and ranks.count(rank) > 1]
    end = min(equal, default=len(ranks) + 1)
    return tuple(rank if rank < end else 0 for rank in ranks)
