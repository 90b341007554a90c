"""Both verifiers, in Python and in JavaScript, say the same of every record (section 10)."""

import json
import os
import random
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ballots.verifier.beside import Beside
from ballots.verifier.report import verdicts
from ballots.verifier.verification import verify
from tests.places import ROOT
from tests.records.builder import Builder, write_archive, write_folder
from tests.records.forgeries.everything import ALL
from tests.records.forgery import Forgery, Made
from tests.records.plan import DESK, SESSION, Plan, Voter
from tests.records.valid import VALID

STRIDE = int(os.environ.get("SUARA_TWIN_STRIDE", "701"))
"""Every how many bytes of a small record both verifiers run."""
THREE_VOTERS = (
    Voter(),
    Voter(kind=SESSION, passkeys=0, ballots=((1,), (0,))),
    Voter(kind=DESK, ballots=((None,),)),
)
EVERYTHING = {f"{kind}-{each.name}": each for kind, those in (("forged", ALL), ("valid", VALID))
              for each in those}  # fmt: skip


@dataclass
class Twin:
    """One Node process that verifies record after record."""

    process: subprocess.Popen[str]

    def verify(self, **asked: Any) -> dict[str, Any]:
        """What the JavaScript verifier says of a record; see `run.js`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked, default=str) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "crash" not in answer, answer["crash"]
        return answer


@pytest.fixture(scope="module")
def twin() -> Iterator[Twin]:
    command = ["node", "--no-warnings", str(ROOT / "tests/js/verify/run.js")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:  # type: ignore[call-overload]
        yield Twin(process)
        process.stdin.close()


@pytest.fixture(scope="module")
def small() -> Builder:
    """A record that has everything: each kind of check-in, a revision, a witness."""
    return Builder(Plan(voters=THREE_VOTERS, min_group=1, witnesses=(1, 1, 0))).build()


def laid_out(made: Made, folder: Path) -> dict[str, Any]:
    """The record and what is handed in, as files."""
    asked: dict[str, Any] = {"folder": write_folder(made.files, folder / "record")}
    asked["beside"] = write_beside(made.beside, folder / "beside")
    if made.client is not None:
        asked["client"] = write_folder(made.client, folder / "client")
    return asked


def write_beside(beside: Beside, folder: Path) -> list[Path]:
    named = (*beside.promises, *beside.receipts, *beside.checkpoints)
    write_folder(dict(named), folder)
    return [folder / name for name, _ in named]


def codes(outcomes: dict[str, bool | None], wanted: bool | None) -> set[str]:
    return {code for code, ok in outcomes.items() if ok is wanted}


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_twin_finds_the_same_in_every_record(name, twin, tmp_path):
    """A1 to A67: the codes that fail and the codes that lack evidence, exactly."""
    record: Forgery = EVERYTHING[name]

    answer = twin.verify(**laid_out(record.make(), tmp_path))

    assert codes(answer["ok"], False) == record.fails, answer["why"]
    assert codes(answer["ok"], None) == record.missing


def both(twin: Twin, folder: Path, **beside: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What Python and JavaScript say of a record: outcomes by code."""
    ours = {verdict.code: verdict.ok for verdict in verdicts(verify(str(folder), **beside))}
    return ours, twin.verify(folder=folder)["ok"]


def flips(files: dict[str, bytes], stride: int) -> Iterable[tuple[str, int, bytes]]:
    """Each `stride`-th byte of all files, one bit of it changed."""
    counted = 0
    for path, octets in sorted(files.items()):
        first = -counted % stride
        for at in range(first, len(octets), stride):
            changed = octets[at] ^ 1 << at % 8
            yield path, at, octets[:at] + bytes([changed]) + octets[at + 1 :]
        counted += len(octets)


def test_a_flipped_byte_gives_the_same_codes_in_both(small, twin, tmp_path):
    folder = write_folder(small.files, tmp_path)
    looked_at = 0
    for path, at, forged in flips(small.files, STRIDE):
        (folder / path).write_bytes(forged)
        ours, theirs = both(twin, folder)
        looked_at += 1
        assert theirs == ours, (path, at)
        (folder / path).write_bytes(small.files[path])
    assert looked_at > 20
