"""Pages of long lists, by key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.core.errors import Invalid
from participation.web.paging import cut, read_cursor, write_cursor

keys = st.lists(st.integers() | st.text(), min_size=1, max_size=3).map(tuple)


@given(keys)
def test_a_key_comes_back_from_its_cursor(key):
    assert read_cursor(write_cursor(key), len(key)) == key


@given(st.text(max_size=40))
def test_a_broken_cursor_is_refused_in_words(cursor):
    try:
        key = read_cursor(cursor, 2)
    except Invalid:
        return
    assert key is None or len(key) == 2


def test_a_key_of_the_wrong_length_is_refused():
    with pytest.raises(Invalid):
        read_cursor(write_cursor((1, 2, 3)), 2)


def test_pages_join_without_gap_or_repetition():
    rows, seen, after = list(range(60)), [], None
    while after != "":
        start = read_cursor(after, 1)[0] + 1 if after else 0
        page = cut(rows[start : start + 26], lambda row: (row,), limit=25)
        seen += page.items
        after = page.after
    assert seen == rows
