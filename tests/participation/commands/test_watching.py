"""`suara witness` and `suara mirror`, as programs of their own against a site that answers."""

import json
import os
import signal
import subprocess
import threading
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlmodel import SQLModel
from werkzeug.serving import make_server

from ballots.services.names import write_name
from ballots.services.wire import HttpWire
from ballots.store.tables import TABLES
from ballots.verifier.command import run
from ballots.web.record import record_blueprint
from crypto.encoding import sha256
from crypto.merkle import leaf_hash
from crypto.note import Checkpoint, Note, Signer, VerifierKey, sign_checkpoint, verify_cosignature
from crypto.witness import AddCheckpoint, read_cosignatures, read_size
from tests.ballots.town import Town
from tests.participation.commands.test_serve import (
    PATIENCE,
    SUARA,
    environment,
    free_port,
    is_gone,
    suara,
    wait_for,
)
from tests.places import ROOT

LOG = Signer("log.example/satu", sha256(b"log"))
YES = 0


@pytest.fixture
def town(sqlite_url):
    """A counted election, in a database that other threads may read."""
    engine = create_engine(sqlite_url)
    SQLModel.metadata.create_all(engine, tables=TABLES)
    made = Town.of(engine).freeze("ani", "budi", "citra").open()
    for name in ("ani", "budi"):
        made.check_in(name).cast(YES)
    made.finish()
    yield made
    engine.dispose()


@pytest.fixture
def site(town):
    """The address of the town's record."""
    app = Flask("site")
    app.register_blueprint(record_blueprint(lambda: town.context))
    server = make_server("127.0.0.1", free_port(), app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/elections/{write_name(town.eid)}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def running(var, *words):
    """A program of ours, ended in any case, and the address at which it serves."""
    port = str(free_port())
    told = [*SUARA, *(port if each == "PORT" else each for each in words)]
    program = subprocess.Popen(told, env=environment(var), cwd=ROOT, start_new_session=True)
    try:
        yield program, f"http://127.0.0.1:{port}"
    finally:
        program.kill()
        program.wait()


def verified(folder):
    """The exit status of the verifier on a mirror's copy."""
    with (folder / "said").open("w") as out:
        return run([str(folder), "--json", "--workers", "1"], out=out)


def test_a_record_is_mirrored_and_its_copy_verifies(site, tmp_path):
    out = tmp_path / "mirror"
    pulled = suara(tmp_path, "mirror", site, "--out", str(out))
    assert (pulled.returncode, pulled.stderr) == (0, "")
    assert "Everything that is published was checked and is kept." in pulled.stdout
    assert "ballots: " in pulled.stdout
    again = suara(tmp_path, "mirror", f"{site}/record/manifest.json", "--out", str(out))
    assert again.stdout.count(", 0 of them new,") == 3
    (copied,) = (out / "elections").iterdir()
    assert verified(copied / "record") == 0


def test_a_mirror_serves_what_it_keeps(site, tmp_path):
    words = ("mirror", site, "--out", str(tmp_path / "mirror"), "--serve", "PORT")
    with running(tmp_path, *words) as (program, address):
        about = json.loads(wait_for(program, f"{address}/mirror"))
        assert (about["kind"], about["evidence"]) == ("mirror", [])
        path = f"{site.partition('//')[2].partition('/')[2]}/record/statuses"
        served = wait_for(program, f"{address}/{path}")
        assert served == bytes(2)


def test_what_is_no_record_is_said_plainly(tmp_path):
    wrong = suara(tmp_path, "mirror", "https://suara.example/votes/jalan")
    assert (wrong.returncode, "ADDRESS is where" in wrong.stderr) == (2, True)
    nowhere = f"http://127.0.0.1:{free_port()}/elections/{'A' * 43}"
    silent = suara(tmp_path, "mirror", nowhere, "--out", str(tmp_path / "mirror"))
    assert (silent.returncode, "does not answer" in silent.stderr) == (2, True)


def asked(address, old, size):
    """What a witness answers to a log of these sizes."""
    leaves = [leaf_hash(b"%d" % number) for number in range(size)]
    root = leaves[0] if size == 1 else sha256(b"never reached")
    note = sign_checkpoint(LOG, Checkpoint(LOG.verifier.name, size, root))
    body = AddCheckpoint(old, (), note).write()
    return HttpWire().ask("POST", f"{address}/add-checkpoint", body), Note.parse(note).text


def test_a_witness_keeps_its_key_and_its_memory_through_a_kill(tmp_path):
    """A47: killed and started again, it knows what it has signed."""
    var = tmp_path / "var"
    key = suara(var, "witness", "key", "--name", "saksi.kampus").stdout.strip()
    words = ("witness", "serve", "--log", LOG.verifier.vkey, "--name", "saksi.kampus")
    options = ("--port", "PORT", "--workers", "2")
    with running(var, *words, *options) as (program, address):
        about = json.loads(wait_for(program, f"{address}/witness"))
        assert (about["name"], about["key"]) == ("saksi.kampus", key)
        answered, text = asked(address, 0, 1)
        assert answered.status == 200
        (line,) = read_cosignatures(answered.body)
        assert verify_cosignature(line, VerifierKey.parse(key), text)
        os.kill(program.pid, signal.SIGKILL)
        program.wait(timeout=PATIENCE)
        assert is_gone(program.pid)
    with running(var, *words, *options) as (program, address):
        wait_for(program, f"{address}/witness")
        again, _ = asked(address, 0, 2)
        assert (again.status, read_size(again.body)) == (409, 1)


def test_a_witness_must_be_told_what_to_watch(tmp_path):
    refused = suara(tmp_path, "witness", "serve")
    assert (refused.returncode, "Say what to watch" in refused.stderr) == (2, True)
    wrong = suara(tmp_path, "witness", "key", "--name", "dua kata")
    assert (wrong.returncode, wrong.stderr.startswith("Error: --name:")) == (1, True)
