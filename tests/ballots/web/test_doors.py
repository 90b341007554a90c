"""The doors over HTTP: bytes of signed entries in, an index or a problem document out."""

import json

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ballots.entries import parse_payload
from ballots.log import read_bundle
from ballots.services import setup
from ballots.services.names import write_name
from ballots.web.doors import doors_blueprint
from tests.ballots.elsewhere import TrusteeElsewhere, trustees
from tests.ballots.town import CLIENT, Town, plan, voters
from tests.ballots.web.test_box import told

NOWHERE = write_name(bytes(32))


@pytest.fixture
def ibu():
    return TrusteeElsewhere("Ibu", 1)


@pytest.fixture
def town(engine, ibu):
    """A town whose one trustee sits elsewhere, before the freeze."""
    made = Town.of(engine)
    changed = plan(trustees=trustees(ibu, k=1))
    made.eid0 = setup.prepare(made.context, changed, voters("ani", "budi"))
    setup.advance(made.context, made.eid0)
    return made


@pytest.fixture
def client(town):
    app = Flask("doors")
    app.register_blueprint(doors_blueprint(lambda: town.context))
    return app.test_client()


def setup_door(town):
    return f"/elections/{write_name(town.eid0)}/setup/entries"


def test_a_ceremony_is_held_over_http(client, town, ibu):
    """What is said is shown at once to the others, before there is a checkpoint."""
    for step, index in (("commit", 2), ("deal", 3), ("confirm", 4)):
        answer = client.post(setup_door(town), data=getattr(ibu, step)(town))
        assert (answer.status_code, json.loads(answer.data)) == (200, {"index": index})
        entries = read_bundle(client.get(setup_door(town)).data)
        assert len(entries) == index + 1
    assert [parse_payload("setup", each[32:]).tag for each in entries[:1]] == ["draft"]
    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    box = f"/box/{write_name(town.eid)}/entries"
    for _ in range(2):
        answer = client.post(box, data=ibu.acknowledge(town))
        assert (answer.status_code, json.loads(answer.data)) == (200, {"index": 2})
    assert told(client.post(box, data=ibu.commit(town)), 400, "malformed")


def test_refusals_are_problem_documents(client, town, ibu):
    said = ibu.commit(town)
    door = setup_door(town)
    assert told(client.post(door, data=b""), 400, "malformed")
    assert told(client.post(door, data=bytes(70_000)), 413, "too-large")
    assert told(client.post(door, data=said[:-1] + bytes([said[-1] ^ 1])), 422, "bad-signature")
    elsewhere = f"/elections/{NOWHERE}/setup/entries"
    assert told(client.post(elsewhere, data=said), 404, "unknown-election")
    assert told(client.get(elsewhere), 404, "unknown-election")
    assert told(client.post("/elections/none/setup/entries", data=said), 404, "not-found")
    assert told(client.post(f"/box/{NOWHERE}/entries", data=said), 404, "unknown-election")
    client.post(door, data=said)
    assert told(client.post(door, data=ibu.commit(town)), 409, "already-done")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(sqlite_engine, body):
    """A44: never a crash, and nothing is stored."""
    town = Town.of(sqlite_engine)
    app = Flask("doors")
    app.register_blueprint(doors_blueprint(lambda: town.context))
    eid0 = setup.prepare(town.context, plan(), voters("ani", "budi"))
    door = f"/elections/{write_name(eid0)}/setup/entries"
    answer = app.test_client().post(door, data=body)
    assert answer.status_code in {400, 403}
    assert len(read_bundle(app.test_client().get(door).data)) == 1
