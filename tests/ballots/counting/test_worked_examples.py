"""The pages of docs/rules are under test: each example is counted, and must have its result."""

import json
import re
from collections import Counter

import pytest

from ballots.counting import RULES, count, question_result
from ballots.document import Place
from ballots.draft.questions import read_question
from ballots.plaintext import decode, encode
from tests.places import ROOT

PAGES = sorted(page for page in (ROOT / "docs" / "rules").glob("*.md") if page.name != "README.md")


def block(page, name):
    (found,) = re.findall(rf"```json {name}\n(.*?)\n```", page, re.DOTALL)
    return json.loads(found)


def choice(asked, said):
    """What a ballot of an example says: `a > b = c`, `a 5, b 2`, `a, b`, or `blank`."""
    names = [option.id for option in asked.options]
    parts = [] if said == "blank" else re.split(r" > |, ", said)
    if asked.method == "single":
        return names.index(parts[0]) if parts else None
    if asked.method == "approval" or asked.ballot == "approval":
        return frozenset(names.index(part) for part in parts)
    given = dict.fromkeys(names, 0)
    for rank, part in enumerate(parts, start=1):
        if asked.method == "ranked":
            given |= dict.fromkeys(part.split(" = "), rank)
        else:
            name, number = part.split(" ")
            given[name] = int(number)
    assert list(given) == names
    return tuple(given.values())


def test_every_rule_has_its_page_and_the_index_names_it():
    assert [page.stem for page in PAGES] == sorted(RULES)
    index = (ROOT / "docs" / "rules" / "README.md").read_text("utf-8")
    assert re.findall(r"\]\(([a-z-]+)\.md\)", index) == list(RULES)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_example_of_a_page_has_the_result_it_shows(path):
    page = path.read_text("utf-8")
    asked = read_question(Place("question", block(page, "question")), ("en",))
    assert asked.rule.name == path.stem
    choices = Counter()
    for number, said in re.findall(r"^\| (\d+) \| (.+) \|$", page, re.MULTILINE):
        made = choice(asked, said)
        assert decode([asked], encode([asked], [made])) == (made,)
        choices[made] += int(number)
    (lots,) = re.findall(r"^Lots, the preferred first: (.+)\.$", page, re.MULTILINE)
    names = [option.id for option in asked.options]
    outcome = count(
        asked,
        choices,
        tie_order=tuple(names.index(name) for name in lots.split(", ")),
        roll_size=int((re.findall(r"^Rows on the roll: (\d+)\.$", page, re.MULTILINE) or "0")[0]),
    )
    assert question_result(asked, outcome) == block(page, "result")
