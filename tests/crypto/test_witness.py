"""The request to a witness: read as it is written, and nothing else is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.encoding import sha256
from crypto.errors import BadEncoding
from crypto.note import COSIGNATURE, Signer, cosign
from crypto.witness import AddCheckpoint, read_cosignatures, read_size

NOTE = b"log.example\n5\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 log.example AAAA\n"
LINE = cosign(Signer("saksi.example", sha256(b"witness"), COSIGNATURE), "x\n1\n\n", 7)


@given(
    old=st.integers(0, 2**63 - 1),
    proof=st.lists(st.binary(min_size=32, max_size=32), max_size=63).map(tuple),
)
def test_what_is_written_is_read_back(old, proof):
    asked = AddCheckpoint(old, proof, NOTE)
    assert AddCheckpoint.parse(asked.write()) == asked


@given(st.binary(max_size=200))
def test_whatever_is_read_was_written_so(body):
    """A44"""
    try:
        asked = AddCheckpoint.parse(body)
    except BadEncoding:
        return
    assert asked.write() == body


WRONG = (
    b"", b"old 5", b"old 5\n", b"old 05\n\nx", b"old -1\n\nx", b"OLD 5\n\nx", b"old 5\nAAAA\n\nx",
    b"old 5\n" + b"A" * 44 + b"\n\nx", b"old \xd9\xa5\n\nx", b"old 5\r\n\r\nx",
    b"old 5" + b"\n" + b"\n".join([b"A" * 43 + b"="] * 64) + b"\n\nx",
)  # fmt: skip


@pytest.mark.parametrize("body", WRONG)
def test_other_requests_are_refused(body):
    with pytest.raises(BadEncoding):
        AddCheckpoint.parse(body)


def test_answers_are_sizes_and_lines():
    assert read_size(b"20852163\n") == 20852163
    for wrong in (b"", b"7", b"07\n", b"7\n\n", b"-7\n", b"tujuh\n"):
        with pytest.raises(BadEncoding):
            read_size(wrong)
    assert [each.line for each in read_cosignatures(LINE.encode() * 2)] == [LINE, LINE]
    for wrong in (b"", b"\xff", LINE.encode() * 9, LINE.encode()[:-1], b"salam\n"):
        with pytest.raises(BadEncoding):
            read_cosignatures(wrong)
