"""A result in words."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from ballots.opening import Status
from participation.votes.outcome import fates, headline, read_outcome, reasons
from participation.votes.proposal import Rule
from tests.participation.votes.hall import PARKS, WORDING


def vote(rule=Rule.YES_NO, **changes):
    """The facts of a vote that its result is read with."""
    wording = WORDING if rule is Rule.YES_NO else PARKS.wording
    ids = ("yes", "no") if rule is Rule.YES_NO else ("melati", "kenanga", "cempaka")
    options = [{"id": i, "text": text} for i, text in zip(ids, wording.options, strict=True)]
    facts = {
        "rule": rule, "options": options, "quorum_percent": 25, "majority": "1/2", "seats": 1,
        "roll_size": 100, "min_group": 2, "voted": 40,
    }  # fmt: skip
    return SimpleNamespace(**facts | changes)


def outcome(of, **question):
    """The outcome in a `result.json` with this one question."""
    usual = {"id": "question-1", "valid": 40, "blank": 0, "winners": ["yes"], "drawn": False}
    return read_outcome(of, json.dumps({"counted": [], "questions": [usual | question]}).encode())


def told(of, **question):
    """Headline and reasons in English."""
    found = outcome(of, **question)
    return str(headline(of, found, "en")), [str(each) for each in reasons(of, found)]


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


def test_a_counted_option_without_rounds_stays_a_table():
    found = vote(Rule.INSTANT_RUNOFF)
    assert outcome(found, valid=0, rounds=[], winners=[]).totals == (0, 0, 0)
    assert replace(outcome(found, rounds=[], winners=[]), blank=2).ballots == 42
