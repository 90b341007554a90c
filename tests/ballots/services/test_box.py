"""The box takes each ballot once, promises only what is durable, and keeps its promises."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from ballots.ballot import Cast, Turn, build_cast
from ballots.credential import Credential
from ballots.draft import Style
from ballots.errors import Refused
from ballots.receipt import Promised, check_promise, check_receipt
from ballots.services import box, closing, sequencing
from ballots.store.tables import ballot_key, waiting_ballot
from crypto.encoding import sha256
from crypto.p256 import Point
from tests.ballots.town import (
    CHECK_IN_CLOSES,
    VOTING_CLOSES,
    VOTING_OPENS,
    Town,
    voters,
    words,
)

YES, NO = 0, 1


def refusal(town, payload):
    """The code that a payload is refused with."""
    with pytest.raises(Refused) as refused:
        box.cast(town.context, town.eid, payload)
    return refused.value.code


def stored(town):
    """How many ballots and waiting payloads the box holds."""
    with town.context.store.reading() as connection:
        keys = len(connection.execute(select(ballot_key.c.seq)).all())
        return keys, len(connection.execute(select(waiting_ballot.c.hash)).all())


def test_a_ballot_is_promised(opened):
    ready = opened.check_in("ani")
    promised = Promised.parse(ready.cast(YES))
    check_promise(promised, opened.election.draft, opened.eid, ready.last.hash)
    assert (promised.promise.epoch, promised.promise.merge_delay) == (0, 1)
    assert stored(opened) == (1, 1)


def test_the_same_bytes_get_the_same_promise(opened):
    """A23: a byte-for-byte repeat is answered again, also after the epoch and after close."""
    ready, other = opened.check_in("ani"), opened.check_in("budi")
    first, _ = ready.cast(YES), other.cast(NO)
    again = [box.cast(opened.context, opened.eid, ready.last.payload)]
    opened.clock.seconds += 600
    sequencing.end_due_epochs(opened.context)
    again.append(box.cast(opened.context, opened.eid, ready.last.payload))
    opened.finish()
    again.append(box.cast(opened.context, opened.eid, ready.last.payload))
    assert again == [first] * 3
    assert stored(opened) == (2, 0)


def test_another_ballot_with_the_same_number_is_refused(opened):
    """One token, one ballot; A23."""
    ready = opened.check_in("ani")
    ready.cast(YES)
    other = ready.device.cast([NO], ready.credentials)
    assert other.seq == ready.last.seq
    assert refusal(opened, other.payload) == "sequence-taken"
    assert stored(opened) == (1, 1)


def test_a_vote_may_be_changed_a_few_times(opened):
    ready = opened.check_in("ani")
    for _ in range(4):
        ready.cast(YES)
    fifth = ready.device.cast([NO], ready.credentials, ready.last)
    assert refusal(opened, fifth.payload) == "too-many-revisions"
    assert box.last_of(opened.context, opened.eid, ready.device.ballot_key) == ready.last.payload
    assert stored(opened) == (4, 4)


def test_a_gap_in_the_sequence_is_refused(opened):
    ready = opened.check_in("ani")
    ahead = ready.device.cast([YES], ready.credentials)
    later = ready.device.cast([YES], ready.credentials, ahead)
    assert refusal(opened, later.payload) == "broken-sequence"
    assert stored(opened) == (0, 0)


def test_a_ballot_that_does_not_follow_its_own_is_refused(opened):
    ready = opened.check_in("ani")
    ready.cast(YES)
    forged = replace(ready.last.body, prev_own=sha256(b"another"))
    stranger = Cast.of(forged, ready.last.signature, ready.credentials)
    later = ready.device.cast([YES], ready.credentials, stranger)
    assert refusal(opened, later.payload) == "broken-sequence"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(VOTING_OPENS - 1, "voting-not-open"), (VOTING_CLOSES, "voting-closed")],
)
def test_a_ballot_outside_the_hours_is_refused(town, seconds, code):
    ready = town.check_in("ani")
    town.clock.seconds = seconds
    ballot = ready.device.cast([YES], ready.credentials)
    assert refusal(town, ballot.payload) == code
    assert stored(town) == (0, 0)


def test_a_ballot_before_opening_is_refused(frozen):
    ready = frozen.check_in("ani")
    frozen.clock.seconds = VOTING_OPENS
    ballot = ready.device.cast([YES], ready.credentials)
    assert refusal(frozen, ballot.payload) == "voting-not-open"


def test_a_new_ballot_after_close_is_refused(town):
    ready, late = town.check_in("ani"), town.check_in("budi")
    ready.cast(YES)
    ballot = late.device.cast([NO], late.credentials)
    town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(town.context, town.eid)
    town.clock.seconds = VOTING_CLOSES
    closing.close(town.context, town.eid)
    town.clock.seconds = VOTING_CLOSES - 1  # a clock that goes wrong opens nothing
    assert refusal(town, ballot.payload) == "voting-closed"


def test_a_ballot_of_another_election_is_refused(town):
    """A25."""
    ready = town.check_in("ani")
    other = Town(town.context, town.clock).freeze("ani", "budi").open()
    ballot = ready.device.cast([YES], ready.credentials)
    with pytest.raises(Refused) as refused:
        box.cast(town.context, other.eid, ballot.payload)
    assert refused.value.code == "wrong-election"


def test_a_key_that_nobody_signed_is_refused(town):
    """A33: the box cannot make ballots, nor can a voter who has not checked in."""
    device = town.device("budi")
    with_foreign = device.cast([YES], town.check_in("ani").credentials)
    assert refusal(town, with_foreign.payload) == "bad-credential"
    made_up = device.cast([YES], [Credential(1, bytes(384))])
    assert refusal(town, made_up.payload) == "bad-credential"
    assert stored(town) == (0, 0)


def test_a_style_that_was_not_issued_is_refused(sqlite_engine):
    """A18: the style is what the credential says."""
    town = Town.of(sqlite_engine)
    styles = (Style(1, words("Warga"), ("taman",)), Style(2, words("Pendatang"), ("taman",)))
    these = voters("ani", "budi") + voters("citra", "dewi", style=2)
    town.freeze_for(these, styles=styles).open()
    ready = town.check_in("ani")
    other = replace(ready.device, style=2)
    assert refusal(town, other.cast([YES], ready.credentials).payload) == "bad-credential"
    unknown = build_cast(
        Turn(town.eid, 9),
        b"\x01\x00\x01",
        seed=bytes(32),
        election_key=Point.parse(town.election.manifest.election_key(1).key),
        credentials=ready.credentials,
    )
    assert refusal(town, unknown.payload) == "unknown-style"


def test_a_changed_byte_is_refused_wherever_it_stands(town):
    ready = town.check_in("ani")
    payload = ready.device.cast([YES], ready.credentials).payload
    codes = set()
    for place in range(0, len(payload), 7):
        changed = bytearray(payload)
        changed[place] ^= 1
        codes.add(refusal(town, bytes(changed)))
    assert stored(town) == (0, 0)
    assert {"malformed", "wrong-election", "bad-credential", "bad-signature"} <= codes


def test_too_long_a_payload_is_refused(town):
    assert refusal(town, bytes(65_504)) == "too-large"


def test_an_unknown_election_has_no_box(town):
    with pytest.raises(Refused) as refused:
        box.cast(town.context, bytes(32), b"")
    assert refused.value.code == "unknown-election"


def test_a_waiting_ballot_is_served_and_has_no_receipt_yet(town):
    ready = town.check_in("ani")
    ready.cast(YES)
    assert box.payload(town.context, town.eid, ready.last.hash) == ready.last.payload
    with pytest.raises(box.NotYet):
        box.receipt(town.context, town.eid, ready.last.hash)


def test_a_receipt_proves_inclusion(opened):
    """A32: the promise is kept, and the voter can show it."""
    ready = [opened.check_in(name) for name in ("ani", "budi")]
    for each in ready:
        each.cast(YES)
    opened.clock.seconds += 600
    sequencing.end_due_epochs(opened.context)
    for each in ready:
        receipt = box.receipt(opened.context, opened.eid, each.last.hash)
        check_receipt(receipt, opened.election.draft, "ballots", each.last.hash)
        assert box.payload(opened.context, opened.eid, each.last.hash) == each.last.payload


@pytest.mark.parametrize("ask", [box.last_of, box.payload, box.receipt])
def test_what_the_box_does_not_hold_is_not_found(town, ask):
    with pytest.raises(Refused) as refused:
        ask(town.context, town.eid, bytes(32))
    assert refused.value.code == "not-found"


def test_many_at_once_get_one_ballot_each(opened):
    """Two ballots with one number, sent many times at once: one is taken, the other refused."""
    ready = opened.check_in("ani")
    payloads = [ready.device.cast([c], ready.credentials).payload for c in (YES, NO)]
    answers = []

    def send(payload):
        try:
            answers.append(box.cast(opened.context, opened.eid, payload))
        except Refused as refused:
            answers.append(refused.code)

    threads = [threading.Thread(target=send, args=(payloads[i % 2],)) for i in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    promises = {answer for answer in answers if isinstance(answer, bytes)}
    assert len(promises) == 1
    assert {answer for answer in answers if isinstance(answer, str)} == {"sequence-taken"}
    assert len(answers) == 16
    assert stored(opened) == (1, 1)


def test_two_processes_get_one_ballot(engine):
    """Two boxes on one database, as two worker processes are: the table's key decides."""
    town = Town.of(engine).freeze().open()
    other = Town.of(engine)
    other.clock.seconds = town.clock.seconds
    ready = town.check_in("ani")
    payloads = [ready.device.cast([c], ready.credentials).payload for c in (YES, NO)]
    answers = []

    def send(context, payload):
        try:
            answers.append(box.cast(context, town.eid, payload))
        except Refused as refused:
            answers.append(refused.code)

    threads = [
        threading.Thread(target=send, args=pair)
        for pair in zip((town.context, other.context) * 4, payloads * 4, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stored(town) == (1, 1)
    assert "sequence-taken" in answers
    assert len({answer for answer in answers if isinstance(answer, bytes)}) == 1
