"""One verification under way: what the stages hand on to one another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ballots.draft import LOGS, Log
from ballots.verifier.bulk.bench import Errand, RollFile
from ballots.verifier.bulk.pieces import BUNDLES, read_piece, stretches
from ballots.verifier.bulk.pool import Pool
from ballots.verifier.checks.beside import Promise, Receipt
from ballots.verifier.checks.logs import check_high_tiles
from ballots.verifier.election import Election
from ballots.verifier.logs.cast_ledger import CastLedger
from ballots.verifier.logs.issue_ledger import IssueLedger
from ballots.verifier.logs.notes import LogNotes
from ballots.verifier.logs.shapes import Entry
from ballots.verifier.logs.tiles import WIDTH
from ballots.verifier.logs.walk import Ledger, Walk
from ballots.verifier.reading import Origin, Source
from ballots.verifier.verdict import Findings
from crypto.blind_rsa import PublicKey
from crypto.note import Checkpoint

Progress = Callable[[str, int, int], None]
"""Told as work goes on: the stage, how much of it is done, how much there is."""


def say_nothing(stage: str, done: int, total: int) -> None:
    """The progress of whoever does not want to know."""


@dataclass(slots=True)
class Case:
    """The record, what was found, and what later stages need of earlier ones.

    `promises`, `receipts` and `sightings` (checkpoints) are what people handed in and their logs
    signed; `keys` the registrars' sound keys; `secrets` the recovered `y` by style; `small` the
    styles that stay shut; `outcome` what `result.json` should say.
    """

    origin: Origin
    source: Source
    election: Election
    findings: Findings
    scratch: Path
    pool: Pool
    progress: Progress
    notes: dict[Log, LogNotes] = field(default_factory=dict)
    walks: dict[Log, Walk] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    sightings: list[tuple[str, Log, Checkpoint]] = field(default_factory=list)
    keys: Mapping[tuple[int, int], PublicKey] = field(default_factory=dict)
    roll: RollFile | None = None
    ballots: CastLedger = field(default_factory=lambda: CastLedger(frozenset()))
    issues: IssueLedger | None = None
    secrets: dict[int, int] = field(default_factory=dict)
    small: frozenset[int] = frozenset()
    statuses: dict[int, int] = field(default_factory=dict)
    outcome: Mapping[str, Any] | None = None

    def open_notes(self) -> None:
        """Read every log's latest checkpoint."""
        for log in LOGS:
            self.notes[log] = LogNotes(log, self.source, self.election, self.findings)

    def errand(self, log: Log) -> Errand:
        """What a worker needs to examine a log."""
        return Errand(
            origin=self.origin,
            document=self.election.document,
            log=log,
            size=self.notes[log].size or 0,
            keys=tuple((*holder, key.spki) for holder, key in self.keys.items()),
            roll=self.roll,
        )

    def wanted(self, log: Log) -> frozenset[bytes]:
        """The payload hashes of a log that somebody holds a promise for."""
        return frozenset(each.payload_hash for each in self.promises if each.log == log)

    def walk(self, log: Log, ledger: Ledger) -> Walk:
        """Go through a log from its first entry to its last, or to the first bundle missing."""
        size = self.notes[log].size or 0
        walk = Walk(log, size, self.election, self.findings, ledger)
        walk.listed = self._sizes_of_interest(log)
        work = partial(read_piece, self.errand(log))
        for number, piece in enumerate(self.pool.map_chunks(work, stretches(size)), start=1):
            self.progress(log, min(number * BUNDLES * WIDTH, size), size)
            if not walk.feed(piece):
                break
        self.walks[log] = walk
        return walk

    def check_log(self, log: Log) -> None:
        """V10 to V15 where they need the whole log: notes, high tiles, what epochs say."""
        walk, notes = self.walks[log], self.notes[log]
        notes.check(walk.checkpoints, walk.inside_batch, walk.tree)
        if not walk.is_whole or notes.size is None:
            self.findings.miss(["V10", "V14", "V15"], f"the log {log}")
            return
        check_high_tiles(log, self.source, walk.tree.levels, self.findings)
        for epoch in walk.epochs:
            expected = notes.text_hash(epoch.batch_start)
            if expected is not None and epoch.checkpoint_hash != expected:
                why = "the epoch names another checkpoint than the last one before its batch"
                self.findings.add("V15", why, log, epoch.index)

    def close_entry(self) -> tuple[int, Entry] | None:
        """The close of the ballot log and its place, if it has one."""
        return self.walks["ballots"].single("close")

    def _sizes_of_interest(self, log: Log) -> set[int]:
        """Sizes at which somebody may ask for the root."""
        sizes = set(self.notes[log].listed) | {self.notes[log].size or 0}
        sizes |= {seen.size for _, of_log, seen in self.sightings if of_log == log}
        if log == "setup":
            sizes.add(self.election.manifest.setup.size)
        if log == "check-ins" and (end := self.walks["ballots"].single("issue-close")):
            sizes.add(end[1].number(1))
        return sizes
