"""The checkpoints that a record holds, and those handed in beside it."""

import re
from collections.abc import Mapping

from ballots.verifier.reading import Absent, Source
from ballots.verifier.verdict import Fault, Findings, Gap
from crypto.errors import CryptoError
from crypto.note import Checkpoint, Note, VerifierKey
from participation.record.verifying.checks import (
    c02_checkpoint,
    c03_earlier,
    c06_root,
    c07_one_story,
)

MOST_NOTE_BYTES = 65_535

_SIZE = re.compile(r"checkpoints/([1-9][0-9]{0,8})", re.ASCII)


class Notes:
    """All checkpoints of one log. `signed` are those that verify, each by where it was found.

    `size` is how long the log says it is; None where nothing says so.
    """

    def __init__(self, source: Source, key: VerifierKey, findings: Findings) -> None:
        self.signed: list[tuple[str, Checkpoint]] = []
        self._source = source
        self._key = key
        self._findings = findings
        self._by_size: dict[int, Checkpoint] = {}
        self.size = self._newest()
        self._earlier()

    def add(self, where: str, checkpoint: Checkpoint) -> None:
        """Take in a checkpoint that the log signed; notes C07 where it is a second of its size."""
        known = self._by_size.setdefault(checkpoint.size, checkpoint)
        self.signed.append((where, checkpoint))
        try:
            c07_one_story(known, checkpoint)
        except Fault as fault:
            self._findings.add_fault(fault, where)

    def sizes(self) -> set[int]:
        """Every size that some signed checkpoint has."""
        return set(self._by_size)

    def compare(self, roots: Mapping[int, bytes], *, is_live: bool) -> None:
        """C06 and C07: every signed root is that of the entries at its size.

        A checkpoint beyond the record's end: what a site serves is shorter than what it signed
        (`is_live`), or this copy is older than the checkpoint.
        """
        for where, checkpoint in self.signed:
            with self._findings.noting(where):
                _compare(where, checkpoint, roots.get(checkpoint.size), is_live=is_live)

    def _newest(self) -> int | None:
        try:
            octets = self._source.read("checkpoint", MOST_NOTE_BYTES)
        except Absent:
            self._findings.miss(["C02"], "checkpoint")
            return None
        try:
            checkpoint = c02_checkpoint(octets, self._key)
        except Fault as fault:
            self._findings.add_fault(fault, "checkpoint")
            return _unsigned_size(octets)
        self.add("checkpoint", checkpoint)
        return checkpoint.size

    def _earlier(self) -> None:
        for size in self._listed():
            where = f"checkpoints/{size}"
            try:
                octets = self._source.read(where, MOST_NOTE_BYTES)
                checkpoint = c03_earlier(octets, size, self._key)
            except Absent:
                self._findings.miss(["C03"], where)
            except Fault as fault:
                self._findings.add_fault(fault, where)
            else:
                self.add(where, checkpoint)
        sizes = [checkpoint.size for _, checkpoint in self.signed]
        if self.size is not None and sizes and max(sizes) > self.size:
            why = f"the newest is of size {self.size}, yet there is one of {max(sizes)}"
            self._findings.add("C07", why, "checkpoint")

    def _listed(self) -> list[int]:
        """The sizes of the record's checkpoints, as far as it can be listed."""
        names = self._source.names()
        if names is None:
            return [] if self.size is None else [self.size]
        found = filter(None, map(_SIZE.fullmatch, names))
        return sorted(int(each[1]) for each in found)


def _compare(where: str, checkpoint: Checkpoint, root: bytes | None, *, is_live: bool) -> None:
    if root is None:
        if is_live:
            raise Fault("C07", f"it ends before {checkpoint.text!r}, which its log signed")
        raise Gap("C07", f"the entries up to {checkpoint.text!r}: is this copy an old one?")
    if where == "checkpoint" or where.startswith("checkpoints/"):
        c06_root(checkpoint, root)
    else:  # somebody holds what the record does not say
        c07_one_story(Checkpoint(checkpoint.origin, checkpoint.size, root), checkpoint)


def _unsigned_size(octets: bytes) -> int | None:
    try:
        return Checkpoint.parse_text(Note.parse(octets).text).size
    except CryptoError:
        return None
