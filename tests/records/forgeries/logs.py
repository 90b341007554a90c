"""Forged logs: V10 to V15, V25, V28, V29."""

from hashlib import sha256

from ballots.verifier.verdict import CODES
from crypto.encoding import H, M, u64
from crypto.note import Checkpoint, Note, sign_checkpoint
from tests.records.builder import Builder
from tests.records.forgery import Collection
from tests.records.plan import START, Plan

COLLECTION = Collection()
WITNESSED = Plan(witnesses=(3, 2, 0))
BEHIND_A_SHORT_LOG = (
    "V08", "V09", "V10", "V14", "V15", *CODES[18:25], *CODES[26:37], "V40",
)  # fmt: skip
"""What lacks evidence where the ballot log says that it is shorter than its files."""


def signed_note(built, log, size, root=bytes(32)):
    """A checkpoint that the log signs, whatever its root."""
    signer = built.log_signer(log)
    return sign_checkpoint(signer, Checkpoint(signer.verifier.name, size, root))


@COLLECTION.tampered("V10", attack="A44")
def another_root(built):
    """A checkpoint, signed by the log, whose root is not that of the entries."""
    return built.files | {"setup/checkpoints/1": signed_note(built, "setup", 1)}


@COLLECTION.built("V10", attack="A40")
class AnotherSetupRoot(Builder):
    """A manifest that names another set-up log."""

    def prepared(self):
        setup = super().prepared()
        setup["setup"]["root"] = "A" * 43
        return setup


@COLLECTION.tampered("V11", attack="A42", tests=(46,))
def extension_line(built):
    """A checkpoint with an extension line, signed by the log."""
    signer = built.log_signer("setup")
    note = Note.parse(built.files["setup/checkpoints/1"])
    text = note.text + "more\n"
    forged = f"{text}\n{signer.sign(text)}".encode()
    return built.files | {"setup/checkpoints/1": forged}


@COLLECTION.tampered("V11", attack="A41")
def another_logs_signature(built):
    """A checkpoint of the set-up log, signed by the ballot log."""
    note = Note.parse(built.files["setup/checkpoints/1"])
    forged = f"{note.text}\n{built.log_signer('ballots').sign(note.text)}".encode()
    return built.files | {"setup/checkpoints/1": forged}


@COLLECTION.tampered("V11", plan=WITNESSED, attack="A42", tests=(47,))
def witness_twice(built):
    """A checkpoint with one witness twice, to pass for a quorum."""
    note = Note.parse(built.files["setup/checkpoints/1"])
    log, first, *_ = note.signatures
    forged = Note(note.text, (log, first, first)).write()
    return built.files | {"setup/checkpoints/1": forged}


@COLLECTION.tampered("V12", plan=WITNESSED, attack="A41")
def too_few_witnesses(built):
    """A checkpoint that one witness saw where two are needed."""
    note = Note.parse(built.files["setup/checkpoints/1"])
    return built.files | {"setup/checkpoints/1": Note(note.text, note.signatures[:2]).write()}


@COLLECTION.tampered("V12", plan=WITNESSED, attack="A41")
def cosigned_something_else(built):
    """A cosignature over another checkpoint."""
    note = Note.parse(built.files["setup/checkpoints/1"])
    other = Note.parse(built.files["ballots/checkpoints/1"])
    lines = (*note.signatures[:3], other.signatures[3])
    return built.files | {"setup/checkpoints/1": Note(note.text, lines).write()}


@COLLECTION.tampered("V12", plan=WITNESSED, attack="A41")
def another_policy(built):
    """A policy that asks for one witness less."""
    policy = built.files["policy"].replace(b"group g 2", b"group g 1")
    return built.files | {"policy": policy}


@COLLECTION.tampered("V13", attack="A47", tests=(45,), missing=BEHIND_A_SHORT_LOG)
def rolled_back(built):
    """A latest checkpoint that is older than another published one."""
    sizes = sorted(built.ballot_log.notes)
    return built.files | {"ballots/checkpoint": built.ballot_log.notes[sizes[-2]]}


@COLLECTION.tampered("V14", attack="A44")
def damaged_tile(built):
    """A tile of level 0 with one bit changed."""
    return built.files | {
        path: bytes([octets[0] ^ 1]) + octets[1:]
        for path, octets in built.files.items()
        if path.startswith("ballots/tile/0/")
    }


