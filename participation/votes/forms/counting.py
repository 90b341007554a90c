"""How a vote is counted: the rule, and the fields that belong to it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation

from participation.core.words import Words, words
from participation.votes.counting_words import MAJORITY_NAMES, RULE_NAMES
from participation.votes.forms.parts import blame, costs_in, int_or_none, is_money, money_in, number
from participation.votes.forms.wording import WordingForm
from participation.votes.models import Vote
from participation.votes.proposal import (
    BUDGETS,
    CURRENCY_LENGTH,
    SCORED,
    SEATED,
    Counting,
    Rule,
    Spending,
)
from participation.votes.terms import counting_of
from participation.web.forms import Form, at_most, chosen, required
from participation.web.language import _, _l, number_words, say

FIELDS_OF = MappingProxyType(
    {
        "quorum_percent": frozenset({Rule.YES_NO}),
        "majority": frozenset({Rule.YES_NO}),
        "seats": SEATED,
        "most_marks": frozenset({Rule.APPROVAL}),
        "max_score": SCORED,
        "budget": BUDGETS,
        "currency": BUDGETS,
        "costs": BUDGETS,
        "ballot": frozenset({Rule.GREEDY}),
        "points": frozenset({Rule.GREEDY}),
        "utility": frozenset({Rule.EQUAL_SHARES}),
        "completion": frozenset({Rule.EQUAL_SHARES}),
        "completion_step": frozenset({Rule.EQUAL_SHARES}),
    }
)
"""The rules that each field belongs to; under the others it is passed over."""


def _of_rule(form: Form, field: Field) -> None:
    """Stops at a field that does not belong to the chosen rule: unseen, it cannot be wrong."""
    if form["rule"].data not in FIELDS_OF[field.name]:
        field.errors = []
        raise StopValidation


class CountingForm(WordingForm):
    """The rule by which a vote is counted, and what belongs to it."""

    rule = RadioField(_l("How is it counted?"), [chosen(_l("Choose how it is counted."))])
    quorum_percent = StringField(
        _l("Quorum in per cent of the roll"),
        [_of_rule, Optional(), number()],
        description=_l("Empty: it counts however many take part."),
    )
    majority = SelectField(_l("Majority that a yes needs"), [_of_rule])
    seats = StringField(_l("How many options win"), [_of_rule, required(), number()], default=1)
    most_marks = StringField(
        _l("Most marks on a ballot"),
        [_of_rule, Optional(), number()],
        description=_l("Empty: as many as one likes."),
    )
    max_score = StringField(
        _l("Highest mark for an option"),
        [_of_rule, required(), number()],
        description=_l("Each option gets a mark from 0 to this number. 5 is usual."),
        default=Counting(Rule.SCORE).max_score,
    )
    budget = StringField(
        _l("Money to spend"),
        [_of_rule, required(), is_money],
        description=_l("Whole amounts, such as 250.000.000."),
    )
    currency = StringField(
        _l("Currency"),
        [_of_rule, required(), at_most(CURRENCY_LENGTH)],
        description=_l("The word before every amount."),
        default="Rp",
    )
    costs = TextAreaField(
        _l("What each option costs"),
        [_of_rule, required()],
        description=_l("One amount on each line, in the order of the options above."),
    )
    ballot = SelectField(_l("What voters give"), [_of_rule])
    points = StringField(
        _l("Points for each voter"),
        [_of_rule, Optional(), number()],
        description=_l("For points only: how many each voter can share out. 10 is usual."),
        default=10,
    )
    utility = SelectField(
        _l("What a project is worth to those who want it"),
        [_of_rule],
        description=_l(
            "Worth what it costs: large projects have a fair chance against small ones. Worth the"
            " same: as many voters as possible get many projects, and small ones come first."
        ),
    )
    completion = SelectField(
        _l("Money that is left"),
        [_of_rule],
        description=_l(
            "Some money usually stays, because no group alone can pay for one more project. Raising"
            " gives everybody a little more again and again, for the calculation only, as long as"
            " the outcome fits the budget; what then stays goes by most votes."
        ),
    )
    completion_step = StringField(
        _l("How much more at a time"),
        [_of_rule, Optional(), is_money],
        description=_l("For raising only. Empty: the smallest step that is safe."),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.rule.choices = _choices(RULE_NAMES)
        self.majority.choices = _choices(MAJORITY_NAMES)
        self.ballot.choices = _choices(_BALLOTS)
        self.utility.choices = _choices(_UTILITIES)
        self.completion.choices = _choices(_COMPLETIONS)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also whether every line of the costs can be read, and points are named if given."""
        is_good = bool(super().validate(extra_validators))
        return self._check_costs() and self._check_points() and is_good

    def counting(self) -> Counting:
        """How it is counted, as it was sent."""
        rule = Rule(self.rule.data)
        return Counting(
            rule,
            quorum_percent=self._own("quorum_percent", int_or_none, None),
            majority=self._own("majority", _text, Counting(rule).majority),
            seats=self._own("seats", int_or_none, 1),
            most_marks=self._own("most_marks", int_or_none, None),
            max_score=self._own("max_score", int_or_none, Counting(rule).max_score),
            spending=self._spending() if rule in BUDGETS else None,
        )

    def _spending(self) -> Spending:
        has_points = self._own("ballot", _text, _APPROVAL) == _POINTS
        return Spending(
            budget=money_in(self.budget.data),
            costs=tuple(costs_in(self.costs.data)),
            currency=self.currency.data,
            points=int_or_none(self.points) if has_points else None,
            utility=self._own("utility", _text, "cost"),
            is_completed=self._own("completion", _text, _RAISED) == _RAISED,
            completion_step=self._own("completion_step", _money_or_none, None),
        )

    def _own(self, name: str, read: Callable[[Field], Any], otherwise: Any) -> Any:
        """What a field of the chosen rule says; `otherwise` for a field of another rule."""
        return read(self[name]) if self.rule.data in FIELDS_OF[name] else otherwise

    def _check_costs(self) -> bool:
        if self.rule.data not in BUDGETS or self.costs.errors:
            return True
        try:
            costs_in(self.costs.data)
        except ValueError as error:
            blame(self.costs, _("“%(line)s” is no whole amount, such as 25.000.000.", line=error))
            return False
        return True

    def _check_points(self) -> bool:
        is_missing = self._own("ballot", _text, _APPROVAL) == _POINTS and not self.points.data
        if is_missing:
            blame(self.points, _("This must be filled in."))
        return not is_missing


