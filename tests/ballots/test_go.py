"""Somebody else's code agrees: Go's packages for transparency logs read what we write.

`golang.org/x/mod/sumdb` (Debian: golang-golang-x-mod-dev) checks notes, cosignatures, tiles,
entries, inclusion, consistency and receipts of an honest record under witnesses; each of them
spoiled alone is refused.
"""

import base64
import io
import json
import os
import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from ballots.services import box, closing, counting, record, sequencing, setup
from ballots.store.tables import TABLES
from crypto import merkle
from tests.ballots.town import CHECK_IN_CLOSES, CLIENT, VOTING_CLOSES, plan, voters
from tests.ballots.witnessing import Watch
from tests.places import ROOT

SOURCES = Path("/usr/share/gocode")
PROGRAM = "./tests/go/checkrecord"
NAMES = tuple(f"pemilih {number}" for number in range(1, 9))
WITNESSES = ("satu.example", "dua.example", "tiga.example")
YES = 0


@pytest.fixture(scope="session")
def checker(tmp_path_factory):
    """The Go program, built once."""
    go, sources = shutil.which("go"), SOURCES / "src/golang.org/x/mod/sumdb"
    if go is None or not sources.is_dir():
        pytest.fail("Go and golang-golang-x-mod-dev are needed: scripts/install_tools.sh")
    folder = tmp_path_factory.mktemp("go")
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOFLAGS": "",
        "GOPATH": str(SOURCES),
        "GOCACHE": str(folder / "cache"),
    }
    words = [go, "build", "-o", str(folder / "checkrecord"), PROGRAM]
    subprocess.run(words, check=True, env=environment, cwd=ROOT)
    return folder / "checkrecord"


@pytest.fixture(scope="session")
def honest(tmp_path_factory):
    """The record of a counted election under three witnesses, unpacked, with proofs beside it."""
    folder = tmp_path_factory.mktemp("honest")
    engine = create_engine(f"sqlite:///{folder / 'town.sqlite3'}")
    SQLModel.metadata.create_all(engine, tables=TABLES)
    watch = Watch.of(engine, folder / "witnesses", *WITNESSES)
    out = folder / "record"
    receipt = held(watch)
    octets = io.BytesIO()
    record.write_zip(watch.town.context, watch.town.eid, octets)
    zipfile.ZipFile(octets).extractall(out)
    (out / "ballot.tlog-proof").write_bytes(receipt)
    (out / "proofs.json").write_text(json.dumps(list(proofs())))
    engine.dispose()
    return out


def held(watch):
    """Hold an election; the receipt of its first ballot."""
    town = watch.town
    changed = plan(witnesses=watch.quorum(2))
    town.eid0 = setup.prepare(town.context, changed, voters(*NAMES))
    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    watch.ask()
    town.open()
    watch.ask()
    ready = [town.check_in(name) for name in NAMES]
    for each in ready:
        each.cast(YES)
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    watch.ask()
    receipt = box.receipt(town.context, town.eid, ready[0].last.hash)
    town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(town.context, town.eid)
    watch.ask()
    town.clock.seconds = VOTING_CLOSES
    closing.close(town.context, town.eid)
    watch.ask()
    counting.release_shares(town.context, town.eid)
    counting.count_and_publish(town.context, town.eid)
    watch.ask()
    return receipt


def proofs():
    """Our own proofs in trees of many sizes, as the Go program reads them."""
    leaves = [merkle.leaf_hash(b"%d" % number) for number in range(600)]
    chosen = random.Random(7)  # noqa: S311 - the same proofs each time
    for new in (1, 2, 3, 7, 8, 255, 256, 257, 600, *chosen.sample(range(1, 600), 20)):
        root, old = merkle.root(leaves[:new]), chosen.randint(1, new)
        index = chosen.randrange(new)
        usual = {"New": new, "NewRoot": text(root)}
        inclusion = merkle.inclusion_proof(leaves, index, new)
        yield usual | {"Index": index, "Leaf": text(leaves[index]), "Hashes": texts(inclusion)}
        consistency = merkle.consistency_proof(leaves, old, new)
        roots = {"Old": old, "OldRoot": text(merkle.root(leaves[:old]))}
        yield usual | roots | {"Hashes": texts(consistency)}


def text(octets):
    return base64.b64encode(octets).decode()


def texts(hashes):
    return [text(each) for each in hashes]


def check(checker, folder):
    """Exit status, what was counted, and what was wrong."""
    ran = subprocess.run([checker, folder], check=False, capture_output=True, text=True)
    return ran.returncode, ran.stdout, ran.stderr


def test_go_reads_an_honest_record(checker, honest):
    """A44: notes, cosignatures, tiles, entries, proofs of both kinds, a receipt."""
    status, said, wrong = check(checker, honest)
    assert (status, wrong) == (0, "")
    counted = json.loads(said)
    assert counted["Cosignatures"] == 3 * counted["Notes"] > 0
    assert counted["Consistency"] == counted["Notes"]
    assert counted["Entries"] > 2 * len(NAMES)
    assert (counted["Proofs"], counted["Receipts"]) == (58, 1)


SPOILED = (
    "ballots/checkpoint",
    "setup/checkpoints/1",
    "ballots/tile/0/000.p/*",
    "check-ins/tile/entries/000.p/*",
    "policy",
    "ballot.tlog-proof",
)


@pytest.mark.parametrize("pattern", SPOILED)
def test_go_refuses_what_was_spoiled(checker, honest, tmp_path, pattern):
    """One byte of each kind of file."""
    copied = shutil.copytree(honest, tmp_path / "record")
    (path,) = copied.glob(pattern)
    octets = bytearray(path.read_bytes())
    octets[len(octets) // 2] ^= 1
    path.write_bytes(octets)
    status, _, wrong = check(checker, copied)
    assert status == 1
    assert wrong


def test_go_refuses_a_wrong_proof_of_ours(checker, honest, tmp_path):
    copied = shutil.copytree(honest, tmp_path / "record")
    every = [each for each in proofs() if each["Hashes"]]
    assert every
    wrong = dict(every[-1], Hashes=every[-1]["Hashes"][:-1])
    (copied / "proofs.json").write_text(json.dumps([wrong]))
    assert check(checker, copied)[0] == 1
