"""A worked example for each counting rule, counted by the rule itself when it is shown.

They are those of docs/rules, in words for everybody; a test keeps both the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ballots.counting import count, question_result
from ballots.draft import Option, Question
from ballots.plaintext import Choice, Marks, marks
from participation.core.words import Words, words
from participation.votes.asking import asked
from participation.votes.outcome import Outcome, outcome_of
from participation.votes.proposal import Counting, Rule, Spending
from participation.votes.terms import Terms

Ballots = Mapping[Choice, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A small vote: what is asked, the ballots by their number, the lots (the preferred first)."""

    counting: Counting
    question: Words
    options: tuple[Words, ...]
    ballots: Ballots
    lots: tuple[int, ...]
    told: Words
    roll_size: int = 0


def counted(example: Example, names: tuple[str, ...]) -> tuple[Terms, Outcome]:
    """The example's terms and its outcome; `names` are its options in the reader's language."""
    question = question_of(example)
    found = count(question, example.ballots, tie_order=example.lots, roll_size=example.roll_size)
    ids = tuple(option.id for option in question.options)
    terms = Terms(example.counting, ids, names, roll_size=example.roll_size)
    return terms, outcome_of(terms, question_result(question, found))


def papers(example: Example) -> tuple[tuple[int, Marks], ...]:
    """How many ballots are marked how: one number per option, all zero for blank ones."""
    question = question_of(example)
    return tuple((number, marks(question, choice)) for choice, number in example.ballots.items())


def question_of(example: Example) -> Question:
    """The question that an example asks, its options named by their number."""
    is_yes_no = example.counting.rule is Rule.YES_NO
    numbered = (f"option-{number}" for number in range(1, len(example.options) + 1))
    options = (Option(name, {}) for name in (("yes", "no") if is_yes_no else numbered))
    return asked(example.counting, {}, tuple(options))


def _set(*options: int) -> frozenset[int]:
    return frozenset(options)


_MURALS = (words("Waves"), words("Batik"), words("Birds"))
_MURAL_BALLOTS: Ballots = {(5, 3, 0): 3, (0, 4, 5): 2, (0, 0, 2): 1}
_PROJECTS = (words("Street lamps"), words("Playing field"), words("Trees"), words("Benches"))

