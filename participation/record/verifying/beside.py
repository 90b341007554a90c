"""What somebody hands in: a receipt of their own contribution, a checkpoint that they kept."""

from dataclasses import dataclass

from ballots.verifier.beside import Beside
from ballots.verifier.verdict import Fault, Findings
from crypto.note import VerifierKey
from participation.record.receipts import Receipt
from participation.record.verifying.checks import c02_checkpoint, c19_receipt
from participation.record.verifying.history import History, Standing
from participation.record.verifying.notes import Notes


@dataclass(frozen=True, slots=True)
class Held:
    """A receipt that proves its entry: the file's name, and the contribution it is about."""

    name: str
    receipt: Receipt
    contribution: bytes


def take_in(beside: Beside, key: VerifierKey, notes: Notes, findings: Findings) -> list[Held]:
    """The receipts that hold; their checkpoints and those handed in are added to `notes`."""
    for name, octets in beside.checkpoints:
        with findings.noting(name):
            notes.add(name, c02_checkpoint(octets, key, "C19"))
    held = []
    for name, octets in beside.receipts:
        try:
            receipt, entry, checkpoint = c19_receipt(octets, key)
        except Fault as fault:
            findings.add_fault(fault, name)
            continue
        notes.add(name, checkpoint)
        held.append(Held(name, receipt, getattr(entry, "id", b"")))
    for name, _ in beside.promises:
        findings.add("C19", "a promise belongs to an election, not to a consultation", name)
    return held


def tell_receipts(held: list[Held], history: History, findings: Findings) -> None:
    """Say of each receipt what the log says of its contribution today."""
    told = []
    for each in held:
        standing = history.contributions.get(each.contribution)
        if standing is None:
            what = f"the entries that {each.name} is about"
            findings.miss(["C19"], what)
            continue
        index = each.receipt.proof.index
        told.append(f"{each.name} is entry {index}{_since(index, standing)}")
    findings.remark("C19", "; ".join(told) if told else "not asked: no file was handed in")


def _since(index: int, standing: Standing) -> str:
    """What became of the contribution after that entry."""
    later = ", reads differently since" if standing.place > index else ""
    if standing.removal is not None:
        return f"{later}, removed under {standing.removal.rule!r}: {standing.removal.reason}"
    return f"{later}, {standing.state}"
