"""A whole public record from a plan: a second implementation of the protocol's page.

It shares the mathematics with the rest, the draft's reader, the plaintexts and the counting; what
logs hold, and in what order, is written out here. `Builder(plan).build()` gives an honest record;
a forger overrides one method, and everything after it follows from the forgery.
"""

import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from crypto import canonical, merkle
from crypto.encoding import H, M, b64url, u16, u64
from crypto.note import TlogProof
from tests.records.closing import Closing
from tests.records.log_writer import LogWriter
from tests.records.plan import CLOSED, RUNNING, START, Plan


class Builder(Closing):
    """Builds a record; `files` are its paths and bytes once it is built."""

    def __init__(self, plan: Plan | None = None) -> None:
        super().__init__(plan or Plan())
        self.files: dict[str, bytes] = {}
        self.cast_log = []
        self.epochs = {"check-ins": 0, "ballots": 0}

    def build(self) -> "Builder":
        """Run the election as far as the plan says."""
        self.write_setup()
        self.manifest = canonical.write(self.manifest_value(self.prepared()))
        self.eid = H("manifest", self.manifest)
        self.check_in_log = self._log("check-ins")
        self.ballot_log = self._log("ballots")
        self.open_boxes()
        self.run_boxes()
        if self.plan.stage != RUNNING:
            self.close_boxes()
            if self.plan.stage != CLOSED:
                self.count()
        self.files |= self.collect()
        return self

    def _log(self, name: str) -> LogWriter:
        return LogWriter(name, self.log_signer(name), self.witnesses, self.eid)

    def prepared(self) -> dict[str, Any]:
        """What the set-up log gives to the manifest."""
        trustees = range(1, self.plan.trustees[0] + 1)
        return {
            "setup": {"size": self.setup.size, "root": b64url(self.setup.root)},
            "registrar_keys": [
                {
                    "registrar": r,
                    "style": s,
                    "spki_sha256": b64url(sha256(self.spki(r, s)).digest()),
                }
                for r, s in self.blind_keys
            ],
            "election_keys": [
                {
                    "style": style,
                    "key": b64url(self.election_key(style)),
                    "trustee_points": [b64url(self.public_share(style, j)) for j in trustees],
                }
                for style in self.styles
            ],
        }

    # --- the stages

    def open_boxes(self) -> None:
        """Both boxes begin with the manifest; acknowledgements; the opening."""
        for log in (self.check_in_log, self.ballot_log):
            log.append(M("manifest", self.manifest))
            log.publish(START - 100)
        for role, index in self.acknowledging():
            self.ballot_log.append(self.by(role, index, M("ack", self.eid)))
        self.ballot_log.append(self.by("organiser", 0, M("open", self.eid)))
        self.ballot_log.publish(self.opened_at())

    def acknowledging(self) -> list[tuple[str, int]]:
        """Who acknowledges the manifest."""
        holders = {"trustee": self.plan.trustees[0], "registrar": self.plan.registrars[0]}
        return [(role, i) for role, count in holders.items() for i in range(1, count + 1)]

    def opened_at(self) -> int:
        """When witnesses see the opening."""
        return START + 100

    def run_boxes(self) -> None:
        """Check-ins and ballots, batch by batch."""
        for batch in self.check_in_batches():
            self.end_epoch(self.check_in_log, batch, START + 200)
        for batch in self.cast_batches(late=False):
            self.end_epoch(self.ballot_log, batch, START + 300)

    def end_epoch(self, log: LogWriter, batch: list[bytes], time: int) -> None:
        """Append a batch and its epoch entry, and publish."""
        before = log.latest_text_hash()
        for payload in batch:
            index = log.append(payload)
            if log is self.ballot_log:
                self.cast_log.append((index, payload))
        number = self.epochs[log.name]
        self.epochs[log.name] = number + 1
        log.append(self.epoch(number, before))
        log.publish(time)

    def epoch(self, number: int, checkpoint_hash: bytes) -> bytes:
        """The payload that ends a batch."""
        return M("epoch", self.eid, u64(number), checkpoint_hash)

    def close_boxes(self) -> None:
        """End of check-in, the late ballots, end of voting."""
        self.ballot_log.append(self.by("organiser", 0, self.issue_close()))
        self.ballot_log.publish(START + 1000)
        for batch in self.cast_batches(late=True):
            self.end_epoch(self.ballot_log, batch, START + 1500)
        self.ballot_log.append(self.by("organiser", 0, self.close()))
        self.ballot_log.publish(self.closed_at())
        self.closed_size = self.ballot_log.size
        self.closed_root = self.ballot_log.root

    def issue_close(self) -> bytes:
        """The end of check-in."""
        log = self.check_in_log
        return M("issue-close", self.eid, u64(log.size), log.root)

    def close(self) -> bytes:
        """The end of voting."""
        return M("close", self.eid, u64(self.ballot_log.size), self.ballot_log.root)

    def closed_at(self) -> int:
        """When witnesses see the close."""
        return START + 2100

    def count(self) -> None:
        """Shares, result, attestations."""
        log, close_root = self.ballot_log, self.ballot_log.root
        close_hash = log.latest_text_hash()
        for payload in self.shares(close_hash):
            log.append(payload)
        log.publish(START + 3000)
        statuses, result_json = self.statuses(), self.result_json(close_root)
        result = self.result(result_json, statuses)
        log.append(result)
        log.publish(START + 3100)
        for index in range(1, self.plan.verifiers + 1):
            words = b"I counted the same."
            inner = M("attest", self.eid, sha256(result).digest(), words)
            log.append(self.by("verifier", index, inner))
            log.publish(START + 3200)
        self.files |= {"statuses": statuses, "result.json": result_json}

    def shares(self, close_hash: bytes) -> list[bytes]:
        """The trustees' shares of every style that may be opened."""
        small = self.small_styles()
        return [
            self.share(style, i, close_hash)
            for style in self.styles
            for i in range(1, self.plan.trustees[0] + 1)
            if style not in small and i not in self.plan.silent
        ]

    # --- what comes out

    def collect(self) -> dict[str, bytes]:
        """The record's files."""
        files = {"manifest.json": self.manifest, "policy": self.policy()}
        files |= {f"attachments/{name}": octets for name, octets in self.plan.attachments}
        files |= self.setup.files() | self.ballot_log.files()
        check_ins = self.check_in_log.files()
        if self.plan.stage == RUNNING:  # live are the checkpoints only
            check_ins = {path: o for path, o in check_ins.items() if "/checkpoint" in path}
        else:
            files["roll"] = self.roll_file()
        return files | check_ins

    def promise(self, payload: bytes, epoch: int, tag: str = "promise") -> bytes:
        """A `*.promise` file for a payload."""
        digest, delay = sha256(payload).digest(), u16(self.plan.merge_delay)
        message = M(tag, self.eid, digest, u64(epoch), delay)
        log = "ballots" if tag == "promise" else "check-ins"
        return M("promised", message, self.log_keys[log].sign(message))

    def receipt(self, index: int, log: LogWriter | None = None) -> bytes:
        """A `*.tlog-proof` file for an entry, under the latest checkpoint."""
        log = log or self.ballot_log
        leaves = [merkle.leaf_hash(entry) for entry in log.entries]
        proof = merkle.inclusion_proof(leaves, index)
        return TlogProof(index, proof, log.notes[log.size], log.entries[index]).text


def write_folder(files: dict[str, bytes], folder: Path) -> Path:
    """The files below a folder."""
    for path, octets in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(octets)
    return folder


def write_archive(files: dict[str, bytes], file: Path) -> Path:
    """The files in one `.suara`, dated alike whenever it is made."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, octets in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path), octets, zipfile.ZIP_DEFLATED)
    return file
