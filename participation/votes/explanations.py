"""What each counting rule is, in plain words: how it counts, what it is good for, its ties."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from participation.core.words import Words, words
from participation.votes.proposal import Rule


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule in words: its definition, what speaks for and against it, how ties are settled."""

    definition: tuple[Words, ...]
    for_and_against: Words
    ties: Words


_BY_TOTALS = words(
    "Options of equal totals are taken in the order of the lots. A result says that lots were drawn"
    " only if a winner and a loser have equal totals."
)

EXPLANATIONS: Mapping[Rule, Explanation] = MappingProxyType(
    {
        Rule.YES_NO: Explanation(
            (
                words("Each ballot says yes or no to one question."),
                words(
                    "Yes wins when its share of the votes for yes or no is the majority that was"
                    " set beforehand: more than half, or a larger share."
                ),
                words(
                    "A quorum can be set: then fewer ballots than that share of the roll decide"
                    " nothing. Blank ballots help to reach the quorum and weigh nothing else."
                ),
            ),
            words(
                "Good for one proposal that is ready. Where there are several ways to solve"
                " something, ask about all of them at once by another rule."
            ),
            words("None: exactly half is no majority, and at least two thirds means what it says."),
        ),
        Rule.PLURALITY: Explanation(
            (
                words("Each ballot marks one option."),
                words("The option with the most marks wins; or several, as many as seats."),
            ),
            words(
                "Everybody understands it at once. But two alike options take votes from each"
                " other, so that one which most people dislike can win."
            ),
            _BY_TOTALS,
        ),
        Rule.APPROVAL: Explanation(
            (
                words("Each ballot marks every option that its voter can live with."),
                words("The option with the most marks wins; or several, as many as seats."),
            ),
            words(
                "As simple as one mark, and alike options do no harm to each other. It does not"
                " tell whom somebody likes more among those they marked."
            ),
            _BY_TOTALS,
        ),
        Rule.SCORE: Explanation(
            (
                words("Each ballot gives every option a number, 0 being the least."),
                words("The option with the highest sum wins; or several, as many as seats."),
            ),
            words(
                "It sees how much people like something. Who gives the highest and the lowest"
                " number only has more weight than who judges finely."
            ),
            _BY_TOTALS,
        ),
        Rule.STAR: Explanation(
            (
                words("Each ballot gives every option a number, 0 being the least."),
                words("The two options with the highest sums are in the run-off."),
                words(
                    "Each ballot then counts for the one of the two that it gave the higher number;"
                    " the one with more ballots wins."
                ),
            ),
            words(
                "It keeps what is good about numbers, and it pays to judge finely, because in the"
                " run-off every ballot weighs the same."
            ),
            words(
                "Who is in the run-off is drawn among equal sums. If as many ballots prefer the one"
                " as the other, the higher sum wins; if these are equal too, the lots decide."
            ),
        ),
        Rule.INSTANT_RUNOFF: Explanation(
            (
                words("Each ballot ranks options, and counts for the best ranked that is left."),
                words(
                    "Round by round the option with the fewest ballots is excluded and its ballots"
                    " pass to the next choice, until one has more than half of those that still"
                    " count."
                ),
                words(
                    "A ballot between options of the same rank waits until only one of them is"
                    " left."
                ),
            ),
            words(
                "Nobody wastes a vote on a small favourite. An option that everybody likes second"
                " best can be excluded early, though."
            ),
            words(
                "Of equally low options the last in the lots is excluded, without looking back at"
                " earlier rounds."
            ),
        ),
        Rule.STV_SCOTTISH: Explanation(
            (
                words(
                    "Each ballot ranks options. The quota is the smallest number of votes that no"
                    " more options can reach than there are seats."
                ),
                words(
                    "Whoever has the quota is elected. What they have above it passes on: each of"
                    " their ballots goes to its next choice at a fraction of its value."
                ),
                words(
                    "If there is no surplus, the option with the fewest votes is excluded, and its"
                    " ballots pass on at the value they have. When no more options are left than"
                    " seats, they are elected."
                ),
            ),
            words(
                "A group of a third of the voters gets about a third of the seats, without parties"
                " or lists. This is how Scotland elects its councils."
            ),
            words(
                "Equal surpluses and equally low options are told apart by the latest earlier stage"
                " at which they differ; if they never did, by the lots."
            ),
        ),
        Rule.SCHULZE: Explanation(
            (
                words(
                    "Each ballot ranks options; those without a rank are last, and equal. Every two"
                    " options are compared: whom more ballots rank higher wins that duel."
                ),
                words(
                    "An option that wins all its duels wins. Duels can also go round in a circle:"
                    " then chains of won duels are compared, each as strong as its weakest duel,"
                    " and an option is unbeaten if no other has a stronger chain to it than it has"
                    " back."
                ),
                words("Further seats go, one by one, to the unbeaten of those that are left."),
            ),
            words(
                "It finds the option that would win against each other one alone, and alike options"
                " do not change who wins. It takes more words to explain."
            ),
            words("Of several unbeaten options the first in the lots is taken."),
        ),
        Rule.GREEDY: Explanation(
            (
                words(
                    "Each ballot marks the projects its voter wants, or shares out points among"
                    " them."
                ),
                words(
                    "From the most wanted project down each is chosen if it fits into the money"
                    " that is left, and skipped if not."
                ),
            ),
            words(
                "Simple. But a majority can decide on all of the money, and a group of a third of"
                " the voters may get nothing."
            ),
            words("Equally wanted projects are taken in the order of the lots."),
        ),
        Rule.EQUAL_SHARES: Explanation(
            (
                words("Each ballot marks the projects its voter wants."),
                words(
                    "Everybody gets an equal part of the money, and pays only for projects that"
                    " they marked. A project is chosen when its supporters can pay for it together;"
                    " each pays the same, or all that is left of their part."
                ),
                words(
                    "Again and again that project is next whose supporters have to give the"
                    " smallest part for what it is worth to them."
                ),
                words(
                    "Money that is left can be spent too: everybody's part is raised step by step,"
                    " for the calculation only, as long as the outcome fits the budget; the rest"
                    " goes to the most wanted projects that fit."
                ),
            ),
            words(
                "Every group decides on about its share of the money. That is why a project can be"
                " chosen that fewer want than another which is not."
            ),
            words("Of projects that are equally good value the first in the lots is chosen."),
        ),
    }
)
"""Every rule, explained."""
