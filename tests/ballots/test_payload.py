from dataclasses import dataclass

import pytest

from ballots.errors import BadEntry
from ballots.payload import Payload, many_octets, octets, unsigned, words
from crypto.encoding import M, sha256


@dataclass(frozen=True, slots=True)
class Example(Payload):
    tag = "draft"
    first: int = unsigned(2)
    middle: tuple = many_octets(3)
    last: str = words()


@dataclass(frozen=True, slots=True)
class Plain(Payload):
    tag = "open"
    only: bytes = octets()


def test_a_field_that_repeats_takes_what_the_others_leave():
    written = M("draft", b"\x00\x07", b"abc", b"def", b"kata")
    assert Example.parse(written) == Example(7, (b"abc", b"def"), "kata")
    assert Example(7, (b"abc", b"def"), "kata").write() == written


def test_the_hash_is_that_of_the_bytes():
    example = Example(7, (), "kata")
    assert example.hash == sha256(example.payload)


@pytest.mark.parametrize(
    ("message", "where"),
    [
        (M("draft", b"\x00\x07"), "draft"),
        (M("draft", b"\x07", b"kata"), "draft.first"),
        (M("draft", b"\x00\x07", b"abcd", b"kata"), "draft.middle[0]"),
        (M("draft", b"\x00\x07", b"\xff"), "draft.last"),
        (M("draft", b"\x00\x07", b"\xed\xa0\x80"), "draft.last"),
        (M("open", b"\x00\x07", b"kata"), "draft"),
        (M("draft", b"\x00\x07", b"kata") + b"\x00", "draft"),
        (M("draft", b"\x00\x07", b"kata")[:-1], "draft"),
        (b"", "draft"),
    ],
)
def test_bytes_of_another_shape_are_refused_at_their_field(message, where):
    with pytest.raises(BadEntry) as refusal:
        Example.parse(message)
    assert refusal.value.where == where


@pytest.mark.parametrize("count", [0, 2])
def test_another_number_of_fields_is_refused(count):
    with pytest.raises(BadEntry, match="1 fields"):
        Plain.parse(M("open", *[b""] * count))


@pytest.mark.parametrize(
    "parts",
    [
        (2**16, (), ""),
        (-1, (), ""),
        ("7", (), ""),
        (7, [b"abc"], ""),
        (7, (b"ab",), ""),
        (7, ("abc",), ""),
        (7, (), b"kata"),
        (7, (), "\ud800"),
    ],
)
def test_a_payload_made_in_code_is_checked_too(parts):
    with pytest.raises(BadEntry):
        Example(*parts)
