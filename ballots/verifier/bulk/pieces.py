"""One stretch of a log, read and examined by a worker: everything that needs no other stretch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from ballots.verifier.bulk.bench import Bench, Errand, lay_out
from ballots.verifier.checks import ballots as ballot_checks
from ballots.verifier.checks import issues as issue_checks
from ballots.verifier.checks.logs import check_low_tile, v14_chain, v15_entry
from ballots.verifier.logs import tiles
from ballots.verifier.logs.shapes import Entry
from ballots.verifier.reading import Absent
from ballots.verifier.verdict import Fault, Gap, Seen
from crypto.encoding import tag_of
from crypto.errors import BadEncoding
from crypto.merkle import leaf_hash

BUNDLES = 8
"""Bundles in one stretch: some two thousand entries, a fifth of a second of work."""

_MOST_BUNDLE_BYTES = tiles.WIDTH * (2 + 65_535)
_PREV_OCTETS = 32

Item = Entry | ballot_checks.CastItem | issue_checks.CheckInItem | issue_checks.IssueItem


@dataclass(slots=True)
class Piece:
    """What a stretch gave.

    `leaf_hashes` has one element per bundle, the leaf hashes joined; `first_prev` is the `prev` of
    the first entry; `items` the entries that can be used, by index. `absent` names the first bundle
    that the record does not hold: nothing after it was looked at.
    """

    first: int
    leaf_hashes: list[bytes] = field(default_factory=list)
    first_prev: bytes = b""
    items: list[tuple[int, Item]] = field(default_factory=list)
    faults: list[Seen] = field(default_factory=list)
    gaps: dict[str, str] = field(default_factory=dict)
    absent: str = ""


def stretches(size: int) -> Iterator[range]:
    """The bundles of a log of `size` entries, as ranges for one worker each."""
    bundles = -(-size // tiles.WIDTH)
    return (range(at, min(at + BUNDLES, bundles)) for at in range(0, bundles, BUNDLES))


def examine(errand: Errand) -> Callable[[range], Piece]:
    """The work of one stretch, to be sent to a worker process."""
    return partial(read_piece, errand)


def read_piece(errand: Errand, bundles: range) -> Piece:
    """Read and examine the entries of these bundles."""
    bench = lay_out(errand)
    piece = Piece(bundles.start * tiles.WIDTH)
    look = _EXAMINERS[errand.log](bench)
    last_leaf = b""
    for number in bundles:
        width = min(tiles.WIDTH, errand.size - number * tiles.WIDTH)
        path = f"{errand.log}/{tiles.tile_path('entries', number, width)}"
        try:
            bundle = bench.source.read(path, _MOST_BUNDLE_BYTES)
        except Absent:
            piece.absent = path
            break
        entries, wrong = tiles.cut(bundle, width)
        first = number * tiles.WIDTH
        if wrong:
            _fault(piece, errand.log, first + _first_empty(entries), Fault("V15", wrong))
        last_leaf = _link(piece, bench, first, entries, last_leaf)
        for index, entry in enumerate(entries, start=first):
            _take(piece, bench, index, entry[_PREV_OCTETS:], look)
    return piece


def _first_empty(entries: list[bytes]) -> int:
    return entries.index(b"") if b"" in entries else len(entries) - 1


def _link(piece: Piece, bench: Bench, first: int, entries: list[bytes], before: bytes) -> bytes:
    """Hash the entries of a bundle, compare chain and level 0 (V14); the last leaf hash."""
    leaves = [leaf_hash(entry) for entry in entries]
    log = bench.errand.log
    if first == piece.first:
        piece.first_prev = entries[0][: tiles.HASH_OCTETS]
    piece.leaf_hashes.append(b"".join(leaves))
    for at, fault in v14_chain(entries, leaves, before):
        _fault(piece, log, first + at, fault)
    path = f"{log}/{tiles.tile_path(0, first // tiles.WIDTH, len(leaves))}"
    try:
        tile = bench.source.read(path, len(piece.leaf_hashes[-1]))
    except Absent:
        piece.gaps["V14"] = path
    else:
        if tile != piece.leaf_hashes[-1]:
            for at, fault in check_low_tile(tile, leaves):
                _fault(piece, log, first + at, fault)
    return leaves[-1]


Look = Callable[[str, bytes], tuple[Item | None, list[Fault | Gap]]]
"""Examines one payload (tag, bytes): the item it gives, if any, and what is wrong."""


def _take(piece: Piece, bench: Bench, index: int, payload: bytes, look: Look) -> None:
    try:
        tag = tag_of(payload)
    except BadEncoding:
        _fault(piece, bench.errand.log, index, Fault("V15", "the entry does not parse"))
        return
    item, troubles = look(tag, payload)
    if item is not None:
        piece.items.append((index, item))
    for trouble in troubles:
        if isinstance(trouble, Gap):
            piece.gaps.setdefault(trouble.code, trouble.what)
        else:
            _fault(piece, bench.errand.log, index, trouble)


def _fault(piece: Piece, log: str, index: int, fault: Fault) -> None:
    piece.faults.append(Seen(fault.code, fault.why, log, index))


def _small(bench: Bench, payload: bytes) -> tuple[Entry | None, list[Fault | Gap]]:
    """An entry that is not bulk: shape, wrapper, constant fields."""
    try:
        return v15_entry(bench.errand.log, payload, bench.election), []
    except Fault as fault:
        return None, [fault]


def _look_at_setup(bench: Bench) -> Look:
    def look(_tag: str, payload: bytes) -> tuple[Item | None, list[Fault | Gap]]:
        return _small(bench, payload)

    return look


def _look_at_check_ins(bench: Bench) -> Look:
    desk = issue_checks.Desk(bench)

    def look(tag: str, payload: bytes) -> tuple[Item | None, list[Fault | Gap]]:
        if tag == "check-in":
            return desk.check_in(payload)
        if tag == "issue":
            return desk.issue(payload)
        return _small(bench, payload)

    return look


def _look_at_ballots(bench: Bench) -> Look:
    def look(tag: str, payload: bytes) -> tuple[Item | None, list[Fault | Gap]]:
        if tag == "cast":
            return ballot_checks.examine_cast(bench, payload)
        return _small(bench, payload)

    return look


_EXAMINERS: dict[str, Callable[[Bench], Look]] = {
    "setup": _look_at_setup,
    "check-ins": _look_at_check_ins,
    "ballots": _look_at_ballots,
}
