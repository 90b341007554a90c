"""The pages that explain the rules, with examples that are counted when they are shown."""

import json
import re
from dataclasses import replace

import pytest

from ballots.document import Place
from ballots.draft.questions import read_question
from ballots.plaintext import marks
from participation.votes import services
from participation.votes.examples import EXAMPLES, counted, papers
from participation.votes.explanations import EXPLANATIONS
from participation.votes.proposal import Rule
from tests.ballots.counting.test_worked_examples import block, choice
from tests.participation.votes.hall import PROPOSAL, WORDING
from tests.places import ROOT


def documented(rule):
    """The page of docs/rules about a rule."""
    return (ROOT / "docs" / "rules" / f"{rule.value}.md").read_text("utf-8")


def test_every_rule_is_explained_and_has_an_example():
    assert set(EXPLANATIONS) == set(EXAMPLES) == set(Rule)


@pytest.mark.parametrize("rule", Rule)
def test_the_example_is_that_of_the_documentation(rule):
    example, page = EXAMPLES[rule], documented(rule)
    asked = block(page, "question")
    names = tuple(option["text"]["en"] for option in asked["options"])
    assert tuple(str(option) for option in example.options) == names
    said = re.findall(r"^\| (\d+) \| (.+) \|$", page, re.MULTILINE)
    read = read_question(Place("question", asked), ("en",))
    assert papers(example) == tuple(
        (int(number), marks(read, choice(read, each))) for number, each in said
    )
    (lots,) = re.findall(r"^Lots, the preferred first: (.+)\.$", page, re.MULTILINE)
    ids = [option["id"] for option in asked["options"]]
    assert [ids[option] for option in example.lots] == lots.split(", ")
    _terms, outcome = counted(example, names)
    result = block(page, "result")
    assert [ids[each] for each in outcome.winners] == result["winners"]
    assert (outcome.valid, outcome.blank) == (result["valid"], result["blank"])
    assert outcome.drawn == result["drawn"]
    for key in ("totals", "rounds", "pairs", "finalists", "runoff"):
        if key in result:
            assert json.loads(json.dumps(getattr(outcome, key))) == result[key]


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("language", ["en", "id"])
def test_each_rule_has_its_page_with_the_figure_of_its_example(browser, rule, language):
    page = browser.visit(f"/{language}/votes/rules/{rule.value}")
    assert len(page.all("svg")) > 1
    assert page.one("p", class_="verdict").words
    assert len(page.one("section", aria_labelledby="example").all("table")) > 1


def test_the_list_leads_to_each_of_them(browser):
    page = browser.visit("/en/votes/rules")
    links = [each.attributes["href"] for each in page.all("a")]
    for rule in Rule:
        assert f"/en/votes/rules/{rule.value}" in links
    assert "Money for projects" in page.words


@pytest.mark.parametrize("name", ["result", "borda"])
def test_a_rule_that_is_not_there_is_told(browser, name):
    assert "There is no such rule." in browser.visit(f"/en/votes/rules/{name}", 404).words


def test_no_vote_takes_the_address_of_the_rules(site_hall, browser):
    title = {"id": "Rules", "en": "Rules"}
    site_hall.draw_up(replace(PROPOSAL, wording=replace(WORDING, title=title)))
    site_hall.do(services.announce)
    assert site_hall.vote.slug != "rules"
    assert browser.visit(f"/en/votes/{site_hall.vote.slug}").one("h1").words == "Rules"
