"""A mirror of an election's record: every published file, checked, kept as files, served again.

Whoever runs one makes it hard to take anything back. What cannot be checked by itself is left to
the verifier, which reads the mirror's folder like any other record.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ballots.draft import Draft, Log
from ballots.entries import Result, Signed
from ballots.errors import BallotError, Refused
from ballots.following import Damaged, Walk
from ballots.manifest import Manifest
from ballots.roll import read_rows
from ballots.services.alarms import raise_alarm
from ballots.services.names import write_name
from ballots.services.pulling import Forked, Pulled, Source, pull, read_note
from ballots.store.folder_log import FolderLog, write_file
from crypto.encoding import sha256
from crypto.errors import CryptoError

EVIDENCE = "evidence"
"""The folder of forks and rollbacks that were caught, below the mirror's own."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How far one log is kept: entries before and after a pull, and the newest checkpoint."""

    log: Log
    before: int
    after: int
    checkpoint_size: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a pull found: how far each log is kept, and what is wrong, in words.

    `is_forked`: the site has said two things; the evidence is kept.
    """

    kept: tuple[Kept, ...]
    is_closed: bool
    is_counted: bool
    problems: tuple[str, ...]
    is_forked: bool = False


@dataclass(slots=True)
class Mirror:
    """A mirror of one election below `folder`, which follows its logs as long as it lives."""

    folder: Path
    eid: bytes
    walks: dict[Log, Walk] = field(default_factory=dict)

    @property
    def record(self) -> Path:
        """Where the record's files are kept."""
        return record_folder(self.folder, write_name(self.eid))

    def pull(self, source: Source) -> Report:
        """Bring the mirror up to what is published; what is wrong stands in the report.

        Raises Refused `not-found` or Unreachable where there is no record to pull, Damaged where
        the manifest is none.
        """
        manifest = self._manifest(source)
        kept: list[Kept] = []
        problems: list[str] = []
        is_forked = False
        for step in (self._documents, self._setup, self._ballots, self._check_ins, self._results):
            try:
                kept += step(source, manifest)
            except Forked as fork:
                is_forked = True
                problems.append(f"FORK: {fork.message}")
                raise_alarm(self.folder / EVIDENCE, "fork", write_name(self.eid), fork.notes)
            except (BallotError, CryptoError) as error:
                problems.append(str(error))
        return Report(
            tuple(kept), self._has("close"), self._has("result"), tuple(problems), is_forked
        )

    def _has(self, tag: str) -> bool:
        return "ballots" in self.walks and tag in self.walks["ballots"].told

    def _manifest(self, source: Source) -> Manifest:
        document = source.read("manifest.json")
        try:
            manifest = Manifest.parse(document)
        except (BallotError, CryptoError) as error:
            raise Damaged(f"manifest.json: {error}") from error
        if manifest.eid != self.eid:
            raise Damaged("manifest.json is another election's")
        write_file(self.record / "manifest.json", document)
        return manifest

    def _documents(self, source: Source, manifest: Manifest) -> Iterator[Kept]:
        """The files that the draft names."""
        policy = source.read("policy")
        if policy != manifest.draft.policy.encode():
            raise Damaged("policy is not what follows from the draft")
        write_file(self.record / "policy", policy)
        for each in manifest.draft.attachments:
            path = f"attachments/{each.name}"
            content = source.read(path)
            if sha256(content) != each.sha256:
                raise Damaged(f"{path} is not the file that the draft names")
            write_file(self.record / path, content)
        yield from ()

    def _setup(self, source: Source, manifest: Manifest) -> Iterator[Kept]:
        yield self._log(source, manifest, "setup")

    def _ballots(self, source: Source, manifest: Manifest) -> Iterator[Kept]:
        yield self._log(source, manifest, "ballots")

    def _check_ins(self, source: Source, manifest: Manifest) -> Iterator[Kept]:
        """Only checkpoints before close; afterwards everything, held against them."""
        folder = self.record / "check-ins"
        if self._has("close"):
            early = {each.name: each.read_bytes() for each in folder.glob("checkpoints/[0-9]*")}
            yield self._log(source, manifest, "check-ins")
            self._check_early(early)
            return
        walk = Walk(manifest.draft, "check-ins", self.eid)
        note, kept = source.read("check-ins/checkpoint"), FolderLog(folder).latest()
        new = read_note(walk, note)
        if kept:
            known = read_note(walk, kept)
            if new.size < known.size or (new.size == known.size and new.root != known.root):
                raise Forked(f"{new.origin} went back or has two roots", (kept, note))
        write_file(folder / "checkpoints" / str(new.size), note)
        write_file(folder / "checkpoint", note)
        yield Kept("check-ins", 0, 0, new.size)

    def _check_early(self, early: dict[str, bytes]) -> None:
        walk = self.walks["check-ins"]
        latest = FolderLog(self.record / "check-ins").latest()
        for size, note in early.items():
            found = read_note(walk, note)
            if found.root != walk.roots.get(int(size), found.root):
                text = f"{found.origin} showed another root of size {size} while it ran"
                raise Forked(text, (note, latest))

    def _log(self, source: Source, manifest: Manifest, log: Log) -> Kept:
        """Pull one log into its folder, all or nothing."""
        into = FolderLog(self.record / log)
        walk = self.walks.get(log) or self._walk(manifest.draft, log)
        try:
            pulled = pull(source, walk, into)
            self._check_begin(log, pulled, manifest)
            into.commit()
        finally:
            into.forget()
        self.walks[log] = pulled.walk
        return Kept(log, pulled.before, pulled.after, pulled.checkpoint.size)

    def _walk(self, draft: Draft, log: Log) -> Walk:
        return Walk(draft, log, b"" if log == "setup" else self.eid)

    def _check_begin(self, log: Log, pulled: Pulled, manifest: Manifest) -> None:
        """The set-up log begins as the manifest says."""
        named = manifest.setup
        found = pulled.walk.roots.get(named.size, named.root)
        if log == "setup" and found != named.root:
            raise Damaged("the set-up log is another than the one the manifest names")

    def _results(self, source: Source, manifest: Manifest) -> Iterator[Kept]:
        """The roll after close, the result's files after the count."""
        if self._has("close"):
            roll = source.read("roll")
            if read_rows(roll).root != manifest.roll.root:
                raise Damaged("roll is not the one that the manifest froze")
            write_file(self.record / "roll", roll)
        if self._has("result"):
            said = Signed.parse(self.walks["ballots"].told["result"]).said
            if not isinstance(said, Result):
                raise TypeError(said)
            named = {"result.json": said.result_sha256, "statuses": said.statuses_sha256}
            for path, digest in named.items():
                content = source.read(path)
                if sha256(content) != digest:
                    raise Damaged(f"{path} is not the file that the log names")
                write_file(self.record / path, content)
            self._summary(source)
        yield from ()

    def _summary(self, source: Source) -> None:
        """For readers only: nobody checks it, and it may be missing."""
        try:
            write_file(self.record / "summary.json", source.read("summary.json"))
        except Refused:
            return


def record_folder(folder: Path, eid: str) -> Path:
    """Where a mirror below `folder` keeps the record of an election, by its name."""
    return folder / "elections" / eid / "record"
