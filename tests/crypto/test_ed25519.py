import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from crypto import ed25519
from crypto.ed25519 import SMALL_ORDER, L, PublicKey, SecretKey, check_public, check_signature
from crypto.errors import BadEncoding, BadKey, BadSignature, CryptoError
from tests.crypto.published import corpus, unhex, vectors

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
KEY = SecretKey(b"a seed of exactly thirty-two oct")
MESSAGE = b"a ballot"
SIGNATURE = KEY.sign(MESSAGE)


def test_keys_and_signatures_come_out_as_published():
    for case in vectors("rfc8032-ed25519"):
        secret, public, message, signature = unhex(case, "secret", "public", "message", "signature")
        key = SecretKey(secret)
        assert key.public32 == public
        assert key.sign(message) == signature
        ed25519.verify(public, message, signature)


def test_the_wycheproof_verdicts_hold_without_exception():
    """A29: what the corpus calls valid is valid here too; the strict rule costs nothing honest."""
    seen = {"valid": 0, "invalid": 0}
    for group in corpus("wycheproof-ed25519.json")["testGroups"]:
        public = bytes.fromhex(group["key"]["pk"])
        for case in group["tests"]:
            message, signature = unhex(case, "msg", "sig")
            seen[case["result"]] += 1
            if case["result"] == "valid":
                ed25519.verify(public, message, signature)
            else:
                with pytest.raises(CryptoError):
                    ed25519.verify(public, message, signature)
    assert seen["valid"] > 20
    assert seen["invalid"] > 20


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40))
def test_what_is_signed_verifies_here_and_elsewhere(seed, message):
    key = SecretKey(seed)
    signature = key.sign(message)
    PublicKey.parse(key.public32).verify(message, signature)
    assert Ed25519PrivateKey.from_private_bytes(seed).sign(message) == signature


@given(st.integers(0, 63), st.integers(1, 255))
def test_a_changed_byte_of_the_signature_is_refused(place, difference):
    changed = bytearray(SIGNATURE)
    changed[place] ^= difference
    with pytest.raises((BadEncoding, BadSignature)):
        ed25519.verify(KEY.public32, MESSAGE, bytes(changed))


def test_another_message_or_key_is_refused():
    with pytest.raises(BadSignature):
        ed25519.verify(KEY.public32, MESSAGE + b".", SIGNATURE)
    with pytest.raises(BadSignature):
        ed25519.verify(SecretKey(bytes(32)).public32, MESSAGE, SIGNATURE)


def test_the_table_of_small_points_is_complete():
    """Found again by arithmetic: the doublings of every point of small order reach the identity."""
    found = {(0, 1), (0, P - 1)}
    root = pow(2, (P - 1) // 4, P)  # a square root of -1
    found |= {(root, 0), (P - root, 0)}
    # Points of order 8 double to y = 0, so x² = -y², and the curve gives d·y⁴ + 2·y² - 1 = 0.
    for y in range_of_order_eight():
        found |= {(y * root % P, y), (-y * root % P, y)}
    assert len(found) == 8
    assert all((-x * x + y * y - 1 - D * x * x * y * y) % P == 0 for x, y in found)
    encodings = {(y | (x & 1) << 255).to_bytes(32, "little") for x, y in found}
    minus_zero = {(y | 1 << 255).to_bytes(32, "little") for y in (1, P - 1)}
    assert encodings | minus_zero == SMALL_ORDER


def range_of_order_eight():
    root = square_root(1 + D)
    squares = [(-1 + sign * root) * pow(D, -1, P) % P for sign in (1, -1)]
    ys = [square_root(each) for each in squares if pow(each, (P - 1) // 2, P) == 1]
    return [y for each in ys for y in (each, P - each)]


def square_root(value):
    root = pow(value, (P + 3) // 8, P)
    return root if root * root % P == value % P else root * pow(2, (P - 1) // 4, P) % P


@pytest.mark.parametrize("public", sorted(SMALL_ORDER))
def test_keys_of_small_order_are_refused_though_a_lenient_verifier_takes_them(public):
    """A29: with such a key one signature would fit many messages."""
    with pytest.raises(BadKey, match="small order"):
        check_public(public)
    with pytest.raises(BadEncoding, match="small order"):
        check_signature(public + bytes(32))


@pytest.mark.parametrize("y", range(P, 2**255))
@pytest.mark.parametrize("sign", [0, 1])
def test_every_encoding_at_or_above_p_is_refused(y, sign):
    encoded = (y | sign << 255).to_bytes(32, "little")
    with pytest.raises(BadKey, match="canonical"):
        check_public(encoded)
    with pytest.raises(BadEncoding, match="canonical"):
        check_signature(encoded + bytes(32))


@given(st.binary(min_size=32, max_size=32))
def test_the_byte_comparison_is_the_arithmetic_one(encoded):
    y = int.from_bytes(encoded, "little") & (1 << 255) - 1
    assert ed25519._is_canonical(encoded) == (y < P)


def test_the_largest_canonical_encoding_passes():
    check_public((P - 2).to_bytes(32, "little"))


def test_a_second_form_of_s_is_refused():
    """A29: S + L satisfies the equation, and would be another signature of the same ballot."""
    s = int.from_bytes(SIGNATURE[32:], "little")
    for other in (s + L, L, 2**256 - 1):
        with pytest.raises(BadEncoding, match="order"):
            check_signature(SIGNATURE[:32] + other.to_bytes(32, "little"))
    check_signature(SIGNATURE[:32] + (L - 1).to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_keys_of_another_length_are_refused(length):
    with pytest.raises(BadKey):
        check_public(bytes(length))
    with pytest.raises(BadKey):
        SecretKey(bytes(length))


@pytest.mark.parametrize("length", [0, 63, 65])
def test_signatures_of_another_length_are_refused(length):
    with pytest.raises(BadEncoding):
        check_signature(bytes(length))


def test_a_key_that_is_no_point_verifies_nothing():
    y = next(y for y in range(2, 50) if not is_on_curve(y))
    with pytest.raises(BadSignature):
        ed25519.verify(y.to_bytes(32, "little"), MESSAGE, SIGNATURE)


def is_on_curve(y):
    x_squared = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    return pow(x_squared, (P - 1) // 2, P) == 1


def test_keys_are_equal_by_their_bytes_and_do_not_show_secrets():
    assert PublicKey.parse(KEY.public32) == PublicKey.parse(KEY.public32)
    assert "seed of exactly" not in repr(KEY)
