import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import p256
from crypto.errors import BadEncoding, BadKey, BadSignature
from crypto.p256 import IDENTITY, G, Point, Q, secret_mul_base
from tests.crypto.published import unhex, vectors

scalars = st.integers(1, Q - 1)
SECRET = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
POINT = secret_mul_base(SECRET)
MESSAGE = b"proof of possession"
SIGNATURE = p256.ecdsa_sign_raw(SECRET, MESSAGE)


def test_key_and_signature_come_out_as_published():
    for case in vectors("rfc6979-p256"):
        secret, x, y, r, s = (
            int.from_bytes(each, "big") for each in unhex(case, "secret", "x", "y", "r", "s")
        )
        assert secret_mul_base(secret) == Point(x, y)
        signature = p256.ecdsa_sign_raw(secret, case["message"].encode())
        assert signature == r.to_bytes(32, "big") + s.to_bytes(32, "big")
        p256.ecdsa_verify_raw(Point(x, y), case["message"].encode(), signature)


@settings(max_examples=20)
@given(scalars)
def test_our_multiplication_is_the_librarys(k):
    numbers = ec.derive_private_key(k, ec.SECP256R1()).public_key().public_numbers()
    assert G.public_mul(k) == secret_mul_base(k) == Point(numbers.x, numbers.y)


@settings(max_examples=20)
@given(scalars, scalars)
def test_addition_of_points_is_addition_of_scalars(a, b):
    left, right = secret_mul_base(a), secret_mul_base(b)
    assert left + right == right + left == G.public_mul(a + b)


def test_the_identity_is_neutral_and_reached_where_it_should_be():
    assert POINT + IDENTITY == IDENTITY + POINT == POINT
    assert POINT + POINT.public_mul(-1) == IDENTITY
    assert POINT.public_mul(2) == POINT + POINT
    assert POINT.public_mul(Q) == POINT.public_mul(0) == IDENTITY.public_mul(5) == IDENTITY
    assert POINT.public_mul(Q + 1) == POINT


@settings(max_examples=30)
@given(scalars)
def test_every_encoding_is_read_back(k):
    point = secret_mul_base(k)
    assert Point.parse(point.compressed) == point
    assert Point.parse_uncompressed(point.uncompressed) == point
    assert Point.parse_cose(point.cose) == point
    lengths = [len(each) for each in (point.compressed, point.uncompressed, point.cose)]
    assert lengths == [33, 65, 77]


def test_bytes_that_are_no_point_are_refused():
    """A54, A30: length, form, range and curve."""
    compressed, uncompressed = POINT.compressed, POINT.uncompressed
    p = 2**256 - 2**224 + 2**192 + 2**96 - 1
    for wrong in (
        b"", b"\x00", compressed[1:], compressed + b"\x00", b"\x04" + compressed[1:],
        b"\x05" + compressed[1:], b"\x00" * 33, b"\x02" + p.to_bytes(32, "big"), uncompressed,
        next(enc for x in range(1, 99) if not has_point(enc := b"\x02" + x.to_bytes(32, "big"))),
    ):  # fmt: skip
        with pytest.raises(BadKey):
            Point.parse(wrong)
    for wrong in (
        b"", uncompressed[:-1], uncompressed + b"\x00", b"\x06" + uncompressed[1:], b"\x04" * 65,
        b"\x04" + bytes(64), uncompressed[:-1] + bytes([uncompressed[-1] ^ 1]), compressed,
    ):  # fmt: skip
        with pytest.raises(BadKey):
            Point.parse_uncompressed(wrong)


def has_point(compressed):
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), compressed)
    except ValueError:
        return False
    return True


def test_coordinates_off_the_curve_make_no_point():
    for x, y in [(1, 1), (POINT.x, POINT.y + 1), (POINT.x + 2**256, POINT.y), (-1, 5), (0, 1)]:
        with pytest.raises(BadKey):
            Point(x, y)


