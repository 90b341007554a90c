"""Plurality: one mark on each ballot, the most marked options win."""

from ballots.counting.rule import CountingRule
from ballots.counting.totals import count_highest, no_totals

RULE = CountingRule("plurality", "single", count_highest, no_totals)
