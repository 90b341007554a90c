"""A whole light election from plan to record, on both databases."""

import io
import json
import zipfile

import pytest

from ballots.entries import CheckIn, Epoch, Issue, parse_payload, said_by
from ballots.opening import Status
from ballots.receipt import Promised, check_promise, check_receipt
from ballots.services import box, record, sequencing
from ballots.store import logs
from crypto.encoding import sha256
from tests.ballots.town import Town

VOTERS = ("ani", "budi", "citra", "dewi", "eko")
YES, NO = 0, 1


def told(town, log):
    """The tags of a log's entries, in order."""
    with town.context.store.reading() as connection:
        payloads = logs.payloads(connection, (town.election.number, log))
        return [said_by(parse_payload(log, payload)).tag for payload in payloads]


@pytest.fixture
def town(engine):
    return Town.of(engine).freeze(*VOTERS)


def test_an_election_runs_from_plan_to_record(town):
    town.open()
    ani, budi, citra = (town.check_in(name) for name in ("ani", "budi", "citra"))
    ani.cast(YES)
    budi.cast(NO)
    citra.cast(YES)
    budi.cast(YES)  # changes their mind
    result = json.loads(town.finish())

    assert result["counted"] == [{"style": 1, "ballots": 3}]
    assert result["questions"][0]["totals"] == [3, 0]
    assert result["questions"][0]["winners"] == ["yes"]
    assert told(town, "setup") == ["draft", "reg-key", "dkg1", "dkg2", "dkg3"]
    assert told(town, "check-ins") == ["manifest"] + 3 * ["check-in", "issue"] + ["epoch"]
    assert told(town, "ballots") == [
        "manifest", "ack", "ack", "open", *4 * ["cast"], "epoch",
        "issue-close", "close", "share", "result",
    ]  # fmt: skip
    statuses = record.read(town.context, town.eid, "statuses").content
    assert sorted(statuses) == [Status.COUNTED] * 3 + [Status.SUPERSEDED]
