import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import encoding
from crypto.encoding import TAGS, H, M, hkdf, hkdf_expand, hkdf_extract, parse, split, tag_of
from crypto.errors import BadEncoding
from tests.crypto.published import ours, unhex, vectors

tags = st.sampled_from(sorted(TAGS))
fields = st.lists(st.binary(max_size=80), max_size=8)


def test_a_message_is_laid_out_as_the_protocol_says():
    expected = b"\x0csuara/v1/ack" + b"\x00\x02" + b"\x00\x00\x00\x03abc" + b"\x00\x00\x00\x00"
    assert M("ack", b"abc", b"") == expected
    assert H("ack", b"abc", b"") == encoding.sha256(expected)


@given(tags, fields)
def test_what_is_written_is_read_back(tag, values):
    message = M(tag, *values)
    assert split(message) == (tag, tuple(values))
    assert parse(tag, message, count=len(values)) == tuple(values)
    assert tag_of(message) == tag


@given(tags, fields, tags, fields)
def test_two_messages_are_equal_only_if_tag_and_fields_are(tag, values, other_tag, other_values):
    """A26: one message, one reading, so that no two parsers can disagree."""
    same = (tag, values) == (other_tag, other_values)
    assert (M(tag, *values) == M(other_tag, *other_values)) == same


@given(st.binary(max_size=60))
def test_bytes_between_two_fields_cannot_wander(octets):
    seen = {M("cast", octets[:cut], octets[cut:]) for cut in range(len(octets) + 1)}
    assert len(seen) == len(octets) + 1


@given(tags, fields, st.data())
def test_changed_bytes_are_refused_or_written_back_the_same(tag, values, data):
    message = bytearray(M(tag, *values))
    place = data.draw(st.integers(0, len(message) - 1))
    message[place] ^= data.draw(st.integers(1, 255))
    try:
        found, read = split(bytes(message))
    except BadEncoding:
        return
    assert M(found, *read) == bytes(message)
    assert (found, list(read)) != (tag, values)


@given(tags, fields, st.binary(min_size=1, max_size=4))
def test_a_cut_or_lengthened_message_is_refused(tag, values, tail):
    message = M(tag, *values)
    with pytest.raises(BadEncoding):
        split(message + tail)
    for end in range(len(message)):
        with pytest.raises(BadEncoding):
            split(message[:end])


def test_a_message_of_another_tag_or_count_is_refused():
    with pytest.raises(BadEncoding, match="expected a open message, found ack"):
        parse("open", M("ack", b"eid"))
    with pytest.raises(BadEncoding, match="2 fields"):
        parse("ack", M("ack", b"eid"), count=2)


@pytest.mark.parametrize("name", ["", "ballots", "suara/v1/ballot", "Ballot"])
def test_an_unknown_tag_can_be_neither_written_nor_read(name):
    wire = b"suara/v1/" + name.encode()
    with pytest.raises(BadEncoding):
        M(name)
    with pytest.raises(BadEncoding):
        tag_of(bytes([len(wire)]) + wire + b"\x00\x00")


def test_tags_are_short_names_so_that_no_message_looks_like_a_note():
    assert len(TAGS) > 40
    for name in TAGS:
        assert 1 <= len(name) <= 22
        assert M(name)[0] < 0x20
        assert name == name.lower()


def test_our_published_messages_come_out():
    cases = ours("messages")
    assert cases
    for case in cases:
        values = [bytes.fromhex(each) for each in case["fields"]]
        assert M(case["tag"], *values).hex() == case["message"]
        assert H(case["tag"], *values).hex() == case["hash"]


def test_hkdf_gives_the_published_octets():
    for case in vectors("rfc5869-hkdf"):
        ikm, salt, info, prk, okm = unhex(case, "ikm", "salt", "info", "prk", "okm")
        assert hkdf_extract(salt, ikm) == prk
        assert hkdf_expand(prk, info, len(okm)) == okm
        if not salt:
            assert hkdf(ikm, info, len(okm)) == okm


def test_hkdf_has_bounds():
    assert len(hkdf(b"seed", b"info")) == 32
    assert len(hkdf(b"seed", b"info", 255 * 32)) == 255 * 32
    for length in (0, -1, 255 * 32 + 1):
        with pytest.raises(BadEncoding):
            hkdf(b"seed", b"info", length)


@pytest.mark.parametrize(("write", "octets"), [
    (encoding.u8, 1), (encoding.u16, 2), (encoding.u32, 4), (encoding.u64, 8),
])  # fmt: skip
def test_integers_are_big_endian_and_bounded(write, octets):
    assert write(1) == bytes(octets - 1) + b"\x01"
    top = (1 << 8 * octets) - 1
    assert encoding.number(write(top)) == top
    for value in (-1, top + 1):
        with pytest.raises(BadEncoding):
            write(value)


@given(st.binary(max_size=40))
def test_base64url_is_read_back(octets):
    text = encoding.b64url(octets)
    assert "=" not in text
    assert encoding.from_b64url(text) == octets


@given(st.text(max_size=12))
def test_only_the_exact_base64url_text_is_read(text):
    try:
        octets = encoding.from_b64url(text)
    except BadEncoding:
        return
    assert encoding.b64url(octets) == text


@pytest.mark.parametrize("text", ["A", "AA==", "AB", "A+A_", "AA\n", "AAAAA", "\u00c4A"])
def test_padded_or_loose_base64url_is_refused(text):
    with pytest.raises(BadEncoding):
        encoding.from_b64url(text)


def test_crockford_letters_take_five_bits_each_from_the_front():
    assert encoding.crockford(b"\x00\x44\x32\x14\xc7", 40) == "01234567"
    assert encoding.crockford(bytes([0xFF] * 13), 100) == "Z" * 20
    case = ours("tracking_code")
    assert encoding.crockford(bytes.fromhex(case["hash"]), 100) == case["code"]


@pytest.mark.parametrize("bits", [0, 7, 45, -5])
def test_crockford_refuses_bits_it_cannot_give(bits):
    with pytest.raises(BadEncoding):
        encoding.crockford(b"\x00" * 5, bits)