_APPROVAL, _POINTS = "approval", "points"
_RAISED, _ONCE = "raised", "once"
_BALLOTS = {
    _APPROVAL: words("A mark for every project they want"),
    _POINTS: words("Points, shared out among the projects"),
}
_UTILITIES = {
    "cost": words("What it costs"),
    "cardinality": words("The same as any other project"),
}
_COMPLETIONS = {
    _RAISED: words("Raise everybody's part, then spend by most votes"),
    _ONCE: words("Leave it unspent"),
}


def _choices(names: Mapping[Any, Words]) -> list[SelectChoice]:
    return [SelectChoice(key, say(name)) for key, name in names.items()]


def _text(field: Field) -> str:
    return str(field.data)


def _money_or_none(field: Field) -> int | None:
    return money_in(field.data) if field.data else None


def counting_values(vote: Vote) -> dict[str, Any]:
    """What the form shows of how a vote is counted that was drawn up before."""
    counting = counting_of(vote)
    plain = ("quorum_percent", "majority", "seats", "most_marks", "max_score")
    values = {"rule": counting.rule.value, **{name: getattr(counting, name) for name in plain}}
    spending = counting.spending
    if spending is None:
        return values
    step = spending.completion_step
    return values | {
        "budget": number_words(spending.budget),
        "currency": spending.currency,
        "costs": "\n".join(number_words(cost) for cost in spending.costs),
        "ballot": _POINTS if spending.points else _APPROVAL,
        "points": spending.points,
        "utility": spending.utility,
        "completion": _RAISED if spending.is_completed else _ONCE,
        "completion_step": number_words(step) if step else "",
    }
