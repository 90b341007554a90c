import pytest

from ballots.styles import is_small, roll_size_of, small_styles
from tests.strategies.elections import draft_of, manifest_of

DRAFT = draft_of()


def test_a_quorum_counts_the_rows_of_every_style_with_the_question():
    manifest = manifest_of(DRAFT)
    assert roll_size_of(manifest, "taman") == 60
    assert roll_size_of(manifest, "dewan") == 30


@pytest.mark.parametrize(("voted", "small"), [(0, False), (1, True), (2, True), (3, False)])
def test_few_voters_are_a_small_style_and_none_are_not(voted, small):
    """A60"""
    assert is_small(voted, DRAFT.min_group) is small


def test_small_styles_are_found_by_id():
    assert small_styles(DRAFT, {7: 2, 2: 3}) == {7}
    assert small_styles(DRAFT, {}) == frozenset()
