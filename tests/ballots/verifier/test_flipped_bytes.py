"""Every byte of a small record matters: flip one, and some check fails."""

import os

import pytest

from ballots.errors import BallotError
from ballots.verifier.checks.logs import v11_note, v12_quorum
from ballots.verifier.election import read_election
from ballots.verifier.report import verdicts
from ballots.verifier.verdict import Fault
from ballots.verifier.verification import verify
from crypto.errors import CryptoError
from tests.records.builder import write_folder
from tests.records.verified import failing

STRIDE = int(os.environ.get("SUARA_FLIP_STRIDE", "131"))
"""Every how many bytes the whole verifier runs; 1 takes a quarter of an hour."""
FREE = frozenset({"summary.json"})


def flipped(octets, at):
    """The bytes with one bit of one byte changed."""
    return octets[:at] + bytes([octets[at] ^ 1 << at % 8]) + octets[at + 1 :]


def test_every_byte_of_every_checkpoint_matters(small):
    """A42, A44: text, names, key ids, times and signatures, without a byte to play with."""
    election = read_election(small.manifest)
    notes = {path: o for path, o in small.files.items() if "/checkpoint" in path}
    assert len(notes) > 10
    accepted = []
    for path, octets in notes.items():
        log = path.partition("/")[0]
        v12_quorum(v11_note(octets, log, election)[0], election)
        for at in range(len(octets)):
            try:
                note, _ = v11_note(flipped(octets, at), log, election)
                v12_quorum(note, election)
            except Fault:
                continue
            accepted.append((path, at))
    assert accepted == []


def test_every_byte_of_the_manifest_matters(small, tmp_path):
    """A26, A40: most flips are no manifest any more, the rest is another election."""
    folder = write_folder(small.files, tmp_path)
    well_formed = []
    for at in range(len(small.manifest)):
        forged = flipped(small.manifest, at)
        try:
            read_election(forged)
        except (BallotError, CryptoError):
            continue
        well_formed.append(forged)
    assert len(well_formed) > 100
    for forged in well_formed[:: max(1, STRIDE // 4)]:
        (folder / "manifest.json").write_bytes(forged)
        assert "V14" in failed_at(folder)


def failed_at(folder):
    """The codes that fail on the record in a folder."""
    return failing({verdict.code: verdict.ok for verdict in verdicts(verify(str(folder)))})


def paths_of(kind):
    """Which files of a record are of a kind."""
    return {
        "bundles": lambda path: "/entries/" in path,
        "tiles": lambda path: "/tile/" in path and "/entries/" not in path,
        "the rest": lambda path: "/" not in path or path.startswith("attachments/"),
    }[kind]


@pytest.mark.parametrize("kind", ["bundles", "tiles", "the rest"])
def test_a_flipped_byte_anywhere_gives_a_code(kind, small, tmp_path):
    folder = write_folder(small.files, tmp_path)
    looked_at, unseen = 0, []
    for path in filter(paths_of(kind), sorted(small.files)):
        octets = small.files[path]
        for at in range(min(7, len(octets) - 1), len(octets), STRIDE):
            (folder / path).write_bytes(flipped(octets, at))
            looked_at += 1
            if not failed_at(folder) and path not in FREE:
                unseen.append((path, at))
        (folder / path).write_bytes(octets)
    assert looked_at > 5
    assert unseen == []


def test_a_summary_for_readers_is_free(small, tmp_path):
    folder = write_folder(small.files | {"summary.json": b"{}"}, tmp_path)

    assert failed_at(folder) == frozenset()
