import pytest
from hypothesis import given

from ballots.errors import BadDocument, Refused
from ballots.roll import (
    Roll,
    Row,
    passkey_commitment,
    read_rows,
    voter_commitment,
    write_rows,
)
from crypto import merkle
from crypto.encoding import H, M, u16
from tests.strategies.ballots import rolls, rows

SALT = bytes(range(32))


@given(rows())
def test_parsing_a_leaf_gives_the_row_that_wrote_it(row):
    assert Row.parse(row.leaf) == row


@given(rolls)
def test_reading_the_file_gives_the_rows_that_wrote_it(roll):
    octets = write_rows(roll.rows)
    assert read_rows(octets) == roll
    assert write_rows(read_rows(octets).rows) == octets


def test_commitments_are_as_the_protocol_writes_them():
    c = voter_commitment("warga-1", SALT)
    assert c == H("voter", b"warga-1", SALT)
    assert passkey_commitment(c, b"cose") == H("passkey", c, b"cose")


def test_a_row_of_one_voter_in_two_elections_has_nothing_in_common():
    """A17: the rolls of two elections cannot be joined."""
    one = Row.of("warga-1", SALT, 7, [b"cose"])
    other = Row.of("warga-1", bytes(32), 7, [b"cose"])
    assert one.commitment != other.commitment
    assert one.passkeys != other.passkeys


def test_a_short_salt_is_refused():
    with pytest.raises(BadDocument, match="salt"):
        voter_commitment("warga-1", b"salt")


def test_the_leaf_is_the_message_of_commitment_style_and_passkeys():
    row = Row.of("warga-1", SALT, 7, [b"b", b"a", b"b"])
    assert row.leaf == M("roll", row.commitment, u16(7), *sorted(row.passkeys))
    assert len(row.passkeys) == 2
    assert row.has_passkey(b"a")
    assert not row.has_passkey(b"c")


@pytest.mark.parametrize(
    ("commitment", "style", "passkeys"),
    [
        (bytes(31), 7, ()),
        (bytes(32), 0, ()),
        (bytes(32), 2**16, ()),
        (bytes(32), 7, (bytes(31),)),
        (bytes(32), 7, (bytes(32), bytes(32))),
        (bytes(32), 7, (b"\x01" * 32, bytes(32))),
        (bytes(32), 7, tuple(bytes([i]) * 32 for i in range(5))),
    ],
)
def test_a_row_of_wrong_shape_is_refused(commitment, style, passkeys):
    with pytest.raises(BadDocument, match=r"^row\."):
        Row(commitment, style, passkeys)


@pytest.mark.parametrize(
    "leaf",
    [
        b"",
        M("roll"),
        M("roll", bytes(32)),
        M("roll", bytes(32), b"\x07"),
        M("voter", bytes(32), u16(7)),
        M("roll", bytes(32), u16(7)) + b"\x00",
    ],
)
def test_bytes_that_are_no_row_are_refused(leaf):
    with pytest.raises(BadDocument, match="row"):
        Row.parse(leaf)


ROLL = Roll.of(Row.of(f"warga-{i}", SALT, 7 if i % 3 else 2) for i in range(11))


def test_rows_stand_in_ascending_order_of_their_leaves():
    leaves = [row.leaf for row in ROLL.rows]
    assert leaves == sorted(leaves)
    with pytest.raises(BadDocument, match=r"roll\[1\]"):
        Roll(tuple(reversed(ROLL.rows)))


def test_a_voter_has_one_row():
    """A22: also not a second one in another style."""
    again = Row(ROLL.rows[0].commitment, 9)
    with pytest.raises(BadDocument, match="one row per voter"):
        Roll.of([*ROLL.rows, again])


def test_every_row_can_be_proven_under_the_root():
    for index, row in enumerate(ROLL.rows):
        proof = ROLL.proof(index)
        leaf = merkle.leaf_hash(row.leaf)
        merkle.verify_inclusion(index, len(ROLL.rows), leaf, proof, ROLL.root)
        assert ROLL.index_of(row.commitment) == index


def test_an_empty_roll_has_the_root_of_an_empty_tree():
    assert Roll(()).root == merkle.EMPTY_ROOT
    assert read_rows(b"") == Roll(())


def test_rows_are_counted_by_style():
    assert ROLL.sizes == {7: 7, 2: 4}


def test_somebody_who_is_not_on_the_roll_is_refused():
    with pytest.raises(Refused, match="not on the roll"):
        ROLL.index_of(bytes(32))


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_a_file_that_ends_inside_a_row_is_refused(cut):
    with pytest.raises(BadDocument, match=r"roll\[10\]"):
        read_rows(write_rows(ROLL.rows)[:-cut])


def test_a_bad_row_in_a_file_is_named_by_its_index():
    octets = bytearray(write_rows(ROLL.rows))
    octets[2] ^= 1
    with pytest.raises(BadDocument, match=r"roll\[0\]"):
        read_rows(bytes(octets))
