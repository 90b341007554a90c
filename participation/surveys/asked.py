"""A question, and what may be asked. Pure.

Choices, points of a scale and columns of a matrix are numbered from 0, as are rows; everything
but a matrix has the single row 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from participation.core.errors import Conflict, Invalid
from participation.core.words import words

WORDING_LENGTH = 300
HELP_LENGTH = 600
CHOICE_LENGTH = 120
MOST_QUESTIONS = 40
LEAST_CHOICES, MOST_CHOICES = 2, 20
MOST_ROWS = 15
LEAST_POINTS, MOST_POINTS = 2, 10


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    MATRIX = "matrix"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is asked only of people who answered an earlier one with this choice."""

    question_id: UUID
    choice: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a survey; `number` is its place from 1.

    `choices` are the options, the points of a scale, or the columns of a matrix; `rows` those of a
    matrix; `most` how many may be chosen, 0 for any number; `low` and `high` label a scale's ends.
    """

    id: UUID
    number: int
    kind: Kind
    wording: str
    explanation: str = ""
    is_required: bool = True
    choices: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    most: int = 0
    low: str = ""
    high: str = ""
    only_if: Condition | None = None

    @property
    def row_count(self) -> int:
        """How many answers it takes: one for each row of a matrix, else one."""
        return len(self.rows) or 1

    @property
    def may_decide(self) -> bool:
        """Whether a later question may depend on its answer."""
        return self.kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE}


def points(number: int) -> tuple[str, ...]:
    """The names of a scale's points: 1, 2, 3 and so on."""
    return tuple(str(each + 1) for each in range(number))


def check_question(asked: Asked) -> None:
    """Nothing for a question that can be asked; raises `Invalid` with the field otherwise."""
    _check_text(asked.wording, WORDING_LENGTH, "wording")
    if len(asked.explanation) > HELP_LENGTH:
        raise Invalid(words("At most %(most)s characters.", most=HELP_LENGTH), field="explanation")
    if asked.kind is Kind.SCALE:
        _check_scale(asked)
    elif asked.kind is not Kind.TEXT:
        _check_list(asked.choices, LEAST_CHOICES, MOST_CHOICES, "choices")
    if asked.kind is Kind.MATRIX:
        _check_list(asked.rows, 1, MOST_ROWS, "rows")
    if not 0 <= asked.most <= len(asked.choices):
        message = words("At most as many as there are choices.")
        raise Invalid(message, field="most")


def check_conditions(questions: Sequence[Asked]) -> None:
    """Nothing when every condition names an earlier question and one of its choices.

    Raises `Invalid` with the field `only_if` for the first that does not.
    """
    earlier: dict[UUID, Asked] = {}
    for asked in questions:
        _check_condition(asked, earlier)
        earlier[asked.id] = asked


def are_conditions_right(questions: Sequence[Asked]) -> bool:
    """Whether the questions could stand in this order: for the buttons that move them."""
    try:
        check_conditions(questions)
    except Invalid:
        return False
    return True


def check_room(questions: Sequence[Asked]) -> None:
    """Nothing while another question fits; raises `Conflict` for a survey that is full."""
    if len(questions) >= MOST_QUESTIONS:
        message = words("A survey has at most %(most)s questions.", most=MOST_QUESTIONS)
        raise Conflict("survey-full", message)


def _check_condition(asked: Asked, earlier: dict[UUID, Asked]) -> None:
    if asked.only_if is None:
        return
    on = earlier.get(asked.only_if.question_id)
    if on is None or not on.may_decide:
        message = words(
            "“%(wording)s” can only depend on a choice in an earlier question.",
            wording=asked.wording,
        )
        raise Invalid(message, field="only_if", code="not-earlier")
    if not 0 <= asked.only_if.choice < len(on.choices):
        message = words(
            "“%(wording)s” depends on a choice that does not exist.", wording=asked.wording
        )
        raise Invalid(message, field="only_if", code="no-such-choice")


def _check_scale(asked: Asked) -> None:
    if not LEAST_POINTS <= len(asked.choices) <= MOST_POINTS:
        message = words(
            "A scale has %(least)s to %(most)s points.", least=LEAST_POINTS, most=MOST_POINTS
        )
        raise Invalid(message, field="points")
    _check_text(asked.low, CHOICE_LENGTH, "low")
    _check_text(asked.high, CHOICE_LENGTH, "high")


def _check_list(lines: Sequence[str], least: int, most: int, field: str) -> None:
    if not least <= len(lines) <= most:
        message = words("Write %(least)s to %(most)s lines, one for each.", least=least, most=most)
        raise Invalid(message, field=field)
    if len({line.casefold() for line in lines}) < len(lines):
        raise Invalid(words("The same line stands here twice."), field=field)
    for line in lines:
        _check_text(line, CHOICE_LENGTH, field)


def _check_text(text: str, most: int, field: str) -> None:
    if not text:
        raise Invalid(words("This must be filled in."), field=field)
    if len(text) > most:
        raise Invalid(words("At most %(most)s characters.", most=most), field=field)
