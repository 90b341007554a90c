import pytest

from ballots.credential import (
    Credential,
    ballot_key_seed,
    blinding_octets,
    check_in_ask,
    credential_message,
)
from ballots.errors import BadEntry
from crypto import blind_rsa, ed25519
from crypto.encoding import H, M, hkdf, u16, u64
from crypto.errors import BadSignature

SEED, EID = b"s" * 32, b"e" * 32
REGISTRAR = blind_rsa.SecretKey.generate()


def test_every_secret_follows_from_the_seed():
    """A20: what a voter loses with a closed tab can be rebuilt from 32 bytes."""
    assert ballot_key_seed(SEED, EID) == hkdf(SEED, M("ballot-key", EID))
    assert blinding_octets(SEED, EID, 3) == hkdf(SEED, M("blind", EID, u16(3)), 400)


def test_secrets_of_two_elections_or_registrars_have_nothing_in_common():
    """A5, A25"""
    assert ballot_key_seed(SEED, EID) != ballot_key_seed(SEED, bytes(32))
    assert blinding_octets(SEED, EID, 1) != blinding_octets(SEED, EID, 2)


def test_the_challenge_names_row_style_and_every_blinded_message():
    """A16, A18"""
    asked = check_in_ask(EID, 5, 7, [b"a" * 384, b"b" * 384])
    assert asked == H("check-in-ask", EID, u64(5), u16(7), b"a" * 384, b"b" * 384)


def test_a_blind_signature_becomes_a_credential_for_this_ballot_key_only():
    bk = ed25519.SecretKey(ballot_key_seed(SEED, EID)).public32
    message = credential_message(EID, 1, 7, bk)
    r = blind_rsa.blinding_factor(blinding_octets(SEED, EID, 1), REGISTRAR.public)
    blinded = blind_rsa.blind(REGISTRAR.public, message, r)
    blind_signature = blind_rsa.blind_sign(REGISTRAR, blinded)
    signature = blind_rsa.finalize(REGISTRAR.public, message, blind_signature, r)
    blind_rsa.verify(REGISTRAR.public, message, signature)
    others = [(bytes(32), 1, 7), (EID, 2, 7), (EID, 1, 2)]
    for eid, registrar, style in others:
        other = credential_message(eid, registrar, style, bk)
        with pytest.raises(BadSignature):
            blind_rsa.verify(REGISTRAR.public, other, signature)


def test_a_credential_is_a_number_and_a_signature():
    credential = Credential(258, b"\x07" * 384)
    assert credential.write() == b"\x01\x02" + b"\x07" * 384
    assert Credential.parse(credential.write()) == credential


@pytest.mark.parametrize("length", [0, 385, 387])
def test_a_credential_of_another_length_is_refused(length):
    with pytest.raises(BadEntry, match="386"):
        Credential.parse(bytes(length))


@pytest.mark.parametrize(("registrar", "length"), [(-1, 384), (2**16, 384), (1, 383)])
def test_a_credential_made_in_code_is_checked_too(registrar, length):
    with pytest.raises(BadEntry, match="credential"):
        Credential(registrar, bytes(length))
