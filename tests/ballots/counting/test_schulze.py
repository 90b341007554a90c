import json
from itertools import pairwise, permutations

from hypothesis import given

from participation.ballot_files import read_abif
from tests.ballots.counting.contests import outcome, question, ranked
from tests.ballots.counting.drawn import contests
from tests.ballots.counting.elections import soc
from tests.places import shared


def schulze(options, **fields):
    return question("schulze", options, **fields)


def test_schulze_s_own_example_elects_e():
    # The 45 voters by whom the method's author explains it.
    profile = """
        5 a>c>b>e>d\n5 a>d>e>c>b\n8 b>e>d>a>c\n3 c>a>b>e>d
        7 c>a>e>b>d\n2 c>b>a>d>e\n7 d>c>e>b>a\n8 e>b>a>d>c"""
    result = outcome(schulze("abcde"), ranked(profile, "abcde"))
    assert result.details["pairs"] == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]
    assert (result.winners, result.drawn) == ((4,), False)


def test_further_seats_go_to_those_unbeaten_among_the_rest():
    profile = """
        5 a>c>b>e>d\n5 a>d>e>c>b\n8 b>e>d>a>c\n3 c>a>b>e>d
        7 c>a>e>b>d\n2 c>b>a>d>e\n7 d>c>e>b>a\n8 e>b>a>d>c"""
    # The whole order of that example is e a c b d.
    for seats, winners in enumerate([(4,), (0, 4), (0, 2, 4), (0, 1, 2, 4)], start=1):
        result = outcome(schulze("abcde", seats=seats), ranked(profile, "abcde"))
        assert result.winners == winners


def test_unranked_options_are_last_and_equal():
    result = outcome(schulze("abc"), ranked("2 a\n1 b>a", "abc"))
    assert result.details == {"pairs": [[0, 2, 3], [1, 0, 1], [0, 0, 0]]}
    assert result.winners == (0,)


def test_an_equal_duel_is_no_link_of_a_path():
    # b beats c and c beats a, by 2 to 1; a and b are equal, so a has no way back to b.
    result = outcome(schulze("abc"), ranked("1 a\n1 c>a\n1 b>c\n1 b", "abc"))
    assert result.details == {"pairs": [[0, 2, 1], [2, 0, 2], [2, 1, 0]]}
    assert (result.winners, result.drawn) == ((1,), False)


def test_equal_ranks_prefer_neither():
    result = outcome(schulze("abc", equal=True), ranked("3 a=b>c", "abc"), order=(1, 0, 2))
    assert result.details == {"pairs": [[0, 0, 3], [0, 0, 3], [0, 0, 0]]}
    assert (result.winners, result.drawn) == ((1,), True)


def test_without_a_valid_ballot_all_duels_are_void():
    result = outcome(schulze("ab"), {(0, 0): 3})
    assert (result.winners, result.drawn, result.details) == (
        (),
        False,
        {"pairs": [[0, 0], [0, 0]]},
    )


@given(contests("schulze"))
def test_trying_every_path_gives_the_same(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    ballots = [ballot for ballot in drawn.ballots if any(ballot)]
    options = range(len(drawn.question.options))
    wins = [[sum(_prefers(b, i, j) for b in ballots) for j in options] for i in options]
    assert result.details["pairs"] == wins
    strength = {(i, j): _strongest(wins, i, j) for i in options for j in options if i != j}
    remaining, winners, several = set(options), set(), False
    while ballots and remaining and len(winners) < drawn.question.rule.seats:
        unbeaten = [
            i for i in remaining
            if all(strength[i, j] >= strength[j, i] for j in remaining - {i})
        ]  # fmt: skip
        several |= len(unbeaten) > 1
        winners.add(min(unbeaten, key=drawn.order.index))
        remaining -= winners
    assert set(result.winners) == winners
    assert result.drawn == several


def _prefers(ballot, one, other):
    return ballot[one] > 0 and (ballot[other] == 0 or ballot[one] < ballot[other])


def _strongest(wins, start, end):
    """The strength of the best of all paths, each tried."""
    others = [option for option in range(len(wins)) if option not in {start, end}]
    best = 0
    for length in range(len(others) + 1):
        for middle in permutations(others, length):
            path = [start, *middle, end]
            links = [wins[a][b] if wins[a][b] > wins[b][a] else 0 for a, b in pairwise(path)]
            best = max(best, min(links))
    return best


# --- real and textbook elections


def test_burlington_2009_would_have_elected_montroll():
    folder = shared("elections/2009-burlington-mayor")
    ballots = read_abif((folder / "ballots.abif").read_text("utf-8"))
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    keys = [option.key for option in ballots.options]
    result = outcome(schulze([key.lower() for key in keys], equal=True), ballots.counts)
    for one, row in zip(keys, result.details["pairs"], strict=True):
        duels = dict(zip(keys, row, strict=True))
        assert duels.pop(one) == 0
        assert duels == expected["pairwise"][one]
    assert [keys[each] for each in result.winners] == [expected["condorcet_winner"]] == ["Montroll"]
    assert not result.drawn


def test_every_profile_on_which_another_rule_misses_the_condorcet_winner_is_no_trap_here():
    folder = shared("elections/social-choice-examples/condorcet_winner")
    paths = sorted(folder.glob("*.soc"))
    assert len(paths) == 18
    for path in paths:
        election = soc(path)
        result = outcome(schulze(election.options), election.choices)
        duels = result.details["pairs"]
        options = range(len(duels))
        condorcet = [
            i for i in options if all(duels[i][j] > duels[j][i] for j in options if i != j)
        ]
        assert len(condorcet) == 1, path.name
        assert list(result.winners) == condorcet, path.name
        assert not result.drawn


def test_plurality_misses_the_condorcet_winner_on_the_profile_made_for_it():
    path = shared(
        "elections/social-choice-examples/condorcet_winner/minimal_resolute_Plurality.soc"
    )
    election = soc(path)
    condorcet = outcome(schulze(election.options), election.choices).winners
    firsts = {ranks.index(1): number for ranks, number in election.choices.items()}
    assert outcome(question("plurality", election.options), firsts).winners != condorcet
