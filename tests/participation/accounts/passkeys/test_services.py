"""Enrolling and removing passkeys: an answer is taken once, and only if it is right."""

import json

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from participation.accounts.models import Account, Passkey
from participation.accounts.passkeys import ceremony, queries, services
from participation.accounts.passkeys.rules import MOST_PASSKEYS, Party, canonical_cose
from participation.accounts.queries import account
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound
from participation.core.events import Event
from tests.participation.authenticator import AT, UP, UV, Authenticator, b64url
from tests.participation.people import MORNING, PASSWORD, make_person

PARTY = Party("https://suara.example")


@pytest.fixture
def session(database):
    """A session on either database."""
    with database.session() as opened:
        yield opened


@pytest.fixture
def sri(session):
    """Sri, whose address is confirmed."""
    return confirmed(session, "Sri Hartati")


def confirmed(session, name):
    actor = make_person(session, name)
    account(session, actor.id).confirmed_at = MORNING
    session.commit()
    return actor


def device(**own):
    return Authenticator(PARTY.origin, PARTY.rp_id, **own)


def begun(session, actor, name="Telepon"):
    token = services.begin(session, actor, MORNING, name=name, password=PASSWORD)
    enrolment = services.take(session, actor, token, MORNING)
    return enrolment, services.options(session, actor, PARTY, enrolment)


def enrol(session, actor, made=None, **lies):
    """Enrols a passkey on a device that may lie."""
    enrolment, options = begun(session, actor)
    answer = (made or device()).create(options, **lies)
    added = services.add(session, actor, MORNING, enrolment=enrolment, party=PARTY, answer=answer)
    session.commit()
    return added


def test_a_passkey_is_kept_in_its_one_form_under_its_owner(session, sri):
    phone = device()
    enrol(session, sri, phone)
    kept = session.exec(select(Passkey)).one()
    assert (kept.credential_id, kept.cose) == (phone.credential_id, phone.cose)
    assert (kept.account_id, kept.name, len(kept.cose)) == (sri.id, "Telepon", 77)
    tags = [each.tag for each in session.exec(select(Event))]
    assert tags == ["accounts:passkey:add"]


def test_the_browser_is_asked_for_es256_with_the_user_verified_and_no_attestation(session, sri):
    phone = device()
    enrol(session, sri, phone)
    said = json.loads(begun(session, sri)[1])
    assert [each["alg"] for each in said["pubKeyCredParams"]] == [-7]
    wanted = said["authenticatorSelection"]
    assert (wanted["userVerification"], wanted["residentKey"]) == ("required", "preferred")
    assert said.get("attestation", "none") == "none"
    assert len(said["excludeCredentials"]) == 1
    assert said["rp"]["id"] == "suara.example"


@pytest.mark.parametrize(
    "lies",
    [
        {"origin": "https://suara.example.evil"},
        {"origin": "http://suara.example"},
        {"rp_id": "evil.example"},
        {"kind": "webauthn.get"},
        {"challenge": "A" * 43},
        {"flags": UP | AT},
        {"flags": UV | AT},
        {"flags": UP | UV},
    ],
    ids=["origin", "scheme", "rp-id", "act", "challenge", "user-unverified", "absent", "no-key"],
)
def test_an_answer_that_lies_enrols_nothing(session, sri, lies):
    """A15: origin, relying party, act, challenge and flags are all looked at."""
    with pytest.raises(Invalid) as refused:
        enrol(session, sri, **lies)
    assert refused.value.code == "passkey-refused"
    assert queries.passkeys_of(session, sri.id) == []


def test_keys_of_another_kind_are_refused(session, sri):
    """A15: a row can only say ES256 keys, so nothing else may be enrolled."""
    x, y = (device().cose[10:42], device().cose[45:])
    odd = {
        "off the curve": {1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(31) + b"\x02"},
        "another curve": {1: 2, 3: -7, -1: 2, -2: x, -3: y},
        "another algorithm": {1: 2, 3: -35, -1: 1, -2: x, -3: y},
        "ed25519": {1: 1, 3: -8, -1: 6, -2: x},
        "short": {1: 2, 3: -7, -1: 1, -2: x[:31], -3: y},
        "no coordinates": {1: 2, 3: -7, -1: 1},
    }
    for cose in odd.values():
        with pytest.raises(Invalid):
            enrol(session, sri, cose=cbor2.dumps(cose))
    assert queries.passkeys_of(session, sri.id) == []


def test_a_challenge_is_taken_once(session, sri):
    """A15: an answer that is sent again finds no challenge."""
    token = services.begin(session, sri, MORNING, name="Telepon", password=PASSWORD)
    services.take(session, sri, token, MORNING)
    with pytest.raises(NotFound):
        services.take(session, sri, token, MORNING)


