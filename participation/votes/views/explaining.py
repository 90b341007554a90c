"""Routes and pages that explain how votes are counted."""

from operator import itemgetter

from flask.typing import ResponseReturnValue

from participation.core.errors import NotFound
from participation.core.words import words
from participation.votes.counting_words import RULE_NAMES, RULE_PURPOSES, rule_words
from participation.votes.examples import EXAMPLES, counted, papers
from participation.votes.explanations import EXPLANATIONS
from participation.votes.pages.explained import (
    ExampleView,
    RuleGroup,
    RulePage,
    RuleRow,
    RulesPage,
)
from participation.votes.proposal import RANKED, SCORED, Rule
from participation.votes.verdict_words import headline
from participation.votes.views.figures import figures_of
from participation.votes.views.routes import blueprint
from participation.web.guard import public
from participation.web.language import _, say
from participation.web.page import show

_GROUPS = (
    (words("One proposal"), (Rule.YES_NO,)),
    (
        words("One or several of many options"),
        (
            Rule.PLURALITY,
            Rule.APPROVAL,
            Rule.SCORE,
            Rule.STAR,
            Rule.INSTANT_RUNOFF,
            Rule.SCHULZE,
        ),
    ),
    (words("Seats in proportion"), (Rule.STV_SCOTTISH,)),
    (words("Money for projects"), (Rule.GREEDY, Rule.EQUAL_SHARES)),
)


@blueprint.get("/votes/rules")
@public
def rules() -> ResponseReturnValue:
    """Which rule for which purpose."""
    groups = (RuleGroup(say(title), tuple(map(_row, listed))) for title, listed in _GROUPS)
    return show(RulesPage(groups=tuple(groups)))


@blueprint.get("/votes/rules/<name>")
@public
def rule(name: str) -> ResponseReturnValue:
    """One rule with its worked example."""
    if name not in set(Rule):
        raise NotFound(words("There is no such rule."))
    return show(_page(Rule(name)))


def _row(each: Rule) -> RuleRow:
    return RuleRow(each.value, say(RULE_NAMES[each]), say(RULE_PURPOSES[each]))


def _page(chosen: Rule) -> RulePage:
    explanation = EXPLANATIONS[chosen]
    return RulePage(
        name=chosen.value,
        title=say(RULE_NAMES[chosen]),
        purpose=say(RULE_PURPOSES[chosen]),
        definition=tuple(say(sentence) for sentence in explanation.definition),
        for_and_against=say(explanation.for_and_against),
        ties=say(explanation.ties),
        example=_example(chosen),
    )


def _example(chosen: Rule) -> ExampleView:
    example = EXAMPLES[chosen]
    names = tuple(say(option) for option in example.options)
    terms, outcome = counted(example, names)
    return ExampleView(
        question=say(example.question),
        terms=tuple(say(sentence) for sentence in rule_words(terms)[:-1]),
        ballots=tuple((number, _ballot(chosen, marks, names)) for number, marks in papers(example)),
        lots=", ".join(names[option] for option in example.lots),
        headline=say(headline(terms, outcome)),
        told=say(example.told),
        figures=figures_of(terms, outcome),
    )


def _ballot(chosen: Rule, marks: tuple[int, ...], names: tuple[str, ...]) -> str:
    """What a ballot says, in words."""
    given = [(mark, name) for mark, name in zip(marks, names, strict=True) if mark]
    if not given:
        return str(_("blank"))
    if chosen in RANKED:
        return ", ".join(f"{rank}. {name}" for rank, name in sorted(given, key=itemgetter(0)))
    if chosen in SCORED or chosen is Rule.GREEDY:  # the example of the latter is by points
        return ", ".join(f"{name} {mark}" for mark, name in given)
    return ", ".join(name for _mark, name in given)
