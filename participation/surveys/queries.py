"""Reads: surveys, their questions, sheets, counts. The number of queries never grows with rows."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from participation.consultations.models import Consultation
from participation.consultations.rules import SUBJECT_KIND
from participation.core.errors import NotFound
from participation.core.words import words
from participation.surveys.asked import Asked, Condition, Kind
from participation.surveys.disclosure import Counted
from participation.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyDraft,
    SurveyQuestion,
    SurveySheet,
    SurveyTally,
    SurveyText,
)
from participation.surveys.rules import Days, Situation, State
from participation.surveys.sheets import Given, Sheet

ANSWERED = -1
"""The place of a tally that counts the people who answered a row at all."""

Tally = tuple[UUID, int, int, int]
"""Question, row, choice (or `ANSWERED`), number of people."""


@dataclass(frozen=True, slots=True)
class TextCount:
    """How many texts an open question has, and how many of them are released."""

    given: int = 0
    released: int = 0


def survey(session: Session, slug: str) -> Survey:
    """The survey at an address, drafts too; raises `NotFound`."""
    found = session.scalars(select(Survey).where(col(Survey.slug) == slug)).one_or_none()
    if found is None:
        raise NotFound(words("There is no such survey."))
    return found


def public_survey(session: Session, slug: str) -> tuple[Survey, Consultation | None]:
    """A survey that everybody may see, and the consultation beside which it stands.

    Raises `NotFound`, also for drafts and beside a consultation that is not announced. One query.
    """
    row = session.execute(_public().where(col(Survey.slug) == slug)).one_or_none()
    if row is None:
        raise NotFound(words("There is no such survey."))
    found, consultation = row
    return found, consultation


def public_surveys(session: Session, *, limit: int) -> list[tuple[Survey, Consultation | None]]:
    """Surveys that everybody may see, the latest opened first."""
    newest = (col(Survey.opened_at).desc(), col(Survey.id))
    rows = session.execute(_public().order_by(*newest).limit(limit))
    return [(found, consultation) for found, consultation in rows]


def answerable(session: Session, today: date, *, limit: int) -> list[Survey]:
    """Surveys that take answers on this day, the soonest to end first."""
    open_now = _public().where(
        col(Survey.state) == State.OPEN.value,
        col(Survey.opens_on) <= today,
        col(Survey.closes_on) >= today,
    )
    ordered = open_now.order_by(col(Survey.closes_on), col(Survey.id)).limit(limit)
    return [found for found, _consultation in session.execute(ordered)]


def surveys_beside(session: Session, kind: str, subject_id: UUID) -> list[Survey]:
    """Opened surveys beside a subject, in the order in which they were opened."""
    found = _public().where(col(Survey.subject_kind) == kind, col(Survey.subject_id) == subject_id)
    rows = session.execute(found.order_by(col(Survey.opened_at), col(Survey.id)))
    return [each for each, _consultation in rows]


def recent(session: Session, *, limit: int) -> list[tuple[Survey, int]]:
    """The latest surveys with the number of their sheets, drafts too: for the desk."""
    counted = (
        select(func.count())
        .where(col(SurveySheet.survey_id) == col(Survey.id))
        .correlate(Survey)
        .scalar_subquery()
    )
    newest = (col(Survey.created_at).desc(), col(Survey.id))
    rows = session.execute(select(Survey, counted).order_by(*newest).limit(limit))
    return [(found, number) for found, number in rows]


def count_over(session: Session, today: date) -> int:
    """How many open surveys are past their last day."""
    return _count(session, col(Survey.state) == State.OPEN.value, col(Survey.closes_on) < today)


def count_closed(session: Session) -> int:
    """How many closed surveys wait for publication."""
    return _count(session, col(Survey.state) == State.CLOSED.value)


def is_slug_taken(session: Session, slug: str) -> bool:
    """Whether another survey has this address."""
    found = select(col(Survey.id)).where(col(Survey.slug) == slug)
    return session.scalars(found).first() is not None


def consultations(session: Session, *, limit: int) -> list[tuple[UUID, str]]:
    """Ids and titles of the latest consultations: beside one of them a survey may stand."""
    newest = col(Consultation.created_at).desc()
    columns = (col(Consultation.id), col(Consultation.title))
    return [(each, title) for each, title in session.execute(
        select(*columns).order_by(newest).limit(limit)
    )]  # fmt: skip


def consultation_of(session: Session, found: Survey) -> Consultation | None:
    """The consultation beside which a survey stands, if it does."""
    if found.subject_kind != SUBJECT_KIND or found.subject_id is None:
        return None
    return session.get(Consultation, found.subject_id)


def questions(session: Session, survey_id: UUID) -> tuple[Asked, ...]:
    """The questions of a survey in order."""
    rows = question_rows(session, survey_id)
    return tuple(asked_of_row(row, number) for number, row in enumerate(rows, 1))


def question_rows(session: Session, survey_id: UUID) -> Sequence[SurveyQuestion]:
    """The questions of a survey in order, as rows that may be changed."""
    order = (col(SurveyQuestion.position), col(SurveyQuestion.id))
    found = select(SurveyQuestion).where(col(SurveyQuestion.survey_id) == survey_id)
    return session.scalars(found.order_by(*order)).all()


def asked_of_row(row: SurveyQuestion, number: int) -> Asked:
    """The question in a row."""
    only_if = Condition(row.only_if_id, row.only_if_choice) if row.only_if_id else None
    return Asked(
        id=row.id,
        number=number,
        kind=Kind(row.kind),
        wording=row.wording,
        explanation=row.explanation,
        is_required=row.is_required,
        choices=tuple(row.choices),
        rows=tuple(row.rows),
        most=row.most,
        low=row.low,
        high=row.high,
        only_if=only_if,
    )


def days_of(found: Survey) -> Days:
    """The days on which a survey can be answered."""
    return Days(found.opens_on, found.closes_on)


def situation(session: Session, found: Survey, today: date) -> Situation:
    """What decides about the next step of a survey."""
    written = select(func.count()).where(col(SurveyQuestion.survey_id) == found.id)
    number = session.scalars(written).one()
    return Situation(State(found.state), days_of(found), today, number)


def sheet_of(session: Session, survey_id: UUID, account_id: UUID) -> SurveySheet | None:
    """The sheet that somebody has sent, if they have."""
    found = select(SurveySheet).where(
        col(SurveySheet.survey_id) == survey_id, col(SurveySheet.account_id) == account_id
    )
    return session.scalars(found).one_or_none()


def answers(session: Session, sheet_id: UUID) -> Sheet:
    """The answers on a sheet: two queries."""
    chosen: defaultdict[UUID, set[tuple[int, int]]] = defaultdict(set)
    columns = (col(SurveyAnswer.question_id), col(SurveyAnswer.row), col(SurveyAnswer.choice))
    of_sheet = select(*columns).where(col(SurveyAnswer.sheet_id) == sheet_id)
    for question_id, row, choice in session.execute(of_sheet):
        chosen[question_id].add((row, choice))
    told = select(col(SurveyText.question_id), col(SurveyText.body))
    texts = session.execute(told.where(col(SurveyText.sheet_id) == sheet_id))
    written = {question_id: Given(text=body) for question_id, body in texts}
    return {each: Given(frozenset(pairs)) for each, pairs in chosen.items()} | written


def draft(session: Session, survey_id: UUID, account_id: UUID) -> dict[str, list[str]]:
    """The fields that somebody has filled in and not sent yet; empty for none."""
    found = session.get(SurveyDraft, (survey_id, account_id))
    return dict(found.fields) if found else {}


def sheet_count(session: Session, survey_id: UUID) -> int:
    """How many people have sent a sheet."""
    found = select(func.count()).where(col(SurveySheet.survey_id) == survey_id)
    return session.scalars(found).one()


def sheets_sent_by(session: Session, account_id: UUID) -> list[tuple[Survey, SurveySheet]]:
    """The surveys that somebody answered, the latest first."""
    rows = session.execute(
        select(Survey, SurveySheet)
        .join(SurveySheet, col(SurveySheet.survey_id) == col(Survey.id))
        .where(col(SurveySheet.account_id) == account_id)
        .order_by(col(SurveySheet.changed_at).desc(), col(SurveySheet.id))
    )
    return [(found, sheet) for found, sheet in rows]


def recount(session: Session, survey_id: UUID) -> Iterator[Tally]:
    """The exact counts of all sheets as they are now, summed up by the database: three queries."""
    question_id, row = col(SurveyAnswer.question_id), col(SurveyAnswer.row)
    choice = col(SurveyAnswer.choice)
    here = col(SurveyQuestion.survey_id) == survey_id
    of_survey = col(SurveyQuestion.id) == question_id
    by_choice = select(question_id, row, choice, func.count()).join(SurveyQuestion, of_survey)
    for each in session.execute(by_choice.where(here).group_by(question_id, row, choice)):
        yield each[0], each[1], each[2], each[3]
    people = func.count(func.distinct(SurveyAnswer.sheet_id))
    by_row = select(question_id, row, people).join(SurveyQuestion, of_survey)
    for asked, at, number in session.execute(by_row.where(here).group_by(question_id, row)):
        yield asked, at, ANSWERED, number
    for asked, counts in text_counts(session, survey_id).items():
        yield asked, 0, ANSWERED, counts.given


def counted(session: Session, asked: Sequence[Asked]) -> dict[UUID, tuple[Counted, ...]]:
    """The exact counts made at the closing, by question and row: one query."""
    found: dict[tuple[UUID, int, int], int] = {}
    columns = (SurveyTally.question_id, SurveyTally.row, SurveyTally.choice, SurveyTally.number)
    of_them = col(SurveyTally.question_id).in_([each.id for each in asked])
    for question_id, row, choice, number in session.execute(
        select(*map(col, columns)).where(of_them)
    ):
        found[question_id, row, choice] = number
    return {
        each.id: tuple(
            Counted(
                found.get((each.id, row, ANSWERED), 0),
                tuple(found.get((each.id, row, place), 0) for place in range(len(each.choices))),
            )
            for row in range(each.row_count)
        )
        for each in asked
    }


def text_counts(session: Session, survey_id: UUID) -> dict[UUID, TextCount]:
    """How many texts each open question has."""
    rows = session.execute(
        select(col(SurveyText.question_id), func.count(), func.count(col(SurveyText.released_at)))
        .join(SurveyQuestion, col(SurveyQuestion.id) == col(SurveyText.question_id))
        .where(col(SurveyQuestion.survey_id) == survey_id)
        .group_by(col(SurveyText.question_id))
    )
    return {question_id: TextCount(given, released) for question_id, given, released in rows}


def released_texts(
    session: Session, question_ids: Collection[UUID], *, limit: int
) -> list[tuple[UUID, str]]:
    """Released words with their question, in an order that tells nothing about who or when."""
    rows = session.execute(
        select(col(SurveyText.question_id), col(SurveyText.body))
        .where(
            col(SurveyText.question_id).in_(question_ids), col(SurveyText.released_at).is_not(None)
        )
        .order_by(col(SurveyText.question_id), col(SurveyText.id))
        .limit(limit)
    )
    return [(question_id, body) for question_id, body in rows]


def texts(
    session: Session, question_id: UUID, *, after: UUID | None = None, limit: int
) -> list[SurveyText]:
    """One page of the words given to an open question, released and not: for the desk."""
    query = select(SurveyText).where(col(SurveyText.question_id) == question_id)
    if after is not None:
        query = query.where(col(SurveyText.id) > after)
    return list(session.scalars(query.order_by(col(SurveyText.id)).limit(limit)))


def text(session: Session, survey_id: UUID, text_id: UUID) -> SurveyText:
    """One text of a survey; raises `NotFound`, also for those of another survey."""
    found = session.scalars(
        select(SurveyText)
        .join(SurveyQuestion, col(SurveyQuestion.id) == col(SurveyText.question_id))
        .where(col(SurveyText.id) == text_id, col(SurveyQuestion.survey_id) == survey_id)
    ).one_or_none()
    if found is None:
        raise NotFound(words("There is no such text."))
    return found


def _public() -> Any:
    """Opened surveys with their consultation, which must be announced where there is one."""
    beside = (col(Consultation.id) == col(Survey.subject_id)) & (
        col(Survey.subject_kind) == SUBJECT_KIND
    )
    return (
        select(Survey, Consultation)
        .outerjoin(Consultation, beside)
        .where(
            col(Survey.opened_at).is_not(None),
            (col(Survey.subject_kind) == "") | col(Consultation.announced_at).is_not(None),
        )
    )


def _count(session: Session, *which: ColumnElement[bool]) -> int:
    return session.scalars(select(func.count()).select_from(Survey).where(*which)).one()