@COLLECTION.built("V14", attack="A44")
class BrokenChain(Builder):
    """An entry that does not begin with the leaf hash of the one before."""

    def open_boxes(self):
        super().open_boxes()
        self.ballot_log._prev = bytes(32)


@COLLECTION.built("V15", attack="A45")
class MiscountedEpochs(Builder):
    """Epochs that leave out a number."""

    def epoch(self, number, checkpoint_hash):
        return super().epoch(number + (number > 0), checkpoint_hash)


@COLLECTION.built("V15", attack="A45")
class EpochOfAnotherCheckpoint(Builder):
    """An epoch that names another checkpoint."""

    def epoch(self, number, checkpoint_hash):
        return super().epoch(number, bytes(32) if number else checkpoint_hash)


@COLLECTION.built("V15", attack="A51")
class SignedBySomebodyElse(Builder):
    """An attestation that its verifier did not sign."""

    def identity(self, role, index):
        return self.organiser if role == "verifier" else super().identity(role, index)


@COLLECTION.built("V15", attack="A25")
class AnotherElectionsAcknowledgement(Builder):
    """An acknowledgement of another election."""

    def acknowledging(self):
        honest, self.eid = self.eid, bytes(32)
        self.ballot_log.append(self.by("trustee", 1, M("ack", self.eid)))
        self.eid = honest
        return super().acknowledging()


@COLLECTION.built("V25", attack="A11", tests=(54,))
class UnsortedBatch(Builder):
    """A batch in the order of arrival."""

    def sorted_casts(self, payloads):
        return sorted(payloads, key=lambda payload: sha256(payload).digest(), reverse=True)


@COLLECTION.built("V25", attack="A11")
class UnsortedCheckIns(Builder):
    """Check-ins in the order of arrival."""

    def sorted_check_ins(self, groups):
        groups = sorted(groups, key=lambda group: sha256(group[0]).digest(), reverse=True)
        return [payload for group in groups for payload in group]


@COLLECTION.built("V25", attack="A11")
class BatchOfOne(Builder):
    """A batch of one ballot in the middle, which tells when it came."""

    def cast_batches(self, *, late):
        batches = super().cast_batches(late=late)
        return batches if late else [[payload] for batch in batches for payload in batch]


@COLLECTION.built("V28", attack="A45")
class CloseOfAnotherBox(Builder):
    """A close that names another root than the box had."""

    def close(self):
        return M("close", self.eid, u64(self.ballot_log.size), bytes(32))


@COLLECTION.built("V28", plan=WITNESSED, attack="A46")
class ClosedEarly(Builder):
    """A box whose witnesses saw it closed before its time."""

    def closed_at(self):
        return START + 1999


@COLLECTION.built("V28", plan=WITNESSED, attack="A46")
class ClosedLate(Builder):
    """A box that was closed later than the grace allows."""

    def closed_at(self):
        return START + 2301


@COLLECTION.built("V28", plan=WITNESSED, attack="A46")
class OpenedEarly(Builder):
    """A box that was open before voting began."""

    def opened_at(self):
        return START + 99


@COLLECTION.built("V28", attack="A45", tests=(43,))
class CastAfterClose(Builder):
    """A ballot that entered the box after its close."""

    def shares(self, close_hash):
        return [self.cast_log[0][1], *super().shares(close_hash)]


@COLLECTION.built("V29", attack="A45")
class SecondClose(Builder):
    """A box that is closed twice."""

    def shares(self, close_hash):
        again = M("close", self.eid, u64(self.ballot_log.size), self.ballot_log.root)
        return [self.by("organiser", 0, again), *super().shares(close_hash)]


@COLLECTION.built("V29", plan=Plan(trustees=(2, 1)), attack="A59", tests=(64,))
class ShareForAnotherClose(Builder):
    """A trustee who was shown another close."""

    def share(self, style, i, close_hash):
        return super().share(style, i, H("seed") if i == 2 else close_hash)


@COLLECTION.built("V19", attack="A1")
class IssuedAfterTheEnd(Builder):
    """Credentials that were issued after check-in had ended."""

    def check_in_batches(self):
        batches = super().check_in_batches()
        self._kept = batches.pop()
        return batches

    def close_boxes(self):
        super().close_boxes()
        self.end_epoch(self.check_in_log, self._kept, START + 1600)


@COLLECTION.built("V19", attack="A1")
class AnotherCheckInRoot(Builder):
    """An issue-close that names another root of the check-in log."""

    def issue_close(self):
        return M("issue-close", self.eid, u64(self.check_in_log.size), bytes(32))
