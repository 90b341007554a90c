"""Opening, closing with the count, publishing; and releasing the words of open questions."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, insert, update
from sqlmodel import Session, col

from participation.consultations.services import Moment
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict
from participation.core.events import EventTag, record
from participation.core.words import words
from participation.surveys.models import Survey, SurveyDraft, SurveyTally, SurveyText
from participation.surveys.queries import recount, sheet_count, situation
from participation.surveys.rules import State, Step, after, check_texts_final
from participation.surveys.services.drafting import EVENT_SUBJECT

_TAGS = {
    Step.OPEN: EventTag.SURVEYS_SURVEY_OPEN,
    Step.CLOSE: EventTag.SURVEYS_SURVEY_CLOSE,
    Step.PUBLISH: EventTag.SURVEYS_SURVEY_PUBLISH,
}
_MOMENTS = {Step.OPEN: "opened_at", Step.CLOSE: "closed_at", Step.PUBLISH: "published_at"}


def take_step(session: Session, actor: Actor, found: Survey, step: Step, moment: Moment) -> None:
    """Moves a survey on.

    Closing counts all sheets, once and for good, and drops what was kept half filled in.
    Raises `Conflict` with the reason why the step cannot be taken now.
    """
    allows(actor, Permission.SURVEYS_SURVEY_EDIT)
    target = after(step, situation(session, found, moment.today))
    _move(session, found, target)
    setattr(found, _MOMENTS[step], moment.now)
    session.add(found)
    if step is Step.CLOSE:
        _count(session, found)
        session.execute(delete(SurveyDraft).where(col(SurveyDraft.survey_id) == found.id))
    details = {"state": target.value}
    subject = (EVENT_SUBJECT, found.id)
    record(session, _TAGS[step], at=moment.now, actor=actor, subject=subject, details=details)


def release_text(
    session: Session, actor: Actor, found: Survey, released: SurveyText, now: datetime
) -> None:
    """Lets everybody read one text with the results; `Conflict` before the closing."""
    check_texts_final(State(found.state))
    _set_release(session, actor, released, now)
    _record_text(session, EventTag.SURVEYS_TEXT_RELEASE, actor, found, now)


def withhold_text(
    session: Session, actor: Actor, found: Survey, withheld: SurveyText, now: datetime
) -> None:
    """Takes a released text back: only its number stays public."""
    _set_release(session, actor, withheld, None)
    _record_text(session, EventTag.SURVEYS_TEXT_WITHHOLD, actor, found, now)


def _set_release(
    session: Session, actor: Actor, changed: SurveyText, moment: datetime | None
) -> None:
    allows(actor, Permission.SURVEYS_SURVEY_EDIT)
    changed.released_at = moment
    changed.released_by = actor.id if moment else None
    session.add(changed)


def _record_text(
    session: Session, tag: EventTag, actor: Actor, found: Survey, now: datetime
) -> None:
    """The survey is the subject: whose words they are is nobody's business."""
    record(session, tag, at=now, actor=actor, subject=(EVENT_SUBJECT, found.id))


def _move(session: Session, found: Survey, target: State) -> None:
    """Changes the state unless somebody else has changed it since it was read (`Conflict`).

    Waits for sheets that are being taken at this moment.
    """
    session.flush()
    changed = cast(
        "CursorResult[tuple[()]]",
        session.execute(
            update(Survey)
            .where(col(Survey.id) == found.id, col(Survey.state) == found.state)
            .values(state=target.value)
            .execution_options(synchronize_session=False)
        ),
    )
    if changed.rowcount != 1:
        message = words("Somebody else moved this survey on. Please open the page again.")
        raise Conflict("moved-meanwhile", message)
    session.refresh(found, ["state"])


def _count(session: Session, found: Survey) -> None:
    found.sheet_count = sheet_count(session, found.id)
    names = ("question_id", "row", "choice", "number")
    rows: list[dict[str, Any]] = [
        dict(zip(names, tally, strict=True)) for tally in recount(session, found.id)
    ]
    if rows:
        session.execute(insert(SurveyTally), rows)
