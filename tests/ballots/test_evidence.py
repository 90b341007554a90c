import dataclasses
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given

from ballots.credential import check_in_ask
from ballots.entries import CheckIn
from ballots.errors import Refused
from ballots.evidence import DESK, PASSKEY, SESSION, DeskEvidence, PasskeyEvidence, check_evidence
from ballots.roll import Row
from crypto import p256
from crypto.encoding import b64url, sha256
from tests.strategies.ballots import evidence
from tests.strategies.elections import draft_of, officer_scalar

DRAFT = draft_of()
EID = b"e" * 32
VOTER, OTHER = 4242, 4343
ORIGIN = "https://suara.example"
PLAIN = sha256(b"suara.example") + b"\x05" + bytes(4)
COSE = p256.secret_mul_base(VOTER).cose
ROW = Row.of("warga-1", bytes(32), 7, [COSE])
NO_PASSKEY = Row.of("warga-2", bytes(32), 7)
BLINDED = (b"a" * 384, b"b" * 384)


def challenge(row=4, style=7, blinded=BLINDED):
    return check_in_ask(EID, row, style, blinded)


def client_json(asked=None, kind="webauthn.get", origin=ORIGIN, tail=',"crossOrigin":false}'):
    asked = challenge() if asked is None else asked
    return f'{{"type":"{kind}","challenge":"{b64url(asked)}","origin":"{origin}"{tail}'.encode()


def sign(secret, message):
    key = ec.derive_private_key(secret, ec.SECP256R1())
    return key.sign(message, ec.ECDSA(hashes.SHA256()))


def by_passkey(row=ROW, secret=VOTER, cose=COSE, authenticator=PLAIN, client=None):
    """A check-in with the voter's passkey, and the row it is for."""
    client = client_json() if client is None else client
    signature = sign(secret, authenticator + sha256(client))
    given = PasskeyEvidence(cose, authenticator, client, signature)
    return CheckIn(EID, 4, 7, BLINDED, PASSKEY, given.payload), row


def by_officer(number=1, secret=None):
    """A check-in at a desk, of a row that has a passkey."""
    client = client_json()
    signature = sign(secret or officer_scalar(1), PLAIN + sha256(client))
    given = DeskEvidence(number, PLAIN, client, signature)
    return CheckIn(EID, 4, 7, BLINDED, DESK, given.payload), ROW


def by_session(row=NO_PASSKEY, kind=SESSION, given=b""):
    return CheckIn(EID, 4, 7, BLINDED, kind, given), row


@given(evidence)
def test_evidence_reads_back_as_it_was_written(given):
    assert type(given).parse(given.payload) == given


@pytest.mark.parametrize("asked", [by_passkey(), by_officer(), by_session()])
def test_each_kind_of_check_in_passes(asked):
    check_evidence(*asked, DRAFT)


@pytest.mark.parametrize("tail", ["}", ',"crossOrigin":false}', ',"crossOrigin":false,"extra":1}'])
def test_what_browsers_write_behind_the_origin_passes(tail):
    check_evidence(*by_passkey(client=client_json(tail=tail)), DRAFT)


def test_authenticator_extensions_pass():
    check_evidence(*by_passkey(authenticator=PLAIN[:32] + b"\x85" + bytes(4) + b"\xa0"), DRAFT)


def refusal(asked):
    with pytest.raises(Refused) as found:
        check_evidence(*asked, DRAFT)
    return found.value.code


def test_a_session_is_not_enough_for_a_row_with_a_passkey():
    """A1: the platform cannot check in those whose passkey is their own."""
    assert refusal(by_session(row=ROW)) == "passkey-required"


def test_a_session_carries_no_evidence():
    assert refusal(by_session(given=b"x")) == "bad-evidence"


@pytest.mark.parametrize("kind", [3, 255])
def test_an_unknown_kind_is_refused(kind):
    assert refusal(by_session(kind=kind)) == "bad-evidence"


def test_another_style_than_the_rows_is_refused():
    """A18"""
    check_in, row = by_passkey()
    assert refusal((check_in, dataclasses.replace(row, style=2))) == "wrong-row"


