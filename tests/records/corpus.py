"""The conformance corpus: every forged and every honest record as files, and what to say of them.

`tests/corpus/README.md` says what the files are; `scripts/corpus.py` writes them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from ballots.verifier.verdict import INVALID, MISSING, PASSED
from tests.records.builder import Builder, write_archive, write_folder
from tests.records.forgeries.everything import ALL
from tests.records.forgery import Files, Forgery, Made
from tests.records.valid import VALID

FORMAT = "suara-corpus/v1"
KINDS = {"promises": "promise", "receipts": "tlog-proof", "checkpoints": "checkpoint"}


@dataclass(frozen=True)
class Case:
    """One row of the index: a record, what is handed in beside it, what a verifier says."""

    forgery: Forgery

    @property
    def name(self) -> str:
        """The codes that must fail, or `valid`, or `missing`; then what is the matter."""
        taken_out = self.forgery.missing and self.forgery.tamper is not Forgery.tamper
        kind = "missing" if taken_out else "valid"
        return f"{'-'.join(self.forgery.required) or kind}-{self.forgery.name}"

    @property
    def record(self) -> str:
        """The file of the record: that of the honest twin where the defect lies beside it."""
        own = self.name if self.is_own else twin_of(self.forgery)
        return f"{own}.suara"

    @property
    def is_own(self) -> bool:
        """Whether the record is another than that of an honest plan."""
        made = self.forgery
        bends = made.builder is not Builder or made.tamper is not Forgery.tamper
        return bends or made in PLAIN.values()

    def row(self, made: Made) -> dict[str, Any]:
        """What the index says of this case."""
        forged = self.forgery
        return {
            "name": self.name,
            "record": self.record,
            "says": forged.words,
            "required": sorted(forged.required),
            "fails": sorted(forged.fails),
            "missing": sorted(forged.missing),
            "exit": INVALID if forged.fails else MISSING if forged.missing else PASSED,
            "beside": sorted(self.beside(made)),
            "client": self.name if made.client is not None else None,
            "twin": f"{twin_of(forged)}.suara" if forged.fails else None,
            "attacks": forged.attack.split(),
            "tests": list(forged.tests),
        }

    def beside(self, made: Made) -> Files:
        """The files that are handed in, by their names in the corpus."""
        given = {kind: getattr(made.beside, kind) for kind in KINDS}
        assert all(len(files) <= 1 for files in given.values())
        return {
            f"{self.name}.{KINDS[kind]}": octets
            for kind, files in given.items()
            for _, octets in files
        }


PLAIN = {
    repr(each.plan): each
    for each in reversed(VALID)
    if (each.builder, each.tamper, each.beside, each.client)
    == (Builder, Forgery.tamper, Forgery.beside, Forgery.client)
}
"""The honest records that are nothing but their plan."""


def twin_of(forgery: Forgery) -> str:
    """The name of the honest record that is as like as can be."""
    return f"valid-{PLAIN[repr(forgery.twin)].name}"


def cases() -> Iterator[Case]:
    """Every case, honest ones first."""
    for forgery in (*VALID, *ALL):
        yield Case(forgery)


def contents(files: Files) -> str:
    """What a record's files are, in one hash: of lines like `sha256sum` prints, by path."""
    lines = (f"{sha256(octets).hexdigest()}  {path}\n" for path, octets in sorted(files.items()))
    return sha256("".join(lines).encode()).hexdigest()


def write_corpus(folder: Path) -> None:
    """Write every file of the corpus, and its index, into an empty folder."""
    records: dict[str, str] = {}
    rows = []
    for case in cases():
        made = case.forgery.make()
        rows.append(case.row(made))
        write_folder(case.beside(made), folder)
        if made.client is not None:
            write_folder(made.client, folder / case.name)
        if case.is_own:
            records[case.record] = contents(made.files)
            write_archive(made.files, folder / case.record)
    (folder / "index.json").write_text(index_text(records, rows), "utf-8")


def index_text(records: dict[str, str], rows: list[dict[str, Any]]) -> str:
    """The index as JSON with a line for each record and each case."""

    def line(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    hashes = ",\n".join(f"{line(file)}: {line(digest)}" for file, digest in sorted(records.items()))
    lines = ",\n".join(line(row) for row in rows)
    return f'{{"format": {line(FORMAT)},\n"records": {{\n{hashes}\n}},\n"cases": [\n{lines}\n]}}\n'
