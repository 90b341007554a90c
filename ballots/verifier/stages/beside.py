"""The last stage: what people hand in, and the summary (V13, V26, V38 to V40)."""

from pathlib import Path

from ballots.verifier.beside import Beside
from ballots.verifier.checks.beside import (
    Promise,
    Receipt,
    read_checkpoint,
    read_promise,
    read_receipt,
    v26_promise_kept,
    v38_client,
    v39_my_receipt,
)
from ballots.verifier.checks.logs import v13_consistency
from ballots.verifier.checks.summary import CAUGHT_PERCENT, Summary, sample_size
from ballots.verifier.logs import tiles
from ballots.verifier.logs.shapes import NO_ROW
from ballots.verifier.reading import Absent
from ballots.verifier.stages.case import Case
from ballots.verifier.verdict import Gap
from crypto.note import Checkpoint

NOT_ASKED = "not asked"

_MOST_BUNDLE_BYTES = tiles.WIDTH * (2 + 65_535)


def read_beside(case: Case, beside: Beside) -> None:
    """What was handed in and verifies; what does not is V39."""
    for name, octets in beside.promises:
        with case.findings.noting(name):
            case.promises.append(read_promise(name, octets, case.election))
    for name, octets in beside.receipts:
        with case.findings.noting(name):
            receipt = read_receipt(name, octets, case.election)
            case.receipts.append(receipt)
            case.sightings.append((name, receipt.log, receipt.checkpoint))
    for name, octets in beside.checkpoints:
        with case.findings.noting(name):
            case.sightings.append((name, *read_checkpoint(octets, case.election)))


def check_beside(case: Case, client: Path | None) -> None:
    """V13, V26, V38 and V39; whatever nobody handed in passes as not asked."""
    _check_sightings(case)
    _check_promises(case)
    _check_client(case, client)
    for receipt in case.receipts:
        with case.findings.noting(receipt.name):
            v39_my_receipt(receipt, _entry_at(case, receipt))
    if not case.receipts:
        case.findings.remark("V39", NOT_ASKED)
    case.findings.examine("V13", "V26", "V38", "V39")


def _check_sightings(case: Case) -> None:
    for name, log, theirs in case.sightings:
        root = case.notes[log].root(theirs.size)
        if root is None:
            what = f"{log} up to size {theirs.size}, which {name} shows"
            case.findings.miss(["V13"], what)
            continue
        with case.findings.noting(name):
            v13_consistency(Checkpoint(theirs.origin, theirs.size, root), theirs)
    if not case.sightings:
        case.findings.remark("V13", NOT_ASKED)


def _check_promises(case: Case) -> None:
    for promise in case.promises:
        with case.findings.noting(promise.name):
            _check_promise(case, promise)
    if not case.promises:
        case.findings.remark("V26", NOT_ASKED)


def _check_promise(case: Case, promise: Promise) -> None:
    walk, ballots = case.walks[promise.log], case.walks["ballots"]
    found = case.ballots.found if promise.log == "ballots" else {}
    if promise.log == "check-ins" and case.issues is not None:
        found = case.issues.found
    if not walk.is_whole:
        raise Gap("V26", f"the log {promise.log}")
    end = ballots.single("close" if promise.log == "ballots" else "issue-close")
    last = None if end is None else end[0] if promise.log == "ballots" else walk.size
    v26_promise_kept(promise, found.get(promise.payload_hash), walk.epochs, last)


def _check_client(case: Case, client: Path | None) -> None:
    if client is None:
        case.findings.remark("V38", NOT_ASKED)
        return
    with case.findings.noting(str(client)):
        v38_client(client, case.election)


def _entry_at(case: Case, receipt: Receipt) -> bytes | None:
    """The record's entry at a receipt's place; None where the record does not reach so far."""
    size = case.notes[receipt.log].size or 0
    if receipt.index >= size:
        return None
    number, at = divmod(receipt.index, tiles.WIDTH)
    width = min(tiles.WIDTH, size - number * tiles.WIDTH)
    path = f"{receipt.log}/{tiles.tile_path('entries', number, width)}"
    try:
        bundle = case.source.read(path, _MOST_BUNDLE_BYTES)
    except Absent:
        raise Gap("V39", path) from None
    return tiles.cut(bundle, width)[0][at]


def summarise(case: Case) -> Summary | None:
    """The numbers of V40, if the record holds all they are made of."""
    findings = case.findings
    needed = ("V16", "V17", "V27", "V32")
    if case.issues is None or any(code in findings.gaps for code in needed):
        findings.miss(["V40"], "a finished election to sum up")
        return None
    issues = case.issues
    notes = case.walks["setup"].entries.get("roll-note", ())
    struck = sorted({entry.number(1) for _, entry in notes} - {NO_ROW})
    checked_in = issues.kinds.total()
    findings.examine("V40")
    return Summary(
        roll_size=case.election.manifest.roll.size,
        voted=case.ballots.voted.total(),
        check_ins=dict(issues.kinds),
        desk_with_passkey=issues.desk_with_passkey,
        statuses=case.statuses,
        struck=[row for row in struck if issues.has_checked_in(row)],
        to_ask={percent: sample_size(checked_in, percent) for percent in CAUGHT_PERCENT},
    )
