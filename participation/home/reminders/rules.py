"""When somebody is reminded of what. Pure.

A reminder has a stage, and each stage is told once: so it does not matter at which hour the
minute's work came, or whether it stood still for days.
"""

from datetime import date, timedelta

MORNING = timedelta(hours=7)
"""How long after midnight letters go: when people are at their desks."""
_ANSWER_DAYS = (1, 3, 7)
_APPEAL_DAYS = 2
_WEEK = 7


def answers_stage(answers_by: date, today: date) -> str:
    """The stage of answers promised for a day: 7, 3 and 1 days before, then once a week.

    Empty while there is time. A day that was moved begins anew.
    """
    left = (answers_by - today).days
    if left < 0:
        return f"{answers_by} late {(-left - 1) // _WEEK}"
    return next((f"{answers_by} {days}" for days in _ANSWER_DAYS if left <= days), "")


def appeal_stage(due_on: date, today: date) -> str:
    """The stage of an appeal: two days before its end, then weekly; empty while there is time."""
    left = (due_on - today).days
    if left < 0:
        return f"late {(-left - 1) // _WEEK}"
    return "near" if left <= _APPEAL_DAYS else ""


def assignment_stage(since: date, today: date) -> str:
    """The stage of what was given to an officer on a day: each week that it waits; empty before."""
    weeks = (today - since).days // _WEEK
    return f"{since} {weeks}" if weeks else ""
