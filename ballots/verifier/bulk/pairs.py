"""Blind signatures whose check-in stands in another stretch of the log."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from ballots.verifier.bulk.bench import Bench, Errand, lay_out
from ballots.verifier.checks.issues import read_answer, read_request, v17_blind_signature
from ballots.verifier.logs import tiles
from ballots.verifier.verdict import Fault, Gap, Seen

Pair = tuple[int, int]
"""The places of a check-in and of an issue for it."""

PAIRS_IN_A_CHUNK = 2048
_BUNDLES_KEPT = 8
_PREV_OCTETS = 32
_MOST_BUNDLE_BYTES = tiles.WIDTH * (2 + 65_535)


@dataclass(frozen=True, slots=True)
class PairsChecked:
    """What a chunk of pairs gave."""

    faults: tuple[Seen, ...]
    gaps: tuple[str, ...]


def chunks(pairs: list[Pair]) -> Iterator[list[Pair]]:
    """The pairs by check-in, in chunks: batches are sorted, so that issues come in order too."""
    pairs.sort()
    for start in range(0, len(pairs), PAIRS_IN_A_CHUNK):
        yield pairs[start : start + PAIRS_IN_A_CHUNK]


def check_pairs(errand: Errand, pairs: list[Pair]) -> PairsChecked:
    """V17 on each pair; both places hold entries that parsed before."""
    bench = lay_out(errand)
    entries = _Entries(bench)
    faults, gaps = [], []
    for check_in_index, issue_index in pairs:
        request = read_request(entries.payload(check_in_index), bench.election)
        answer = read_answer(entries.payload(issue_index), bench.election)
        try:
            v17_blind_signature(answer, request, bench)
        except Fault as fault:
            faults.append(Seen(fault.code, fault.why, errand.log, issue_index))
        except Gap as gap:
            gaps.append(gap.what)
    return PairsChecked(tuple(faults), tuple(gaps))


class _Entries:
    """Entries by index; the last few bundles are kept."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._bundles: OrderedDict[int, list[bytes]] = OrderedDict()

    def payload(self, index: int) -> bytes:
        """The payload at a place of the log."""
        number, at = divmod(index, tiles.WIDTH)
        if number not in self._bundles:
            errand = self._bench.errand
            width = min(tiles.WIDTH, errand.size - number * tiles.WIDTH)
            path = f"{errand.log}/{tiles.tile_path('entries', number, width)}"
            bundle = self._bench.source.read(path, _MOST_BUNDLE_BYTES)
            self._bundles[number] = tiles.cut(bundle, width)[0]
            if len(self._bundles) > _BUNDLES_KEPT:
                self._bundles.popitem(last=False)
        self._bundles.move_to_end(number)
        return self._bundles[number][at][_PREV_OCTETS:]
