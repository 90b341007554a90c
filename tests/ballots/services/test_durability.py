"""Killed while casting: no promised ballot is lost, and asking again is answered the same."""

import json
import subprocess
import sys

import pytest

from ballots.services import box
from crypto import blind_rsa
from crypto.encoding import sha256
from tests.ballots.town import VOTING_OPENS, Town
from tests.places import ROOT

BALLOTS = 150
ENOUGH = 30
YES = 0


@pytest.fixture
def town(engine):
    return Town.of(engine).freeze().open()


def make_ballots(town, folder):
    """A ballot a file, each of its own key, whose credentials the registrar's key signs here."""
    folder.mkdir()
    made = {}
    with town.context.store.reading() as connection:
        secret = town.context.keyring.blind_keys(connection, town.eid0, 1, [1])[1]
    for number in range(BALLOTS):
        device = town.device("ani", sha256(f"voter {number}".encode()))
        (blinded,) = device.blinded()
        credentials = device.credentials({1: blind_rsa.blind_sign(secret, blinded)})
        ballot = device.cast([YES], credentials)
        made[f"{number:04}"] = ballot
        (folder / f"{number:04}").write_bytes(ballot.payload)
    return made


def cast_until_killed(town, url, folder):
    """The promises by file name that a process was given before it was killed with SIGKILL."""
    module = "tests.ballots.services.casting_process"
    command = [sys.executable, "-m", module, url, town.eid.hex(), str(VOTING_OPENS), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(ENOUGH)]
        process.kill()
        lines += process.stdout.readlines()
    assert process.returncode < 0
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {name: bytes.fromhex(promise) for name, promise in whole}


def test_no_promised_ballot_is_lost_by_a_kill(town, database_url, tmp_path):
    made = make_ballots(town, tmp_path / "ballots")
    promised = cast_until_killed(town, database_url, tmp_path / "ballots")
    assert ENOUGH <= len(promised) < BALLOTS
    for name, promise in promised.items():
        assert box.payload(town.context, town.eid, made[name].hash) == made[name].payload
        assert box.cast(town.context, town.eid, made[name].payload) == promise
    for ballot in made.values():  # whoever got no answer asks again
        box.cast(town.context, town.eid, ballot.payload)
    result = json.loads(town.finish())
    assert result["counted"] == [{"style": 1, "ballots": BALLOTS}]
