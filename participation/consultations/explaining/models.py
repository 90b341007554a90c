"""Tables: plain words, officers' terms, and the glossary and marks of each published version."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class PlainWords(Row, table=True):
    """What a chapter or an article says, in an officer's plain words.

    A row explains the clause as `edition` words it, 0 while nothing is published; the next version
    carries it over where `wording_sha256`, over the clause and everything in it, stayed the same.
    """

    __tablename__ = "plain_words"

    consultation_id: UUID = Field(foreign_key="consultation.id", primary_key=True)
    clause_id: str = Field(max_length=160, primary_key=True)
    edition: int = Field(primary_key=True)
    body: str
    wording_sha256: str = Field(max_length=64)
    written_by: UUID = Field(foreign_key="account.id")
    written_at: datetime


class AddedTerm(Row, table=True):
    """A term that the draft does not define, explained by an officer."""

    __tablename__ = "added_term"
    __table_args__ = (UniqueConstraint("consultation_id", "name"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id")
    name: str = Field(max_length=100)
    meaning: str
    added_by: UUID = Field(foreign_key="account.id")
    added_at: datetime


class DraftGlossary(Row, table=True):
    """The glossary of a published version, made once: its terms as JSON."""

    __tablename__ = "draft_glossary"

    version_id: UUID = Field(foreign_key="draft_version.id", primary_key=True)
    terms: list[dict[str, Any]] = Field(sa_type=JSON)


class ClauseMarks(Row, table=True):
    """Where terms stand in a clause of a published version: [paragraph, start, end, key] each."""

    __tablename__ = "clause_marks"

    version_id: UUID = Field(foreign_key="draft_version.id", primary_key=True)
    position: int = Field(primary_key=True)
    marks: list[list[Any]] = Field(sa_type=JSON)
