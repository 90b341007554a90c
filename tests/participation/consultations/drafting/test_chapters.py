import pytest

from participation.consultations.drafting.chapters import LONGEST_PAGE, chapters
from participation.consultations.drafting.clause import CONTAINERS, Kind
from participation.consultations.drafting.parser import parse_draft
from tests.places import shared

LAWS = ("uu-2014-6", "pp-2019-12", "uu-2022-13", "uu-2008-14")


def law(name: str) -> str:
    return (shared("law-id") / f"{name}.md").read_text()


@pytest.mark.parametrize("name", LAWS)
def test_every_clause_stands_on_exactly_one_page_in_its_order(name):
    draft = parse_draft(law(name))
    shown = [leaf.clause.id for page in chapters(draft) for leaf in page.leaves]
    assert shown == [clause.id for clause in draft.walk()]


@pytest.mark.parametrize("name", LAWS)
def test_no_page_is_long_unless_one_article_is(name):
    for page in chapters(parse_draft(law(name))):
        length = sum(len(leaf.clause.text) for leaf in page.leaves)
        assert length <= LONGEST_PAGE or len(page.articles) == 1


@pytest.mark.parametrize("name", ["uu-2014-6", "uu-2022-13", "uu-2008-14"])
def test_no_page_ends_with_a_heading(name):
    for page in chapters(parse_draft(law(name)))[1:]:
        assert page.leaves[-1].clause.kind not in CONTAINERS


def test_pages_are_numbered_from_the_preamble_on():
    pages = chapters(parse_draft(law("pp-2019-12")))
    assert [page.number for page in pages] == list(range(len(pages)))
    assert pages[0].leaves[0].clause.kind is Kind.CONSIDERING
    pieces = [page.piece for page in pages if page.citation == "BAB III"]
    assert pieces == list(range(1, len(pieces) + 1))
    assert len(pieces) > 1


def test_a_draft_without_chapters_has_its_articles_on_pages_without_titles():
    pages = chapters(parse_draft("Pasal 1\nSatu.\nPasal 2\nDua.\n"))
    assert [(page.number, page.citation, page.articles) for page in pages] == [(1, "", ("1", "2"))]


def test_lists_are_indented_by_their_depth():
    text = "Pasal 1\n(1) Wajib:\na. satu:\n1. dua; dan\n2. tiga; dan\nb. empat.\n(2) Lain.\n"
    (page,) = chapters(parse_draft(text))
    assert [leaf.indent for leaf in page.leaves] == [0, 0, 1, 2, 2, 1, 0]
