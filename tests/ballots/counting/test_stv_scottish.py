import csv
import json
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given

from tests.ballots.counting.contests import outcome, question, ranked
from tests.ballots.counting.drawn import contests
from tests.ballots.counting.elections import blt, rctab, tallies
from tests.places import shared

UNIT = 100_000


def stv(options, seats):
    return question("stv-scottish", options, seats=seats)


def test_a_surplus_goes_on_at_a_truncated_value():
    # 7 votes, quota 3: a has 4, its surplus of 1 goes on at ⌊100000·100000/400000⌋ = 25000 a paper.
    result = outcome(stv("abc", 2), ranked("2 a>b\n2 a>c\n2 b\n1 c", "abc"))
    assert result.details["quota"] == 3 * UNIT
    assert result.details["rounds"] == [
        [4 * UNIT, 2 * UNIT, 1 * UNIT],
        [3 * UNIT, 250_000, 150_000],
        [3 * UNIT, 250_000, 0],
    ]
    assert (result.winners, result.drawn) == ((0, 1), False)


def test_options_are_elected_without_quota_when_no_more_continue_than_seats_remain():
    result = outcome(stv("abc", 2), ranked("5 a\n1 b", "abc"))
    assert result.details["rounds"] == [
        [5 * UNIT, UNIT, 0],
        [3 * UNIT, UNIT, 0],
        [3 * UNIT, UNIT, 0],
    ]
    assert result.winners == (0, 1)


def test_as_many_options_as_seats_are_elected_at_once():
    result = outcome(stv("ab", 2), ranked("1 a", "ab"))
    assert (result.winners, result.drawn) == ((0, 1), False)
    assert result.details["rounds"] == [[UNIT, 0]]


def test_of_equal_options_the_lower_at_the_latest_differing_stage_is_excluded():
    # c's papers bring b level with d at the second stage; at the first, b had fewer.
    choices = ranked("5 a\n2 b\n3 d\n1 c>b", "abcd")
    for order in ((0, 1, 2, 3), (3, 2, 1, 0)):
        result = outcome(stv("abcd", 1), choices, order=order)
        assert result.details["rounds"] == [
            [5 * UNIT, 2 * UNIT, UNIT, 3 * UNIT],
            [5 * UNIT, 3 * UNIT, 0, 3 * UNIT],
            [5 * UNIT, 0, 0, 3 * UNIT],
            [5 * UNIT, 0, 0, 0],
        ]
        assert not result.drawn


def test_options_that_were_always_equal_are_drawn_from_the_order():
    choices = ranked("3 a\n1 b>c\n1 c>b", "abc")
    asked = stv("abc", 2)
    assert outcome(asked, choices, order=(2, 0, 1)).winners == (0, 2)
    assert outcome(asked, choices, order=(1, 0, 2)).winners == (0, 1)
    assert outcome(asked, choices).drawn


def test_of_always_equal_surpluses_the_first_of_the_lots_goes_first():
    # Quota 3: a and b have one vote over, c or d gets the first.
    choices = ranked("4 a>c\n4 b>a>d\n1 c\n1 d\n1 e", "abcde")
    first = outcome(stv("abcde", 3), choices, order=(0, 1, 2, 3, 4))
    second = outcome(stv("abcde", 3), choices, order=(1, 0, 2, 3, 4))
    assert first.details["rounds"][1][0] == 3 * UNIT
    assert second.details["rounds"][1][1] == 3 * UNIT
    assert first.drawn
    assert second.drawn


def test_without_a_valid_ballot_the_quota_is_that_of_the_formula():
    result = outcome(stv("abc", 2), {(0, 0, 0): 4})
    assert (result.winners, result.drawn) == ((), False)
    assert result.details == {"quota": UNIT, "rounds": []}


def test_more_seats_than_options_in_an_unsafe_draft_do_not_stop_the_count():
    assert outcome(stv("ab", 5), ranked("3 a>b", "ab")).winners == (0, 1)


