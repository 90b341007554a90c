import dataclasses
from functools import cache

import pytest
from hypothesis import given

from ballots import plaintext
from ballots.ballot import (
    NO_PREVIOUS,
    Body,
    Cast,
    LastBallot,
    Turn,
    build_cast,
    check_cast,
    check_sequence,
    ephemeral_ikm,
    seal_info,
    tracking_code,
)
from ballots.credential import Credential, ballot_key_seed, credential_message
from ballots.errors import BadEntry, Refused
from crypto import blind_rsa, ed25519, hpke, p256
from crypto.encoding import M, hkdf, sha256, u16, u32
from crypto.errors import CannotOpen
from tests.strategies.ballots import casts
from tests.strategies.elections import draft_of, manifest_of

SEED = b"s" * 32
STYLE, SECRET = 7, 8
DRAFT = draft_of()
MANIFEST = manifest_of(DRAFT)
EID = MANIFEST.eid
VOTER = ed25519.SecretKey(ballot_key_seed(SEED, EID))
YES = plaintext.encode(DRAFT.questions_of(STYLE), [0, (1, 2, 0)])
NO = plaintext.encode(DRAFT.questions_of(STYLE), [1, (1, 2, 0)])


@cache
def registrar(number):
    return blind_rsa.SecretKey.generate()


def keys():
    pairs = [(r, style) for r in (1, 2) for style in (7, 2)]
    return {pair: registrar(pair).public for pair in pairs}


@cache
def credential(number, style=STYLE, eid=EID, signer=None):
    """A credential without blinding: what a registrar's signature comes to."""
    secret = registrar((signer or number, style))
    message = credential_message(eid, number, style, VOTER.public32)
    blinded = blind_rsa.blind(secret.public, message, 3)
    signature = blind_rsa.finalize(secret.public, message, blind_rsa.blind_sign(secret, blinded), 3)
    return Credential(number, signature)


def ballot(choice=YES, turn=None, credentials=None):
    return build_cast(
        turn or Turn(EID, STYLE),
        choice,
        seed=SEED,
        election_key=p256.secret_mul_base(SECRET),
        credentials=credentials or [credential(1), credential(2)],
    )


def resigned(secret=VOTER, **changes):
    """The ballot with another body, signed again."""
    cast = ballot()
    body = dataclasses.replace(cast.body, **changes)
    return Cast.of(body, secret.sign(body.payload), cast.credentials)


def refusal(cast):
    with pytest.raises(Refused) as found:
        check_cast(cast, MANIFEST, keys())
    return found.value.code


@given(casts)
def test_a_ballot_reads_back_as_it_was_written(cast):
    again = Cast.parse(cast.payload)
    assert again == cast
    assert (again.body, again.credentials) == (cast.body, cast.credentials)


def test_an_honest_ballot_passes_and_opens():
    cast = ballot()
    check_cast(cast, MANIFEST, keys())
    info = seal_info(EID, STYLE, cast.bk, 0, NO_PREVIOUS)
    assert hpke.open_p256(SECRET, cast.enc, cast.ct, info) == YES


def test_the_payload_is_the_protocols_message():
    cast = ballot()
    body = M("ballot", EID, u16(7), cast.bk, u32(0), bytes(32), cast.enc, cast.ct)
    assert cast.body_bytes == body
    written = [each.write() for each in cast.credentials]
    assert cast.payload == M("cast", body, VOTER.sign(body), *written)
    assert [each[:2] for each in written] == [b"\x00\x01", b"\x00\x02"]


def test_the_same_choice_gives_the_same_bytes():
    """A failure between casting and promise: the voter sends the same again."""
    assert ballot().payload == ballot().payload


def test_another_choice_gives_an_unrelated_envelope():
    """Two tries with one `seq` never share key and nonce."""
    assert ballot(YES).enc != ballot(NO).enc
    ikm = ephemeral_ikm(SEED, EID, 0, NO_PREVIOUS, YES)
    assert ikm == hkdf(SEED, M("ephemeral", EID, u32(0), NO_PREVIOUS, YES))


def test_every_choice_has_one_length():
    """A27"""
    assert len(ballot(YES).payload) == len(ballot(NO).payload)


def test_a_second_device_opens_the_envelope_with_the_ikm():
    """A35"""
    cast = ballot()
    ikm = ephemeral_ikm(SEED, EID, 0, NO_PREVIOUS, YES)
    info = seal_info(EID, STYLE, cast.bk, 0, NO_PREVIOUS)
    public = p256.secret_mul_base(SECRET).uncompressed
    assert hpke.open_with_ikm(ikm, public, cast.ct, info) == (cast.enc, YES)


@pytest.mark.parametrize(
    "changed",
    [
        (bytes(32), STYLE, VOTER.public32, 0, NO_PREVIOUS),
        (EID, 2, VOTER.public32, 0, NO_PREVIOUS),
        (EID, STYLE, bytes(32), 0, NO_PREVIOUS),
        (EID, STYLE, VOTER.public32, 1, NO_PREVIOUS),
        (EID, STYLE, VOTER.public32, 0, b"\x01" * 32),
    ],
)
def test_a_copied_envelope_does_not_open_under_another_key_or_turn(changed):
    """A24, A25"""
    cast = ballot()
    with pytest.raises(CannotOpen):
        hpke.open_p256(SECRET, cast.enc, cast.ct, seal_info(*changed))


def test_a_ballot_of_another_election_is_refused():
    """A25"""
    assert refusal(resigned(eid=bytes(32))) == "wrong-election"


def test_a_ballot_of_an_unknown_style_is_refused():
    assert refusal(resigned(style=3)) == "unknown-style"


