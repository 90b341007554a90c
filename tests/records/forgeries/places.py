"""Entries and notes in wrong places, and times against the schedule: V03, V10 to V30."""

from dataclasses import replace

from crypto.encoding import M, u64
from crypto.merkle import leaf_hash
from crypto.note import COSIGNATURE, Signer
from tests.records.builder import Builder
from tests.records.forgeries.documents import THREE_TRUSTEES
from tests.records.forgeries.logs import WITNESSED
from tests.records.forgery import Collection
from tests.records.plan import START

COLLECTION = Collection()


def bundle_of(entries):
    """Entries as a bundle holds them."""
    return b"".join(len(each).to_bytes(2, "big") + each for each in entries)


@COLLECTION.tampered("V10", "V14", plan=THREE_TRUSTEES, attack="A44", tests=(42,))
def swapped_entries(built):
    """Two entries that changed places after the log was signed, though either order is allowed."""
    entries = list(built.setup.entries)
    entries[2:4] = entries[3], entries[2]
    bundle, tile = (
        next(path for path in built.files if path.startswith(f"setup/tile/{kind}/"))
        for kind in ("entries", "0")
    )
    hashes = b"".join(leaf_hash(entry) for entry in entries)
    return built.files | {bundle: bundle_of(entries), tile: hashes}


@COLLECTION.built("V03", plan=WITNESSED, attack="A42", tests=(47,))
class OneWitnessTwoNames(Builder):
    """A witness that is counted under two names."""

    def draft_value(self):
        first, second, third = self.witnesses
        twin = Signer(second.verifier.name, bytes(32), COSIGNATURE)
        self.witnesses = [Signer(first.verifier.name, bytes(32), COSIGNATURE), twin, third]
        return super().draft_value()


@COLLECTION.built("V15", attack="A58", tests=(65,))
class ShareBeforeClose(Builder):
    """A trustee's share that stands in the box while people still vote."""

    def open_boxes(self):
        super().open_boxes()
        self.ballot_log.append(self.share(1, 1, bytes(32)))
        self.ballot_log.publish(START + 150)


@COLLECTION.built("V15", attack="A51")
class AcknowledgedTooLate(Builder):
    """An acknowledgement that was written after voting had begun."""

    def run_boxes(self):
        self.ballot_log.append(self.by("trustee", 1, M("ack", self.eid)))
        self.ballot_log.publish(START + 150)
        super().run_boxes()


@COLLECTION.built("V15", attack="A45")
class EmptyEpoch(Builder):
    """An epoch that ends no batch."""

    def end_epoch(self, log, batch, time):
        if log is self.ballot_log and self.epochs[log.name] == 1:
            log.append(self.epoch(1, log.latest_text_hash()))
            log.publish(time)
        super().end_epoch(log, batch, time)


@COLLECTION.built("V11", attack="A11")
class CheckpointInsideBatch(Builder):
    """A checkpoint inside a batch, which tells who came first."""

    def end_epoch(self, log, batch, time):
        if log is self.ballot_log and self.epochs[log.name] == 0:
            before = log.latest_text_hash()
            self.cast_log.append((log.append(batch[0]), batch[0]))
            log.publish(time)
            self.latest = before
            batch = batch[1:]
        super().end_epoch(log, batch, time)

    def epoch(self, number, checkpoint_hash):
        before, self.latest = getattr(self, "latest", b""), b""
        return super().epoch(number, before or checkpoint_hash)


@COLLECTION.built("V28", plan=WITNESSED, attack="A46")
class CheckInBeforeItsTime(Builder):
    """Check-ins that witnesses saw before check-in began."""

    def end_epoch(self, log, batch, time):
        is_first = log is self.check_in_log and self.epochs[log.name] == 0
        super().end_epoch(log, batch, START - 1 if is_first else time)


@COLLECTION.built("V30", plan=replace(THREE_TRUSTEES, silent=frozenset()), attack="A56")
class ShareTwice(Builder):
    """A trustee who gives its share twice."""

    def shares(self, close_hash):
        honest = super().shares(close_hash)
        return [*honest, honest[0]]


@COLLECTION.built("V19", attack="A1")
class AnotherCheckInSize(Builder):
    """An end of check-in that leaves room for one entry more."""

    def issue_close(self):
        log = self.check_in_log
        return M("issue-close", self.eid, u64(log.size + 1), log.root)
