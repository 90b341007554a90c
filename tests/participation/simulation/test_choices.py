import pytest

from participation.ballot_files import read_abif
from participation.simulation.choices import RULES, blank, made_up_poll, poll_of_file
from tests.places import shared

SMALL = "=a:[Ani]\n=b:[Budi]\n=c:[Citra]\n3:a>b\n2:b>c\n1:a=c>b\n1:"


@pytest.mark.parametrize("rule", RULES)
def test_made_up_voters_say_the_same_every_time(rule):
    poll = made_up_poll(rule, 200)
    assert poll == made_up_poll(rule, 200)
    assert len(poll.choices) == 200
    assert len(set(poll.choices)) > 2
    assert blank(poll) in poll.choices


def test_a_file_s_ballots_are_all_cast_in_another_order():
    ballots = read_abif(SMALL)
    poll = poll_of_file(ballots, "instant-runoff", None, "small")
    every = [ranks for ranks, number in ballots.counts.items() for _ in range(number)]
    assert sorted(poll.choices) == sorted(every)
    assert poll.options == ("Ani", "Budi", "Citra")


def test_ranked_ballots_are_cast_as_they_are_by_every_rule_that_ranks():
    ballots = read_abif(SMALL.replace("a=c>b", "a>c>b"))
    for rule in ("instant-runoff", "stv-scottish", "schulze"):
        assert max(poll_of_file(ballots, rule, None, "small").choices) == (1, 3, 2)


def test_by_plurality_only_a_single_first_choice_counts():
    poll = poll_of_file(read_abif(SMALL), "plurality", None, "small")
    assert sorted(poll.choices, key=str) == [0, 0, 0, 1, 1, None, None]


def test_a_sample_of_a_file_is_always_the_same():
    file = shared("elections/2009-burlington-mayor/ballots.abif")
    ballots = read_abif(file.read_text("utf-8"))
    poll = poll_of_file(ballots, "instant-runoff", 200, "burlington")
    assert poll == poll_of_file(ballots, "instant-runoff", 200, "burlington")
    assert len(poll.choices) == 200
    assert set(poll.choices) <= set(ballots.counts)


def test_more_voters_than_ballots_and_other_rules_are_refused():
    ballots = read_abif(SMALL)
    with pytest.raises(ValueError, match="7 ballots"):
        poll_of_file(ballots, "instant-runoff", 8, "small")
    with pytest.raises(ValueError, match="equal ranks"):
        poll_of_file(ballots, "stv-scottish", None, "small")
    with pytest.raises(ValueError, match="ranked ballots"):
        poll_of_file(ballots, "approval", None, "small")
