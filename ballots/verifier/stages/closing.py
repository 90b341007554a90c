"""The third stage: opening and close, shares, keys (V28 to V31, and the shares of V37)."""

from dataclasses import dataclass

from ballots.draft import Log
from ballots.verifier.checks.closing import (
    check_window,
    good_shares,
    v28_open_and_close,
    v29_one_close,
    v31_key,
    v37_small_style,
)
from ballots.verifier.logs.notes import LogNotes
from ballots.verifier.logs.shapes import Entry
from ballots.verifier.stages.case import Case

_CODES = ("V28", "V29", "V30", "V31", "V37")


def check_closing(case: Case) -> None:
    """V28 and V29, then the keys, as far as the election has come."""
    case.findings.examine(*_CODES)
    if not case.walks["ballots"].is_whole:
        case.findings.miss(_CODES, "the ballot log")
        return
    _check_windows(case)
    close = case.close_entry()
    if close is None:
        case.findings.miss(_CODES, "the close: the election is still running")
        return
    index, entry = close
    with case.findings.noting("ballots", index):
        v28_open_and_close(index, entry, case.notes["ballots"].root(index))
    least = case.election.draft.min_group
    case.small = frozenset(
        style for style in case.election.styles if 0 < case.ballots.voted[style] < least
    )
    _check_shares(case, index)


def _check_windows(case: Case) -> None:
    """What witnesses say about the times of opening, check-in and close."""
    times = case.election.draft.schedule
    grace = times.close_grace_seconds
    walk, epochs = case.walks["ballots"], case.walks["check-ins"].epochs
    acts: list[_Act] = []
    if entry := walk.single("open"):
        first = _covering(case.notes["ballots"], entry[0] + 1)
        acts.append(_Act("open", "ballots", first, times.voting_opens))
    if epochs:
        first = _covering(case.notes["check-ins"], epochs[0].index + 1)
        acts.append(_Act("check-in", "check-ins", first, times.check_in_opens))
    if entry := walk.single("issue-close"):
        latest = times.check_in_closes + grace
        after = entry[0] + 1
        acts.append(_Act("issue-close", "ballots", after, times.check_in_closes, latest))
    if entry := walk.single("close"):
        latest = times.voting_closes + grace
        acts.append(_Act("close", "ballots", entry[0] + 1, times.voting_closes, latest))
    for act in acts:
        _check_act(case, act)


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that has its time: the checkpoint of `size` in a log shows when it was seen."""

    name: str
    log: Log
    size: int
    earliest: int
    latest: int | None = None


def _check_act(case: Case, act: _Act) -> None:
    seen = case.notes[act.log].times.get(act.size)
    if seen is None:
        if case.election.witnesses:
            case.findings.miss(["V28"], f"a cosigned checkpoint directly after {act.name}")
        return
    with case.findings.noting(f"{act.log} checkpoint {act.size}"):
        check_window(act.name, seen, act.earliest, act.latest)


def _covering(notes: LogNotes, size: int) -> int:
    """The size of the first published checkpoint that covers so many entries."""
    return min((each for each in notes.times if each >= size), default=size)


def _check_shares(case: Case, close_index: int) -> None:
    """V29, V30 and V37 on every share, V31 on every style that is to be opened."""
    election, findings = case.election, case.findings
    walk = case.walks["ballots"]
    shares = walk.entries.get("share", [])
    close_hash = case.notes["ballots"].text_hash(close_index + 1)
    for index, share in shares:
        with case.findings.noting("ballots", index):
            v29_one_close(share, close_hash)
        if share.number(1) in case.small:
            _blame_opening(case, index, share)
    good = good_shares(election, shares, findings)
    if "result" not in walk.entries and not shares:
        findings.miss(["V30"], "the shares: not opened yet")
    for style in election.styles:
        if style not in case.small:
            _recover(case, style, good[style])


def _blame_opening(case: Case, index: int, share: Entry) -> None:
    """A share of a small style."""
    what = f"style {share.number(1)}, by trustee {share.index}"
    with case.findings.noting("ballots", index):
        v37_small_style(what, is_small=True, stays_shut=False)


def _recover(case: Case, style: int, shares: dict[int, int]) -> None:
    """`y` of a style; fewer than k shares are a fault only once the count is published."""
    k = case.election.draft.trustees.k
    if len(shares) < k and "result" not in case.walks["ballots"].entries:
        case.findings.miss(["V31"], f"shares of style {style}: {len(shares)} of {k} yet")
        return
    with case.findings.noting(f"style {style}"):
        case.secrets[style] = v31_key(case.election, style, shares)
