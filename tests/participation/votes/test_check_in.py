"""Checking in by the voting client's own requests: the voter's row, and the signature for it."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ballots.receipt import Promised
from ballots.services import registrar
from ballots.services.names import read_name
from crypto.encoding import H
from crypto.merkle import leaf_hash, verify_inclusion
from participation.votes import services
from tests.participation.votes.hall import CHECK_IN_CLOSES, NAMES, OPENS, address
from tests.participation.votes.voters import (
    b64,
    code_of,
    device_of,
    octets,
    page_of,
    post,
    rows_checked_in,
)


@pytest.fixture
def hall(site_hall):
    """A vote that is open, on the site's own database."""
    return site_hall.open()


# The voter's own row, as the voting client reads it


def test_the_row_shows_that_it_is_the_voters_and_in_the_sealed_roll(hall, voter_of):
    answer = voter_of().client.get(f"/votes/{hall.vote.slug}/roll-row")
    assert answer.headers["Cache-Control"] == "no-store"
    said = answer.json
    leaf = octets(said["leaf"])
    assert said["voter_id"] == address("ani")
    assert H("voter", said["voter_id"].encode(), octets(said["salt"])) in leaf
    head = hall.platform.context.election(read_name(hall.vote.eid)).manifest.roll
    proof = tuple(octets(each) for each in said["proof"])
    verify_inclusion(said["row"], said["size"], leaf_hash(leaf), proof, head.root)
    assert said["size"] == head.size == len(NAMES)


def test_nobody_gets_a_row_who_has_none(hall, voter_of):
    answer = voter_of("fajar").client.get(
        f"/votes/{hall.vote.slug}/roll-row", headers={"Accept": "application/json"}
    )
    assert (answer.status_code, code_of(answer)) == (404, "unknown-row")


# Asking for the signature


def test_a_check_in_gets_a_signature_that_finalises(hall, voter_of):
    device, ask = device_of(hall)
    answer = post(voter_of(), hall, ask)
    assert answer.status_code == 200
    signature = octets(answer.json["blind_signatures"][0])
    assert device.credentials({1: signature})[0].registrar == 1
    promised = Promised.parse(octets(answer.json["promises"][0]))
    assert promised.promise.eid == read_name(hall.vote.eid)
    assert rows_checked_in(hall) == {ask["row"]}


def test_the_same_ask_gets_the_same_answer_also_after_check_in_has_ended(hall, voter_of):
    _device, ask = device_of(hall)
    voter = voter_of()
    first = post(voter, hall, ask).json
    hall.clock.moment = CHECK_IN_CLOSES
    hall.do(services.close_check_in)
    assert post(voter, hall, ask).json == first


def test_another_ask_for_the_same_row_is_refused(hall, voter_of):
    """A2, A20: one signature for a row, whatever the device says."""
    voter = voter_of()
    post(voter, hall, device_of(hall)[1])
    again = post(voter, hall, device_of(hall, seed=b"another".ljust(32))[1])
    assert (again.status_code, code_of(again)) == (409, "already-checked-in")


def test_another_voters_row_is_refused(hall, voter_of):
    """A1: a session opens its own row and no other."""
    answer = post(voter_of("ani"), hall, device_of(hall, "budi")[1])
    assert (answer.status_code, code_of(answer)) == (403, "wrong-row")
    assert rows_checked_in(hall) == set()


def test_a_check_in_without_the_pages_token_is_refused(hall, voter_of):
    answer = post(voter_of(), hall, device_of(hall)[1], **{"X-CSRFToken": "guessed"})
    assert (answer.status_code, code_of(answer)) == (400, "stale-form")
    assert rows_checked_in(hall) == set()


def test_a_check_in_before_its_time_is_refused_by_name(site_hall, voter_of):
    site_hall.freeze()
    _device, ask = device_of(site_hall)
    voter = voter_of()
    site_hall.clock.moment = OPENS
    page = voter.visit(page_of(site_hall))
    token = page.one("div", id="booth").attributes["data-csrf"]
    site_hall.clock.moment = OPENS - timedelta(seconds=1)
    headers = {"Accept": "application/json", "X-CSRFToken": token}
    answer = voter.client.post(page_of(site_hall), json=ask, headers=headers)
    assert (answer.status_code, code_of(answer)) == (409, "check-in-not-open")


HUGE = 2**80
SPOILED = {
    "not JSON": b"\xff{",
    "deeply nested": b"[" * 60_000,
    "a list": b"[]",
    "nothing": b"",
    "a number": b"7",
    "far too long": b"[" + b" " * 70_000 + b"]",
}
CHANGED = [
    {"row": -1}, {"row": HUGE}, {"row": True}, {"row": "0"}, {"row": 1.0}, {"row": None},
    {"style": 0}, {"style": 9}, {"style": 70_000}, {"style": HUGE},
    {"kind": 1}, {"kind": 2}, {"kind": 7}, {"kind": 300}, {"evidence": "AA"}, {"evidence": 5},
    {"evidence": "AA=="}, {"evidence": "A"}, {"evidence": "é"},
    {"blinded": []}, {"blinded": "AA"}, {"blinded": [1]}, {"blinded": ["AA"]},
    {"blinded": [b64(bytes(384))]}, {"blinded": [b64(b"\xff" * 384)]},
    {"extra": 1},
]  # fmt: skip


def test_a_body_that_is_no_ask_is_refused_and_nothing_stored(hall, voter_of):
    voter = voter_of()
    for kind, body in SPOILED.items():
        answer = post(voter, hall, body)
        assert (answer.status_code, code_of(answer)) == (422, "malformed"), kind
    assert rows_checked_in(hall) == set()


def test_an_ask_with_one_value_changed_is_refused_and_nothing_stored(hall, voter_of):
    _device, ask = device_of(hall)
    voter = voter_of()
    for change in CHANGED:
        answer = post(voter, hall, ask | change)
        assert 400 <= answer.status_code < 500, change
        assert code_of(answer), change
    assert rows_checked_in(hall) == set()
    assert post(voter, hall, ask).status_code == 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
NAMED = st.dictionaries(st.sampled_from(["row", "style", "blinded", "kind", "evidence"]), JSON)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=JSON | NAMED)
def test_no_json_whatever_breaks_the_check_in(value, hall, voter_of):
    if not hasattr(hall, "asking"):
        hall.asking = voter_of()
    answer = post(hall.asking, hall, json.dumps(value))
    assert answer.status_code in {400, 403, 404, 422}


def test_registrars_know_nothing_of_the_booth(hall, voter_of):
    """A11: what is stored of a check-in names no ballot key, and what the box stores no row."""
    device, ask = device_of(hall)
    post(voter_of(), hall, ask)
    answer = registrar.answer_of(hall.platform.context, read_name(hall.vote.eid), address("ani"))
    assert device.ballot_key not in answer.check_in


def test_who_waited_for_hours_on_the_page_checks_in_all_the_same(hall, voter_of):
    """A login is prolonged by a visit, never by an act: that would wait for its own lock."""
    voter, ask = voter_of(), device_of(hall)[1]
    token = voter.visit(page_of(hall)).one("div", id="booth").attributes["data-csrf"]
    hall.clock.move(hours=2)
    headers = {"Accept": "application/json", "X-CSRFToken": token}
    answer = voter.client.post(page_of(hall), json=ask, headers=headers)
    assert answer.status_code == 200
