"""A ballot with a question of every kind: what a voter marks in the browser is what is counted."""

import json
from dataclasses import replace

import pytest

from ballots.draft import Option, Question, Style
from ballots.draft import Rule as Drafted
from ballots.services import closing, counting, setup
from ballots.services.names import read_name, write_name
from ballots.services.plan import Voter as Listed
from participation.core.access import Role
from participation.votes.plan import STYLE, plan_of
from participation.votes.proposal import Counting, Rule, Spending
from participation.votes.services.trustees import trustees_of
from tests.journeys import judging
from tests.journeys.living import PHONE
from tests.journeys.voting import ALONE, STREET, Voter, open_hall
from tests.participation.people import make_person
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, NAMES, PARKS, Hall, address

pytestmark = pytest.mark.browser

COSTS = {"budget": 10, "costs": (5, 5, 5)}
KINDS = {
    "place": ("single", Drafted("plurality"), {}),
    "trees": ("approval", Drafted("approval"), {}),
    "benches": ("score", Drafted("score"), {"max_score": 5}),
    "order": ("ranked", Drafted("schulze"), {"equal": False}),
    "money": ("budget", Drafted("greedy", **COSTS), {"ballot": "approval"}),
    "points": ("budget", Drafted("greedy", **COSTS), {"ballot": "points", "points": 9}),
    "finest": ("score", Drafted("star"), {"max_score": 100}),
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
        vote.rule_details = {"currency": "Rp"}
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


def mark(voter, **marks):
    """Marks one option of a question after the other: lists and fields alike."""
    assert marks
    for name, size in marks.items():
        field = voter.page.get_by_label(name.replace("_", " "))
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(str(size))
        else:
            field.fill(str(size))


def test_what_is_marked_in_the_browser_is_what_is_counted(hall, device_of, tmp_path):
    """A26: two programs, one reading of every kind of ballot."""
    voter = Voter(hall, device_of(locale="en-GB").sign_in(address("ani")), tmp_path)
    voter.check_in().enter_booth()
    assert voter.faults() == []
    voter.choose("place b", "trees a", "trees c", "money b")
    mark(voter, benches_a=5, benches_c=2, order_c=1, order_a=2, finest_b=30)
    # Too much of anything is refused before it is sealed, beside its question (status 4).
    for name, wrong, said in (
        ("points a", "10", "You have given too many points."),
        ("points a", "1.5", "A number cannot be read."),
        ("points a", "-1", "A number cannot be read."),
        ("finest a", "101", "A score is too high."),
    ):
        field = voter.page.get_by_label(name)
        field.fill(wrong)
        voter.press("Look again before sending").says(said)
        field.fill("")
    mark(voter, points_a=6, points_b=3)
    assert voter.says("9 of 9 points given, 0 left.")
    assert voter.says("What you have marked costs Rp\u00a05; there is Rp\u00a010.")
    voter.press("Look again before sending").sees("Is this what you want to say?")
    assert voter.page.locator(".choices dd").all_inner_texts() == [
        "place b", "trees a", "trees c", "benches a: 5", "benches b: 0", "benches c: 2",
        "1. order c", "2. order a", "money b, Rp\u00a05", "points a: 6", "points b: 3",
        "finest a: 0", "finest b: 30", "finest c: 0",
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
    assert found["points"]["totals"] == [6, 3, 0]
    assert found["finest"]["winners"] == ["b"]


MONEY = Spending(100_000_000, (60_000_000, 50_000_000, 30_000_000))
RULES = {
    Rule.SCORE: (Counting(Rule.SCORE), [(5, 3, 0), (0, 4, 5), (0, 0, 2)]),
    Rule.STAR: (Counting(Rule.STAR), [(5, 3, 0), (0, 4, 5), (0, 0, 2)]),
    Rule.STV_SCOTTISH: (
        Counting(Rule.STV_SCOTTISH, seats=2), [(1, 2, 0), (1, 0, 2), (1, 2, 0), (0, 2, 1)],
    ),
    Rule.SCHULZE: (Counting(Rule.SCHULZE), [(1, 2, 0), (0, 1, 2), (2, 2, 1)]),
    Rule.GREEDY: (
        Counting(Rule.GREEDY, spending=replace(MONEY, points=9)), [(6, 3, 0), (0, 4, 5)],
    ),
    Rule.EQUAL_SHARES: (
        Counting(Rule.EQUAL_SHARES, spending=MONEY), [frozenset({0, 1}), frozenset({2})],
    ),
}  # fmt: skip


@pytest.fixture
def counted(live):
    """A counted vote under each rule that has a figure of its own."""
    with live.database.session() as session:
        hall = Hall.of(session, live.app.extensions["suara-ballots"], live.clock)
        slugs, begins = [], live.clock()
        for counting, ballots in RULES.values():
            live.clock.moment = begins
            hall.open(replace(PARKS, counting=counting, measures=ALONE))
            for name, ballot in zip(NAMES, ballots, strict=False):
                hall.check_in(name)
                hall.cast(name, ballot)
            slugs.append(hall.finish().vote.slug)
        yield slugs


def test_every_figure_of_a_result_can_be_read_by_everybody(counted, device_of):
    """In both languages, on a phone and at a desk, light and dark, without scripts."""
    found = []
    for language, width in (("id", PHONE["width"]), ("en", 1280)):
        page = device_of(viewport={"width": width, "height": 900}).page
        for slug in counted:
            page.goto(f"/{language}/votes/{slug}/result")
            assert page.locator("main svg").count() > 1
            assert page.locator("main table").count() > 1
            judging.learn_axe(page)
            found += [*judging.axe(page), *judging.dark(page), *judging.identity(page, language)]
            found += judging.narrow(page) if width == PHONE["width"] else []
    assert found == []


def test_the_desk_shows_only_what_belongs_to_the_chosen_rule(live, device_of):
    with live.database.session() as session:
        make_person(session, "Ratna", Role.ORGANISER, email=address("ratna"))
        session.commit()
    page = device_of(locale="en-GB").sign_in(address("ratna")).page
    page.goto("/en/desk/votes/new")
    judging.learn_axe(page)
    shown = {
        "yes-no": "quorum_percent", "approval": "most_marks", "star": "max_score",
        "schulze": "seats", "greedy": "points", "equal-shares": "utility",
    }  # fmt: skip
    for rule, field in shown.items():
        page.locator(f"input[name=rule][value={rule}]").check()
        visible = {each for each in shown.values() if page.locator(f"#{each}").is_visible()}
        assert field in visible
        assert len(visible) <= 2, rule
        assert judging.axe(page) == []
    assert page.locator("#costs").is_visible()
