import math
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import blind_rsa
from crypto.blind_rsa import PrivateNumbers, PublicKey, SecretKey
from crypto.encoding import M, hkdf, u16
from crypto.errors import BadEncoding, BadKey, BadProof, BadSignature
from tests.crypto.published import corpus, ours, unhex, vectors

MESSAGE = M("credential", b"eid", u16(1), u16(1), b"ballot key")
OCTETS = hkdf(b"seed", b"blind", 400)
CERTIFIED = [M("rsa-cert", b"eid0", u16(1), u16(1), b"spki", u16(index)) for index in range(1, 9)]


@pytest.fixture(scope="module")
def exchange(secret_key):
    """One honest run: factor, blinded message, blind signature, signature."""
    r = blind_rsa.blinding_factor(OCTETS, secret_key.public)
    blinded = blind_rsa.blind(secret_key.public, MESSAGE, r)
    blind_signature = blind_rsa.blind_sign(secret_key, blinded)
    signature = blind_rsa.finalize(secret_key.public, MESSAGE, blind_signature, r)
    return r, blinded, blind_signature, signature


def run_vector(primes, message, salt, inverse):
    """The three messages of one run with given numbers, through our functions of integers."""
    key = PrivateNumbers.of_primes(*primes)
    r = pow(inverse, -1, key.n)
    m = blind_rsa.pss_encode(message, key.n.bit_length() - 1, salt)
    blinded = blind_rsa.blind_number(key.n, m, r)
    blind_signature = blind_rsa.private_operation(key, blinded)
    return m, blinded, blind_signature, blind_rsa.unblind_number(key.n, blind_signature, r)


def test_the_published_run_of_our_variant_comes_out():
    for case in vectors("rfc9474-psszero-deterministic"):
        numbers = [int(case[name], 16) for name in ("p", "q", "inverse")]
        message, salt = unhex(case, "message", "salt")
        found = run_vector(numbers[:2], message, salt, numbers[2])
        expected = [int(case[name], 16) for name in ("blinded", "blind_signature", "signature")]
        assert list(found[1:]) == expected


def test_the_published_runs_of_the_randomized_variants_come_out():
    cases = corpus("rfc9474-blind-rsa.json")
    assert len(cases) == 2
    for case in cases:
        numbers = [int(case[name], 16) for name in ("p", "q", "inv")]
        message, salt = unhex(case, "input_msg", "salt")
        m, *found = run_vector(numbers[:2], message, salt, numbers[2])
        names = ("blinded_msg", "blind_sig", "sig")
        assert found == [int(case[name], 16) for name in names]
        assert m == int(case.get("encoded_msg", f"{m:x}"), 16)


def test_our_published_run_comes_out():
    case = ours("blind_signature")
    secret = SecretKey.from_der(bytes.fromhex(case["secret_key"]))
    message, octets, eid, seed = unhex(case, "message", "blinding_octets", "eid", "seed")
    assert hkdf(seed, M("blind", eid, u16(1)), blind_rsa.BLINDING_OCTETS) == octets
    r = blind_rsa.blinding_factor(octets, secret.public)
    blinded = blind_rsa.blind(secret.public, message, r)
    blind_signature = blind_rsa.blind_sign(secret, blinded)
    signature = blind_rsa.finalize(secret.public, message, blind_signature, r)
    assert [secret.public.spki, blinded, blind_signature, signature] == unhex(
        case, "spki", "blinded", "blind_signature", "signature"
    )
    certified, part = unhex(case, "certificate_message", "certificate")
    assert blind_rsa.certify(secret, [certified]) == (part,)


def test_a_finalized_signature_is_plain_pss_without_salt(secret_key, exchange):
    public = serialization.load_der_public_key(secret_key.public.spki)
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), 0)
    public.verify(exchange[3], MESSAGE, pss, hashes.SHA384())
    assert len(exchange[3]) == blind_rsa.OCTETS


def test_a_signature_of_the_library_verifies_here_and_with_salt_does_not(secret_key):
    """A9: a salt would be a place to hide something about the voter."""
    for salt, fits in ((0, True), (48, False)):
        pss = padding.PSS(padding.MGF1(hashes.SHA384()), salt)
        signature = secret_key._key.sign(MESSAGE, pss, hashes.SHA384())
        if fits:
            blind_rsa.verify(secret_key.public, MESSAGE, signature)
        else:
            with pytest.raises(BadSignature):
                blind_rsa.verify(secret_key.public, MESSAGE, signature)


@settings(max_examples=10)
@given(st.binary(max_size=60), st.binary(min_size=1, max_size=40))
def test_whatever_is_blinded_and_signed_verifies(secret_key, message, seed):
    r = blind_rsa.blinding_factor(hkdf(seed, b"blind", 400), secret_key.public)
    blinded = blind_rsa.blind(secret_key.public, message, r)
    blind_signature = blind_rsa.blind_sign(secret_key, blinded)
    blind_rsa.verify_raw(secret_key.public, blind_signature, blinded)
    signature = blind_rsa.finalize(secret_key.public, message, blind_signature, r)
    blind_rsa.verify(secret_key.public, message, signature)


