import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots import entries
from ballots.entries import (
    Ack,
    Close,
    Dkg1,
    DkgComplaint,
    Open,
    RegKey,
    Signed,
    entry_bytes,
    parse_payload,
    role_key,
    said_by,
    signed,
    split_entry,
    verify_signed,
)
from ballots.errors import BadEntry
from crypto.encoding import M, u16
from crypto.errors import BadSignature, CryptoError
from tests.strategies.ballots import INNER, logged, said
from tests.strategies.elections import draft_of, identity

EID = bytes(32)
KEY = identity("trustee 1")


@given(logged)
def test_every_entry_reads_back_as_it_was_written(pair):
    log, entry = pair
    again = parse_payload(log, entry.payload)
    assert again == entry
    assert again.write() == entry.payload


@given(logged, st.data())
def test_a_cut_or_longer_payload_is_refused(pair, data):
    log, entry = pair
    end = data.draw(st.integers(0, len(entry.payload) - 1))
    for wrong in (entry.payload[:end], entry.payload + b"\x00"):
        with pytest.raises(BadEntry):
            parse_payload(log, wrong)


@given(st.sampled_from(["setup", "check-ins", "ballots"]), st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_never_crash(log, octets):
    try:
        assert parse_payload(log, octets).write() == octets
    except BadEntry as error:
        assert error.where  # noqa: PT017 - either way is right, a crash is not


@given(logged, st.data())
def test_a_flipped_byte_is_read_as_itself_or_refused(pair, data):
    log, entry = pair
    octets = bytearray(entry.payload)
    octets[data.draw(st.integers(0, len(octets) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        assert parse_payload(log, bytes(octets)).write() == bytes(octets)
    except BadEntry as error:
        assert error.where  # noqa: PT017 - either way is right, a crash is not


@pytest.mark.parametrize(
    ("log", "payload"),
    [
        ("setup", M("manifest", b"{}")),
        ("check-ins", M("draft", b"{}")),
        ("ballots", M("check-in")),
        ("setup", M("epoch", EID, bytes(8), EID)),
        ("ballots", Open(EID).payload),
        ("check-ins", signed("organiser", 0, Open(EID), KEY).payload),
        ("setup", signed("trustee", 1, Ack(EID), KEY).payload),
    ],
)
def test_an_entry_of_another_log_or_wrapper_is_refused(log, payload):
    with pytest.raises(BadEntry, match=f"{log}: expected an entry of this log"):
        parse_payload(log, payload)


@pytest.mark.parametrize("tag", sorted(INNER))
@given(data=st.data())
def test_only_the_right_role_may_say_it(tag, data):
    entry = data.draw(said(tag))
    roles = {"organiser": 0, "registrar": 1, "trustee": 1, "verifier": 1, "witness": 1}
    allowed = {INNER[tag][0], "registrar"} if tag == "ack" else {INNER[tag][0]}
    for role in roles.keys() - allowed:
        with pytest.raises(BadEntry, match=r"signed\.role"):
            Signed(role, roles[role], entry.inner, entry.signature)


def test_the_organiser_is_number_0_and_nobody_else():
    for role, index, inner in (("organiser", 1, Open(EID)), ("trustee", 0, Ack(EID))):
        with pytest.raises(BadEntry, match=r"signed\.index"):
            signed(role, index, inner, KEY)


@pytest.mark.parametrize(
    ("role", "inner"),
    [
        ("trustee", Dkg1(EID, 7, 2, EID, EID)),
        ("trustee", DkgComplaint(EID, 7, 1, 2, EID)),
        ("registrar", RegKey(EID, 2, 7, b"spki", (bytes(384),) * 8)),
    ],
)
def test_a_role_speaks_under_its_own_number(role, inner):
    assert signed(role, 2, inner, KEY).said == inner
    with pytest.raises(BadEntry, match=r"signed\.index"):
        signed(role, 1, inner, KEY)


@pytest.mark.parametrize("inner", [b"", b"x", M("voter", b""), M("open"), M("cast", b"")])
def test_an_inner_payload_that_no_role_says_is_refused(inner):
    with pytest.raises(BadEntry):
        Signed("organiser", 0, inner, bytes(64))


def test_a_certificate_has_eight_values():
    with pytest.raises(BadEntry, match="certificate"):
        RegKey(EID, 1, 7, b"", (bytes(384),) * 7)


def test_what_a_role_signs_is_the_protocols_message():
    entry = signed("trustee", 3, Ack(EID), KEY)
    message = M("by", b"trustee", u16(3), M("ack", EID))
    assert entry.signature == KEY.sign(message)
    assert entry.payload == M("signed", b"trustee", u16(3), M("ack", EID), entry.signature)


def test_a_role_is_believed_by_its_key_only():
    entry = signed("trustee", 1, Ack(EID), KEY)
    verify_signed(entry, KEY.public32)
    with pytest.raises(BadSignature):
        verify_signed(entry, identity("trustee 2").public32)


@pytest.mark.parametrize(
    ("role", "index", "inner"),
    [
        ("registrar", 1, Ack(EID)),
        ("trustee", 2, Ack(EID)),
        ("trustee", 1, Ack(b"\x01" * 32)),
    ],
)
def test_a_signature_does_not_pass_for_another_role_number_or_word(role, index, inner):
    entry = signed("trustee", 1, Ack(EID), KEY)
    with pytest.raises(CryptoError):
        verify_signed(Signed(role, index, inner.payload, entry.signature), KEY.public32)


def test_what_an_entry_says_is_the_same_wrapped_or_not():
    close = Close(EID, 4, EID)
    assert said_by(signed("organiser", 0, close, KEY)) == close
    epoch = entries.Epoch(EID, 0, EID)
    assert said_by(epoch) is epoch


def test_keys_of_roles_are_found_in_the_draft():
    draft = draft_of()
    assert role_key(draft, "organiser", 0) == identity("organiser").public32
    assert role_key(draft, "registrar", 2) == identity("registrar 2").public32
    assert role_key(draft, "trustee", 3) == identity("trustee 3").public32
    assert role_key(draft, "verifier", 1) == identity("verifier 1").public32


@pytest.mark.parametrize(
    ("role", "index"), [("organiser", 1), ("registrar", 0), ("trustee", 4), ("witness", 1)]
)
def test_a_role_that_the_draft_does_not_have_is_refused(role, index):
    with pytest.raises(BadEntry, match=r"signed\.index"):
        role_key(draft_of(), role, index)


def test_an_entry_is_the_hash_before_it_and_the_payload():
    entry = entry_bytes(EID, b"payload")
    assert entry == EID + b"payload"
    assert split_entry(entry) == (EID, b"payload")


def test_an_entry_has_a_greatest_length():
    assert len(entry_bytes(EID, bytes(65_503))) == 65_535
    with pytest.raises(BadEntry, match="65535"):
        entry_bytes(EID, bytes(65_504))
    with pytest.raises(BadEntry, match="prev"):
        entry_bytes(b"", b"payload")
    for wrong in (EID, bytes(65_536)):
        with pytest.raises(BadEntry, match="65535"):
            split_entry(wrong)
