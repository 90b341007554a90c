"""A witness never signs two histories, whoever asks, however often, at whatever moment it dies."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from ballots.services import alarms, witness
from ballots.services.context import Context
from ballots.services.witness import Declined, Post
from ballots.store.tables import TABLES
from crypto import merkle
from crypto.encoding import sha256
from crypto.note import (
    Checkpoint,
    Note,
    Signer,
    sign_checkpoint,
    verify_checkpoint,
    verify_cosignature,
)
from crypto.witness import AddCheckpoint, read_cosignatures
from tests.ballots.town import MASTER, Clock

ORIGIN = "log.example/satu"
LOG = Signer(ORIGIN, sha256(b"log"))
HONEST = [merkle.leaf_hash(b"entry %d" % number) for number in range(40)]
FORKED = [*HONEST[:5], *(merkle.leaf_hash(b"other %d" % number) for number in range(35))]


def note_of(size, leaves=HONEST, log=LOG):
    """A signed checkpoint of the first leaves."""
    root = merkle.root(leaves[:size])
    return sign_checkpoint(log, Checkpoint(log.verifier.name, size, root))


def request(old, size, leaves=HONEST, log=LOG):
    """What an honest log asks that believes the witness to be at `old`."""
    proof = merkle.consistency_proof(leaves[:size], old) if old <= size else ()
    return AddCheckpoint(old, proof, note_of(size, leaves, log)).write()


class Stand:
    """A witness over one database."""

    def __init__(self, engine, folder):
        SQLModel.metadata.create_all(engine, tables=TABLES)
        self.clock = Clock()
        self.context = Context.of(engine, self.clock, MASTER)
        signer = witness.signer(self.context, "saksi.example")
        self.post = Post(signer, {ORIGIN: LOG.verifier}, alarms=folder / "alarms")

    def ask(self, *given, **more):
        """The time at which it cosigned, its line verified."""
        body = given[0] if isinstance(given[0], bytes) else request(*given, **more)
        answer = witness.add_checkpoint(self.context, self.post, body)
        (line,) = read_cosignatures(answer)
        text = Note.parse(AddCheckpoint.parse(body).note).text
        return verify_cosignature(line, self.post.signer.verifier, text)

    def status(self, *given, **more):
        """What it declines with."""
        with pytest.raises(Declined) as declined:
            self.ask(*given, **more)
        return declined.value.status, declined.value.body


@pytest.fixture
def stand(engine, tmp_path):
    return Stand(engine, tmp_path)


def test_a_log_that_only_grows_is_cosigned(stand):
    stand.clock.seconds = 1_800_000_000
    assert stand.ask(0, 3) == 1_800_000_000
    stand.clock.seconds += 60
    assert stand.ask(3, 8) == 1_800_000_060
    assert stand.ask(8, 8) == 1_800_000_060  # a refresh of the same
    assert stand.ask(8, 40) == 1_800_000_060
    name = sha256(ORIGIN.encode()).hex()
    note = Note.parse(witness.latest(stand.context, name))
    assert verify_checkpoint(note, LOG.verifier).size == 40
    assert note.by(stand.post.signer.verifier)


def test_a_fork_is_refused_and_kept_as_evidence(stand):
    """A41: two roots of one size, both signed by the log."""
    stand.ask(0, 8)
    status, body = stand.status(8, 8, leaves=FORKED)
    assert (status, b"EQUIVOCATION" in body) == (422, True)
    (alarm,) = alarms.alarms(stand.post.alarms)
    checkpoints = [verify_checkpoint(Note.parse(each), LOG.verifier) for each in alarm.notes]
    assert [each.size for each in checkpoints] == [8, 8]
    assert checkpoints[0].root != checkpoints[1].root
    stand.status(8, 8, leaves=FORKED)
    assert len(alarms.alarms(stand.post.alarms)) == 1
    assert stand.ask(8, 9)


def test_a_longer_fork_has_no_proof(stand):
    """A41."""
    stand.ask(0, 8)
    assert stand.status(8, 12, leaves=FORKED)[0] == 422
    honest = AddCheckpoint.parse(request(8, 12))
    wrong = (
        replace(honest, proof=honest.proof[:-1]),
        replace(honest, proof=(*honest.proof, bytes(32))),
        replace(honest, proof=tuple(bytes(32) for _ in honest.proof)),
        replace(honest, proof=()),
    )
    for each in wrong:
        assert stand.status(each.write())[0] == 422


def test_a_rollback_is_refused_with_the_size_that_is_known(stand):
    """A47: a log that was put back from a backup, or a replay of an old request."""
    stand.ask(0, 8)
    assert stand.status(0, 3) == (409, b"8\n")
    assert stand.status(3, 8) == (409, b"8\n")
    assert stand.status(9, 9) == (409, b"8\n")
    assert stand.status(8, 5)[0] == 400


def test_only_the_log_s_own_key_is_heard(stand):
    """A42."""
    mallory = Signer(ORIGIN, sha256(b"mallory"))
    assert stand.status(0, 3, log=mallory)[0] == 403
    stranger = Signer("log.example/dua", sha256(b"log"))
    assert stand.status(0, 3, log=stranger)[0] == 404
    honest = request(0, 3)
    damaged = honest[:-5] + bytes([honest[-5] ^ 1]) + honest[-4:]
    assert stand.status(damaged)[0] in {400, 403}
    assert stand.ask(0, 3)


def test_its_clock_never_goes_back_for_a_log(stand):
    stand.clock.seconds = 1_800_000_100
    stand.ask(0, 3)
    stand.clock.seconds = 1_800_000_000
    assert stand.ask(3, 8) == 1_800_000_100


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_get_a_status(sqlite_engine, tmp_path, body):
    """A44: no crash, whatever arrives."""
    stand = Stand(sqlite_engine, tmp_path)
    assert stand.status(body)[0] == 400
    assert stand.status(b"old 0\n\n" + body)[0] in {400, 404}


def test_of_many_requests_at_once_one_history_wins(stand):
    """Both branches of a fork race: only one is ever signed."""
    stand.ask(0, 5)
    signed, refused = [], []

    def ask(leaves):
        try:
            stand.ask(5, 9, leaves=leaves)
            signed.append(merkle.root(leaves[:9]))
        except Declined as declined:
            refused.append(declined.status)

    threads = [threading.Thread(target=ask, args=(each,)) for each in (HONEST, FORKED) * 4]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(signed)) == 1
    assert len(signed) == 1
    assert set(refused) == {409}


PROCESS = Path(__file__).with_name("witness_process.py")


def started(url, folder, leaves, *, dies=False):
    words = [sys.executable, str(PROCESS), url, str(folder), leaves, "dies" if dies else "lives"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(words, stdout=subprocess.PIPE, env=environment)


def test_of_two_processes_one_wins(database_url, tmp_path):
    """Requests do not meet in one process only."""
    engine = create_engine(database_url)
    stand = Stand(engine, tmp_path)
    stand.ask(0, 5)
    racing = [started(database_url, tmp_path, each) for each in ("HONEST", "FORKED")]
    said = sorted(each.communicate(timeout=60)[0].decode().split()[0] for each in racing)
    assert said == ["409", "signed"]
    engine.dispose()


def test_what_was_stored_before_a_kill_is_never_unsaid(database_url, tmp_path):
    """Killed between storing and answering: the other history is refused for good (A41)."""
    engine = create_engine(database_url)
    stand = Stand(engine, tmp_path)
    stand.ask(0, 5)
    killed = started(database_url, tmp_path, "HONEST", dies=True)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert stand.status(5, 9, leaves=FORKED) == (409, b"9\n")
    assert stand.status(9, 9, leaves=FORKED)[0] == 422
    assert stand.ask(9, 9)
    engine.dispose()


class Witnessing(RuleBasedStateMachine):
    """A log that does anything at all: what is signed is always one history that grows."""

    @initialize()
    def begin(self):
        self.folder = TemporaryDirectory()
        self.engine = create_engine(f"sqlite:///{self.folder.name}/witness.sqlite3")
        self.stand = Stand(self.engine, Path(self.folder.name))
        self.signed = []

    def teardown(self):
        self.engine.dispose()
        self.folder.cleanup()

    @rule(
        old=st.integers(0, 14),
        size=st.integers(0, 14),
        forks=st.booleans(),
        garbles=st.booleans(),
    )
    def ask(self, old, size, forks, garbles):
        leaves = FORKED if forks else HONEST
        asked = AddCheckpoint.parse(request(old, size, leaves))
        if garbles:
            asked = replace(asked, proof=(*asked.proof, bytes(32)))
        try:
            self.stand.ask(asked.write())
        except Declined:
            return
        self.signed.append((size, merkle.root(leaves[:size])))

    @invariant()
    def is_one_history(self):
        sizes = [size for size, _ in self.signed]
        assert sizes == sorted(sizes)
        histories = [[merkle.root(each[:size]) for size in sizes] for each in (HONEST, FORKED)]
        assert [root for _, root in self.signed] in histories
        assert len(set(self.signed)) == len(set(sizes))


TestWitnessing = Witnessing.TestCase
TestWitnessing.settings = settings(max_examples=30, stateful_step_count=15, deadline=None)
