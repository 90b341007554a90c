"""Yes or no: accepted or not, if enough people took part."""

from ballots.counting.rule import Contest, CountingRule, Decision
from ballots.counting.totals import no_totals, totals

YES, NO = 0, 1


def _count(contest: Contest) -> Decision:
    sums = totals(contest)
    if not _reaches_quorum(contest):
        return Decision.of((), drawn=False, totals=sums)
    return Decision.of((YES if _is_accepted(contest, sums) else NO,), drawn=False, totals=sums)


def _reaches_quorum(contest: Contest) -> bool:
    if contest.question.rule.quorum is None:
        return True
    share, whole = contest.question.rule.quorum
    # Whoever hands in a blank ballot has taken part.
    ballots = contest.valid + contest.blank
    return ballots * whole >= share * contest.roll_size


def _is_accepted(contest: Contest, sums: list[int]) -> bool:
    share, whole = contest.question.rule.majority
    reached, needed = sums[YES] * whole, share * (sums[YES] + sums[NO])
    return reached > needed if contest.question.rule.strict else reached >= needed


RULE = CountingRule("yes-no", "single", _count, no_totals)
