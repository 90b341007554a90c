"""A result in words."""

import json
from dataclasses import replace

import pytest

from ballots.opening import Status
from participation.votes.outcome import fates, read_outcome
from participation.votes.proposal import Counting, Rule, Spending, option_name
from participation.votes.reason_words import reasons
from participation.votes.terms import Terms
from participation.votes.verdict_words import headline
from tests.participation.votes.hall import PARKS, WORDING


def vote(rule=Rule.YES_NO, **changes):
    """The terms of a vote that its result is read with; how it is counted by keyword."""
    wording = WORDING if rule is Rule.YES_NO else PARKS.wording
    ids = ("yes", "no") if rule is Rule.YES_NO else ("melati", "kenanga", "cempaka")
    names = tuple(option_name(each["en"]) for each in wording.options)
    voted = changes.pop("voted", 40)
    counting = Counting(rule, **{"quorum_percent": 25, **changes})
    return Terms(counting, ids, names, roll_size=100, min_group=2, voted=voted)


def outcome(of, **question):
    """The outcome in a `result.json` with this one question."""
    usual = {"id": "question-1", "valid": 40, "blank": 0, "winners": ["yes"], "drawn": False}
    return read_outcome(of, json.dumps({"counted": [], "questions": [usual | question]}).encode())


def told(of, **question):
    """Headline and reasons in English."""
    found = outcome(of, **question)
    return str(headline(of, found)), [str(each) for each in reasons(of, found)]


def test_an_accepted_referendum_tells_quorum_and_majority():
    said, why = told(vote(), totals=[25, 15], blank=3)
    assert said == "Accepted: 25 yes, 15 no, 3 blank."
    assert why == [
        "Enough took part: 43 of 100 people on the roll, and at least 25 were needed.",
        "Of 40 votes for yes or no, 21 had to be yes, and 25 are.",
    ]


def test_a_tie_is_a_rejection():
    said, why = told(vote(), totals=[20, 20], winners=["no"])
    assert said.startswith("Rejected: ")
    assert why[-1] == "Of 40 votes for yes or no, 21 had to be yes, but only 20 are."


@pytest.mark.parametrize(
    ("majority", "needed"), [("1/2", 21), ("3/5", 24), ("2/3", 27), ("3/4", 30)]
)
def test_each_majority_names_the_fewest_votes_it_needs(majority, needed):
    _, why = told(vote(majority=majority), totals=[40, 0])
    assert f"{needed} had to be yes" in why[-1]


def test_a_missed_quorum_decides_nothing():
    said, why = told(vote(), valid=20, totals=[19, 1], winners=[])
    assert said == "Not decided, because too few took part: 19 yes, 1 no, 0 blank."
    assert why[0] == "Too few took part: 20 of 100 people on the roll, but at least 25 were needed."


def test_blank_ballots_count_for_the_quorum():
    _, why = told(vote(), valid=20, blank=5, totals=[19, 1])
    assert why[0].startswith("Enough took part: 25 of 100")


def test_a_winner_is_named_in_the_readers_language_without_the_remark():
    found = vote(Rule.PLURALITY)
    said, why = told(found, totals=[10, 25, 5], winners=["kenanga"])
    assert said == "Kenanga has won, with 25 of 40 votes."
    assert why == []


def test_several_winners_are_named():
    found = vote(Rule.APPROVAL, seats=2)
    said, _ = told(found, totals=[30, 25, 5], winners=["melati", "kenanga"])
    assert said == "Melati, Kenanga have won."


def test_a_draw_by_lot_is_told():
    found = vote(Rule.PLURALITY)
    _, why = told(found, totals=[20, 20, 0], winners=["melati"], drawn=True)
    assert "by lot" in why[0]


def test_rounds_are_told():
    found = vote(Rule.INSTANT_RUNOFF)
    said, why = told(found, rounds=[[15, 14, 11], [22, 18, 0]], winners=["melati"])
    assert said == "Melati has won, with 22 of 40 votes."
    assert why == ["After 2 rounds one option had more than half of the votes that still counted."]


def test_a_vote_that_stays_shut_says_why():
    said, why = told(vote(voted=1), valid=0, totals=[0, 0], winners=[])
    assert said.startswith("The votes stay shut")
    assert why[0].startswith("Fewer than 2 people voted.")


def test_a_vote_in_which_nobody_chose_says_so():
    said, _ = told(vote(voted=0), valid=0, totals=[0, 0], winners=[])
    assert said == "Nobody chose any of the options."


def test_every_fate_of_a_ballot_has_words():
    assert [number for _words, number in fates(dict.fromkeys(Status, 2))] == [2] * len(Status)


MONEY = Spending(100, (60, 50, 30))


def test_a_sum_is_told_with_what_it_could_have_been():
    said, why = told(vote(Rule.SCORE), totals=[90, 120, 30], winners=["kenanga"])
    assert said == "Kenanga has won, with a sum of 120 out of 200."
    assert why == []


def test_a_run_off_by_numbers_names_both_finalists():
    found = {"totals": [90, 120, 30], "finalists": [0, 1]}
    said, why = told(vote(Rule.STAR), **found, runoff=[22, 10], winners=["melati"])
    assert said == "Melati has won the run-off: 22 ballots prefer it, 10 the other."
    assert why == ["Melati and Kenanga have the highest sums and went into the run-off."]
    _, why = told(vote(Rule.STAR), **found, runoff=[10, 10], winners=["kenanga"])
    assert why[-1] == "As many ballots prefer the one as the other."


def test_seats_are_told_with_their_quota_and_who_did_not_need_it():
    rounds = [[2_000_000, 1_500_000, 500_000], [1_400_000, 1_500_000, 1_000_000]]
    found = {"quota": 1_400_000, "rounds": rounds, "winners": ["melati", "kenanga"]}
    said, why = told(vote(Rule.STV_SCOTTISH, seats=2), **found)
    assert said == "Melati, Kenanga have won."
    assert len(why) == 1
    assert why[0].startswith("An option needs 14 of 40 ballots to be elected, the quota:")
    found["rounds"] = [*rounds, [1_400_000, 1_300_000, 0]]
    _, why = told(vote(Rule.STV_SCOTTISH, seats=2), **found)
    assert why[1] == "Kenanga did not reach the quota, but at the end no more were left than seats."


def test_a_winner_of_duels_is_named_alone():
    pairs = [[0, 30, 30], [10, 0, 20], [10, 20, 0]]
    said, _ = told(vote(Rule.SCHULZE), pairs=pairs, winners=["melati"])
    assert said == "Melati has won."


@pytest.mark.parametrize("rule", [Rule.GREEDY, Rule.EQUAL_SHARES])
def test_a_budget_tells_what_is_spent_and_what_is_left(rule):
    found = vote(rule, spending=MONEY)
    said, why = told(found, totals=[30, 20, 10], winners=["kenanga", "cempaka"], spent=80)
    assert said == "2 projects of 3 are chosen, for Rp 80."
    assert why == ["Rp 80 of Rp 100 are spent; Rp 20 are left."]
    said, _ = told(found, totals=[0, 0, 1], winners=["cempaka"], spent=30)
    assert said == "1 project of 3 is chosen, for Rp 30."
    said, _ = told(found, totals=[0, 0, 1], winners=[], spent=0)
    assert said == "None of the projects is chosen."


def test_a_counted_option_without_rounds_stays_a_table():
    found = vote(Rule.INSTANT_RUNOFF)
    assert outcome(found, valid=0, rounds=[], winners=[]).totals == (0, 0, 0)
    assert replace(outcome(found, rounds=[], winners=[]), blank=2).ballots == 42