def test_the_identity_has_no_bytes():
    for name in ("compressed", "uncompressed", "cose"):
        with pytest.raises(BadKey):
            getattr(IDENTITY, name)
    with pytest.raises(BadKey):
        p256.verify_es256(IDENTITY, MESSAGE, b"")


@given(st.integers(0, 44), st.integers(1, 255))
def test_a_cose_key_has_one_form(place, difference):
    """A15: the 77 bytes of a passkey's ES256 key, nothing else around the coordinates."""
    if 10 <= place < 42:
        place -= 10
        place = min(place, 9)
    changed = bytearray(POINT.cose)
    changed[place] ^= difference
    with pytest.raises(BadKey):
        Point.parse_cose(bytes(changed))
    for wrong in (b"", POINT.cose[:-1], POINT.cose + b"\x00"):
        with pytest.raises(BadKey):
            Point.parse_cose(wrong)


@pytest.mark.parametrize("k", [0, Q, Q + 1, -1])
def test_scalars_outside_the_group_are_refused(k):
    with pytest.raises(BadKey):
        secret_mul_base(k)
    with pytest.raises(BadEncoding):
        p256.parse_scalar((k % 2**256).to_bytes(32, "big") if k >= 0 else b"\xff" * 32)


def test_a_scalar_is_read_from_its_32_bytes_only():
    assert p256.parse_scalar(SECRET.to_bytes(32, "big")) == SECRET
    for wrong in (b"", SECRET.to_bytes(33, "big"), b"\x01"):
        with pytest.raises(BadEncoding):
            p256.parse_scalar(wrong)


def test_a_raw_signature_is_the_librarys_and_repeats():
    key = ec.derive_private_key(SECRET, ec.SECP256R1())
    assert p256.ecdsa_sign_raw(SECRET, MESSAGE) == SIGNATURE
    der = key.sign(MESSAGE, ec.ECDSA(hashes.SHA256()))
    p256.verify_es256(POINT, MESSAGE, der)


@given(st.integers(0, 63), st.integers(1, 255))
def test_a_changed_signature_is_refused(place, difference):
    changed = bytearray(SIGNATURE)
    changed[place] ^= difference
    with pytest.raises((BadSignature, BadEncoding)):
        p256.ecdsa_verify_raw(POINT, MESSAGE, bytes(changed))


def test_another_message_key_or_length_is_refused():
    with pytest.raises(BadSignature):
        p256.ecdsa_verify_raw(POINT, MESSAGE + b".", SIGNATURE)
    with pytest.raises(BadSignature):
        p256.ecdsa_verify_raw(G, MESSAGE, SIGNATURE)
    for wrong in (b"", SIGNATURE[:-1], SIGNATURE + b"\x00"):
        with pytest.raises(BadEncoding):
            p256.ecdsa_verify_raw(POINT, MESSAGE, wrong)


def test_r_and_s_are_held_to_their_range():
    """A54: zero, the order and above are refused before the equation is looked at."""
    good = SIGNATURE[:32]
    for number in (0, Q, Q + 1, 2**256 - 1):
        bad = number.to_bytes(32, "big")
        for signature in (bad + good, good + bad):
            with pytest.raises(BadEncoding):
                p256.ecdsa_verify_raw(POINT, MESSAGE, signature)


@pytest.mark.parametrize("der", [b"", b"\x30\x00", b"junk", bytes(72)])
def test_what_is_not_der_is_refused(der):
    with pytest.raises(BadSignature):
        p256.verify_es256(POINT, MESSAGE, der)


def test_a_loose_der_form_is_refused():
    """A15: the same numbers in longer bytes are not another signature."""
    der = ec.derive_private_key(SECRET, ec.SECP256R1()).sign(MESSAGE, ec.ECDSA(hashes.SHA256()))
    long_form = b"\x30\x81" + der[1:]
    for loose in (long_form, der + b"\x00"):
        with pytest.raises(BadSignature):
            p256.verify_es256(POINT, MESSAGE, loose)
