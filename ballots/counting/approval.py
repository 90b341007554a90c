"""Approval: any options may be marked, the most marked ones win."""

from ballots.counting.rule import CountingRule
from ballots.counting.totals import count_highest, no_totals

RULE = CountingRule("approval", "approval", count_highest, no_totals)
