"""What happens at each stage of a Scottish count, read off its totals."""

from hypothesis import given, settings

from participation.votes.outcome import UNIT, outcome_of
from participation.votes.proposal import Counting, Rule
from participation.votes.stages import stages_of
from participation.votes.terms import Terms
from tests.ballots.counting.contests import outcome, question, ranked
from tests.ballots.counting.drawn import contests


def counted(found, winners):
    """The stages of a count, from what `result.json` would say of it."""
    ids = tuple(str(number) for number in range(len(found["rounds"][0])))
    said = {"valid": 0, "blank": 0, "winners": [ids[w] for w in winners], "drawn": False} | found
    return stages_of(outcome_of(Terms(Counting(Rule.STV_SCOTTISH), ids, ids), said))


def test_a_surplus_passes_on_and_then_the_weakest_goes():
    asked = question("stv-scottish", "abc", seats=2)
    result = outcome(asked, ranked("2 a>b\n2 a>c\n2 b\n1 c", "abc"))
    first, second, third = counted(result.details, result.winners)
    assert (first.elected, first.source, first.is_surplus) == ((0,), 0, True)
    assert (first.moved, first.gains, first.lost) == (UNIT, ((1, 50_000), (2, 50_000)), 0)
    assert (second.elected, second.source, second.is_surplus) == ((), 2, False)
    assert (second.moved, second.lost) == (150_000, 150_000)
    assert (third.elected, third.source) == ((1,), None)


def test_an_option_without_votes_goes_without_a_trace():
    asked = question("stv-scottish", "abc", seats=1)
    result = outcome(asked, ranked("2 a\n2 b", "abc"))
    stages = counted(result.details, result.winners)
    assert (stages[0].source, stages[0].gains) == (None, ())


@settings(deadline=None)
@given(contests("stv-scottish"))
def test_every_winner_is_elected_once_and_every_vote_is_told(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    if not result.valid:
        return
    stages = counted(result.details, result.winners)
    elected = [option for stage in stages for option in stage.elected]
    assert sorted(elected) == list(result.winners)
    for stage in stages:
        assert stage.moved == sum(gain for _, gain in stage.gains) + stage.lost
        assert stage.lost >= 0