@pytest.mark.parametrize(
    "asked",
    [
        by_passkey(row=NO_PASSKEY),
        by_passkey(secret=OTHER, cose=p256.secret_mul_base(OTHER).cose),
        by_passkey(secret=OTHER),
        by_passkey(cose=COSE[:-1]),
    ],
)
def test_a_passkey_that_is_not_the_rows_is_refused(asked):
    """A14"""
    assert refusal(asked) == "bad-evidence"


@pytest.mark.parametrize(
    "asked", [by_officer(number=0), by_officer(number=2), by_officer(secret=VOTER)]
)
def test_an_officer_who_is_not_in_the_draft_is_refused(asked):
    assert refusal(asked) == "bad-evidence"


@pytest.mark.parametrize(
    "asked",
    [
        challenge(row=5),
        challenge(style=2),
        challenge(blinded=BLINDED[::-1]),
        bytes(32),
    ],
)
def test_an_assertion_for_another_request_is_refused(asked):
    """A15, A16: replay, or a touch obtained for somebody else's blinded message."""
    assert refusal(by_passkey(client=client_json(asked))) == "bad-evidence"


@pytest.mark.parametrize(
    "client",
    [
        client_json(kind="webauthn.create"),
        client_json(origin="https://suara.example.org"),
        client_json(origin="https://suara"),
        client_json(tail=',"crossOrigin":true}'),
        client_json(tail=',"crossOrigin":falsehood}'),
        client_json(tail=',"extra":1}'),
        client_json(tail=""),
        client_json(tail="}}"),
        client_json(tail=',"crossOrigin":false,}'),
        client_json(tail=',"crossOrigin":false,"a":NaN}'),
        client_json(tail=',"crossOrigin":false,"a":' + "[" * 30_000),
        client_json(tail=',"crossOrigin":false,"a":"') + b'\xff"}',
        b" " + client_json(),
        b"\xef\xbb\xbf" + client_json(),
        json.dumps(json.loads(client_json())).encode(),
        b"{}",
        b"",
    ],
)
def test_client_json_that_browsers_do_not_write_for_us_is_refused(client):
    """A15"""
    assert refusal(by_passkey(client=client)) == "bad-evidence"


def test_json_that_every_parser_reads_passes_however_large_its_numbers():
    tail = ',"crossOrigin":false,"a":' + "9" * 800 + "}"
    check_evidence(*by_passkey(client=client_json(tail=tail)), DRAFT)


def test_json_that_is_longer_than_any_browser_writes_is_refused():
    """A15: how deep JSON may nest differs from reader to reader, so its length is bound."""
    head = len(client_json(tail=',"crossOrigin":false,"a":""}'))
    for more, is_fine in ((0, True), (1, False)):
        tail = ',"crossOrigin":false,"a":"' + "x" * (1024 - head + more) + '"}'
        asked = by_passkey(client=client_json(tail=tail))
        if is_fine:
            check_evidence(*asked, DRAFT)
        else:
            assert refusal(asked) == "bad-evidence"


@pytest.mark.parametrize(
    "authenticator",
    [
        sha256(b"suara.example.org") + PLAIN[32:],
        PLAIN[:32] + b"\x04" + PLAIN[33:],
        PLAIN[:32] + b"\x01" + PLAIN[33:],
        PLAIN[:32] + b"\x45" + PLAIN[33:],
        PLAIN + b"\x00",
        PLAIN[:36],
        PLAIN[:32],
        b"",
    ],
)
def test_authenticator_data_without_a_verified_user_of_this_site_is_refused(authenticator):
    """A15"""
    assert refusal(by_passkey(authenticator=authenticator)) == "bad-evidence"


@pytest.mark.parametrize("given", [b"", b"x", by_officer()[0].evidence])
def test_evidence_of_another_kind_is_refused(given):
    assert refusal(by_session(row=ROW, kind=PASSKEY, given=given)) == "bad-evidence"


@given(evidence)
def test_any_evidence_is_refused_and_never_crashes(given):
    for kind in (PASSKEY, DESK):
        assert refusal(by_session(row=ROW, kind=kind, given=given.payload)) == "bad-evidence"
