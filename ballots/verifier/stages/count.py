"""The fourth stage: open, decode, count, draw, chain (V32 to V37)."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ballots.plaintext import Choice
from ballots.verifier.bulk.opening import (
    COUNTED,
    SMALL_STYLE,
    SUPERSEDED,
    OpeningErrand,
    open_stretch,
)
from ballots.verifier.checks.count import (
    check_hash,
    check_status,
    next_tally,
    read_result,
    recount,
    tie_seed,
    v34_count,
    v35_tie_break,
    v36_tally_chain,
)
from ballots.verifier.logs.shapes import Entry
from ballots.verifier.reading import Absent
from ballots.verifier.stages.case import Case
from ballots.verifier.verdict import Fault

_CODES = ("V32", "V33", "V34", "V35", "V36", "V37")
_BALLOTS_IN_A_CHUNK = 2048
_SET_ASIDE = -1
"""No status: V20 set the ballot aside."""
_MOST_RESULT_BYTES = 2**26


@dataclass(slots=True)
class _Count:
    """What the opening gives, ballot by ballot in log order."""

    tally: bytes
    statuses: Counter[int] = field(default_factory=Counter)
    counted: Counter[int] = field(default_factory=Counter)
    choices: dict[str, Counter[Choice]] = field(default_factory=dict)


def check_count(case: Case) -> None:
    """Open the highest ballots again and count; compare with what was published."""
    case.findings.examine(*_CODES)
    close, result = case.close_entry(), case.walks["ballots"].single("result")
    if not case.walks["ballots"].is_whole or close is None or result is None:
        case.findings.miss(_CODES, "the result: not counted yet")
        return
    voted = {style for style in case.election.styles if case.ballots.voted[style]}
    if voted - case.small - case.secrets.keys():
        case.findings.miss(_CODES, "the keys to open the ballots with")
        return
    published = _published_statuses(case, result[1])
    count = _open_all(case, published)
    case.statuses = dict(count.statuses)
    if published is not None:
        with case.findings.noting("ballots", result[0]):
            v36_tally_chain(count.tally, result[1].fields[3])
    unopened = set(case.election.styles) - case.small - case.secrets.keys()
    if unopened:
        case.findings.miss(["V34", "V35"], f"the key of style {min(unopened)}, for the lots")
        return
    seed = tie_seed(case.election, case.notes["ballots"].root(close[0] + 1) or b"", case.secrets)
    counted = {style: count.counted[style] for style in case.election.styles}
    case.outcome = recount(case.election, counted, count.choices, seed)
    _compare(case, case.outcome, result[1])


def _published_statuses(case: Case, result: Entry) -> bytes | None:
    """The file `statuses`; None where it is absent or is not one byte per ballot."""
    ballots = len(case.ballots)
    try:
        statuses = case.source.read("statuses", ballots)
    except Absent as absent:
        case.findings.miss(["V32", "V33", "V36", "V37"], str(absent))
        return None
    with case.findings.noting("statuses"):
        check_hash("V32", "statuses", statuses, result.fields[2])
    if len(statuses) != ballots:
        case.findings.add("V32", f"not one byte for each of {ballots} ballots", "statuses")
        case.findings.miss(["V33", "V36", "V37"], "a status of every ballot")
        return None
    return statuses


def _open_all(case: Case, published: bytes | None) -> _Count:
    """Every ballot's status against the published one, and the chain over all of them."""
    count = _Count(case.election.eid)
    opened = _open_highest(case, count)
    following = next(opened, None)
    for ordinal, index in enumerate(case.ballots.indexes):
        ours, plaintext = _unopened_status(case, ordinal), b""
        if following is not None and following[0] == ordinal:
            _, ours, plaintext = following
            following = next(opened, None)
        if published is not None:
            count.tally = next_tally(count.tally, index, published[ordinal], plaintext)
        if ours == _SET_ASIDE:
            continue
        count.statuses[ours] += 1
        count.counted[case.ballots.styles[ordinal]] += ours == COUNTED
        if published is not None and ours != published[ordinal]:
            _blame_status(case, index, ours, published[ordinal])
    return count


def _blame_status(case: Case, index: int, ours: int, published: int) -> None:
    with case.findings.noting("ballots", index):
        check_status(ours, published)


def _unopened_status(case: Case, ordinal: int) -> int:
    """What becomes of a ballot that is not opened."""
    if case.ballots.is_set_aside(ordinal):
        return _SET_ASIDE
    return SMALL_STYLE if case.ballots.best[ordinal] else SUPERSEDED


def _open_highest(case: Case, count: _Count) -> Iterator[tuple[int, int, bytes]]:
    """Ordinal, status and plaintext of each ballot that may be opened, in log order."""
    election, size = case.election, case.walks["ballots"].size
    errand = OpeningErrand(case.origin, election.document, size, tuple(case.secrets.items()))
    ordinals = array("I", (o for o, is_best in enumerate(case.ballots.best) if is_best))
    chosen = array("I", (o for o in ordinals if case.ballots.styles[o] not in case.small))
    places = (
        [case.ballots.indexes[ordinal] for ordinal in chosen[start : start + _BALLOTS_IN_A_CHUNK]]
        for start in range(0, len(chosen), _BALLOTS_IN_A_CHUNK)
    )
    done = 0
    for opened in case.pool.map_chunks(partial(open_stretch, errand), places):
        for question, choices in opened.choices.items():
            count.choices.setdefault(question, Counter()).update(choices)
        those = chosen[done : done + len(opened.plaintexts)]
        yield from zip(those, opened.statuses, opened.plaintexts, strict=True)
        done += len(those)
        case.progress("opening", done, len(chosen))


def _compare(case: Case, ours: Mapping[str, Any], result: Entry) -> None:
    """`result.json` against its hash and against the recount."""
    try:
        octets = case.source.read("result.json", _MOST_RESULT_BYTES)
    except Absent as absent:
        case.findings.miss(["V34", "V35"], str(absent))
        return
    with case.findings.noting("result.json"):
        check_hash("V34", "result.json", octets, result.fields[1])
    try:
        theirs = read_result(octets)
    except Fault as fault:
        case.findings.add_fault(fault, "result.json")
        return
    for check in (v34_count, v35_tie_break):
        with case.findings.noting("result.json"):
            check(ours, theirs)
