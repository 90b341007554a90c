"""Odd, damaged and exploding containers: a code or "this is no record", in bounded memory (A26)."""

import json
import random
import subprocess
import sys
import zlib
from dataclasses import replace

import pytest

from ballots.verifier.reading import Unreadable
from ballots.verifier.report import verdicts
from ballots.verifier.verdict import INVALID, MISSING, PASSED, exit_code
from ballots.verifier.verification import verify
from tests.places import ROOT
from tests.records import containers
from tests.records.containers import Member, member, written

# Everything else is refused or passes as a whole; what these do is their own.
FAILS = {
    "renamed_in_list": {"V12"},
    "larger_than_said": {"V12"},
    "not_utf8_in_place": {"V12"},
    "two_in_one_place": {"V01"},
    "behind_a_zero": {"V01"},
    "encrypted": {"V01"},
    "unflagged": {"V01"},
}
NO_RECORD = {"not_utf8"}
EMPTY = {"end_in_comment", "other_slashes"}
MEMORY_BYTES = 450 * 2**20
BLOCK = 2**22
GIBIBYTE = 2**30
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))
from ballots.verifier.command import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("make", containers.ALL, ids=lambda make: make.__name__)
def test_an_odd_container_is_read_by_one_rule(make, honest, tmp_path):
    """Two readers must not see two records in one file; the JavaScript verifier runs these too."""
    file = tmp_path / "record.suara"
    file.write_bytes(make(honest.files))
    name = make.__name__
    if name in NO_RECORD:
        with pytest.raises(Unreadable):
            verify(str(file))
        return

    found = verdicts(verify(str(file)))

    assert {verdict.code for verdict in found if verdict.ok is False} == FAILS.get(name, set())
    expected = INVALID if name in FAILS else MISSING if name in EMPTY else PASSED
    assert exit_code(found) == expected


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_container_is_no_crash(seed, honest, tmp_path):
    dice = random.Random(seed)  # noqa: S311 - noise, not secrets
    whole = containers.honest(honest.files)
    listed = whole.rindex(b"manifest.json") - 4000
    file = tmp_path / "record.suara"
    for _ in range(40):
        octets = bytearray(whole)
        for _ in range(dice.randrange(1, 4)):
            octets[dice.randrange(max(0, listed), len(octets))] = dice.randrange(256)
        file.write_bytes(octets[: dice.choice([len(octets), dice.randrange(len(octets))])])
        try:
            found = verdicts(verify(str(file)))
        except Unreadable:
            continue
        assert exit_code(found) in {PASSED, INVALID, MISSING}


def bomb(path: str) -> Member:
    """A member of a gibibyte of zeros, a few hundred kilobytes when packed."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = deflater.compress(bytes(BLOCK)) + deflater.flush(zlib.Z_FULL_FLUSH)
    packed = piece * (GIBIBYTE // BLOCK) + deflater.flush()
    return replace(member(path, b""), packed=packed, size=GIBIBYTE)


def limited(file):
    """Exit code and outcomes of a verifier that may take so much memory and time and no more."""
    code = LIMITED.format(limit=MEMORY_BYTES)
    command = [sys.executable, "-c", code, str(file), "--json", "--workers", "1"]
    ran = subprocess.run(
        command, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False
    )
    assert "MemoryError" not in ran.stderr, ran.stderr
    outcomes = {row["code"]: row["ok"] for row in json.loads(ran.stdout)} if ran.stdout else {}
    return ran.returncode, outcomes


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("manifest.json", "V01"), ("policy", "V12"), ("roll", "V16"), ("result.json", "V34"),
        ("statuses", "V32"), ("ballots/checkpoint", "V11"), ("attachments/explanation.txt", "V02"),
        ("ballots/tile/entries/000.p/", "V15"),
    ],
)  # fmt: skip
def test_a_file_that_explodes_is_read_no_further_than_it_could_mean_something(
    path, code, honest, tmp_path
):
    exact = next(each for each in honest.files if each.startswith(path))
    members = [
        bomb(each) if each == exact else member(each, octets)
        for each, octets in sorted(honest.files.items())
    ]
    file = tmp_path / "record.suara"
    file.write_bytes(written(members))

    exited, outcomes = limited(file)

    assert exited == INVALID
    assert outcomes[code] is False


def test_very_many_names_are_only_names(honest, tmp_path):
    """60,000 files that mean nothing: memory grows with the list, and nothing else happens."""
    nothing = replace(member("x", b""), packed=b"\x03\x00")
    names = [f"nothing/{number}".encode() for number in range(60_000)]
    members = [replace(nothing, name=name, listed=name) for name in names]
    members += [member(each, octets) for each, octets in sorted(honest.files.items())]
    file = tmp_path / "record.suara"
    file.write_bytes(written(members))

    exited, outcomes = limited(file)

    assert exited == PASSED
    assert set(outcomes.values()) == {True}


def test_a_log_of_thousands_of_empty_checkpoints_ends(honest, tmp_path):
    """Names that look like checkpoints are each looked at once."""
    empty = member("x", b"")
    names = [f"ballots/checkpoints/{number}".encode() for number in range(1000, 6000)]
    members = [replace(empty, name=name, listed=name) for name in names]
    members += [member(each, octets) for each, octets in sorted(honest.files.items())]
    file = tmp_path / "record.suara"
    file.write_bytes(written(members))

    exited, outcomes = limited(file)

    assert exited == INVALID
    assert [code for code, ok in outcomes.items() if ok is False] == ["V11"]