EXAMPLES: Mapping[Rule, Example] = MappingProxyType(
    {
        Rule.YES_NO: Example(
            Counting(Rule.YES_NO, quorum_percent=25, majority="2/3"),
            words("Shall Merdeka Street have a cycle lane?"),
            (words("Yes"), words("No")),
            {0: 7, 1: 3, None: 2},
            (0, 1),
            words(
                "12 ballots of a roll of 48 are exactly a quarter, so the quorum of 25 per cent is"
                " reached. Of 10 votes for yes or no at least two thirds must be yes, that is 7."
            ),
            roll_size=48,
        ),
        Rule.PLURALITY: Example(
            Counting(Rule.PLURALITY),
            words("Where shall the clock stand?"),
            (words("Town square"), words("Market"), words("Station")),
            {0: 5, 1: 7, 2: 7, None: 2},
            (2, 0, 1),
            words(
                "Market and station have 7 marks each. The lots name the station earlier, so the"
                " station wins."
            ),
        ),
        Rule.APPROVAL: Example(
            Counting(Rule.APPROVAL, seats=2),
            words("Which two parks first?"),
            (words("North"), words("East"), words("South"), words("West")),
            {_set(0, 1): 4, _set(1, 2): 3, _set(3): 2, _set(0, 2, 3): 1, _set(): 1},
            (3, 2, 1, 0),
            words(
                "East has 4 + 3 = 7 marks, north 4 + 1 = 5, south 3 + 1 = 4, west 2 + 1 = 3. No lot"
                " is needed."
            ),
        ),
        Rule.SCORE: Example(
            Counting(Rule.SCORE, max_score=5),
            words("Which mural?"),
            _MURALS,
            _MURAL_BALLOTS,
            (0, 1, 2),
            words(
                "Waves 3 · 5 = 15, batik 3 · 3 + 2 · 4 = 17, birds 2 · 5 + 2 = 12. Half of the"
                " voters gave waves their best number, and batik wins: more people like it."
            ),
        ),
        Rule.STAR: Example(
            Counting(Rule.STAR, max_score=5),
            words("Which mural?"),
            _MURALS,
            _MURAL_BALLOTS,
            (0, 1, 2),
            words(
                "Batik has the highest sum, 17, and waves the second, 15. But three ballots prefer"
                " waves and two prefer batik, so waves win."
            ),
        ),
        Rule.INSTANT_RUNOFF: Example(
            Counting(Rule.INSTANT_RUNOFF),
            words("Who chairs the council?"),
            (words("Ayu"), words("Bima"), words("Citra"), words("Dewi")),
            {
                (1, 2, 0, 0): 5,
                (0, 1, 2, 0): 4,
                (3, 2, 1, 0): 2,
                (0, 0, 2, 1): 1,
                (0, 0, 0, 1): 1,
            },
            (3, 0, 1, 2),
            words(
                "Citra and Dewi are lowest with 2 each; the lots name Citra last, so Citra is"
                " excluded and both ballots pass to Bima. Then Dewi is excluded, and no option that"
                " is left stands on these two ballots. Bima has 6 of the 11 that still count."
            ),
        ),
        Rule.STV_SCOTTISH: Example(
            Counting(Rule.STV_SCOTTISH, seats=2),
            words("Which two join the park board?"),
            (words("Ayu"), words("Bima"), words("Citra")),
            {(1, 2, 0): 2, (1, 0, 2): 2, (0, 1, 0): 2, (0, 0, 1): 1},
            (2, 1, 0),
            words(
                "7 ballots and 2 seats: the quota is 3 votes. Ayu has 4 and is elected, and one"
                " vote passes on: each of Ayu's four ballots at a quarter. Then Citra is lowest and"
                " excluded, and Bima gets the seat that is left."
            ),
        ),
        Rule.SCHULZE: Example(
            Counting(Rule.SCHULZE),
            words("Which bus route?"),
            (words("Coast"), words("Market"), words("Campus")),
            {(1, 2, 0): 4, (0, 1, 2): 3, (2, 2, 1): 2},
            (2, 1, 0),
            words(
                "Coast beats market by 4 to 3, market beats campus by 7 to 2, campus beats coast by"
                " 5 to 4: a circle. From market over campus to coast the weakest duel has 5"
                " ballots, back from coast to market it has 4: market is unbeaten."
            ),
        ),
        Rule.GREEDY: Example(
            Counting(
                Rule.GREEDY,
                spending=Spending(100, (60, 50, 30, 10), currency="Rp", points=10),
            ),
            words("What shall the neighbourhood buy?"),
            _PROJECTS,
            {(6, 4, 0, 0): 3, (0, 5, 5, 0): 2, (0, 0, 0, 10): 1, (0, 0, 0, 0): 1},
            (3, 2, 1, 0),
            words(
                "The field has 3 · 4 + 2 · 5 = 22 points and is chosen for 50. The lamps have 18"
                " and do not fit into the 50 that are left. Benches and trees have 10 each, and"
                " both fit."
            ),
        ),
        Rule.EQUAL_SHARES: Example(
            Counting(
                Rule.EQUAL_SHARES,
                spending=Spending(100, (60, 50, 30, 20), currency="Rp", completion_step=1),
            ),
            words("What shall the neighbourhood buy?"),
            _PROJECTS,
            {_set(0, 1): 6, _set(2): 3, _set(2, 3): 1},
            (3, 2, 1, 0),
            words(
                "Ten ballots, 10 for each. Six voters want lamps and field, and both are equally"
                " good value; the lots name the field first. After paying for it these six have too"
                " little left for the lamps. Four voters pay 30 for the trees. Raising everybody's"
                " part helps the lamps only when the outcome would cost 140, too much. So 20 are"
                " left, and the benches fit."
            ),
        ),
    }
)
"""One example a rule."""
