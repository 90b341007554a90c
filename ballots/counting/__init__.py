"""Counting: one file per rule, an explicit table of them, exact and open to any recount."""

from ballots.counting.result import question_result, result_document
from ballots.counting.table import RULES, Outcome, count
from ballots.counting.ties import tie_order, tie_seed

__all__ = [
    "RULES",
    "Outcome",
    "count",
    "question_result",
    "result_document",
    "tie_order",
    "tie_seed",
]
