import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.canonical import MAX_INTEGER, read, serialise, write
from crypto.errors import BadEncoding
from tests.crypto.published import vectors
from tests.places import shared

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
keys = st.text(st.characters(max_codepoint=0x7F), max_size=8)
leaves = st.booleans() | st.integers(0, MAX_INTEGER) | texts
documents = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4)
)


def test_numbers_are_written_as_published():
    for case in vectors("rfc8785-numbers"):
        (value,) = struct.unpack(">d", bytes.fromhex(case["bits"]))
        assert serialise(value).decode() == case["text"]


def test_objects_are_written_as_published():
    for case in vectors("rfc8785-objects"):
        assert serialise(json.loads(case["input"])).decode() == case["canonical"]


def test_the_shared_corpus_is_written_as_published():
    inputs = sorted(shared("crypto-vectors/jcs-rfc8785").glob("*.input.json"))
    assert len(inputs) == 3
    for path in inputs:
        expected = path.with_name(path.name.replace("input", "output")).read_bytes()
        octets = path.with_name(path.name.replace("input.json", "outhex.txt")).read_text()
        written = serialise(json.loads(path.read_bytes()))
        assert written == expected.rstrip(b"\n") == bytes.fromhex(octets)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_float_reads_back_as_itself(value):
    assert float(serialise(value)) == value


@given(documents)
def test_a_document_reads_back_as_itself(document):
    assert read(write(document)) == document


@given(documents, st.data())
def test_changed_bytes_are_refused_or_written_back_the_same(document, data):
    octets = bytearray(write(document))
    octets[data.draw(st.integers(0, len(octets) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        value = read(bytes(octets))
    except BadEncoding:
        return
    assert write(value) == bytes(octets)


@given(st.binary(max_size=30))
def test_arbitrary_bytes_are_refused_or_written_back_the_same(octets):
    try:
        value = read(octets)
    except BadEncoding:
        return
    assert write(value) == octets


@pytest.mark.parametrize(
    "octets",
    [
        b"", b" {}", b"{}\n", b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a":1,"a":2}',
        b"1.0", b"1e3", b"-0", b"-1", b"01", b"9007199254740992", b"null", b'{"a":null}', b"NaN",
        b"Infinity", b'"\\u0041"', b'"\\/"', b'"\\ud800"', b'"\xff"', b'"\x01"', b"\xef\xbb\xbf{}",
        b'{"\xc3\xa4":1}', b'{"a":1}{"a":1}', b"[1,]", b"'a'", b"[" * 5000, b"9" * 5000,
        b"[" * 100 + b"]" * 100, b'"\xed\xa0\x80"',
    ],
)  # fmt: skip
def test_anything_but_the_exact_form_is_refused(octets):
    with pytest.raises(BadEncoding):
        read(octets)


@pytest.mark.parametrize(
    "value",
    [
        None,
        1.0,
        -1,
        MAX_INTEGER + 1,
        {"\u00e4": 1},
        {1: 2},
        {"a": [None]},
        b"octets",
        "\ud800",
        {1},
    ],
)
def test_a_value_that_could_not_be_read_back_is_not_written(value):
    with pytest.raises(BadEncoding):
        write(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, -(2**53), {1: 2}, object()])
def test_what_json_does_not_have_is_not_serialised(value):
    with pytest.raises(BadEncoding):
        serialise(value)
