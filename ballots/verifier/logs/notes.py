"""The checkpoints that a record holds: every note verified once, roots and times kept."""

import re
from collections.abc import Iterable

from ballots.draft import Log
from ballots.verifier.checks.logs import v10_root, v11_note, v12_quorum, v13_consistency
from ballots.verifier.election import Election
from ballots.verifier.logs.tree import Tree
from ballots.verifier.reading import Absent, Source
from ballots.verifier.verdict import Fault, Findings
from crypto.encoding import sha256
from crypto.errors import CryptoError
from crypto.note import Checkpoint, Note

MOST_NOTE_BYTES = 65_535

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class LogNotes:
    """One log's notes.

    `size` is how long the log says it is, None where the record does not say; `listed` the sizes
    whose notes the record holds, as far as it can be listed; `published` the checkpoints that the
    log signed, by size; `times` what their witnesses say (V12).
    """

    def __init__(self, log: Log, source: Source, election: Election, findings: Findings) -> None:
        self.log = log
        self.published: dict[int, Checkpoint] = {}
        self.times: dict[int, tuple[int, ...]] = {}
        self.listed = _listed(log, source)
        self._source = source
        self._election = election
        self._findings = findings
        self._roots: dict[int, bytes] = {}
        self._latest = self._read("checkpoint")
        self.size = self._size()

    def check(self, expected: Iterable[int], inside_batch: Iterable[int], tree: Tree) -> None:
        """V10 to V13 on every note there is, and V11 on those that should be there."""
        self._roots = tree.roots
        for size in sorted({*expected, *self.listed}):
            checkpoint = self._read(f"checkpoints/{size}")
            if checkpoint is not None and checkpoint.size != size:
                self._note(Fault("V11", f"it is of size {checkpoint.size}"), f"checkpoints/{size}")
        for size in sorted(inside_batch):
            self._note(Fault("V11", "a checkpoint inside a batch"), f"checkpoints/{size}")
        if self._latest is not None:
            self._compare_latest(self._latest)
        for checkpoint in self.published.values():
            try:
                v10_root(checkpoint, tree.roots)
            except Fault as fault:
                self._note(fault, f"checkpoints/{checkpoint.size}")

    def root(self, size: int) -> bytes | None:
        """The root that the log published at a size, else the one of its entries, if known."""
        published = self.published.get(size)
        return published.root if published else self._roots.get(size)

    def text_hash(self, size: int) -> bytes | None:
        """SHA-256 of the text of the checkpoint of a size, if its root is known."""
        root = self.root(size)
        if root is None:
            return None
        return sha256(Checkpoint(self._election.logs[self.log].name, size, root).text.encode())

    def _read(self, name: str) -> Checkpoint | None:
        """V11 and V12 on one note; the checkpoint if the log signed it."""
        path = f"{self.log}/{name}"
        try:
            octets = self._source.read(path, MOST_NOTE_BYTES)
            note, checkpoint = v11_note(octets, self.log, self._election)
        except Absent:
            self._findings.miss(["V11", "V12"], path)
            return None
        except Fault as fault:
            self._note(fault, name)
            return None
        self._remember(note, checkpoint, name)
        return checkpoint

    def _remember(self, note: Note, checkpoint: Checkpoint, name: str) -> None:
        known = self.published.setdefault(checkpoint.size, checkpoint)
        try:
            v13_consistency(known, checkpoint)
            times = v12_quorum(note, self._election)
        except Fault as fault:
            self._note(fault, name)
        else:
            self.times.setdefault(checkpoint.size, times)

    def _compare_latest(self, latest: Checkpoint) -> None:
        """A log never publishes a smaller checkpoint after a larger one (A47)."""
        largest = max(self.published)
        if largest > latest.size:
            other = self.published[largest]
            self._note(Fault("V13", f"the latest is {latest.text!r}, yet there is {other.text!r}"))

    def _size(self) -> int | None:
        """The latest checkpoint's size; if it is damaged, the largest that another note shows."""
        if self._latest is not None:
            return self._latest.size
        for size in sorted(self.listed, reverse=True):
            try:
                octets = self._source.read(f"{self.log}/checkpoints/{size}", MOST_NOTE_BYTES)
                return v11_note(octets, self.log, self._election)[1].size
            except (Absent, Fault):
                continue
        return self._unsigned_size()

    def _unsigned_size(self) -> int | None:
        try:
            note = Note.parse(self._source.read(f"{self.log}/checkpoint", MOST_NOTE_BYTES))
            return Checkpoint.parse_text(note.text).size
        except (Absent, CryptoError):
            return None

    def _note(self, fault: Fault, name: str = "checkpoint") -> None:
        self._findings.add_fault(fault, f"{self.log}/{name}")


def _listed(log: str, source: Source) -> tuple[int, ...]:
    head = f"{log}/checkpoints/"
    names = [name.removeprefix(head) for name in source.names() or () if name.startswith(head)]
    return tuple(sorted(int(name) for name in names if _SIZE.fullmatch(name)))
