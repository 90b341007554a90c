import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import hpke
from crypto.errors import BadEncoding, BadKey, CannotOpen
from crypto.p256 import Q, private_key, public_key, secret_mul_base
from tests.crypto.published import corpus, ours, unhex, vectors

P256 = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
X25519 = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
SECRET = 12345
PUBLIC = secret_mul_base(SECRET).uncompressed
SECRET32 = b"s" * 32
PUBLIC32 = hpke.x25519_public(SECRET32)
IKM = b"ephemeral keying material of 32+"
INFO, PLAINTEXT = b"suara/v1/seal and its fields", b"\x01\x00\x02"
ENC, CT = hpke.seal_p256(PUBLIC, INFO, PLAINTEXT, IKM)
SEALED = hpke.seal_x25519(PUBLIC32, INFO, PLAINTEXT)


def agree(case):
    """The shared point of a case, its two pairs derived from their keying material."""
    ikm_e, ikm_r, secret_e, public_e, public_r = unhex(case, "ikmE", "ikmR", "skEm", "pkEm", "pkRm")
    if case["kem_id"] == hpke.P256_KEM:
        scalar = hpke.derive_p256(ikm_e)
        assert scalar.to_bytes(32, "big") == secret_e
        assert secret_mul_base(scalar).uncompressed == public_e
        assert secret_mul_base(hpke.derive_p256(ikm_r)).uncompressed == public_r
        return private_key(scalar).exchange(ec.ECDH(), public_key(public_r))
    assert hpke.derive_x25519(ikm_e) == secret_e
    assert hpke.x25519_public(secret_e) == public_e
    assert hpke.x25519_public(hpke.derive_x25519(ikm_r)) == public_r
    return hpke.x25519(secret_e, public_r)


def check_case(case):
    public, enc, info, shared = unhex(case, "pkRm", "enc", "info", "shared_secret")
    assert hpke.shared_secret(case["kem_id"], agree(case), enc + public) == shared
    key, nonce = hpke.key_schedule(case["kem_id"], shared, info)
    assert [key, nonce] == unhex(case, "key", "base_nonce")
    for number, each in enumerate(case["encryptions"]):
        aad, plaintext, ct, own_nonce = unhex(each, "aad", "pt", "ct", "nonce")
        assert own_nonce == nonce[:-1] + bytes([nonce[-1] ^ number])
        assert AESGCM(key).encrypt(own_nonce, plaintext, aad) == ct


def test_the_published_key_schedules_come_out():
    cases = vectors("rfc9180-base")
    assert {case["kem_id"] for case in cases} == {hpke.P256_KEM, hpke.X25519_KEM}
    for case in cases:
        check_case(case)


def test_the_shared_corpus_comes_out_for_our_two_suites():
    """Base mode and AES-128-GCM; other modes and ChaCha20-Poly1305 are not in the protocol."""
    cases = [
        case
        for case in corpus("rfc9180-hpke.json")
        if (case["mode"], case["kdf_id"], case["aead_id"]) == (0, 1, 1)
    ]
    assert len(cases) == 2
    for case in cases:
        check_case(case)


def test_x25519_agrees_as_published():
    cases = corpus("rfc7748-x25519.json")
    assert len(cases) > 3
    for case in cases:
        scalar, point, output = unhex(case, "scalar", "input", "output")
        assert hpke.x25519(scalar, point) == output


def test_our_published_envelope_comes_out():
    case = ours("seal")
    public, info, plaintext, ikm, enc, ct = unhex(
        case, "public_key", "info", "plaintext", "ikm", "enc", "ct"
    )
    assert hpke.seal_p256(public, info, plaintext, ikm) == (enc, ct)
    assert hpke.open_p256(int(case["secret_key"], 16), enc, ct, info) == plaintext


@settings(max_examples=25)
@given(
    st.integers(1, Q - 1), st.binary(max_size=80), st.binary(max_size=80), st.binary(min_size=32)
)
def test_what_we_seal_the_library_opens_and_back(secret, info, plaintext, ikm):
    key = private_key(secret)
    public = secret_mul_base(secret).uncompressed
    enc, ct = hpke.seal_p256(public, info, plaintext, ikm)
    assert P256.decrypt(enc + ct, key, info) == plaintext
    theirs = P256.encrypt(plaintext, key.public_key(), info)
    assert hpke.open_p256(secret, theirs[:65], theirs[65:], info) == plaintext
    assert hpke.open_with_ikm(ikm, public, ct, info) == (enc, plaintext)


@settings(max_examples=25)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.binary(max_size=80))
def test_what_we_seal_to_a_trustee_the_library_opens_and_back(secret, info, plaintext):
    key = X25519PrivateKey.from_private_bytes(secret)
    sealed = hpke.seal_x25519(hpke.x25519_public(secret), info, plaintext)
    assert len(sealed) == len(plaintext) + 48
    assert X25519.decrypt(sealed, key, info) == plaintext
    theirs = X25519.encrypt(plaintext, key.public_key(), info)
    assert hpke.open_x25519(secret, theirs, info) == plaintext


