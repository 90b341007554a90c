import json

import pytest
from hypothesis import given

from participation.ballot_files import read_abif
from tests.ballots.counting.contests import outcome, question, ranked
from tests.ballots.counting.drawn import contests
from tests.ballots.counting.elections import Ranked, rctab, soc, tallies
from tests.places import shared


def runoff(options, **fields):
    return question("instant-runoff", options, **fields)


def test_the_lowest_are_excluded_until_one_has_more_than_half():
    result = outcome(runoff("abc"), ranked("4 a\n3 b\n2 c>b", "abc"))
    assert result.details == {"rounds": [[4, 3, 2], [4, 5, 0]]}
    assert (result.winners, result.drawn) == ((1,), False)


def test_exactly_half_is_not_more_than_half():
    result = outcome(runoff("ab"), ranked("2 a\n2 b", "ab"), order=(1, 0))
    assert result.details == {"rounds": [[2, 2], [0, 2]]}
    assert (result.winners, result.drawn) == ((1,), True)


def test_half_is_of_the_ballots_that_still_rank_a_continuing_option():
    result = outcome(runoff("abcd"), ranked("4 a\n3 b\n2 c\n1 d", "abcd"))
    assert result.details == {"rounds": [[4, 3, 2, 1], [4, 3, 2, 0], [4, 3, 0, 0]]}
    assert result.winners == (0,)


def test_of_equal_lowest_options_the_last_of_the_lots_is_excluded():
    choices = ranked("3 a\n2 b>c\n2 c>b", "abc")
    assert outcome(runoff("abc"), choices, order=(0, 1, 2)).winners == (1,)
    assert outcome(runoff("abc"), choices, order=(0, 2, 1)).winners == (2,)
    assert outcome(runoff("abc"), choices).drawn


def test_a_ballot_between_equal_ranks_waits_until_one_of_them_is_left():
    result = outcome(runoff("abc", equal=True), ranked("4 a\n3 b\n2 c\n2 b=c>a", "abc"))
    assert result.details == {"rounds": [[4, 3, 2], [4, 5, 0]]}
    assert result.winners == (1,)


def test_waiting_ballots_are_among_those_whose_half_must_be_exceeded():
    result = outcome(runoff("abc", equal=True), ranked("3 a\n1 b\n4 b=c", "abc"))
    assert result.details == {"rounds": [[3, 1, 0], [3, 5, 0]]}
    assert result.winners == (1,)


def test_without_a_valid_ballot_there_is_no_round():
    result = outcome(runoff("ab"), {(0, 0): 2})
    assert (result.winners, result.drawn, result.details) == ((), False, {"rounds": []})


@given(contests("instant-runoff"))
def test_rounds_are_those_of_asking_every_ballot_again_in_each(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    ballots = [ballot for ballot in drawn.ballots if any(ballot)]
    continuing = set(range(len(drawn.question.options)))
    rounds, was_drawn = [], False
    while ballots:
        tops = [_tops(ballot, continuing) for ballot in ballots]
        rounds.append([tops.count({option}) for option in range(len(drawn.question.options))])
        if max(rounds[-1]) > sum(1 for top in tops if top) / 2:
            break
        lowest = min(rounds[-1][option] for option in continuing)
        equal = [option for option in continuing if rounds[-1][option] == lowest]
        was_drawn |= len(equal) > 1
        continuing.remove(max(equal, key=drawn.order.index))
    assert result.details["rounds"] == rounds
    assert result.drawn == was_drawn
    assert result.winners == ((rounds[-1].index(max(rounds[-1])),) if ballots else ())


def _tops(ballot, continuing):
    best = min((ballot[option] for option in continuing if ballot[option]), default=None)
    return {option for option in continuing if ballot[option] == best}


# --- real elections


def published(election: Ranked, order=None):
    result = outcome(runoff(election.options), election.choices, order=order)
    rounds = [
        {name: votes for name, votes in zip(election.options, each, strict=True) if votes}
        for each in result.details["rounds"]
    ]
    return [election.options[winner] for winner in result.winners], rounds, result


def test_burlington_2009_elects_kiss_in_the_published_rounds():
    folder = shared("elections/2009-burlington-mayor")
    ballots = read_abif((folder / "ballots.abif").read_text("utf-8"))
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    keys = [option.key for option in ballots.options]
    result = outcome(runoff([key.lower() for key in keys], equal=True), ballots.counts)
    rounds = [dict(zip(keys, each, strict=True)) for each in result.details["rounds"]]
    assert len(rounds) == 5
    assert [{key: votes for key, votes in each.items() if votes} for each in rounds] == [
        each["tally"] for each in expected["irv_rounds"]
    ]
    assert [ballots.total - sum(each.values()) for each in rounds] == [
        each["inactive"] for each in expected["irv_rounds"]
    ]
    assert [keys[winner] for winner in result.winners] == [expected["irv_winner"]] == ["Kiss"]
    assert not result.drawn


def test_minneapolis_2013_elects_hodges_in_the_published_rounds():
    # RCTab excludes the unnamed write-ins in a round of their own and the last four of the hopeless
    # two at a time; every round that both counts reach must be the same to the vote.
    election = rctab("2013-minneapolis-mayor")
    winners, rounds, result = published(election)
    expected = tallies(election.expected)
    assert winners == ["BETSY HODGES"]
    assert rounds[-1] == {"BETSY HODGES": 38852, "MARK ANDREW": 24942} == expected[-1]
    assert len(expected) == 33
    assert [each for each in expected[1:] if each not in rounds] == []
    assert result.valid + result.blank == 80101
    assert not result.drawn


def test_the_portland_sample_elects_mavodones_in_the_published_rounds():
    # RCTab excludes, of equal options, the one that its list of candidates names last.
    election = rctab("2015-portland-mayor")
    winners, rounds, result = published(election)
    expected = tallies(election.expected)
    assert winners == ["Mavodones, Nicholas M. Jr."]
    assert sorted(rounds[-1].values()) == [40, 54]
    assert rounds == expected
    assert result.drawn


@pytest.mark.parametrize(
    ("case", "winner"),
    [("aliases_ess_xlsx", "A"), ("skip_to_next_test", "B"), ("continue_tabulation_test", "Vail")],
)
def test_edge_cases_of_an_independent_tabulator_have_its_rounds(case, winner):
    election = rctab(f"rctab-edge-cases/{case}")
    winners, rounds, _ = published(election)
    expected = tallies(election.expected)
    # This one goes on counting after the winner is found; we stop there.
    decided = 1 if case == "continue_tabulation_test" else len(expected)
    assert rounds == expected[:decided]
    assert winners[0].startswith(winner)


@pytest.mark.parametrize("name", ["Instant_Runoff", "resolute_Instant_Runoff_PUT"])
def test_the_smallest_profiles_on_which_it_misses_the_condorcet_winner(name):
    path = shared(f"elections/social-choice-examples/condorcet_winner/minimal_{name}.soc")
    election = soc(path)
    condorcet = outcome(question("schulze", election.options), election.choices).winners
    orders = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    elected = {published(election, order)[2].winners for order in orders}
    # Without lots it is never elected; where all depends on the lots, not by every order of them.
    assert elected != {condorcet}
    if name.startswith("resolute"):
        assert condorcet not in elected
