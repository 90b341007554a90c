"""The value of `result.json`: what was counted, and each question's outcome (section 9)."""

from collections.abc import Mapping, Sequence
from typing import Any

from ballots.counting.table import Outcome
from ballots.draft import Question


def result_document(
    counted: Mapping[int, int],
    outcomes: Sequence[tuple[Question, Outcome]],
) -> dict[str, Any]:
    """The JSON value: write it with `crypto.canonical.write`.

    `counted` is style id → ballots of status 0, blank ones included, in the draft's order of
    styles, with 0 for a style that stays shut; `outcomes` in the draft's order of questions.
    """
    return {
        "counted": [{"style": style, "ballots": ballots} for style, ballots in counted.items()],
        "questions": [question_result(question, outcome) for question, outcome in outcomes],
    }


def question_result(question: Question, outcome: Outcome) -> dict[str, Any]:
    """One question's entry; `winners` are option ids in option order."""
    return {
        "id": question.id,
        "valid": outcome.valid,
        "blank": outcome.blank,
        "winners": [question.options[option].id for option in outcome.winners],
        "drawn": outcome.drawn,
        **outcome.details,
    }
