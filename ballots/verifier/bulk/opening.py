"""The highest ballots of a stretch, opened by a worker: status, plaintext, choices (section 9)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ballots import plaintext
from ballots.draft import Question
from ballots.plaintext import BadPlaintextEncoding, BreaksRule, Choice
from ballots.verifier.election import read_election
from ballots.verifier.logs import tiles
from ballots.verifier.reading import Origin, Source, open_source
from crypto.encoding import M, number, parse
from crypto.errors import CannotOpen
from crypto.hpke import Opener

COUNTED, SUPERSEDED, CANNOT_OPEN, BAD_ENCODING, BREAKS_RULE, SMALL_STYLE = range(6)
"""What became of a ballot: one byte in the file `statuses`."""

_PREV_OCTETS = 32
_MOST_BUNDLE_BYTES = tiles.WIDTH * (2 + 65_535)


@dataclass(frozen=True, slots=True)
class OpeningErrand:
    """What opening needs: the record, the ballot log's size, the keys `y` by style."""

    origin: Origin
    document: bytes
    size: int
    secrets: tuple[tuple[int, int], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a stretch gave, for the ballots asked for, in their order.

    `plaintexts` are empty where nothing opened; `choices` count equal choices of status 0 by
    question.
    """

    statuses: bytes
    plaintexts: list[bytes]
    choices: Mapping[str, Counter[Choice]]


@dataclass(frozen=True, slots=True)
class _Bench:
    """An errand with everything opened and parsed."""

    source: Source
    openers: Mapping[int, Opener]
    questions: Mapping[int, tuple[Question, ...]]


@lru_cache(maxsize=2)
def _lay_out(errand: OpeningErrand) -> _Bench:
    draft = read_election(errand.document).draft
    return _Bench(
        source=open_source(errand.origin),
        openers={style: Opener(y) for style, y in errand.secrets},
        questions={style: draft.questions_of(style) for style, _ in errand.secrets},
    )


def open_stretch(errand: OpeningErrand, indexes: list[int]) -> Opened:
    """Open the ballots at these places of the ballot log, which ascend and have the right shape."""
    bench = _lay_out(errand)
    statuses, plaintexts = bytearray(), []
    choices: dict[str, Counter[Choice]] = {}
    bundle_number, entries = -1, []
    for index in indexes:
        if index // tiles.WIDTH != bundle_number:
            bundle_number = index // tiles.WIDTH
            entries = _bundle(bench.source, errand.size, bundle_number)
        status, opened = _open(bench, entries[index % tiles.WIDTH][_PREV_OCTETS:], choices)
        statuses.append(status)
        plaintexts.append(opened)
    return Opened(bytes(statuses), plaintexts, choices)


def _bundle(source: Source, size: int, bundle_number: int) -> list[bytes]:
    width = min(tiles.WIDTH, size - bundle_number * tiles.WIDTH)
    path = f"ballots/{tiles.tile_path('entries', bundle_number, width)}"
    return tiles.cut(source.read(path, _MOST_BUNDLE_BYTES), width)[0]


def _open(bench: _Bench, payload: bytes, choices: dict[str, Counter[Choice]]) -> tuple[int, bytes]:
    """Status and plaintext of one ballot; its choices are added where it counts."""
    eid, style, bk, seq, prev_own, enc, ct = parse("ballot", parse("cast", payload)[0])
    questions = bench.questions[number(style)]
    opened = b""
    try:
        info = M("seal", eid, style, bk, seq, prev_own)
        opened = bench.openers[number(style)].open(enc, ct, info)
        chosen = plaintext.decode(questions, opened)
    except CannotOpen:
        return CANNOT_OPEN, b""
    except BadPlaintextEncoding:
        return BAD_ENCODING, opened
    except BreaksRule:
        return BREAKS_RULE, opened
    for question, choice in zip(questions, chosen, strict=True):
        choices.setdefault(question.id, Counter())[choice] += 1
    return COUNTED, opened