@given(contests("stv-scottish"))
def test_counting_paper_by_paper_in_fractions_gives_the_same(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    ballots = [ballot for ballot in drawn.ballots if any(ballot)]
    if ballots:
        expected = PaperByPaper(ballots, drawn.question.rule.seats, drawn.order)
        assert result.details["rounds"] == expected.stages
        assert set(result.winners) == expected.elected
        assert result.drawn == expected.drawn
    else:
        assert result.winners == ()


class PaperByPaper:
    """The rule once more: each paper alone, votes as fractions, by the text of section 11."""

    def __init__(self, ballots, seats, order):
        self.order, self.seats, self.drawn = order, seats, False
        self.papers = [[ballot, Fraction(1), self.next(ballot, 0, order)] for ballot in ballots]
        self.quota = len(ballots) // (seats + 1) + 1
        self.state = dict.fromkeys(order, "continuing")
        self.done, self.history, self.stages = set(), [], []
        while not self.stage():
            pass
        self.elected = self.having("elected")

    def having(self, state):
        return {option for option in self.order if self.state[option] == state}

    def next(self, ballot, after, allowed):
        later = {ballot[option]: option for option in allowed if ballot[option] > after}
        return later[min(later)] if later else None

    def votes(self, option):
        if option in self.done:
            return Fraction(self.quota)
        return sum((value for _, value, holder in self.papers if holder == option), Fraction(0))

    def stage(self):
        votes = {option: self.votes(option) for option in self.order}
        self.history.append(votes)
        self.stages.append([int(votes[option] * UNIT) for option in sorted(votes)])
        for option in self.having("continuing"):
            if votes[option] >= self.quota:
                self.state[option] = "elected"
        left = self.seats - len(self.having("elected"))
        if left and len(self.having("continuing")) <= left:
            self.state |= dict.fromkeys(self.having("continuing"), "elected")
            return True
        if not left:
            return True
        over = {o for o in self.having("elected") - self.done if votes[o] > self.quota}
        if over:
            self.pass_on(self.choose(over, 1), self.quota)
        else:
            loser = self.choose(self.having("continuing"), -1)
            self.state[loser] = "excluded"
            self.pass_on(loser, None)
        return False

    def choose(self, options, sign):
        history = list(reversed(self.history))
        keys = {option: [sign * votes[option] for votes in history] for option in options}
        best = [option for option in options if keys[option] == max(keys.values())]
        self.drawn |= len(best) > 1
        return min(best, key=lambda option: sign * self.order.index(option))

    def pass_on(self, option, keep):
        votes = self.votes(option)
        for paper in self.papers:
            ballot, value, holder = paper
            if holder == option:
                if keep is not None:
                    paper[1] = Fraction(floor(value * (votes - keep) / votes * UNIT), UNIT)
                paper[2] = self.next(ballot, ballot[option], self.having("continuing"))
        if keep is not None:
            self.done.add(option)


# --- real elections


def test_glasgow_2007_elects_the_published_councillors_in_every_ward():
    # The real count of this very rule: sets of elected, quota, first preferences must be equal.
    folder = shared("elections/2007-glasgow")
    expected = json.loads((folder / "expected.json").read_text("utf-8"))["wards"]
    assert len(expected) == 11
    for name, ward in expected.items():
        election = blt(folder / name)
        result = outcome(stv(election.options, election.seats), election.choices)
        assert result.valid == ward["valid_ballots"]
        assert result.details["quota"] == ward["droop_quota"] * UNIT
        first = dict(zip(election.options, result.details["rounds"][0], strict=True))
        assert first == {name: votes * UNIT for name, votes in ward["first_preferences"].items()}
        assert {election.options[each] for each in result.winners} == set(ward["elected"])
        assert not result.drawn


@pytest.mark.parametrize("name", ["42", "513", "SC"])
def test_textbook_counts_have_the_reference_counter_s_stages(name):
    # The reference counter's lots fall on the options it excludes, in that order.
    folder = shared("elections/stv-classics")
    election = blt(folder / f"{name}.blt")
    dump = _dump(folder / f"{name}.scotland-fixed-p5-d5.dump.txt")
    options = len(election.options)
    excluded = _excluded(dump)
    order = [option for option in range(options) if option not in excluded] + excluded[::-1]
    result = outcome(stv(election.options, election.seats), election.choices, order=order)
    assert result.details["quota"] == dump[-1].quota
    # The dump shows a stage's votes at its end; the first of ours are the votes at the beginning.
    assert result.details["rounds"] == [
        each.votes for each in dump if each.action in {"begin", "transfer"}
    ]
    assert set(result.winners) == {i for i, state in enumerate(dump[-1].states) if state == "E"}
    assert result.drawn == any(each.action == "tie" for each in dump)


@dataclass(frozen=True)
class Line:
    """A line of a reference dump: votes in units, states H(opeful) e(lected) E D(efeated)."""

    action: str
    quota: int
    states: list[str]
    votes: list[int]


def _dump(path):
    """The lines of a reference dump that hold votes."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [cells for cells in csv.reader(lines, delimiter="\t") if len(cells) > 6]
    found = [
        Line(cells[1], _units(cells[2]), cells[5::3], [_units(cell) for cell in cells[6::3]])
        for cells in rows[1:]
    ]
    assert len(found) > 3
    return found


def _excluded(dump):
    """The options that a dump excludes, in this order."""
    losers = [[i for i, state in enumerate(line.states) if state == "D"] for line in dump]
    return list(dict.fromkeys(loser for line in losers for loser in line))


def _units(votes):
    return int(Fraction(votes) * UNIT)


def test_the_minneapolis_park_board_of_2013_has_the_same_members_by_our_rule():
    # Minneapolis counts by another rule (four decimals, one exclusion before a surplus, unnamed
    # write-ins first), so only what any such rule must share is compared: the quota, the first
    # preferences and, in this clear race, the three elected.
    election = rctab("2013-minneapolis-park")
    result = outcome(stv(election.options, election.seats), election.choices)
    firsts = dict(zip(election.options, result.details["rounds"][0], strict=True))
    # Passing over the unnamed write-ins, we begin where the published second round stands.
    assert firsts == {
        name: votes * UNIT for name, votes in tallies(election.expected[:2])[1].items()
    }
    elected = {election.options[each] for each in result.winners}
    assert elected == {"JOHN ERWIN", "ANNIE YOUNG", "MEG FORNEY"}
    assert not result.drawn


def test_a_case_made_for_another_rule_has_the_same_threshold_and_first_preferences():
    election = rctab("rctab-edge-cases/minneapolis_multi_seat_threshold")
    result = outcome(stv(election.options, election.seats), election.choices)
    first = election.expected[0]
    assert result.details["quota"] == int(first["threshold"]) * UNIT
    assert result.details["rounds"][0] == [int(first["tally"][o]) * UNIT for o in election.options]
