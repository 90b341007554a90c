"""Tables: surveys, their questions, the sheets of answers, and the counts made at the closing."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Survey(Row, table=True):
    """A few questions to residents; `subject_kind` is empty where it stands by itself.

    `sheet_count` is set at the closing: how many sheets were counted.
    """

    __table_args__ = (Index("ix_survey_subject", "subject_kind", "subject_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    title: str = Field(max_length=160)
    about: str
    office: str = Field(max_length=120)
    subject_kind: str = Field(default="", max_length=40)
    subject_id: UUID | None = None
    state: str = Field(max_length=10, index=True)
    opens_on: date
    closes_on: date
    created_by: UUID = Field(foreign_key="account.id")
    created_at: datetime
    opened_at: datetime | None = Field(default=None, index=True)
    closed_at: datetime | None = None
    published_at: datetime | None = None
    sheet_count: int = 0


class SurveyQuestion(Row, table=True):
    """One question; `position` is its place in the survey. See `asked.Asked` for the rest."""

    __tablename__ = "survey_question"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    survey_id: UUID = Field(foreign_key="survey.id", index=True)
    position: int
    kind: str = Field(max_length=10)
    wording: str = Field(max_length=300)
    explanation: str = ""
    is_required: bool
    choices: list[str] = Field(default_factory=list, sa_type=JSON)
    rows: list[str] = Field(default_factory=list, sa_type=JSON)
    most: int = 0
    low: str = Field(default="", max_length=120)
    high: str = Field(default="", max_length=120)
    only_if_id: UUID | None = Field(default=None, foreign_key="survey_question.id")
    only_if_choice: int = 0


class SurveySheet(Row, table=True):
    """That somebody answered a survey: one sheet for each person, whatever happens at once.

    `form_key` tells the same form sent twice from answers sent anew.
    """

    __tablename__ = "survey_sheet"
    __table_args__ = (UniqueConstraint("survey_id", "account_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    survey_id: UUID = Field(foreign_key="survey.id")
    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    sent_at: datetime
    changed_at: datetime
    form_key: str = Field(max_length=64)


class SurveyAnswer(Row, table=True):
    """One choice on a sheet; several in one row where several may be chosen."""

    __tablename__ = "survey_answer"

    sheet_id: UUID = Field(foreign_key="survey_sheet.id", primary_key=True, ondelete="CASCADE")
    question_id: UUID = Field(foreign_key="survey_question.id", primary_key=True, index=True)
    row: int = Field(primary_key=True)
    choice: int = Field(primary_key=True)


class SurveyText(Row, table=True):
    """The words given to an open question; everybody reads them only once released."""

    __tablename__ = "survey_text"
    __table_args__ = (
        UniqueConstraint("sheet_id", "question_id"),
        Index("ix_survey_text_release", "question_id", "released_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    sheet_id: UUID = Field(foreign_key="survey_sheet.id", ondelete="CASCADE")
    question_id: UUID = Field(foreign_key="survey_question.id")
    body: str
    released_at: datetime | None = None
    released_by: UUID | None = Field(default=None, foreign_key="account.id")


class SurveyTally(Row, table=True):
    """How many people chose something, counted once at the closing.

    `choice` -1 is the number of people who answered the row at all.
    """

    __tablename__ = "survey_tally"

    question_id: UUID = Field(foreign_key="survey_question.id", primary_key=True)
    row: int = Field(primary_key=True)
    choice: int = Field(primary_key=True)
    number: int


class SurveyDraft(Row, table=True):
    """What somebody has filled in so far, field by field: kept until it is sent."""

    __tablename__ = "survey_draft"

    survey_id: UUID = Field(foreign_key="survey.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    saved_at: datetime
