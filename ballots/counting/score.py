"""Score: every option gets a number, the highest sums win."""

from ballots.counting.rule import CountingRule
from ballots.counting.totals import count_highest, no_totals

RULE = CountingRule("score", "score", count_highest, no_totals)
