"""People's Markdown: what may come through, and what may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.core.text import harmless, render, tidy
from tests.participation.html import read


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://spy.example/pixel.png)",
        "<a href='data:text/html,x' onclick='y'>z</a>",
        "<iframe src='//x'></iframe>",
        "<style>p{}</style>",
    ],
)
def test_nothing_that_runs_or_calls_home_comes_through(source):
    page = read(str(render(source)))
    assert {each.tag for each in page.all()} <= {"p", "a", "em"}
    for link in page.all("a"):
        assert link.attributes.get("href", "https:").startswith(("https:", "http:", "mailto:"))


def test_links_are_marked_as_visitors_links():
    link = read(str(render("[x](https://example.id)"))).one("a")
    assert link.attributes["rel"] == "noopener noreferrer nofollow ugc"


def test_emphasis_lists_and_line_breaks_come_through():
    page = read(str(render("**berat**\nsekali\n\n- satu\n- dua")))
    assert page.one("strong").words == "berat"
    assert [item.words for item in page.all("li")] == ["satu", "dua"]
    assert page.all("br")


def test_headings_become_plain_words_so_that_pages_keep_their_outline():
    assert not read(str(render("# Besar"))).all("h1")


@given(st.text(max_size=300))
def test_tidying_twice_changes_nothing_more(source):
    assert tidy(tidy(source)) == tidy(source)


def test_tidying_keeps_paragraphs_and_drops_control_characters():
    assert tidy("  satu \r\n\r\n\r\n\r\ndua\x00\x07 ") == "satu\n\ndua"


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@sum", "\t=1", "\r=1", "\n=1", "  =1"])
def test_no_cell_begins_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Setuju = baik", "2026-11-21T02:00:00Z", "'=1"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell
