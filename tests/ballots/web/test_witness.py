"""A witness over HTTP, statuses and bodies as tlog-witness has them; and how it learns of logs."""

import json

import pytest

from ballots.services import setup
from ballots.services.names import write_name
from crypto.encoding import sha256
from crypto.note import Checkpoint, Note, Signer, sign_checkpoint, verify_cosignature
from crypto.witness import AddCheckpoint, read_cosignatures
from tests.ballots.town import plan, voters
from tests.ballots.web.test_box import told
from tests.ballots.witnessing import SITE, Watch, WitnessElsewhere

NAME = "saksi.example"
LOG = Signer("log.example/satu", sha256(b"log"))
ROOT = sha256(b"root")


@pytest.fixture
def witness(tmp_path):
    """A witness that was told of one log."""
    return WitnessElsewhere.of(tmp_path, NAME, None, logs={"log.example/satu": LOG.verifier})


def asks(witness, body):
    return witness.app().test_client().post("/add-checkpoint", data=body)


def request_of(size, root=ROOT, old=0, log=LOG):
    note = sign_checkpoint(log, Checkpoint(log.verifier.name, size, root))
    return AddCheckpoint(old, (), note).write()


def test_statuses_are_those_of_the_protocol(witness):
    good = asks(witness, request_of(3))
    assert (good.status_code, good.content_type) == (200, "text/plain; charset=utf-8")
    (line,) = read_cosignatures(good.data)
    text = Note.parse(AddCheckpoint.parse(request_of(3)).note).text
    assert verify_cosignature(line, witness.post.signer.verifier, text)

    conflict = asks(witness, request_of(5))
    assert (conflict.status_code, conflict.data) == (409, b"3\n")
    assert conflict.content_type == "text/x.tlog.size"
    assert asks(witness, request_of(2, old=3)).status_code == 400
    assert asks(witness, request_of(3, sha256(b"other"), old=3)).status_code == 422
    assert asks(witness, request_of(9, old=3)).status_code == 422
    stranger = Signer("log.example/dua", sha256(b"log"))
    assert asks(witness, request_of(1, log=stranger)).status_code == 404
    mallory = Signer("log.example/satu", sha256(b"mallory"))
    assert asks(witness, request_of(1, log=mallory)).status_code == 403
    assert asks(witness, b"old 0\n\nhello").status_code == 400
    assert told(asks(witness, bytes(20_000)), 413, "too-large")


def test_it_shows_who_it_is_and_what_it_caught(witness):
    """A41: anybody can compare what they were shown with what it has signed."""
    client = witness.app().test_client()
    asks(witness, request_of(3))
    asks(witness, request_of(3, sha256(b"other"), old=3))
    about = json.loads(client.get("/witness").data)
    assert (about["kind"], about["name"], about["key"]) == ("witness", NAME, witness.vkey)
    assert about["logs"] == ["log.example/satu"]
    assert about["alarms"] == 1
    (caught,) = json.loads(client.get("/alarms").data)["alarms"]
    assert [each.split("\n")[1] for each in caught["notes"]] == ["3", "3"]
    name = sha256(b"log.example/satu").hex()
    assert Note.parse(client.get(f"/{name}/checkpoint").data).by(witness.post.signer.verifier)
    assert told(client.get(f"/{name[::-1]}/checkpoint"), 404, "not-found")


def test_it_learns_a_vote_s_logs_from_the_draft_that_their_name_holds(sqlite_engine, tmp_path):
    """Whoever serves the draft cannot lie: its hash is in the origin."""
    watch = Watch.of(sqlite_engine, tmp_path, NAME)
    town = watch.town
    setup.prepare(town.context, plan(witnesses=watch.quorum(1)), voters("ani", "budi"))
    assert watch.ask() == ()
    about = watch.witnesses[NAME].app().test_client().get("/witness")
    assert len(json.loads(about.data)["logs"]) == 3
    assert watch.wire.asked[1][1].startswith(f"{SITE}/elections/")


def test_it_serves_nobody_who_does_not_name_it(sqlite_engine, tmp_path):
    """A draft without it, a site that it was not told of, a draft that does not exist."""
    watch = Watch.of(sqlite_engine, tmp_path, NAME)
    eid0 = setup.prepare(watch.town.context, plan(), voters("ani", "budi"))
    witness = watch.witnesses[NAME]
    for origin in (
        f"suara.example/suara/{write_name(eid0)}/setup",
        f"suara.example/suara/{write_name(bytes(32))}/setup",
        f"suara.example/suara/{write_name(eid0)}/lain",
        "suara.example/suara/x/setup",
        f"lain.example/suara/{write_name(eid0)}/setup",
    ):
        log = Signer(origin, sha256(b"log"))
        assert asks(witness, request_of(1, log=log)).status_code == 404, origin
    watch.wire.down.add(SITE)
    log = Signer(f"suara.example/suara/{write_name(eid0)}/setup", sha256(b"log"))
    assert asks(witness, request_of(1, log=log)).status_code == 503
