"""A ballot with a question of every kind: what a voter marks in the browser is what is counted."""

import json
from dataclasses import replace

import pytest

from ballots.draft import Option, Question, Rule, Style
from ballots.services import closing, counting, setup
from ballots.services.names import read_name, write_name
from ballots.services.plan import Voter as Listed
from participation.votes.plan import STYLE, plan_of
from participation.votes.services.trustees import trustees_of
from tests.journeys.voting import STREET, Voter, open_hall
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, NAMES, address

pytestmark = pytest.mark.browser

COSTS = {"budget": 10, "costs": (5, 5, 5)}
KINDS = {
    "place": ("single", Rule("plurality"), {}),
    "trees": ("approval", Rule("approval"), {}),
    "benches": ("score", Rule("score"), {"max_score": 5}),
    "order": ("ranked", Rule("schulze"), {"equal": False}),
    "money": ("budget", Rule("greedy", **COSTS), {"ballot": "approval"}),
    "points": ("budget", Rule("greedy", **COSTS), {"ballot": "points", "points": 9}),
}
LETTERS = ("a", "b", "c")


def question(name):
    method, rule, more = KINDS[name]
    options = tuple(Option(each, said(f"{name} {each}")) for each in LETTERS)
    most = 1 if method == "single" else 3
    return Question(name, said(f"Which {name}?"), method, options, 0, most, rule, **more)


def said(text):
    return {"id": text, "en": text}


@pytest.fixture
def hall(live):
    """An open vote whose election asks all of it."""
    with open_hall(live) as hall:
        vote, context = hall.vote, hall.platform.context
        held = trustees_of(hall.session, vote, "Suara")
        plan = replace(
            plan_of(vote, origin=hall.platform.origin, site_name="Suara", trustees=held),
            questions=tuple(question(name) for name in KINDS),
            styles=(Style(STYLE, said("Residents"), tuple(KINDS)),),
            min_group=1,
            batch_min=STREET.measures.batch_min,
        )
        eid0 = setup.prepare(context, plan, [Listed(address(name), STYLE) for name in NAMES])
        eid = setup.freeze(context, eid0, bytes(32))
        closing.open_voting(context, eid)
        vote.eid0, vote.eid = write_name(eid0), write_name(eid)
        hall.session.add(vote)
        hall.session.commit()
        yield hall


def result(hall, eid):
    context = hall.platform.context
    hall.clock.moment = CHECK_IN_CLOSES
    closing.close_check_in(context, eid)
    hall.clock.moment = CLOSES
    closing.close(context, eid)
    counting.release_shares(context, eid)
    return json.loads(counting.count_and_publish(context, eid))["questions"]


def test_what_is_marked_in_the_browser_is_what_is_counted(hall, device_of, tmp_path):
    """A26: two programs, one reading of every kind of ballot."""
    voter = Voter(hall, device_of(locale="en-GB").sign_in(address("ani")), tmp_path)
    voter.check_in().enter_booth()
    assert voter.faults() == []
    voter.choose("place b", "trees a", "trees c", "money b")
    marks = {"benches a": 5, "benches c": 2, "order c": 1, "order a": 2, "points a": 9}
    for name, mark in marks.items():
        voter.page.get_by_label(name).select_option(str(mark))
    voter.press("Look again before sending").sees("Is this what you want to say?")
    assert voter.page.locator(".choices dd").all_inner_texts() == [
        "place b", "trees a", "trees c", "benches a: 5", "benches c: 2",
        "1. order c", "2. order a", "money b", "points a: 9",
    ]  # fmt: skip
    voter.page.reload()
    voter.press("Look again before sending").sees("Is this what you want to say?")
    voter.press("Send my vote").sees("Your vote is in the box")

    found = {each["id"]: each for each in result(hall, read_name(hall.vote.eid))}
    assert [each["valid"] for each in found.values()] == [1] * len(KINDS)
    assert found["place"]["totals"] == [0, 1, 0]
    assert found["trees"]["totals"] == [1, 0, 1]
    assert found["benches"]["totals"] == [5, 0, 2]
    assert found["order"]["winners"] == ["c"]
    assert found["money"]["totals"] == [0, 1, 0]
    assert found["points"]["totals"] == [9, 0, 0]
