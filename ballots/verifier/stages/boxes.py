"""The second stage: ballots, roll and check-ins, entry by entry (V08, V15 to V25, V27)."""

from functools import partial

from ballots.verifier.bulk import pairs
from ballots.verifier.bulk.bench import RollFile
from ballots.verifier.checks.ballots import v27_not_more_than_check_ins
from ballots.verifier.checks.issues import v19_frozen_check_ins
from ballots.verifier.checks.logs import v09_manifest_first
from ballots.verifier.checks.roll import MOST_ROW_OCTETS, v16_roll
from ballots.verifier.checks.setup import v08_acks
from ballots.verifier.logs.cast_ledger import CastLedger
from ballots.verifier.logs.issue_ledger import IssueLedger
from ballots.verifier.logs.walk import Walk
from ballots.verifier.reading import Absent
from ballots.verifier.stages.case import Case

_OF_BALLOTS = ("V20", "V21", "V22", "V23", "V24")
_OF_CHECK_INS = ("V17", "V18", "V19")
_OF_BOTH = ("V09", "V25", "V27")


def check_ballots(case: Case) -> None:
    """Walk the ballot log; V08 and V20 to V24."""
    case.ballots = CastLedger(case.wanted("ballots"))
    walk = case.walk("ballots", case.ballots)
    case.check_log("ballots")
    case.ballots.close(case.election.draft.max_revisions, case.findings)
    _check_first(case, walk)
    if not walk.is_whole:
        case.findings.miss(["V08", *_OF_BALLOTS, *_OF_BOTH], "the ballot log")
    case.findings.examine(*_OF_BALLOTS)
    if "open" not in walk.entries:
        case.findings.miss(["V08"], "the opening: not open yet")
        return
    with case.findings.noting("ballots"):
        v08_acks(case.election, walk.entries.get("ack", ()))
    case.findings.examine("V08")


def check_roll(case: Case) -> None:
    """V16, and the rows laid out for the workers."""
    copied = case.scratch / "roll"
    roll = RollFile(case.scratch / "leaves", case.scratch / "ends", 0)
    try:
        case.source.copy("roll", copied, case.election.manifest.roll.size * MOST_ROW_OCTETS)
    except Absent as absent:
        case.findings.miss(["V16", "V17", "V18"], f"{absent}: published after the close")
        return
    rows = v16_roll(copied, case.election.manifest, roll, case.findings)
    case.roll = RollFile(roll.leaves, roll.ends, rows)
    case.findings.examine("V16")


def check_check_ins(case: Case) -> None:
    """Walk the check-in log; V17 to V19, then V27 against the ballots."""
    findings = case.findings
    rows = case.roll.size if case.roll else 0
    ledger = IssueLedger(case.election, rows, findings, case.wanted("check-ins"))
    walk = case.walk("check-ins", ledger)
    case.issues = ledger
    case.check_log("check-ins")
    findings.examine(*_OF_CHECK_INS, *_OF_BOTH)
    if not walk.is_whole:
        findings.miss([*_OF_CHECK_INS, *_OF_BOTH], "the check-in log: published after the close")
        return
    _check_first(case, walk)
    _check_pairs(case, ledger)
    _check_end(case, walk)
    able = ledger.able_to_vote()
    for style in case.election.styles:
        with case.findings.noting(f"style {style}"):
            v27_not_more_than_check_ins(case.ballots.voted[style], able[style], style)


def _check_first(case: Case, walk: Walk) -> None:
    if walk.tree.size == 0:
        return
    first = walk.single("manifest")
    with case.findings.noting(walk.log, 0):
        v09_manifest_first(walk.log, first[1] if first else None, case.election)


def _check_pairs(case: Case, ledger: IssueLedger) -> None:
    work = partial(pairs.check_pairs, case.errand("check-ins"))
    total, done = len(ledger.apart), 0
    for checked in case.pool.map_chunks(work, pairs.chunks(ledger.apart)):
        done = min(done + pairs.PAIRS_IN_A_CHUNK, total)
        case.progress("signatures", done, total)
        for seen in checked.faults:
            case.findings.add(seen.code, seen.why, seen.log, seen.index)
        for what in checked.gaps:
            case.findings.miss(["V17"], what)


def _check_end(case: Case, walk: Walk) -> None:
    issue_close = case.walks["ballots"].single("issue-close")
    if issue_close is None:
        case.findings.miss(["V19"], "issue-close: check-in has not ended")
        return
    roots = {size: root for size in walk.tree.roots if (root := case.notes["check-ins"].root(size))}
    with case.findings.noting("ballots", issue_close[0]):
        v19_frozen_check_ins(walk.size, roots, issue_close[1].fields)
