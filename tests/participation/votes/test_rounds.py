"""The picture of an instant-runoff."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.votes.pages.rounds import (
    BAR,
    GAP,
    WIDTH,
    draw,
    excluded_after,
    letters,
    order_of,
)

ROUNDS = [[9, 8, 5, 2], [10, 9, 5, 0], [13, 10, 0, 0]]
# The totals of a real election with three rounds: several options leave it at once.
BURLINGTON = [
    [2585, 2951, 2063, 1306, 35, 36],
    [2981, 3294, 2554, 0, 0, 0],
    [4313, 4061, 0, 0, 0, 0],
]


def test_each_bar_is_as_long_as_its_votes():
    picture = draw(ROUNDS)
    first = [block for block in picture.blocks if block.y == 0]
    assert sum(block.width for block in first) == pytest.approx(WIDTH)
    assert [block.votes for block in first] == [9, 8, 5, None]
    assert picture.height == 3 * BAR + 2 * GAP


def test_the_excluded_and_the_winner_are_marked():
    kinds = [(block.letter, block.kind) for block in draw(ROUNDS).blocks]
    assert kinds == [
        ("A", ""), ("B", ""), ("C", ""), ("D", "out"),
        ("A", ""), ("B", ""), ("C", "out"),
        ("A", "won"), ("B", ""),
    ]  # fmt: skip


def test_votes_move_from_the_excluded_to_those_who_gain():
    moved = [ribbon for ribbon in draw(ROUNDS).ribbons if ribbon.kind == "moved"]
    stays = [ribbon for ribbon in draw(ROUNDS).ribbons if ribbon.kind == "stays"]
    assert len(moved) == 4
    assert len(stays) == 5


def test_half_of_the_votes_is_marked_in_every_round():
    halves = draw(ROUNDS).strokes
    assert [half.x for half in halves] == [360.0, 360.0, 345.0]


def test_no_half_is_marked_where_ballots_wait_outside_the_totals():
    assert draw([[6, 3, 1], [7, 3, 0]]).strokes == ()


def test_options_stand_from_the_winner_to_the_first_excluded():
    assert order_of(BURLINGTON) == [0, 1, 2, 3, 5, 4]
    assert draw(BURLINGTON).blocks[0].letter == "A"


def test_nothing_is_excluded_where_an_option_had_no_votes():
    assert excluded_after([[3, 2, 0], [3, 2, 0]], 0) == []
    assert draw([[3, 2, 0], [3, 2, 0]]).ribbons


def test_there_are_letters_for_sixty_options():
    names = letters(60)
    assert (names[0], names[25], names[26], names[59]) == ("A", "Z", "AA", "BH")
    assert len(set(names)) == 60


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=12))
def test_no_band_or_bar_leaves_the_picture(votes):
    rounds = [votes]
    while sum(1 for each in rounds[-1] if each) > 2:
        last = list(rounds[-1])
        lowest = min(each for each in last if each)
        place = last.index(lowest)
        last[place] = 0
        last[last.index(max(last))] += lowest // 2
        rounds.append(last)
    picture = draw(rounds)
    assert all(-0.1 <= block.x <= block.x + block.width <= WIDTH + 0.2 for block in picture.blocks)
    assert all(above.y <= below.y for above, below in pairwise(picture.blocks))
