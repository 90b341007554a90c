"""The highest ballots of a stretch, opened by a worker: status, plaintext, choices (section 9)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ballots import plaintext
from ballots.draft import Question
from ballots.plaintext import BadPlaintextEncoding, BreaksRule, Choice
from ballots.verifier.checks.ballots import take_apart
from ballots.verifier.election import read_election
from ballots.verifier.logs import tiles
from ballots.verifier.logs.bulk_frames import BulkFrames
from ballots.verifier.reading import Origin, Source, open_source
from crypto.encoding import number
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
    frames: BulkFrames


@lru_cache(maxsize=2)
def _lay_out(errand: OpeningErrand) -> _Bench:
    election = read_election(errand.document)
    return _Bench(
        source=open_source(errand.origin),
        openers={style: Opener(y) for style, y in errand.secrets},
        questions={style: election.draft.questions_of(style) for style, _ in errand.secrets},
        frames=election.frames,
    )


def open_stretch(errand: OpeningErrand, indexes: list[int]) -> Opened:
    """Open the ballots at these places of the ballot log, which ascend and have the right shape."""
    bench = _lay_out(errand)
    statuses, plaintexts = bytearray(), []
    reader = _Reader(bench)
    bundle_number, entries = -1, []
    for index in indexes:
        if index // tiles.WIDTH != bundle_number:
            bundle_number = index // tiles.WIDTH
            entries = _bundle(bench.source, errand.size, bundle_number)
        status, opened = reader.open(entries[index % tiles.WIDTH][_PREV_OCTETS:])
        statuses.append(status)
        plaintexts.append(opened)
    return Opened(bytes(statuses), plaintexts, reader.choices)


def _bundle(source: Source, size: int, bundle_number: int) -> list[bytes]:
    width = min(tiles.WIDTH, size - bundle_number * tiles.WIDTH)
    path = f"ballots/{tiles.tile_path('entries', bundle_number, width)}"
    return tiles.cut(source.read(path, _MOST_BUNDLE_BYTES), width)[0]


class _Reader:
    """Opens ballots of a stretch; a plaintext that came before is not decoded again."""

    def __init__(self, bench: _Bench) -> None:
        self._bench = bench
        self._known: dict[tuple[bytes, bytes], tuple[int, tuple[Choice, ...]]] = {}
        self.choices: dict[str, Counter[Choice]] = {}

    def open(self, payload: bytes) -> tuple[int, bytes]:
        """Status and plaintext of one ballot; its choices are added where it counts."""
        bench = self._bench
        _, body = bench.frames.read_cast(payload) or take_apart(payload)
        eid, style, bk, seq, prev_own, enc, ct = body
        info = bench.frames.seal.write(eid, style, bk, seq, prev_own)
        try:
            opened = bench.openers[number(style)].open(enc, ct, info)
        except CannotOpen:
            return CANNOT_OPEN, b""
        known = self._known.get((style, opened))
        if known is None:
            known = self._known[style, opened] = self._decode(number(style), opened)
        status, chosen = known
        for question, choice in zip(bench.questions[number(style)], chosen, strict=False):
            self.choices.setdefault(question.id, Counter())[choice] += 1
        return status, opened

    def _decode(self, style: int, opened: bytes) -> tuple[int, tuple[Choice, ...]]:
        """Status and choices of a plaintext; no choices where it does not count."""
        try:
            return COUNTED, plaintext.decode(self._bench.questions[style], opened)
        except BadPlaintextEncoding:
            return BAD_ENCODING, ()
        except BreaksRule:
            return BREAKS_RULE, ()
