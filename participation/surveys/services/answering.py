"""Sending a sheet, keeping what is filled in so far, withdrawing and erasing.

A sheet is joined to the account: that is how there is one for each person, and how people can
change, withdraw and erase theirs. Events name the survey and never an answer.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from participation.consultations.services import Moment
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Invalid, NotFound
from participation.core.events import EventTag, record
from participation.core.ids import new_id
from participation.core.words import words
from participation.surveys.asked import Asked
from participation.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyDraft,
    SurveySheet,
    SurveyText,
)
from participation.surveys.queries import (
    answers,
    days_of,
    questions,
    sheet_of,
    sheets_sent_by,
)
from participation.surveys.rules import State, check_answerable
from participation.surveys.services.drafting import EVENT_SUBJECT
from participation.surveys.sheets import (
    Fields,
    Given,
    Sheet,
    check,
    fields_of,
    read,
    readable,
    reduced,
)

DRAFT_LENGTH = 100_000
"""So many characters are kept half filled in."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A sheet as it was sent, field by field; `token` came with the empty form."""

    fields: Fields
    token: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a sheet: whether it replaced an earlier one, which answers were left out.

    `left_out` are the numbers of questions that were answered but not asked.
    """

    is_replaced: bool
    left_out: tuple[int, ...]


def send_sheet(session: Session, actor: Actor, found: Survey, sent: Sent, moment: Moment) -> Taken:
    """Takes a sheet; the one that the same person sent before is replaced.

    Raises `NotAllowed` without the permission, `Conflict` before the first and after the last
    day, `FaultySheet` with every answer that is missing or impossible.
    """
    allows(actor, Permission.SURVEYS_SHEET_SEND)
    _check_answerable(session, found, moment)
    asked = questions(session, found.id)
    whole = read(asked, sent.fields)
    check(asked, whole)
    kept = reduced(asked, whole)
    left_out = tuple(each.number for each in asked if each.id in whole and each.id not in kept)
    is_new, sheet_id = _claim(session, actor, found, _form_key(sent), moment.now)
    drop = delete(SurveyDraft).where(
        col(SurveyDraft.survey_id) == found.id, col(SurveyDraft.account_id) == actor.id
    )
    session.execute(drop)
    if sheet_id is None:  # the very same form again
        return Taken(is_replaced=False, left_out=left_out)
    _write(session, sheet_id, asked, kept)
    _record(session, EventTag.SURVEYS_SHEET_SEND, actor, found, moment.now)
    return Taken(is_replaced=not is_new, left_out=left_out)


def keep_draft(
    session: Session, actor: Actor, found: Survey, fields: Fields, moment: Moment
) -> None:
    """Keeps what somebody has filled in so far, complete or not; it does not count.

    Raises `Conflict` before the first and after the last day, `Invalid` for far too many words.
    """
    allows(actor, Permission.SURVEYS_SHEET_SEND)
    _check_answerable(session, found, moment)
    asked = questions(session, found.id)
    kept = fields_of(asked, readable(asked, fields))
    if sum(len(value) for values in kept.values() for value in values) > DRAFT_LENGTH:
        raise Invalid(words("At most %(most)s characters.", most=DRAFT_LENGTH))
    values = {"survey_id": found.id, "account_id": actor.id}
    news = {"fields": kept, "saved_at": moment.now}
    table = SurveyDraft.__table__  # type: ignore[attr-defined]  # SQLModel adds it unseen
    statement = _insert(session)(table).values(**values, **news)
    session.execute(statement.on_conflict_do_update(index_elements=list(values), set_=news))


def withdraw_sheet(session: Session, actor: Actor, found: Survey, moment: Moment) -> None:
    """Deletes the actor's own sheet while the survey can be answered.

    Raises `NotFound` where there is none, `Conflict` afterwards: then it is counted.
    """
    _check_answerable(session, found, moment)
    if sheet_of(session, found.id, actor.id) is None:
        raise NotFound(words("You have not answered this survey."))
    _delete(session, SurveySheet, actor.id, found.id)
    _delete(session, SurveyDraft, actor.id, found.id)
    _record(session, EventTag.SURVEYS_SHEET_WITHDRAW, actor, found, moment.now)


def erase_sheets(session: Session, account_id: UUID) -> None:
    """Deletes everything that a person answered, released words too, in every survey.

    Published counts stay as they are: they tell about nobody, and a difference would.
    """
    _delete(session, SurveySheet, account_id)
    _delete(session, SurveyDraft, account_id)


def forget(session: Session, actor: Actor, _now: datetime) -> None:
    """Erases the sheets of somebody who leaves."""
    erase_sheets(session, actor.id)


def remember(session: Session, account_id: UUID) -> Iterator[dict[str, object]]:
    """Every sheet of a person with its answers in words, for its owner."""
    for found, sheet in sheets_sent_by(session, account_id):
        asked = questions(session, found.id)
        given = answers(session, sheet.id)
        yield {
            "kind": "survey sheet",
            "survey": found.slug,
            "title": found.title,
            "sent_at": sheet.sent_at.isoformat(),
            "changed_at": sheet.changed_at.isoformat(),
            "answers": [_told(each, given[each.id]) for each in asked if each.id in given],
        }


def _told(asked: Asked, given: Given) -> dict[str, object]:
    if given.text:
        return {"question": asked.wording, "answer": given.text}
    rows = asked.rows or ("",)
    chosen = [(rows[row], asked.choices[choice]) for row, choice in sorted(given.chosen)]
    said = [f"{row}: {choice}" if row else choice for row, choice in chosen]
    return {"question": asked.wording, "answer": said}


def _check_answerable(session: Session, found: Survey, moment: Moment) -> None:
    """Reads the state again and holds it until the end: closing waits for this sheet."""
    session.refresh(found, with_for_update={"read": True})
    check_answerable(State(found.state), days_of(found), moment.today)


def _claim(
    session: Session, actor: Actor, found: Survey, form_key: str, now: datetime
) -> tuple[bool, UUID | None]:
    """Whether the sheet is new, and its id, nothing where this form was taken already.

    The database decides, also between processes: the second of two waits for the first.
    """
    table = SurveySheet.__table__  # type: ignore[attr-defined]  # SQLModel adds it unseen
    values = {"id": new_id(), "survey_id": found.id, "account_id": actor.id, "sent_at": now}
    news = {"changed_at": now, "form_key": form_key}
    statement = _insert(session)(table).values(**values, **news)
    once = statement.on_conflict_do_nothing(index_elements=["survey_id", "account_id"])
    added = session.execute(once.returning(table.c.id)).scalar_one_or_none()
    if added is not None:
        return True, added
    mine = (table.c.survey_id == found.id) & (table.c.account_id == actor.id)
    again = update(table).where(mine, table.c.form_key != form_key).values(**news)
    return False, session.execute(again.returning(table.c.id)).scalar_one_or_none()


def _write(session: Session, sheet_id: UUID, asked: Sequence[Asked], sheet: Sheet) -> None:
    session.execute(delete(SurveyAnswer).where(col(SurveyAnswer.sheet_id) == sheet_id))
    chosen = [
        {"sheet_id": sheet_id, "question_id": each.id, "row": row, "choice": choice}
        for each in asked
        if each.id in sheet
        for row, choice in sorted(sheet[each.id].chosen)
    ]
    if chosen:
        session.execute(insert(SurveyAnswer), chosen)
    written = {each.id: sheet[each.id].text for each in asked if each.id in sheet}
    _write_texts(session, sheet_id, {each: body for each, body in written.items() if body})


def _write_texts(session: Session, sheet_id: UUID, written: dict[UUID, str]) -> None:
    """Changed words are new ones: whoever released the old has not read them."""
    session.execute(delete(SurveyText).where(col(SurveyText.sheet_id) == sheet_id))
    rows: list[dict[str, Any]] = [
        {"id": new_id(), "sheet_id": sheet_id, "question_id": each, "body": body}
        for each, body in written.items()
    ]
    if rows:
        session.execute(insert(SurveyText), rows)


def _delete(
    session: Session,
    table: type[SurveySheet | SurveyDraft],
    account_id: UUID,
    survey_id: UUID | None = None,
) -> None:
    statement = delete(table).where(col(table.account_id) == account_id)
    if survey_id is not None:
        statement = statement.where(col(table.survey_id) == survey_id)
    session.execute(statement)


def _form_key(sent: Sent) -> str:
    """What makes two sendings the same: the form's token and everything that was answered."""
    told = [sent.token, sorted((name, list(values)) for name, values in sent.fields.items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _insert(session: Session) -> Any:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert if is_postgres else sqlite.insert


def _record(session: Session, tag: EventTag, actor: Actor, found: Survey, now: datetime) -> None:
    record(session, tag, at=now, actor=actor, subject=(EVENT_SUBJECT, found.id))
