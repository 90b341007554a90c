"""Safe parameters (section 3), stated again for V03."""

from collections.abc import Iterator

from ballots.draft import Question
from ballots.verifier.election import Election

_MOST_TRUSTEES = 32
_MOST_MARK = 255
_MOST_STEPS = 10_000
_FEWEST_FINALISTS = 2


def unsafe_parameters(election: Election) -> Iterator[str]:
    """Everything about an election's numbers and keys that is not safe, in words."""
    yield from _unsafe_times(election)
    yield from _unsafe_registrars(election)
    yield from _unsafe_witnesses(election)
    trustees = election.draft.trustees
    if not 1 <= trustees.k <= len(trustees.list) <= _MOST_TRUSTEES:
        yield "trustees: not 1 <= k <= n <= 32"
    for each in election.manifest.roll.styles:
        if each.size < election.draft.min_group:
            yield f"style {each.style} has {each.size} rows, below min_group"
    yield from _repeated_keys(election)
    for question in election.draft.questions:
        for words in _unsafe_question(question):
            yield f"question {question.id}: {words}"


def _unsafe_times(election: Election) -> Iterator[str]:
    times = election.draft.schedule
    if not times.check_in_opens <= times.check_in_closes <= times.voting_closes:
        yield "the times of check-in are out of order"
    if not times.voting_opens < times.voting_closes:
        yield "voting does not open before it closes"


def _unsafe_registrars(election: Election) -> Iterator[str]:
    """With 2k - n > faulty two quorums share an honest registrar, who signs one key a row (A2)."""
    registrars = election.draft.registrars
    n, k, faulty = len(registrars.list), registrars.k, registrars.faulty
    is_safe = (k, faulty) == (1, 0) if n == 1 else 1 <= faulty < k <= n and 2 * k - n > faulty
    if not is_safe:
        yield f"registrars: n = {n}, k = {k}, faulty = {faulty}"


def _unsafe_witnesses(election: Election) -> Iterator[str]:
    witnesses = election.draft.witnesses
    count, k, faulty = len(witnesses.list), witnesses.k, witnesses.faulty
    is_safe = k <= count and 2 * k > count + faulty if count else k == 0
    if not is_safe:
        yield f"witnesses: W = {count}, k = {k}, faulty = {faulty}"


def _repeated_keys(election: Election) -> Iterator[str]:
    keys = [
        *(key.public32 for key in election.logs.values()),
        *(key.public32 for key in election.witnesses),
        *(key.octets for key in election.roles.values()),
        *(officer.cose for officer in election.draft.officers),
    ]
    if len(set(keys)) < len(keys):
        yield "one key serves two roles"


def _unsafe_question(question: Question) -> Iterator[str]:
    rule = question.rule
    if max(question.max_score or 0, question.points or 0) > _MOST_MARK:
        yield "max_score or points above 255"
    if any(cost < 1 for cost in rule.costs):
        yield "a cost below 1"
    if rule.completion_step and (rule.budget or 0) > _MOST_STEPS * rule.completion_step:
        yield "budget above 10,000 steps"
    if rule.seats > len(question.options):
        yield "more seats than options"
    if rule.name == "star" and len(question.options) < _FEWEST_FINALISTS:
        yield "a run-off of fewer than two options"
