"""Other people's counters count the same ballots: pyrankvote, and pabutools.

Where lots were drawn, or where their definition is another, only what must agree is compared.
"""

from collections import Counter

import pyrankvote
import pytest
from hypothesis import given, settings
from pabutools.election import (
    ApprovalBallot,
    ApprovalProfile,
    Cardinality_Sat,
    Cost_Sat,
    Instance,
    Project,
)
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

from participation.ballot_files import read_abif
from tests.ballots.counting.contests import outcome, question
from tests.ballots.counting.drawn import contests
from tests.ballots.counting.elections import blt, wieliczka
from tests.places import shared

UTILITIES = {"cost": Cost_Sat, "cardinality": Cardinality_Sat}


def ranked_by(count, options, choices, **more):
    """The options that a counter of pyrankvote elects."""
    candidates = [pyrankvote.Candidate(str(option)) for option in range(options)]
    ballots = [
        pyrankvote.Ballot([candidates[ranks.index(rank)] for rank in range(1, max(ranks) + 1)])
        for ranks, number in Counter(choices).items()
        if any(ranks)
        for _ in range(number)
    ]
    result = count(candidates, ballots, **more)
    return {int(winner.name) for winner in result.get_winners()}


@settings(max_examples=200, deadline=None)
@given(contests("instant-runoff", equal=False))
def test_pyrankvote_elects_the_same_by_instant_runoff(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    if not result.valid or result.drawn:
        return
    options = len(drawn.question.options)
    peer = ranked_by(pyrankvote.instant_runoff_voting, options, drawn.ballots)
    assert peer == set(result.winners)


def test_pyrankvote_elects_kiss_in_burlington_from_the_ballots_without_equal_ranks():
    path = shared("elections/2009-burlington-mayor") / "ballots.abif"
    ballots = read_abif(path.read_text("utf-8"))
    clear = {ranks: number for ranks, number in ballots.counts.items() if is_strict(ranks)}
    assert sum(clear.values()) > 8000
    keys = [option.key for option in ballots.options]
    result = outcome(question("instant-runoff", [key.lower() for key in keys]), clear)
    peer = ranked_by(pyrankvote.instant_runoff_voting, len(keys), clear)
    assert {keys[each] for each in peer} == {"Kiss"}
    assert set(result.winners) == peer


def is_strict(ranks):
    """Whether no two options have one rank."""
    used = [rank for rank in ranks if rank]
    return sorted(used) == list(range(1, len(used) + 1))


def test_pyrankvote_elects_the_same_councillors_though_its_quota_is_a_fraction():
    # It divides by seats + 1 and takes no next whole number, and rounds nothing away; in races as
    # clear as these, both must elect the same.
    paths = sorted(shared("elections/2007-glasgow").glob("*.blt"))
    assert len(paths) == 11
    for path in paths:
        election = blt(path)
        asked = question("stv-scottish", election.options, seats=election.seats)
        result = outcome(asked, election.choices)
        peer = ranked_by(
            pyrankvote.single_transferable_vote,
            len(election.options),
            election.choices,
            number_of_seats=election.seats,
        )
        assert peer == set(result.winners), path.name
        assert not result.drawn


def bought_by(rule, costs, budget, choices, **more):
    """The projects that a rule of pabutools buys."""
    projects = [Project(str(number), cost) for number, cost in enumerate(costs)]
    instance = Instance(projects, budget_limit=budget)
    ballots = [
        ApprovalBallot([projects[each] for each in choice])
        for choice, number in Counter(choices).items()
        if choice
        for _ in range(number)
    ]
    profile = ApprovalProfile(ballots, instance=instance).as_multiprofile()
    return {int(project.name) for project in rule(instance, profile, **more)}


def approved(ballot):
    """A ballot by approvals; one by points approves of whatever got some."""
    if isinstance(ballot, frozenset):
        return ballot
    return frozenset(option for option, points in enumerate(ballot) if points)


@settings(max_examples=200, deadline=None)
@given(contests("greedy"))
def test_pabutools_buys_the_same_greedily(drawn):
    """Its greedy rule goes by welfare for the money: with costs as welfare, that is votes."""
    rule = drawn.question.rule
    asked = question("greedy", len(rule.costs), budget=rule.budget, costs=rule.costs)
    choices = [approved(ballot) for ballot in drawn.ballots]
    result = outcome(asked, choices, order=drawn.order)
    if not result.valid or result.drawn:
        return
    peer = bought_by(
        greedy_utilitarian_welfare, rule.costs, rule.budget, choices, sat_class=Cost_Sat
    )
    supported = {each for each in peer if result.details["totals"][each]}
    assert supported == set(result.winners)


@pytest.mark.parametrize("utility", sorted(UTILITIES))
@settings(max_examples=150, deadline=None)
@given(contests("equal-shares", completion=None, completion_step=None))
def test_pabutools_buys_the_same_in_equal_shares(utility, drawn):
    rule = drawn.question.rule
    fields = {"budget": rule.budget, "costs": rule.costs, "utility": utility}
    asked = question("equal-shares", len(rule.costs), **fields)
    result = outcome(asked, drawn.ballots, order=drawn.order)
    if not result.valid or result.drawn:
        return
    peer = bought_by(
        method_of_equal_shares,
        rule.costs,
        rule.budget,
        drawn.ballots,
        sat_class=UTILITIES[utility],
    )
    assert peer == set(result.winners)


@pytest.mark.parametrize("utility", sorted(UTILITIES))
def test_pabutools_buys_the_same_of_wieliczkas_projects(utility):
    data = wieliczka()
    fields = {"budget": data.budget, "costs": data.costs, "utility": utility}
    result = outcome(question("equal-shares", data.projects, **fields), data.choices)
    peer = bought_by(
        method_of_equal_shares,
        data.costs,
        data.budget,
        data.choices,
        sat_class=UTILITIES[utility],
    )
    assert peer == set(result.winners)
    assert len(peer) > 15
    assert not result.drawn