def test_a_second_device_makes_the_same_envelope():
    """A35: from ikm it gets enc and the choice without the election's key."""
    assert hpke.seal_p256(PUBLIC, INFO, PLAINTEXT, IKM) == (ENC, CT)
    assert hpke.open_with_ikm(IKM, PUBLIC, CT, INFO) == (ENC, PLAINTEXT)
    assert hpke.Opener(SECRET).open(ENC, CT, INFO) == PLAINTEXT
    for wrong in (
        (IKM[::-1], PUBLIC, CT, INFO),
        (IKM, secret_mul_base(2).uncompressed, CT, INFO),
        (IKM, PUBLIC, CT[:-1], INFO),
        (IKM, PUBLIC, b"", INFO),
        (IKM, PUBLIC, CT, INFO + b"."),
    ):
        with pytest.raises(CannotOpen):
            hpke.open_with_ikm(*wrong)


def test_other_keying_material_gives_an_unrelated_envelope():
    enc, ct = hpke.seal_p256(PUBLIC, INFO, PLAINTEXT, IKM + b".")
    assert enc != ENC
    assert ct != CT


@pytest.mark.parametrize(
    ("secret", "enc", "ct", "info"),
    [
        (SECRET + 1, ENC, CT, INFO), (SECRET, ENC, CT, INFO + b"."), (SECRET, ENC, CT, b""),
        (SECRET, ENC, CT[:-1], INFO), (SECRET, ENC, CT + b"\x00", INFO), (SECRET, ENC, b"", INFO),
        (SECRET, PUBLIC, CT, INFO), (SECRET, b"", CT, INFO),
        (SECRET, ENC[:-1], ENC[-1:] + CT, INFO),
        (SECRET, bytes(65), CT, INFO), (SECRET, b"\x04" + bytes(64), CT, INFO),
        (SECRET, secret_mul_base(9).compressed + bytes(32), CT, INFO),
        (SECRET, ENC[:-1] + bytes([ENC[-1] ^ 1]), CT, INFO),
    ],
)  # fmt: skip
def test_an_envelope_with_one_thing_changed_does_not_open(secret, enc, ct, info):
    """A24, A30: one error for every cause, wrong points and lengths included."""
    with pytest.raises(CannotOpen):
        hpke.open_p256(secret, enc, ct, info)


@given(st.integers(0, len(CT) - 1), st.integers(1, 255))
def test_a_changed_byte_of_the_ciphertext_does_not_open(place, difference):
    changed = bytearray(CT)
    changed[place] ^= difference
    with pytest.raises(CannotOpen):
        hpke.open_p256(SECRET, ENC, bytes(changed), INFO)


@settings(max_examples=40)
@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_a_changed_byte_of_a_sealed_share_does_not_open(place, difference):
    changed = bytearray(SEALED)
    changed[place] ^= difference
    with pytest.raises(CannotOpen):
        hpke.open_x25519(SECRET32, bytes(changed), INFO)


@pytest.mark.parametrize("end", [0, 31, 32, 47, -1])
def test_a_cut_or_empty_share_does_not_open(end):
    for sealed in (SEALED[:end], bytes(80)):
        with pytest.raises(CannotOpen):
            hpke.open_x25519(SECRET32, sealed, INFO)


def test_a_share_sealed_to_another_or_in_another_context_does_not_open():
    assert hpke.open_x25519(SECRET32, SEALED, INFO) == PLAINTEXT
    with pytest.raises(CannotOpen):
        hpke.open_x25519(b"t" * 32, SEALED, INFO)
    with pytest.raises(CannotOpen):
        hpke.open_x25519(SECRET32, SEALED, INFO + b".")


def test_two_sealings_of_one_share_differ():
    assert hpke.seal_x25519(PUBLIC32, INFO, PLAINTEXT) != SEALED


@pytest.mark.parametrize("public", [b"", bytes(65), PUBLIC[:-1], PUBLIC + b"\x00", b"\x06" * 65])
def test_nothing_is_sealed_to_what_is_no_point(public):
    with pytest.raises(BadKey):
        hpke.seal_p256(public, INFO, PLAINTEXT, IKM)


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33), bytes(32), b"\x01" + bytes(31)])
def test_nothing_is_sealed_to_a_useless_x25519_key(public):
    with pytest.raises(BadKey):
        hpke.seal_x25519(public, INFO, PLAINTEXT)


def test_secrets_of_wrong_length_or_range_are_refused():
    for secret in (0, Q):
        with pytest.raises(BadKey):
            hpke.Opener(secret)
    for secret in (b"", bytes(31), bytes(33)):
        with pytest.raises(BadKey):
            hpke.open_x25519(secret, SEALED, INFO)
    for derive in (hpke.derive_p256, hpke.derive_x25519):
        with pytest.raises(BadEncoding):
            derive(bytes(31))


def test_the_library_reads_our_encapsulated_key_as_a_point():
    assert (
        public_key(ENC).public_numbers()
        == private_key(hpke.derive_p256(IKM)).public_key().public_numbers()
    )
    assert X25519PublicKey.from_public_bytes(SEALED[:32]).public_bytes_raw() == SEALED[:32]
