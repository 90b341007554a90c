"""V13, V26, V38 and V39: what people hold in their hands against what the record says."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ballots.draft import Log
from ballots.verifier.checks.logs import v11_note, v12_quorum
from ballots.verifier.election import Election
from ballots.verifier.logs.walk import EpochPlace
from ballots.verifier.verdict import Fault, Gap
from crypto.encoding import number, parse, sha256, split
from crypto.errors import CryptoError
from crypto.note import Checkpoint, Note, TlogProof

_PROMISE_LENGTHS = [32, 32, 8, 2]
_LOG_OF: Mapping[str, Log] = {"promise": "ballots", "promise-issue": "check-ins"}


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise that its log signed: this payload stands before that epoch entry, or the close."""

    name: str
    log: Log
    payload_hash: bytes
    last_epoch: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt that its log and a quorum of witnesses signed: this leaf stands at `index`."""

    name: str
    log: Log
    index: int
    entry: bytes
    checkpoint: Checkpoint


def read_promise(name: str, octets: bytes, election: Election) -> Promise:
    """The promise in a `*.promise` file; raises V39 where it does not verify."""
    try:
        promise, signature = parse("promised", octets, count=2)
        tag, fields = split(promise)
        if tag not in _LOG_OF or [len(each) for each in fields] != _PROMISE_LENGTHS:
            raise Fault("V39", "not a promise")
        log = _LOG_OF[tag]
        election.logs[log].key.verify(promise, signature)
    except CryptoError as problem:
        raise Fault("V39", str(problem)) from None
    eid, payload_hash, epoch, delay = fields
    if eid != election.eid or number(delay) != election.draft.merge_delay_epochs:
        raise Fault("V39", "a promise of another election, or with another delay than the draft's")
    return Promise(name, log, payload_hash, number(epoch) + number(delay))


def read_checkpoint(octets: bytes, election: Election) -> tuple[Log, Checkpoint]:
    """The checkpoint in a note that some log of this election signed; raises V39."""
    try:
        note = Note.parse(octets)
        log = _log_named(note.text.partition("\n")[0], election)
        # Others' notes carry lines of witnesses we do not know; the log's own signature suffices.
        lines = note.by(election.logs[log])
        _, checkpoint = v11_note(Note(note.text, lines[:1]).write(), log, election)
    except CryptoError as problem:
        raise Fault("V39", str(problem)) from None
    except Fault as fault:
        raise Fault("V39", fault.why) from None
    return log, checkpoint


def read_receipt(name: str, octets: bytes, election: Election) -> Receipt:
    """The receipt in a `*.tlog-proof` file; raises V39 where it proves nothing."""
    try:
        proof = TlogProof.parse(octets)
        log = _log_named(Note.parse(proof.checkpoint_note).text.partition("\n")[0], election)
        note, checkpoint = v11_note(proof.checkpoint_note, log, election)
        v12_quorum(note, election)
        proof.verify(proof.extra or b"", election.logs[log])  # no leaf is the hash of nothing
    except CryptoError as problem:
        raise Fault("V39", str(problem)) from None
    except Fault as fault:
        raise Fault("V39", fault.why) from None
    return Receipt(name, log, proof.index, proof.extra or b"", checkpoint)


def _log_named(origin: str, election: Election) -> Log:
    for log, key in election.logs.items():
        if key.name == origin:
            return log
    raise Fault("V39", "signed by no log of this election")


def v26_promise_kept(
    promise: Promise, place: int | None, epochs: list[EpochPlace], end: int | None
) -> None:
    """The promised payload stands in time; `end` is where the log stopped taking any (A32).

    Raises V26 where it came too late or not at all, Gap where it still may come.
    """
    is_due = promise.last_epoch < len(epochs)
    limit = epochs[promise.last_epoch].index if is_due else end
    if place is not None and (limit is None or place < limit):
        return
    if limit is None:
        raise Gap("V26", f"the epoch by which {promise.name} is due")
    what = "OMITTED" if place is None else f"late, at {place}"
    raise Fault("V26", f"{what}: payload {promise.payload_hash.hex()}, due before entry {limit}")


def v38_client(folder: Path, election: Election) -> None:
    """The files of a voting page are those whose list the manifest names (A50)."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = sorted(
        (path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hex()) for path in files
    )
    listed = "".join(f"{digest} {name}\n" for name, digest in lines)
    if sha256(listed.encode()) != election.manifest.client_sha256:
        raise Fault("V38", "the files are not those that the manifest names")


def v39_my_receipt(receipt: Receipt, entry: bytes | None) -> None:
    """The entry that I have a receipt for stands where it says; None beyond the record's end."""
    if entry is None:
        raise Gap("V39", f"{receipt.log} entry {receipt.index}: the record is older than it")
    if entry != receipt.entry:
        raise Fault("V39", f"{receipt.log} entry {receipt.index} is not the one in my receipt")
