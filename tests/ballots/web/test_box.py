"""The box over HTTP: any bytes get an answer that says what happened, and nothing else is kept."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ballots.receipt import Promised, check_promise, check_receipt
from ballots.services.names import write_name
from ballots.store.tables import ballot_key, waiting_ballot
from tests.strategies.ballots import casts

YES, NO = 0, 1
NOWHERE = write_name(bytes(32))


def url(town, *parts):
    return "/".join(("/box", write_name(town.eid), *parts))


def post(client, town, body):
    return client.post(url(town, "ballots"), data=body, content_type="application/octet-stream")


def stored(town):
    with town.context.store.reading() as connection:
        keys = connection.execute(select(ballot_key.c.seq)).all()
        return len(keys), len(connection.execute(select(waiting_ballot.c.hash)).all())


def told(response, status, code):
    """Whether this is the problem document of this code."""
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    document = response.get_json()
    assert document["type"] == f"/problems/{code}"
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    return True


def test_a_ballot_goes_in_and_its_receipt_comes_out(client, town):
    ready = [town.check_in(name) for name in ("ani", "budi")]
    for each in ready:
        ballot = each.device.cast([YES], each.credentials)
        answer = post(client, town, ballot.payload)
        assert (answer.status_code, answer.content_type) == (200, "application/octet-stream")
        promised = Promised.parse(answer.data)
        check_promise(promised, town.election.draft, town.eid, ballot.hash)
        each.last = ballot
    first = ready[0]
    own = write_name(first.last.hash)
    assert client.get(url(town, "ballots", own)).data == first.last.payload
    key = write_name(first.device.ballot_key)
    assert client.get(url(town, "keys", key)).data == first.last.payload
    assert told(client.get(url(town, "receipts", own)), 404, "not-published")
    town.clock.seconds += 600
    receipt = client.get(url(town, "receipts", own))  # asking ends the epoch that is due
    assert receipt.content_type == "text/plain; charset=utf-8"
    check_receipt(receipt.data, town.election.draft, "ballots", first.last.hash)
    assert client.get(url(town, "ballots", own)).data == first.last.payload


def test_a_repeat_gets_the_same_bytes(client, town):
    ready = town.check_in("ani")
    body = ready.device.cast([YES], ready.credentials).payload
    assert post(client, town, body).data == post(client, town, body).data
    other = ready.device.cast([NO], ready.credentials).payload
    assert told(post(client, town, other), 409, "sequence-taken")
    assert stored(town) == (1, 1)


def test_no_answer_sets_a_cookie_and_all_may_be_read_from_anywhere(client, town):
    """A11; section 8: the second device's page may live on any site."""
    ready = town.check_in("ani")
    for answer in (
        post(client, town, ready.device.cast([YES], ready.credentials).payload),
        post(client, town, b""),
        client.get(url(town, "keys", NOWHERE)),
        client.options(url(town, "ballots")),
    ):
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Access-Control-Allow-Headers"] == "content-type"


def test_every_route_is_marked_as_cookieless(client):
    views = client.application.view_functions
    marks = [getattr(view, "guard", None) for name, view in views.items() if name != "static"]
    assert len(marks) == 7
    assert set(marks) == {"cookieless"}


def test_an_unknown_election_is_told(client, town):
    response = client.post(f"/box/{NOWHERE}/ballots", data=b"x")
    assert told(response, 404, "unknown-election")


def test_what_is_no_name_is_not_found(client, town):
    for name in ("x", "=", "A" * 42, "A" * 44, "A" * 42 + "B", "%00", "%ff"):
        assert told(client.get(url(town, "keys", name)), 404, "not-found")
        assert told(client.post(f"/box/{name}/ballots", data=b"x"), 404, "not-found")


def test_too_long_a_body_is_refused_unread(client, town):
    assert told(post(client, town, bytes(65_504)), 413, "too-large")
    assert told(post(client, town, bytes(200_000)), 413, "too-large")


def test_an_empty_body_is_malformed(client, town):
    assert told(post(client, town, b""), 400, "malformed")


def test_another_method_is_refused_in_words(client, town):
    assert client.get(url(town, "ballots")).status_code == 405
    assert client.delete(url(town, "keys", NOWHERE)).status_code == 405


def test_no_bytes_break_the_box_or_stay_in_it(client, town):
    """Random bodies: always a problem document, never a 500, nothing stored."""

    @settings(max_examples=80, deadline=None)
    @given(body=st.binary(max_size=300) | casts.map(lambda cast: cast.payload))
    def check(body):
        response = post(client, town, body)
        assert 400 <= response.status_code < 500
        assert response.content_type == "application/problem+json"
        assert response.get_json()["type"].startswith("/problems/")

    check()
    assert stored(town) == (0, 0)


def test_no_change_of_a_ballot_breaks_the_box(client, town):
    """Real ballots with bytes changed, cut or repeated."""
    ready = town.check_in("ani")
    body = ready.device.cast([YES], ready.credentials).payload

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        place=st.integers(0, len(body) - 1),
        mask=st.integers(1, 255),
        cut=st.integers(0, len(body)),
        tail=st.binary(max_size=4),
    )
    def check(place, mask, cut, tail):
        changed = bytearray(body)
        changed[place] ^= mask
        for sent in (bytes(changed), body[:cut] + tail if cut < len(body) else body + b"x" + tail):
            response = post(client, town, sent)
            assert 400 <= response.status_code < 500
            assert response.content_type == "application/problem+json"

    check()
    assert stored(town) == (0, 0)