def test_signing_twice_answers_the_same_although_blinded_afresh(secret_key, exchange):
    assert blind_rsa.blind_sign(secret_key, exchange[1]) == exchange[2]


def test_another_factor_gives_an_unrelated_blinded_message(secret_key, exchange):
    r = blind_rsa.blinding_factor(hkdf(b"other", b"blind", 400), secret_key.public)
    assert blind_rsa.blind(secret_key.public, MESSAGE, r) != exchange[1]


def test_what_is_not_a_number_in_range_is_not_signed(secret_key, exchange):
    """A10: the fixed points 0, 1, N - 1 and anything not below N are refused unread."""
    n = secret_key.public.n
    wrong = [number.to_bytes(384, "big") for number in (0, 1, n - 1, n, n + 1)]
    wrong += [b"", exchange[1][:-1], exchange[1] + b"\x00", b"\x00" + exchange[1]]
    for blinded in wrong:
        with pytest.raises(BadEncoding):
            blind_rsa.blind_sign(secret_key, blinded)
        with pytest.raises(BadEncoding):
            blind_rsa.verify_raw(secret_key.public, exchange[2], blinded)
        with pytest.raises(BadEncoding):
            blind_rsa.verify_raw(secret_key.public, blinded, exchange[1])
        with pytest.raises(BadEncoding):
            blind_rsa.finalize(secret_key.public, MESSAGE, blinded, exchange[0])
    for number in (2, n - 2):
        assert len(blind_rsa.blind_sign(secret_key, number.to_bytes(384, "big"))) == 384


@settings(max_examples=20)
@given(st.integers(0, 383), st.integers(1, 255))
def test_a_changed_signature_is_refused(secret_key, exchange, place, difference):
    r, blinded, blind_signature, signature = exchange
    change = bytes(place) + bytes([difference]) + bytes(383 - place)
    with pytest.raises(BadSignature):
        blind_rsa.verify(secret_key.public, MESSAGE, xor(signature, change))
    with pytest.raises((BadSignature, BadEncoding)):
        blind_rsa.verify_raw(secret_key.public, xor(blind_signature, change), blinded)
    with pytest.raises((BadSignature, BadEncoding)):
        blind_rsa.finalize(secret_key.public, MESSAGE, xor(blind_signature, change), r)


def xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def test_a_signature_of_another_length_message_or_key_is_refused(secret_key, exchange):
    signature = exchange[3]
    n = secret_key.public.n
    raised = (int.from_bytes(signature, "big") + n).to_bytes(385, "big")
    for wrong in (b"", signature[1:], signature + b"\x00", b"\x00" + signature, raised):
        with pytest.raises(BadSignature):
            blind_rsa.verify(secret_key.public, MESSAGE, wrong)
    with pytest.raises(BadSignature):
        blind_rsa.verify(secret_key.public, MESSAGE + b".", signature)
    with pytest.raises(BadSignature):
        blind_rsa.verify(SecretKey.generate().public, MESSAGE, signature)


def test_a_wrong_half_of_the_secret_is_never_answered(secret_key, exchange):
    """A10: one faulty CRT half would give away a prime; the re-check stands before the answer."""
    own = secret_key.numbers
    faulty = PrivateNumbers(own.n, own.e, own.p, own.q, own.d_p - 2, own.d_q, own.q_inv)
    with pytest.raises(BadSignature, match="nothing is answered"):
        blind_rsa.private_operation(faulty, int.from_bytes(exchange[1], "big"))


def test_signing_lets_other_threads_run(secret_key, exchange):
    """A10: a neighbour never waits for a quarter of the time that one signature takes."""
    alone = min(timed(secret_key, exchange[1]) for _ in range(3))
    with turns_of_a_neighbour() as turns:
        gaps = (longest_gap(turns, secret_key, exchange[1]) for _ in range(2000))
        assert any(gap < alone / 4 for gap in gaps)  # a busy machine may deny it now and then


def timed(secret_key, blinded):
    start = time.perf_counter()
    blind_rsa.blind_sign(secret_key, blinded)
    return time.perf_counter() - start


@contextmanager
def turns_of_a_neighbour():
    """The moments at which another thread ran; the interpreter never switches by itself."""
    turns, stop = deque([time.perf_counter()], maxlen=100_000), threading.Event()

    def run():
        while not stop.is_set():
            turns.append(time.perf_counter())
            time.sleep(0)

    interval = sys.getswitchinterval()
    thread = threading.Thread(target=run)
    sys.setswitchinterval(1000)
    try:
        thread.start()
        yield turns
    finally:
        sys.setswitchinterval(interval)
        stop.set()
        thread.join()


def longest_gap(turns, secret_key, blinded):
    """The longest time between two turns of the neighbour during one signature."""
    turns.clear()
    start = time.perf_counter()
    blind_rsa.blind_sign(secret_key, blinded)
    moments = [start, *turns, time.perf_counter()]
    return max(later - earlier for earlier, later in pairwise(moments))


def test_a_public_key_is_exactly_its_422_bytes(secret_key):
    spki = secret_key.public.spki
    assert len(spki) == blind_rsa.SPKI_OCTETS
    assert PublicKey.parse(spki) == secret_key.public
    theirs = secret_key._key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    assert spki == theirs


