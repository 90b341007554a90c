"""What an organiser may propose."""

from dataclasses import replace
from datetime import timedelta

import pytest

from participation.core.errors import Invalid
from participation.votes.proposal import (
    Counting,
    Measures,
    Rule,
    in_language,
    option_name,
    option_remark,
)
from participation.votes.soundness import check_proposal
from tests.participation.people import MORNING
from tests.participation.votes.hall import CLOSES, OPENS, PARKS, PROPOSAL, WORDING


def blamed(proposal, now=MORNING):
    """The field that is refused."""
    with pytest.raises(Invalid) as refused:
        check_proposal(proposal, now)
    return refused.value.field


def counted(**changes):
    return replace(PARKS, counting=Counting(**{"rule": Rule.APPROVAL, **changes}))


def timed(**changes):
    return replace(PROPOSAL, windows=replace(PROPOSAL.windows, **changes))


def worded(*options):
    texts = tuple({"id": each, "en": each} for each in options)
    return replace(
        PARKS, wording=replace(WORDING, options=texts), counting=Counting(Rule.PLURALITY)
    )


def test_an_honest_proposal_passes():
    check_proposal(PROPOSAL, MORNING)
    check_proposal(counted(seats=2, most_marks=3), MORNING)


def test_a_yes_no_question_has_two_options():
    assert blamed(replace(PARKS, counting=Counting(Rule.YES_NO))) == "options_id"


def test_a_choice_needs_two_options_and_no_name_twice():
    assert blamed(worded("Melati")) == "options_id"
    assert blamed(worded("Melati", "melati\ndi sudut")) == "options_id"


@pytest.mark.parametrize("seats", [0, 3])
def test_at_least_one_option_wins_and_one_loses(seats):
    assert blamed(counted(seats=seats)) == "seats"


@pytest.mark.parametrize("marks", [0, 4])
def test_as_many_marks_as_there_are_options(marks):
    assert blamed(counted(most_marks=marks)) == "most_marks"


@pytest.mark.parametrize("percent", [0, 101])
def test_a_quorum_is_a_percentage(percent):
    wrong = replace(PROPOSAL, counting=Counting(Rule.YES_NO, quorum_percent=percent))
    assert blamed(wrong) == "quorum_percent"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("check_in_closes", {"check_in_closes": OPENS}),
        ("voting_closes", {"voting_opens": CLOSES}),
        ("voting_closes", {"check_in_closes": CLOSES + timedelta(seconds=1)}),
    ],
)
def test_times_follow_each_other(field, changes):
    assert blamed(timed(**changes)) == field


def test_check_in_ends_in_the_future():
    assert blamed(PROPOSAL, CLOSES) == "check_in_closes"


@pytest.mark.parametrize(
    ("field", "value"),
    [("epoch_seconds", 0), ("batch_min", 0), ("max_revisions", 1001), ("min_group", 1)],
)
def test_the_numbers_that_protect_voters_have_bounds(field, value):
    assert blamed(replace(PROPOSAL, measures=replace(Measures(), **{field: value}))) == field


def test_an_option_has_a_name_and_perhaps_a_remark():
    assert (option_name("Ya\nMulai Januari"), option_remark("Ya\nMulai Januari")) == (
        "Ya",
        "Mulai Januari",
    )
    assert option_remark("Ya") == ""


def test_words_are_given_in_the_first_language_where_the_readers_is_missing():
    assert in_language({"id": "Ya", "en": "Yes"}, "en") == "Yes"
    assert in_language({"id": "Ya"}, "en") == "Ya"
