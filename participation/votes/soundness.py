"""Whether what an organiser proposes can be held: each refusal names its field. Pure."""

from datetime import datetime

from participation.core.errors import Invalid
from participation.core.words import words
from participation.votes.proposal import (
    BUDGETS,
    CURRENCY_LENGTH,
    LEAST_GROUP,
    MAJORITIES,
    MOST_MARK,
    MOST_MONEY,
    MOST_OPTIONS,
    SCORED,
    SEATED,
    Counting,
    Measures,
    Proposal,
    Rule,
    Spending,
    Windows,
    Wording,
    least_step,
    option_name,
)


def check_proposal(proposal: Proposal, now: datetime) -> None:
    """Nothing for a proposal that can be held; raises `Invalid` naming the field."""
    _check_options(proposal.wording, proposal.counting)
    _check_counting(proposal.counting, len(proposal.wording.options))
    _check_windows(proposal.windows, now)
    _check_measures(proposal.measures)


def _check_options(wording: Wording, counting: Counting) -> None:
    number = len(wording.options)
    if counting.rule is Rule.YES_NO and number != len(("yes", "no")):
        message = words(
            "A yes/no question has exactly two options: the first line says yes, the second no."
        )
        raise Invalid(message, field="options_id")
    if not 2 <= number <= MOST_OPTIONS:  # noqa: PLR2004 - with one option there is no choice
        message = words("Between 2 and %(most)s options are needed.", most=MOST_OPTIONS)
        raise Invalid(message, field="options_id")
    for language in wording.languages:
        names = [option_name(option[language]).casefold() for option in wording.options]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            message = words("The option “%(name)s” stands here twice.", name=twice)
            raise Invalid(message, field=f"options_{language}")


def _check_counting(counting: Counting, options: int) -> None:
    """What belongs to the rule; the rest is not looked at."""
    if counting.rule is Rule.YES_NO:
        _check_referendum(counting)
    if counting.rule in SEATED and not 1 <= counting.seats < options:
        message = words("At least one, and fewer than there are options.")
        raise Invalid(message, field="seats")
    marks = counting.most_marks
    if counting.rule is Rule.APPROVAL and marks is not None and not 1 <= marks <= options:
        message = words("At least one, and no more than there are options.")
        raise Invalid(message, field="most_marks")
    if counting.rule in SCORED:
        _check_within("max_score", counting.max_score, 1, MOST_MARK)
    if counting.rule in BUDGETS:
        _check_spending(counting.spending, options)


def _check_referendum(counting: Counting) -> None:
    quorum = counting.quorum_percent
    if quorum is not None and not 1 <= quorum <= 100:  # noqa: PLR2004 - per cent
        raise Invalid(words("A quorum is 1 to 100 per cent."), field="quorum_percent")
    if counting.majority not in MAJORITIES:
        raise Invalid(words("Choose one of these."), field="majority")


def _check_spending(spending: Spending | None, options: int) -> None:
    if spending is None:
        raise Invalid(words("Say how much money there is."), field="budget")
    _check_within("budget", spending.budget, 1, MOST_MONEY)
    _check_costs(spending, options)
    if not 1 <= len(spending.currency) <= CURRENCY_LENGTH:
        message = words("A short word is expected here, such as Rp.")
        raise Invalid(message, field="currency")
    if spending.points is not None:
        _check_within("points", spending.points, 1, MOST_MARK)
    if spending.utility not in {"cost", "cardinality"}:
        raise Invalid(words("Choose one of these."), field="utility")
    if spending.step is not None:
        _check_within("completion_step", spending.step, least_step(spending.budget), MOST_MONEY)


def _check_costs(spending: Spending, options: int) -> None:
    number, costs = len(spending.costs), spending.costs
    if number != options:
        message = words(
            "There are %(options)s options and %(costs)s costs: each option needs one, on a line"
            " of its own.",
            options=options,
            costs=number,
        )
        raise Invalid(message, field="costs")
    if not all(1 <= cost <= MOST_MONEY for cost in costs):
        raise Invalid(words("Every option costs something."), field="costs")
    if min(costs) > spending.budget:
        message = words("None of the options can be paid with this budget.")
        raise Invalid(message, field="costs")


def _check_within(field: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise Invalid(words("From %(least)s to %(most)s.", least=least, most=most), field=field)


def _check_windows(windows: Windows, now: datetime) -> None:
    if windows.check_in_closes <= windows.check_in_opens:
        message = words("Check-in must not end before it begins.")
        raise Invalid(message, field="check_in_closes")
    if windows.voting_closes <= windows.voting_opens:
        message = words("Voting must not end before it begins.")
        raise Invalid(message, field="voting_closes")
    if windows.voting_closes < windows.check_in_closes:
        message = words("Voting must not end before check-in: whoever checks in last votes too.")
        raise Invalid(message, field="voting_closes")
    if windows.check_in_closes <= now:
        raise Invalid(words("This moment has passed."), field="check_in_closes")


def _check_measures(measures: Measures) -> None:
    bounds = {
        "epoch_seconds": (1, 24 * 3600),
        "batch_min": (1, 10_000),
        "merge_delay_epochs": (0, 100),
        "max_revisions": (0, 1000),
        "min_group": (LEAST_GROUP, 1_000_000),
    }
    for field, (least, most) in bounds.items():
        _check_within(field, getattr(measures, field), least, most)
