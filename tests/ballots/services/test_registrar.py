"""A registrar signs once for a row, for whoever may ask, while check-in is open."""

import json
import threading
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from ballots.draft import Officer
from ballots.entries import CheckIn, Issue
from ballots.errors import Refused
from ballots.evidence import DESK, PASSKEY, DeskEvidence, PasskeyEvidence
from ballots.receipt import Promised, check_promise
from ballots.services import closing, registrar, roll, sequencing, setup
from ballots.services.plan import Voter
from ballots.store.tables import check_in, issue
from crypto import p256
from crypto.encoding import b64url, sha256
from tests.ballots.town import CHECK_IN_CLOSES, CHECK_IN_OPENS, VOTING_OPENS, Town, voters

PASSKEY_SECRET, OFFICER_SECRET = 4711, 815
COSE = p256.secret_mul_base(PASSKEY_SECRET).cose
USER_VERIFIED = 0x05


def assertion(scalar, challenge, origin="https://suara.example"):
    """What an authenticator answers: authenticator data, client data and signature."""
    client = json.dumps(
        {"type": "webauthn.get", "challenge": b64url(challenge), "origin": origin},
        separators=(",", ":"),
    ).encode()
    authenticator = sha256(b"suara.example") + bytes([USER_VERIFIED]) + bytes(4)
    key = p256.private_key(scalar)
    signature = key.sign(authenticator + sha256(client), ec.ECDSA(hashes.SHA256()))
    return authenticator, client, signature


def refusal(town, voter, ask):
    """The code that a check-in is refused with; nothing of it is stored."""
    before = stored(town)
    with pytest.raises(Refused) as refused:
        registrar.check_in(town.context, town.eid, voter, ask)
    assert stored(town) == before
    return refused.value.code


def stored(town):
    """How many check-ins and signatures are stored."""
    with town.context.store.reading() as connection:
        rows = len(connection.execute(select(check_in.c.row)).all())
        return rows, len(connection.execute(select(issue.c.row)).all())


def test_a_check_in_is_signed_and_promised(frozen):
    device = frozen.device("ani")
    ask = frozen.ask("ani", device)
    answer = registrar.check_in(frozen.context, frozen.eid, "ani", ask)
    entry = CheckIn.parse(answer.check_in)
    assert (entry.row, entry.style, entry.kind, entry.blinded) == (ask.row, 1, 0, ask.blinded)
    (signature,) = answer.signatures
    device.credentials({1: signature.blind_signature})  # verified inside
    issued = Issue(frozen.eid, 1, entry.hash, signature.blind_signature)
    promised = Promised.parse(signature.promise)
    check_promise(promised, frozen.election.draft, frozen.eid, issued.hash)
    assert stored(frozen) == (1, 1)


def test_the_same_ask_gets_the_same_answer(opened):
    """A20: the way back for a device that lost the answer, also after check-in has ended."""
    device = opened.device("ani")
    ask = opened.ask("ani", device)
    answers = [registrar.check_in(opened.context, opened.eid, "ani", ask) for _ in range(2)]
    opened.finish()
    answers.append(registrar.check_in(opened.context, opened.eid, "ani", ask))
    answers.append(registrar.answer_of(opened.context, opened.eid, "ani"))
    assert answers == [answers[0]] * 4
    assert stored(opened) == (1, 1)


def test_another_ask_for_the_row_is_refused(frozen):
    frozen.check_in("ani")
    assert refusal(frozen, "ani", frozen.ask("ani", frozen.device("ani"))) == "already-checked-in"


def test_many_asks_at_once_get_one_signature(frozen):
    """Two devices of one voter race: one of them is answered, always the same."""
    devices = [frozen.device("ani") for _ in range(2)]
    asks = [frozen.ask("ani", device) for device in devices]
    answers = []

    def send(ask):
        try:
            answers.append(registrar.check_in(frozen.context, frozen.eid, "ani", ask))
        except Refused as refused:
            answers.append(refused.code)

    threads = [threading.Thread(target=send, args=(asks[i % 2],)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("already-checked-in") == 4
    assert len({each.check_in for each in answers if isinstance(each, registrar.Answer)}) == 1
    assert stored(frozen) == (1, 1)


def test_a_stranger_is_not_on_the_roll(frozen):
    ask = frozen.ask("ani", frozen.device("ani"))
    assert refusal(frozen, "zaki", ask) == "unknown-row"


def test_another_voters_row_is_refused(frozen):
    ask = frozen.ask("ani", frozen.device("ani"))
    assert refusal(frozen, "budi", ask) == "wrong-row"


def test_another_style_than_the_rows_is_refused(frozen):
    """A18."""
    ask = frozen.ask("ani", frozen.device("ani"), style=2)
    assert refusal(frozen, "ani", ask) == "wrong-row"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"blinded": ()}, "bad-blinded"),
        ({"blinded": (bytes(383),)}, "malformed"),
        ({"blinded": (bytes(384),)}, "bad-blinded"),
        ({"blinded": (bytes(383) + b"\x01",)}, "bad-blinded"),
        ({"blinded": (b"\xff" * 384,)}, "bad-blinded"),
        ({"row": -1}, "malformed"),
        ({"row": 2**64}, "malformed"),
        ({"style": 2**16}, "malformed"),
        ({"kind": 3}, "bad-evidence"),
        ({"kind": 256}, "malformed"),
        ({"evidence": b"x"}, "bad-evidence"),
        ({"kind": PASSKEY, "evidence": b"x"}, "bad-evidence"),
        ({"kind": DESK, "evidence": b"x"}, "bad-evidence"),
    ],
)
def test_an_ask_out_of_shape_or_range_is_refused(town, changes, code):
    """A10: 0, 1, N-1 and beyond are never signed."""
    ask = town.ask("ani", town.device("ani"), **changes)
    assert refusal(town, "ani", ask) == code


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(CHECK_IN_OPENS - 1, "check-in-not-open"), (CHECK_IN_CLOSES, "check-in-closed")],
)
def test_a_check_in_outside_the_hours_is_refused(frozen, seconds, code):
    ask = frozen.ask("ani", frozen.device("ani"))
    frozen.clock.seconds = seconds
    assert refusal(frozen, "ani", ask) == code


