"""How the work on a consultation stands, for its page at the desk and for the list of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from participation.comments.ledger.figures import Point
from participation.web.page import Page
from participation.web.site import DeskFigure


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing to do now, where that is not the step to the next phase."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that was promised, and how far it is."""

    label: str
    day: date
    words: str
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class ClauseLoad:
    """How many comments wait at a clause; `address` lists exactly these."""

    citation: str
    waiting: int
    address: str


@dataclass(frozen=True, slots=True)
class OfficerLoad:
    """What one officer considers now (`address` lists exactly these) and has answered."""

    name: str
    considering: int
    answered: int
    address: str


@dataclass(frozen=True, slots=True)
class CourseRow:
    """How many comments there were at the end of a day, how many with their answer."""

    day: date
    written: int
    answered: int


@dataclass(frozen=True, slots=True)
class Course:
    """Comments and answers over time: the rows of a table, and two areas 1000 wide, 100 high."""

    rows: tuple[CourseRow, ...]
    written: str
    answered: str

    @classmethod
    def of(cls, days: Sequence[date], points: Sequence[Point]) -> "Course":
        """The course with one point for each day."""
        rows = tuple(
            CourseRow(day, point.written, point.answered)
            for day, point in zip(days, points, strict=True)
        )
        most = max(row.written for row in rows)
        return cls(
            rows,
            _area([row.written for row in rows], most),
            _area([row.answered for row in rows], most),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """How the work on a consultation stands; `hidden_clauses` are beyond the list."""

    action: Action | None
    deadlines: tuple[Deadline, ...]
    figures: tuple[DeskFigure, ...] = ()
    clauses: tuple[ClauseLoad, ...] = ()
    hidden_clauses: int = 0
    officers: tuple[OfficerLoad, ...] = ()
    course: Course | None = None


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A waiting comment in the list over all consultations."""

    title: str
    address: str
    consultation: str
    citation: str
    author: str
    stance: str
    chip: str
    written_at: datetime
    officer: str
    answers_by: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of what is listed: its words, its address, whether it is this one."""

    label: str
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class AllWaitingPage(Page):
    """Comments that wait in all consultations; `number` counts them on all pages together."""

    template: ClassVar[str] = "consultations/desk/all_waiting.html"
    choices: tuple[Choice, ...]
    number: int
    rows: tuple[WaitingRow, ...]
    after: str


def _area(values: Sequence[int], most: int) -> str:
    """The points of a polygon from the ground up to each value and down again."""
    wide = max(len(values) - 1, 1)
    tops = [f"{1000 * place / wide:.0f},{100 - 100 * value / most:.1f}"
            for place, value in enumerate(values)]  # fmt: skip
    if len(tops) == 1:
        tops.append(f"1000,{100 - 100 * values[0] / most:.1f}")
    return " ".join(["0,100", *tops, "1000,100"])