def test_a_sealed_choice_of_another_length_is_refused():
    """A27"""
    assert refusal(resigned(ct=ballot().ct + b"\x00")) == "malformed"


def test_a_ballot_that_fits_no_entry_is_refused():
    assert refusal(resigned(ct=bytes(65_000))) == "too-large"


@pytest.mark.parametrize("bk", [bytes(32), b"\x01" + bytes(31), b"\xff" * 32])
def test_a_ballot_key_of_small_order_or_not_canonical_is_refused(bk):
    """A29"""
    assert refusal(resigned(bk=bk)) == "bad-key-encoding"


def test_a_signature_that_is_not_canonical_is_refused():
    """A29: S + L verifies with careless libraries."""
    cast = ballot()
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(cast.signature[32:], "little") + order
    malleable = cast.signature[:32] + s.to_bytes(32, "little")
    assert refusal(Cast.of(cast.body, malleable, cast.credentials)) == "bad-key-encoding"


@pytest.mark.parametrize(
    "chosen",
    [
        [(1, 1)],
        [(1, 1), (1, 1)],
        [(2, 2), (1, 1)],
        [(1, 1), (2, 2), (3, 2)],
        [(1, 1), (3, 2)],
        [(1, 2), (2, 2)],
    ],
)
def test_credentials_are_exactly_k_ascending_and_valid(chosen):
    """Fewer, more, repeated, unsorted, of an unknown registrar, or of another's key."""
    credentials = [Credential(r, credential(signer).signature) for r, signer in chosen]
    assert refusal(ballot(credentials=credentials)) == "bad-credential"


def test_a_credential_of_another_style_is_refused():
    """A18"""
    other = [credential(1, style=2), credential(2, style=2)]
    assert refusal(ballot(credentials=other)) == "bad-credential"


def test_a_ballot_signed_by_another_key_is_refused():
    thief = ed25519.SecretKey(b"t" * 32)
    assert refusal(resigned(secret=thief)) == "bad-signature"


@pytest.mark.parametrize(
    "enc",
    [bytes(65), b"\x02" + ballot().enc[1:], b"\x04" + bytes(64), ballot().enc[:-1] + b"\x00"],
)
def test_an_envelope_key_that_is_no_point_is_refused(enc):
    """A30"""
    assert refusal(resigned(enc=enc)) == "bad-envelope"


def test_checks_run_in_the_protocols_order():
    """The box says the first thing that is wrong (section 7.4)."""
    cast = ballot()
    everything = dataclasses.replace(cast.body, eid=bytes(32), bk=bytes(32), enc=bytes(65))
    assert refusal(Cast.of(everything, bytes(64), [])) == "wrong-election"
    keys_and_on = dataclasses.replace(cast.body, bk=bytes(32), enc=bytes(65))
    assert refusal(Cast.of(keys_and_on, bytes(64), [])) == "bad-key-encoding"
    bad_point = dataclasses.replace(cast.body, enc=bytes(65))
    assert refusal(Cast.of(bad_point, cast.signature, [])) == "bad-credential"
    assert refusal(Cast.of(bad_point, cast.signature, cast.credentials)) == "bad-signature"


@pytest.mark.parametrize(
    ("field", "length"), [("bk", 31), ("prev_own", 33), ("enc", 64), ("eid", 0)]
)
def test_a_field_of_another_length_is_refused_by_name(field, length):
    parts = {name: getattr(ballot().body, name) for name in ("eid", "bk", "prev_own", "enc", "ct")}
    parts |= {"style": 7, "seq": 0, field: bytes(length)}
    with pytest.raises(BadEntry, match=f"ballot.{field}"):
        Body(**parts)


def test_a_cast_with_a_torn_body_is_refused():
    cast = ballot()
    with pytest.raises(BadEntry, match="ballot"):
        Cast(cast.body_bytes[:-1], cast.signature, cast.credential_bytes)


def test_the_first_ballot_and_each_next_one_pass():
    first = ballot()
    second = ballot(NO, Turn(EID, STYLE).after(first))
    check_sequence(first, None, 16)
    check_sequence(second, LastBallot(0, first.hash), 16)
    assert (second.seq, second.prev_own) == (1, first.hash)


def test_an_older_number_does_not_come_after_a_newer_one():
    """A23: replaying an older ballot, or another one with its number."""
    with pytest.raises(Refused, match="stands already") as found:
        check_sequence(ballot(), LastBallot(0, sha256(b"other")), 16)
    assert found.value.code == "sequence-taken"


@pytest.mark.parametrize("turn", [Turn(EID, STYLE, 2, sha256(b"first")), Turn(EID, STYLE, 1)])
def test_a_gap_or_a_wrong_previous_ballot_is_refused(turn):
    with pytest.raises(Refused) as found:
        check_sequence(ballot(turn=turn), LastBallot(0, sha256(b"first")), 16)
    assert found.value.code == "broken-sequence"


def test_a_vote_may_be_changed_so_many_times_and_no_more():
    """A48"""
    before = sha256(b"before")
    check_sequence(ballot(turn=Turn(EID, STYLE, 2, before)), LastBallot(1, before), 2)
    with pytest.raises(Refused) as found:
        check_sequence(ballot(turn=Turn(EID, STYLE, 3, before)), LastBallot(2, before), 2)
    assert found.value.code == "too-many-revisions"


def test_the_tracking_code_is_a_hundred_bits_in_fours():
    assert tracking_code(bytes(32)) == "0000 0000 0000 0000 0000"
    assert tracking_code(b"\xff" * 32) == "ZZZZ ZZZZ ZZZZ ZZZZ ZZZZ"
    assert tracking_code(bytes(12) + b"\x10" + bytes(19)) == "0000 0000 0000 0000 0001"
