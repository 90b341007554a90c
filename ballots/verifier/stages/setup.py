"""The first stage: documents, set-up log, keys, ceremony (V02 to V07)."""

from ballots.verifier.checks.ceremony import check_ceremony
from ballots.verifier.checks.logs import check_policy
from ballots.verifier.checks.setup import (
    check_certificates,
    v02_ids,
    v03_safe_parameters,
    v04_sound_keys,
)
from ballots.verifier.logs.walk import NoLedger, Walk
from ballots.verifier.reading import Absent
from ballots.verifier.stages.case import Case
from ballots.verifier.verdict import Fault

_MOST_POLICY_BYTES = 2**20


def check_documents(case: Case) -> None:
    """V03 and the policy of V12: what the manifest alone decides."""
    for fault in v03_safe_parameters(case.election):
        case.findings.add_fault(fault, "manifest")
    case.findings.examine("V03")
    try:
        check_policy(case.source.read("policy", _MOST_POLICY_BYTES), case.election)
    except Absent as absent:
        case.findings.miss(["V12"], str(absent))
    except Fault as fault:
        case.findings.add_fault(fault, "policy")


def check_setup(case: Case) -> None:
    """Walk the set-up log; V02 and V04 to V07."""
    walk = case.walk("setup", NoLedger())
    election, findings = case.election, case.findings
    if not walk.is_whole:
        findings.miss(["V02", "V04", "V05", "V06", "V07"], "the set-up log")
    _check_ids(case, walk)
    findings.examine("V02")
    if not walk.is_whole:
        case.check_log("setup")
        return
    keys = walk.entries.get("reg-key", [])
    case.keys = v04_sound_keys(election, keys, findings)
    check_certificates(election, keys, case.keys, findings)
    check_ceremony(election, walk.entries, findings)
    _check_prefix(case, walk)
    case.check_log("setup")
    findings.examine("V04", "V05", "V06", "V07")


def _check_ids(case: Case, walk: Walk) -> None:
    draft = walk.single("draft")
    try:
        for fault in v02_ids(case.election, draft[1] if draft else None, case.source, case.scratch):
            case.findings.add_fault(fault, "manifest")
    except Absent as absent:
        case.findings.miss(["V02"], str(absent))


def _check_prefix(case: Case, walk: Walk) -> None:
    """`manifest.setup` is a prefix of this log, and the ceremony stands inside it."""
    named = case.election.manifest.setup
    ceremony_end = 1 + max((index for index, _ in walk.entries.get("dkg3", ())), default=0)
    walk.checkpoints.add(ceremony_end)
    if named.size < ceremony_end:
        case.findings.add("V06", "the manifest was made before the ceremony ended", "manifest")
    if walk.tree.roots.get(named.size) != named.root:
        case.findings.add("V10", "the manifest names another set-up log", "manifest")