def test_a_challenge_is_its_owners_and_grows_old(session, sri, clock):
    token = services.begin(session, sri, MORNING, name="Telepon", password=PASSWORD)
    with pytest.raises(NotFound):
        services.take(session, confirmed(session, "Yoga"), token, MORNING)
    with pytest.raises(NotFound):
        services.take(session, sri, token, clock.move(minutes=10))


def test_an_answer_to_an_older_challenge_is_refused(session, sri):
    """A15: replay."""
    phone = device()
    _first, options = begun(session, sri)
    answer = phone.create(options)
    second, _options = begun(session, sri)
    with pytest.raises(Invalid):
        services.add(session, sri, MORNING, enrolment=second, party=PARTY, answer=answer)


def test_beginning_needs_the_password_and_a_confirmed_address(session, sri):
    """A14: a browser left open, or somebody else's address, adds no key that votes."""
    with pytest.raises(Invalid) as refused:
        services.begin(session, sri, MORNING, name="Telepon", password="salah sekali")
    assert refused.value.field == "password"
    stranger = make_person(session, "Fajar")
    with pytest.raises(NotAllowed):
        services.begin(session, stranger, MORNING, name="Telepon", password=PASSWORD)


def test_there_is_room_for_four(session, sri):
    for _ in range(MOST_PASSKEYS):
        enrol(session, sri)
    with pytest.raises(Conflict) as refused:
        begun(session, sri)
    assert refused.value.code == "passkeys-full"


def test_four_is_the_limit_also_for_enrolments_begun_before(session, sri):
    waiting = [begun(session, sri) for _ in range(MOST_PASSKEYS + 1)]
    for enrolment, options in waiting[:-1]:
        sent = {"enrolment": enrolment, "party": PARTY, "answer": device().create(options)}
        services.add(session, sri, MORNING, **sent)
    enrolment, options = waiting[-1]
    sent = {"enrolment": enrolment, "party": PARTY, "answer": device().create(options)}
    with pytest.raises(Conflict):
        services.add(session, sri, MORNING, **sent)


def test_a_passkey_belongs_to_one_account(session, sri):
    phone = device()
    enrol(session, sri, phone)
    with pytest.raises(Conflict) as refused:
        enrol(session, confirmed(session, "Yoga"), phone)
    assert refused.value.code == "passkey-known"
    session.rollback()
    assert session.exec(select(Passkey)).one().account_id == sri.id


def test_removing_needs_the_password(session, sri):
    """A14: who could remove passkeys would make the next roll ask for none."""
    passkey = enrol(session, sri)
    with pytest.raises(Invalid):
        services.remove(session, sri, MORNING, passkey=passkey, password="salah sekali")
    services.remove(session, sri, MORNING, passkey=passkey, password=PASSWORD)
    assert queries.passkeys_of(session, sri.id) == []


def test_a_passkey_is_found_by_its_owner_only(session, sri):
    passkey = enrol(session, sri)
    name = queries.short_name(passkey)
    assert queries.passkey_of(session, sri.id, name) == passkey
    with pytest.raises(NotFound):
        queries.passkey_of(session, confirmed(session, "Yoga").id, name)


def test_the_keys_of_many_addresses_come_by_address_and_only_of_confirmed_ones(session, sri):
    """A14: an address that nobody confirmed may be somebody else's."""
    yoga, fajar = confirmed(session, "Yoga"), confirmed(session, "Fajar")
    phones = [device() for _ in range(3)]
    enrol(session, sri, phones[0])
    enrol(session, sri, phones[1])
    enrol(session, fajar, phones[2])
    account(session, fajar.id).confirmed_at = None
    session.commit()
    found = queries.keys_by_address(session, select(Account.email))
    assert {address: set(keys) for address, keys in found.items()} == {
        account(session, sri.id).email: {phones[0].cose, phones[1].cose}
    }
    nobody = select(Account.email).where(Account.id == yoga.id)
    assert queries.keys_by_address(session, nobody) == {}


def test_the_key_of_a_site_under_a_number_has_no_name():
    assert not Party("http://127.0.0.1:8000").has_name
    assert not Party("http://[::1]:8000").has_name
    assert Party("http://localhost:8000").has_name
    assert Party("https://suara.example").rp_id == "suara.example"


def test_the_canonical_form_takes_whole_coordinates_only():
    with pytest.raises(Invalid):
        canonical_cose(bytes(31), bytes(32))


@settings(deadline=None)
@given(st.one_of(st.text(max_size=300), st.binary(max_size=300)))
def test_whatever_is_sent_is_refused_and_breaks_nothing(sent):
    answer = sent if isinstance(sent, str) else mangled(sent)
    with pytest.raises(Invalid):
        ceremony.verify_answer(PARTY, bytes(32), answer)


def mangled(octets):
    """An honest answer whose attestation is these bytes."""
    options = json.dumps({"challenge": "A" * 43})
    answer = json.loads(device().create(options))
    attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": octets})
    is_wrapped = octets[:1] < b"\x80"
    answer["response"]["attestationObject"] = b64url(attestation if is_wrapped else octets)
    return json.dumps(answer)