def spki_of(key):
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def test_keys_of_another_form_are_refused(secret_key):
    """A4: exact size, exact exponent, exact encoding."""
    spki = secret_key.public.spki
    even = spki[:416] + bytes([spki[416] ^ 1]) + spki[417:]
    short = spki[:33] + bytes([spki[33] & 0x7F]) + spki[34:]
    other_exponent = spki[:-1] + b"\x03"
    without_null = spki.replace(bytes.fromhex("0500"), bytes.fromhex("0400"), 1)
    small = spki_of(rsa.generate_private_key(65537, 2048))
    curve = spki_of(ec.generate_private_key(ec.SECP256R1()))
    for wrong in (b"", spki[:-1], spki + b"\x00", even, short, other_exponent, without_null):
        with pytest.raises(BadKey):
            PublicKey.parse(wrong)
    for wrong in (small, curve):
        with pytest.raises(BadKey):
            PublicKey.parse(wrong)


def test_a_secret_key_is_read_back_and_others_are_refused(secret_key):
    again = SecretKey.from_der(secret_key.to_der())
    assert (again.public, again.numbers) == (secret_key.public, secret_key.numbers)
    curve = ec.generate_private_key(ec.SECP256R1())
    small = rsa.generate_private_key(65537, 2048)
    for wrong in [b"", b"junk", secret_key.to_der()[:-1], *map(der_of, (curve, small))]:
        with pytest.raises(BadKey):
            SecretKey.from_der(wrong)


def der_of(key):
    return key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def test_a_modulus_with_a_small_factor_is_refused(secret_key):
    """A4: found for the smallest and the largest prime that are looked for."""
    blind_rsa.check_sound(secret_key.public)
    for prime in (3, 65537):
        cofactor = 2 ** (3072 - prime.bit_length()) + 1
        while (prime * cofactor).bit_length() < 3072:
            cofactor += 2 ** (3060 - prime.bit_length())
        with pytest.raises(BadKey, match="small factor"):
            blind_rsa.check_sound(PublicKey.of_modulus(prime * cofactor))


def test_moduli_that_share_a_factor_are_refused(secret_key):
    other = SecretKey.generate()
    blind_rsa.check_coprime([secret_key.public, other.public])
    shared = PublicKey.of_modulus(secret_key.numbers.p * larger_half(other, secret_key.numbers.p))
    for wrong in (
        [secret_key.public, other.public, secret_key.public],
        [other.public, secret_key.public, shared],
    ):
        with pytest.raises(BadKey, match="share"):
            blind_rsa.check_coprime(wrong)


def larger_half(key, p):
    """A factor that makes a modulus of 3072 bits with p."""
    q = max(key.numbers.p, key.numbers.q)
    return q if (p * q).bit_length() == 3072 else 2**1536 - 1


def test_a_certificate_shows_that_the_exponent_is_invertible(secret_key):
    """A4: roots of eight hashes exist only if e is coprime to the group's order."""
    certificate = blind_rsa.certify(secret_key, CERTIFIED)
    blind_rsa.verify_certificate(secret_key.public, CERTIFIED, certificate)
    assert [len(part) for part in certificate] == [384] * 8


def test_a_certificate_with_one_thing_changed_is_refused(secret_key):
    certificate = blind_rsa.certify(secret_key, CERTIFIED)
    n = secret_key.public.n
    raised = (int.from_bytes(certificate[7], "big") + n).to_bytes(385, "big")
    for wrong in (
        certificate[:7],
        (*certificate, certificate[0]),
        (certificate[1], certificate[0], *certificate[2:]),
        (*certificate[:7], b"\x00" + certificate[7]),
        (*certificate[:7], raised),
        (*certificate[:7], certificate[7][:-1] + bytes([certificate[7][-1] ^ 1])),
    ):
        with pytest.raises(BadProof):
            blind_rsa.verify_certificate(secret_key.public, CERTIFIED, wrong)
    with pytest.raises(BadProof):
        blind_rsa.verify_certificate(secret_key.public, CERTIFIED[::-1], certificate)


def test_a_blinding_factor_needs_its_400_bytes_and_must_hide(secret_key):
    public = secret_key.public
    for octets in (b"", OCTETS[1:], OCTETS + b"\x00"):
        with pytest.raises(BadEncoding):
            blind_rsa.blinding_factor(octets, public)
    for number in (0, 1, public.n, public.n + 1, secret_key.numbers.p):
        with pytest.raises(BadEncoding):
            blind_rsa.blinding_factor(number.to_bytes(400, "big"), public)
    assert math.gcd(blind_rsa.blinding_factor(OCTETS, public), public.n) == 1


def test_a_message_that_would_factor_the_key_is_not_blinded(secret_key):
    with pytest.raises(BadEncoding):
        blind_rsa.blind_number(secret_key.public.n, secret_key.numbers.p, 2)


def test_primes_without_an_inverse_exponent_make_no_key():
    with pytest.raises(BadKey):
        PrivateNumbers.of_primes(7, 13, e=3)