def test_nothing_is_issued_after_issue_close(town):
    """V19, whatever the clock says afterwards."""
    ask = town.ask("ani", town.device("ani"))
    town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(town.context, town.eid)
    town.clock.seconds = VOTING_OPENS
    assert refusal(town, "ani", ask) == "check-in-closed"


def test_a_struck_row_cannot_check_in(frozen):
    row = roll.row_of(frozen.context, frozen.eid0, "ani")
    setup.strike_row(frozen.context, frozen.eid0, row.index, "baris ganda")
    assert roll.row_of(frozen.context, frozen.eid0, "ani").is_struck
    assert refusal(frozen, "ani", frozen.ask("ani", frozen.device("ani"))) == "row-struck"


@pytest.fixture
def with_passkeys(sqlite_engine):
    """A town where ani has a passkey, and an officer sits at a desk."""
    officer = Officer("Petugas", p256.secret_mul_base(OFFICER_SECRET).cose)
    these = [Voter("ani", 1, (COSE,)), *voters("budi", "citra")]
    return Town.of(sqlite_engine).freeze_for(these, officers=(officer,))


def test_a_passkey_checks_its_voter_in(with_passkeys):
    """A1: who has a passkey cannot be checked in without it."""
    town = with_passkeys
    device = town.device("ani")
    ask = town.ask("ani", device)
    assert refusal(town, "ani", ask) == "passkey-required"
    evidence = PasskeyEvidence(COSE, *assertion(PASSKEY_SECRET, device.ask(ask.row)))
    signed = replace(ask, kind=PASSKEY, evidence=evidence.payload)
    answer = registrar.check_in(town.context, town.eid, "ani", signed)
    assert CheckIn.parse(answer.check_in).evidence == evidence.payload


def test_the_first_evidence_stays(with_passkeys):
    town = with_passkeys
    device = town.device("ani")
    ask = town.ask("ani", device, kind=PASSKEY)
    first, second = (
        PasskeyEvidence(COSE, *assertion(PASSKEY_SECRET, device.ask(ask.row))) for _ in range(2)
    )
    answers = [
        registrar.check_in(town.context, town.eid, "ani", replace(ask, evidence=each.payload))
        for each in (first, second)
    ]
    assert answers[0] == answers[1]
    assert CheckIn.parse(answers[0].check_in).evidence == first.payload


def test_a_passkey_signs_one_ask_and_no_other(with_passkeys):
    """A15, A16: the challenge is the ask."""
    town = with_passkeys
    device, other = town.device("ani"), town.device("ani")
    ask = town.ask("ani", device, kind=PASSKEY)
    for scalar, challenge, origin in (
        (PASSKEY_SECRET, other.ask(ask.row), "https://suara.example"),
        (PASSKEY_SECRET, device.ask(ask.row), "https://evil.example"),
        (PASSKEY_SECRET + 1, device.ask(ask.row), "https://suara.example"),
    ):
        evidence = PasskeyEvidence(COSE, *assertion(scalar, challenge, origin))
        changed = replace(ask, evidence=evidence.payload)
        assert refusal(town, "ani", changed) == "bad-evidence"


def test_a_foreign_passkey_checks_nobody_in(with_passkeys):
    town = with_passkeys
    device = town.device("budi")
    ask = town.ask("budi", device, kind=PASSKEY)
    evidence = PasskeyEvidence(COSE, *assertion(PASSKEY_SECRET, device.ask(ask.row)))
    assert refusal(town, "budi", replace(ask, evidence=evidence.payload)) == "bad-evidence"


def test_an_officer_checks_anybody_in_at_the_desk(with_passkeys):
    town = with_passkeys
    for voter in ("ani", "budi"):
        device = town.device(voter)
        ask = town.ask(voter, device, kind=DESK)
        evidence = DeskEvidence(1, *assertion(OFFICER_SECRET, device.ask(ask.row)))
        signed = replace(ask, evidence=evidence.payload)
        registrar.check_in(town.context, town.eid, voter, signed)
    counts = roll.counts(town.context, town.eid0)
    assert (counts.rows, counts.rows_with_passkey) == (3, 1)
    assert (counts.check_ins, counts.by_desk, counts.by_desk_with_passkey) == (2, 2, 1)
    assert counts.by_session == counts.voted == 0


def test_check_ins_are_promised_for_the_epoch_they_come_in(frozen):
    for name in ("ani", "budi"):
        frozen.check_in(name)
    frozen.clock.seconds += 600
    sequencing.end_due_epochs(frozen.context)
    ask = frozen.ask("citra", frozen.device("citra"))
    answer = registrar.check_in(frozen.context, frozen.eid, "citra", ask)
    assert Promised.parse(answer.signatures[0].promise).promise.epoch == 1


def test_who_has_not_checked_in_has_no_answer(town):
    assert not roll.has_checked_in(town.context, town.eid, "ani")
    with pytest.raises(Refused) as refused:
        registrar.answer_of(town.context, town.eid, "ani")
    assert refused.value.code == "not-found"
    town.check_in("ani")
    assert roll.has_checked_in(town.context, town.eid, "ani")
