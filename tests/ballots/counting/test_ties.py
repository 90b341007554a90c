"""The lots come from the seed, and the seed from what nobody could know (A53, A61)."""

from hashlib import sha256

from ballots.counting import tie_order, tie_seed
from ballots.counting.ties import excluded, preferred
from tests.ballots.counting.contests import question

EID, ROOT = bytes(32), bytes(range(32))
KEYS = [b"\x01" * 32, b"", b"\x03" * 32]


def message(name, *fields):
    """`M` of section 1, written out once more."""
    tag = b"suara/v1/" + name
    parts = [len(field).to_bytes(4, "big") + field for field in fields]
    return bytes([len(tag)]) + tag + len(fields).to_bytes(2, "big") + b"".join(parts)


def test_the_seed_is_the_hash_of_the_closed_box_and_the_opening_keys():
    assert tie_seed(EID, ROOT, KEYS) == sha256(message(b"seed", EID, ROOT, *KEYS)).digest()


def test_a_shut_style_has_its_empty_place_in_the_seed():
    assert tie_seed(EID, ROOT, [b"\x01" * 32, b""]) != tie_seed(EID, ROOT, [b"\x01" * 32])


def test_the_order_is_that_of_the_hashes_of_seed_question_and_option():
    seed = tie_seed(EID, ROOT, KEYS)
    hashes = [
        sha256(message(b"tie", seed, b"q", option.to_bytes(2, "big"))).digest()
        for option in range(255)
    ]
    order = tie_order(seed, question("plurality", 255))
    assert [hashes[option] for option in order] == sorted(hashes)


def test_another_seed_gives_another_order():
    asked = question("plurality", 20)
    orders = {tie_order(tie_seed(EID, bytes([n] * 32), KEYS), asked) for n in range(50)}
    assert len(orders) == 50


def test_the_earlier_is_preferred_and_the_later_excluded():
    assert preferred({0, 1, 2}, (2, 0, 1)) == 2
    assert excluded({0, 2}, (2, 0, 1)) == 0
