"""Odd zip files: both verifiers read them by one rule, or both say that they are no record."""

import json
import subprocess

import pytest

from ballots.verifier.reading import Unreadable
from ballots.verifier.report import verdicts
from ballots.verifier.verification import verify
from tests.places import ROOT
from tests.records import containers
from tests.records.builder import Builder
from tests.records.plan import Plan


def in_python(file):
    """The outcomes by code, or that there is no record."""
    try:
        return {verdict.code: verdict.ok for verdict in verdicts(verify(str(file)))}
    except Unreadable:
        return "no record"


def in_javascript(files):
    """The same of every file, by one Node process."""
    asked = "".join(json.dumps({"folder": None, "file": str(file)}) + "\n" for file in files)
    command = ["node", "--no-warnings", str(ROOT / "tests/js/verify/run.js")]
    ran = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    for line in ran.stdout.splitlines():
        answer = json.loads(line)
        is_none = "not a zip file" in answer.get("crash", "")
        yield "no record" if is_none else answer["ok"]


@pytest.fixture(scope="module")
def files():
    return Builder(Plan()).build().files


def test_two_readers_see_one_record_in_every_container(files, tmp_path):
    """A26."""
    made = []
    for make in containers.ALL:
        file = tmp_path / f"{make.__name__}.suara"
        file.write_bytes(make(files))
        made.append(file)

    theirs = dict(zip(made, in_javascript(made), strict=True))

    assert len(theirs) > 15
    assert {file.stem: in_python(file) for file in made} == {
        file.stem: said for file, said in theirs.items()
    }
