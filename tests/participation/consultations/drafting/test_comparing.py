"""Comparison word by word."""

import random
import time

import pytest

from participation.consultations.drafting.comparing import Mark, Piece, compare


def told(old: str, new: str) -> str:
    signs = {Mark.SAME: "{}", Mark.ADDED: "+{}+", Mark.GONE: "-{}-"}
    return " ".join(signs[piece.mark].format(piece.words) for piece in compare(old, new))


def test_only_the_words_that_changed_are_marked():
    assert told("dibuka sampai malam oleh penjaga", "dibuka sampai sore oleh penjaga") == (
        "dibuka sampai -malam- +sore+ oleh penjaga"
    )
    assert told("dibuka", "dibuka setiap hari") == "dibuka +setiap hari+"
    assert told("", "baru") == "+baru+"
    assert compare("sama", "sama") == (Piece(Mark.SAME, "sama"),)


@pytest.mark.parametrize("seed", range(30))
def test_both_texts_can_be_read_out_of_the_pieces(seed):
    drawn = random.Random(seed)  # noqa: S311 - texts, no secrets
    old, new = (" ".join(drawn.choices(["a", "b", "c", "d", "e"], k=drawn.randint(0, 30)))
                for _ in range(2))  # fmt: skip
    pieces = compare(old, new)
    before = " ".join(piece.words for piece in pieces if piece.mark != Mark.ADDED)
    after = " ".join(piece.words for piece in pieces if piece.mark != Mark.GONE)
    assert (before, after) == (old, new)


def test_paragraphs_stay_apart():
    pieces = compare("satu\ndua", "satu\ndua tiga")
    assert pieces[0].words == "satu\ndua"


def test_a_clause_of_extreme_length_costs_no_time():
    old = " ".join(str(number) for number in range(20_000))
    new = " ".join(str(number) for number in range(20_000, 0, -1))
    began = time.perf_counter()
    compare(old, new)
    assert time.perf_counter() - began < 2
