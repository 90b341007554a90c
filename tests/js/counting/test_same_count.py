"""Two counts of one election: Python's and JavaScript's give the same document, byte by byte."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ballots.counting import RULES, count, result_document
from ballots.document import Place
from ballots.draft import Question
from ballots.draft.questions import question_value, read_question
from ballots.plaintext import Choice
from crypto import canonical
from tests.ballots.counting.contests import question
from tests.ballots.counting.drawn import contests
from tests.ballots.counting.elections import blt, rctab, wieliczka
from tests.ballots.counting.test_worked_examples import PAGES, block, choice
from tests.places import ROOT, shared

PEER = ROOT / "tests" / "js" / "counting" / "peer.mjs"
EXAMPLES = 150
COUNTED = {1: 7}


@dataclass(frozen=True)
class Node:
    """The other implementation: `count` sends it one contest and gives its document."""

    process: subprocess.Popen[str]

    def count(self, contest: Mapping[str, Any]) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{json.dumps(contest)}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the JavaScript count has stopped"
        return line.rstrip("\n")


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with subprocess.Popen(
        ["node", str(PEER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Node(process)


def as_sent(choice: Choice) -> Any:
    """A choice as plaintext.js decodes it: lists, options ascending."""
    if isinstance(choice, frozenset):
        return sorted(choice)
    return list(choice) if isinstance(choice, tuple) else choice


def documents(
    node: Node,
    asked: Question,
    ballots: list[tuple[Choice, int]],
    *,
    order: tuple[int, ...],
    roll_size: int,
) -> tuple[str, str]:
    """Python's document and JavaScript's."""
    choices: Counter[Choice] = Counter()
    for made, number in ballots:
        choices[made] += number
    ours = count(asked, choices, tie_order=order, roll_size=roll_size)
    contest = {
        "question": question_value(asked),
        "ballots": [[as_sent(made), number] for made, number in ballots],
        "tieOrder": list(order),
        "rollSize": roll_size,
    }
    return canonical.write(result_document(COUNTED, [(asked, ours)])).decode(), node.count(contest)


def check_both(node, asked, ballots, *, order=None, roll_size=0):
    lots = tuple(range(len(asked.options))) if order is None else order
    ours, theirs = documents(node, asked, ballots, order=lots, roll_size=roll_size)
    assert theirs == ours
    return json.loads(theirs)["questions"][0]


@pytest.mark.parametrize("rule", RULES)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_small_contests_full_of_ties_have_one_result(node, rule, data):
    drawn = data.draw(contests(rule))
    times = data.draw(st.sampled_from([1, 3, 2**20 + 1]))
    ballots = [(choice, times) for choice in drawn.ballots]
    roll_size = data.draw(st.integers(0, 2 * times * (len(ballots) + 1)))
    check_both(node, drawn.question, ballots, order=drawn.order, roll_size=roll_size)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_example_of_a_rules_page_has_the_result_it_shows(node, path):
    page = path.read_text("utf-8")
    asked = read_question(Place("question", block(page, "question")), ("en",))
    said = re.findall(r"^\| (\d+) \| (.+) \|$", page, re.MULTILINE)
    (lots,) = re.findall(r"^Lots, the preferred first: (.+)\.$", page, re.MULTILINE)
    names = [option.id for option in asked.options]
    rows = re.findall(r"^Rows on the roll: (\d+)\.$", page, re.MULTILINE)
    found = check_both(
        node,
        asked,
        [(choice(asked, words), int(number)) for number, words in said],
        order=tuple(names.index(name) for name in lots.split(", ")),
        roll_size=int(rows[0]) if rows else 0,
    )
    assert found == block(page, "result")


def crowd(rule: str, random: Random) -> tuple[Question, list[tuple[Choice, int]]]:
    """Hundreds of different ballots over a dozen options."""
    options = 2 if rule == "yes-no" else random.randint(6, 12)
    fields: dict[str, Any] = {}
    if rule in {"score", "star"}:
        fields["max_score"] = 9
    if rule in {"plurality", "approval", "score", "stv-scottish", "schulze"}:
        fields["seats"] = random.randint(1, 5)
    if rule in {"instant-runoff", "schulze"}:
        fields["equal"] = True
    if rule in {"greedy", "equal-shares"}:
        fields |= {"costs": tuple(random.randint(5, 90) for _ in range(options)), "budget": 200}
    if rule == "greedy":
        fields["points"] = 20
    if rule == "equal-shares":
        utility = random.choice(["cost", "cardinality"])
        fields |= {"utility": utility, "completion": "add1u-greedy", "completion_step": 1}
    asked = question(rule, ["yes", "no"] if rule == "yes-no" else options, **fields)
    return asked, [(one_choice(asked, random), random.randint(1, 9)) for _ in range(300)]


def one_choice(asked: Question, random: Random) -> Choice:
    """A choice that the question allows, drawn without care for its likelihood."""
    options = range(len(asked.options))
    if asked.method == "single":
        return random.choice([None, *options])
    if asked.method == "approval" or asked.ballot == "approval":
        return frozenset(random.sample(options, random.randint(0, len(options))))
    if asked.method == "ranked":
        order = random.sample(options, random.randint(0, len(options)))
        groups = sorted(random.randint(1, len(order)) for _ in order) if asked.equal else []
        place = {each: at for at, each in enumerate(sorted(set(groups)), 1)}
        given = {option: place[groups[at]] if groups else at + 1 for at, option in enumerate(order)}
        return tuple(given.get(option, 0) for option in options)
    most = (asked.points or 0) // len(options) or asked.max_score or 0
    return tuple(random.randint(0, most) for _ in options)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("rule", RULES)
def test_crowded_contests_have_one_result(node, rule, seed):
    random = Random(f"{rule} {seed}")  # noqa: S311 - the same contests every time
    asked, ballots = crowd(rule, random)
    order = tuple(random.sample(range(len(asked.options)), len(asked.options)))
    found = check_both(node, asked, ballots, order=order, roll_size=3000)
    random.shuffle(ballots)
    assert check_both(node, asked, ballots, order=order, roll_size=3000) == found


@pytest.mark.parametrize("folder", ["2013-minneapolis-mayor", "2015-portland-mayor"])
def test_mayors_of_real_cities_have_one_result(node, folder):
    read = rctab(folder)
    asked = question("instant-runoff", len(read.options), equal=False)
    found = check_both(node, asked, list(read.choices.items()))
    assert len(found["winners"]) == 1
    check_both(
        node, question("schulze", len(read.options), equal=False), list(read.choices.items())
    )


def test_councils_of_glasgow_have_one_result(node):
    paths = sorted(shared("elections/2007-glasgow").glob("**/*.blt"))
    assert len(paths) >= 5
    for path in paths:
        read = blt(path)
        asked = question("stv-scottish", len(read.options), equal=False, seats=read.seats)
        found = check_both(node, asked, list(read.choices.items()))
        assert len(found["winners"]) == read.seats


def test_the_green_budget_of_wieliczka_has_one_result(node):
    data = wieliczka()
    terms = {"costs": data.costs, "budget": data.budget}
    completed = {"utility": "cost", "completion": "add1u-greedy", "completion_step": 1}
    for rule, fields in (("greedy", terms), ("equal-shares", terms | completed)):
        asked = question(rule, len(data.projects), **fields)
        found = check_both(node, asked, list(data.choices.items()))
        assert found["spent"] == (data.greedy_cost if rule == "greedy" else data.official_cost)
