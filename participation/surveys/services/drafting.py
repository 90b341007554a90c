"""Creating a survey, writing its questions and putting them in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from participation.consultations.models import Consultation
from participation.consultations.rules import SUBJECT_KIND
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid, NotFound
from participation.core.events import EventTag, record
from participation.core.ids import new_id, new_public_id, slug
from participation.core.words import words
from participation.surveys.asked import (
    Asked,
    Condition,
    Kind,
    check_conditions,
    check_question,
    check_room,
)
from participation.surveys.models import Survey, SurveyQuestion
from participation.surveys.queries import (
    asked_of_row,
    days_of,
    is_slug_taken,
    question_rows,
    questions,
)
from participation.surveys.rules import (
    Days,
    State,
    check_days,
    check_days_changeable,
    check_wording_open,
)

EVENT_SUBJECT = "survey"


@dataclass(frozen=True, slots=True)
class Details:
    """What people are told about a survey; without a consultation it stands by itself."""

    title: str
    about: str
    office: str
    days: Days
    consultation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question as it was written."""

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


def create_survey(session: Session, actor: Actor, details: Details, now: datetime) -> Survey:
    """A new survey without questions, seen by the desk only; `Invalid` for days out of order."""
    allows(actor, Permission.SURVEYS_SURVEY_EDIT)
    check_days(details.days)
    found = Survey(
        slug=_free_slug(session, details.title),
        state=State.DRAFT.value,
        created_by=actor.id,
        created_at=now,
        **_columns(session, details),
    )
    session.add(found)
    session.flush()
    _record(session, EventTag.SURVEYS_SURVEY_CREATE, actor, found, now)
    return found


def edit_survey(
    session: Session, actor: Actor, found: Survey, details: Details, now: datetime
) -> None:
    """Changes words and days as far as the state allows; the address stays.

    Once it is open only the last day may change, to a later one. Raises `Conflict` or `Invalid`.
    """
    allows(actor, Permission.SURVEYS_SURVEY_EDIT)
    check_days(details.days)
    check_days_changeable(State(found.state), days_of(found), details.days)
    if State(found.state) is State.DRAFT:
        for name, value in _columns(session, details).items():
            setattr(found, name, value)
    found.closes_on = details.days.closes_on
    session.add(found)
    _record(session, EventTag.SURVEYS_SURVEY_EDIT, actor, found, now)


def add_question(
    session: Session, actor: Actor, found: Survey, new: NewQuestion, now: datetime
) -> SurveyQuestion:
    """The new question, at the end; raises as `change_question` does."""
    before = _changeable(session, actor, found)
    check_room(before)
    row = SurveyQuestion(
        id=new_id(), survey_id=found.id, position=len(before) + 1, **_question_columns(new)
    )
    asked = asked_of_row(row, len(before) + 1)
    check_question(asked)
    check_conditions((*before, asked))
    session.add(row)
    _record(session, EventTag.SURVEYS_QUESTION_EDIT, actor, found, now)
    return row


def change_question(
    session: Session,
    actor: Actor,
    found: Survey,
    changed: SurveyQuestion,
    new: NewQuestion,
    *,
    now: datetime,
) -> None:
    """Words a question anew; its kind and place stay.

    Raises `Conflict` once the survey was opened, `Invalid` for a question that cannot be asked or
    on which another depends in a way that is impossible afterwards.
    """
    before = list(_changeable(session, actor, found))
    place = _place(before, changed.id)
    trial = SurveyQuestion(
        id=changed.id, survey_id=found.id, position=changed.position, **_question_columns(new)
    )
    before[place] = asked_of_row(trial, place + 1)
    check_question(before[place])
    check_conditions(before)
    for name, value in _question_columns(new).items():
        setattr(changed, name, value)
    session.add(changed)
    _record(session, EventTag.SURVEYS_QUESTION_EDIT, actor, found, now)


def move_question(
    session: Session, actor: Actor, found: Survey, moved_id: UUID, by: int, *, now: datetime
) -> None:
    """Moves a question up (`by` -1) or down (1); nothing happens at the ends.

    Raises `Conflict` when a question would stand before the one it depends on.
    """
    before = list(_changeable(session, actor, found))
    place = _place(before, moved_id)
    target = place + by
    if not 0 <= target < len(before):
        return
    before[place], before[target] = before[target], before[place]
    _check_order(before)
    _number(session, found, [each.id for each in before])
    _record(session, EventTag.SURVEYS_QUESTION_EDIT, actor, found, now)


def remove_question(
    session: Session, actor: Actor, found: Survey, removed_id: UUID, now: datetime
) -> None:
    """Takes a question out; raises `Conflict` while another depends on it."""
    before = list(_changeable(session, actor, found))
    place = _place(before, removed_id)
    rest = [*before[:place], *before[place + 1 :]]
    _check_order(rest)
    session.delete(session.get_one(SurveyQuestion, removed_id))
    session.flush()
    _number(session, found, [each.id for each in rest])
    _record(session, EventTag.SURVEYS_QUESTION_EDIT, actor, found, now)


def _changeable(session: Session, actor: Actor, found: Survey) -> tuple[Asked, ...]:
    allows(actor, Permission.SURVEYS_SURVEY_EDIT)
    check_wording_open(State(found.state))
    return questions(session, found.id)


def _place(asked: Sequence[Asked], wanted: UUID) -> int:
    for place, each in enumerate(asked):
        if each.id == wanted:
            return place
    raise NotFound(words("There is no such question."))


def _check_order(asked: Sequence[Asked]) -> None:
    try:
        check_conditions(asked)
    except Invalid as fault:
        raise Conflict("conditions", fault.message) from fault


def _number(session: Session, found: Survey, order: Sequence[UUID]) -> None:
    for row in question_rows(session, found.id):
        row.position = order.index(row.id) + 1
        session.add(row)


def _columns(session: Session, details: Details) -> dict[str, Any]:
    known = details.consultation_id
    if known is not None and session.get(Consultation, known) is None:
        raise Invalid(words("There is no such consultation."), field="consultation")
    return {
        "title": details.title,
        "about": details.about,
        "office": details.office,
        "opens_on": details.days.opens_on,
        "closes_on": details.days.closes_on,
        "subject_kind": SUBJECT_KIND if known else "",
        "subject_id": known,
    }


def _question_columns(new: NewQuestion) -> dict[str, Any]:
    return {
        "kind": new.kind.value,
        "wording": new.wording,
        "explanation": new.explanation,
        "is_required": new.is_required,
        "choices": list(new.choices),
        "rows": list(new.rows),
        "most": new.most,
        "low": new.low,
        "high": new.high,
        "only_if_id": new.only_if.question_id if new.only_if else None,
        "only_if_choice": new.only_if.choice if new.only_if else 0,
    }


def _free_slug(session: Session, title: str) -> str:
    wanted = slug(title)
    return f"{wanted}-{new_public_id(4)}" if is_slug_taken(session, wanted) else wanted


def _record(session: Session, tag: EventTag, actor: Actor, found: Survey, now: datetime) -> None:
    subject, details = (EVENT_SUBJECT, found.id), {"state": str(found.state)}
    record(session, tag, at=now, actor=actor, subject=subject, details=details)
