"""All forty checks on one record, in the order in which they lean on one another (section 10)."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballots.draft import Draft
from ballots.verifier.beside import Beside
from ballots.verifier.bulk.pool import Pool
from ballots.verifier.checks.setup import v01_suite
from ballots.verifier.checks.summary import Summary
from ballots.verifier.reading import Absent, Origin, locate, open_source
from ballots.verifier.stages.beside import check_beside, read_beside, summarise
from ballots.verifier.stages.boxes import check_ballots, check_check_ins, check_roll
from ballots.verifier.stages.case import Case, Progress, say_nothing
from ballots.verifier.stages.closing import check_closing
from ballots.verifier.stages.count import check_count
from ballots.verifier.stages.setup import check_documents, check_setup
from ballots.verifier.verdict import CODES, Fault, Findings

_MOST_MANIFEST_BYTES = 65_000
_OF_LOGS = ("V10", "V11", "V12", "V14", "V15")


@dataclass(frozen=True, slots=True)
class Verification:
    """What the checks found.

    `summary` and `outcome` (the value that `result.json` should have) are there where the election
    is finished; `draft` where its manifest could be read.
    """

    findings: Findings
    draft: Draft | None = None
    summary: Summary | None = None
    outcome: Mapping[str, Any] | None = None


def verify(
    place: str,
    beside: Beside | None = None,
    *,
    workers: int = 1,
    progress: Progress = say_nothing,
) -> Verification:
    """Check the record at a place: a folder, a `.suara` file or an http(s) address.

    Raises Unreadable where there is no record, and nothing for whatever stands in one.
    """
    findings = Findings()
    with tempfile.TemporaryDirectory(prefix="suara-verify-") as folder, Pool(workers) as pool:
        origin = locate(place, Path(folder))
        case = _open(origin, findings, pool, progress)
        if case is None:
            return Verification(findings)
        summary = _run(case, beside or Beside())
        return Verification(findings, case.election.draft, summary, case.outcome)


def _open(origin: Origin, findings: Findings, pool: Pool, progress: Progress) -> Case | None:
    """The case of a record whose manifest can be worked with; None where all else is missing."""
    source = open_source(origin)
    try:
        election = v01_suite(source, source.read("manifest.json", _MOST_MANIFEST_BYTES))
    except Absent as absent:
        findings.miss(CODES, str(absent))
        return None
    except Fault as fault:
        findings.add_fault(fault, "manifest.json")
        findings.examine("V01")
        findings.miss([code for code in CODES if code != "V01"], "a manifest to go by")
        return None
    findings.examine("V01")
    return Case(origin, source, election, findings, Path(origin.scratch), pool, progress)


def _run(case: Case, beside: Beside) -> Summary | None:
    check_documents(case)
    read_beside(case, beside)
    case.open_notes()
    check_setup(case)
    check_ballots(case)
    check_roll(case)
    check_check_ins(case)
    case.findings.examine(*_OF_LOGS)
    check_closing(case)
    check_count(case)
    check_beside(case, beside.client)
    return summarise(case)
