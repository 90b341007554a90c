"""Tables: consultations, the versions of their draft texts, and the clauses of each version."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Consultation(Row, table=True):
    """A draft regulation put before the residents, from announcement to decision."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    title: str = Field(max_length=160)
    document: str = Field(max_length=120)
    office: str = Field(max_length=120)
    decider: str = Field(max_length=120)
    summary: str
    phase: str = Field(max_length=12, index=True)
    opens_on: date
    closes_on: date
    answers_by: date
    decides_by: date
    outcome: str = ""
    created_by: UUID = Field(foreign_key="account.id")
    created_at: datetime
    announced_at: datetime | None = Field(default=None, index=True)
    decided_at: datetime | None = None


class DraftVersion(Row, table=True):
    """One version of a draft text. Once `published_at` is set, nothing of it changes any more.

    `source` is the text as it was handed in, `source_sha256` its digest in hex; `opening` and
    `closing` are what stands before Menimbang and after the last article.
    """

    __tablename__ = "draft_version"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id")
    number: int
    source: str
    source_sha256: str = Field(max_length=64)
    article_count: int
    opening: str
    closing: str
    imported_by: UUID = Field(foreign_key="account.id")
    imported_at: datetime
    published_by: UUID | None = Field(default=None, foreign_key="account.id")
    published_at: datetime | None = None


class DraftChapter(Row, table=True):
    """One page of a published version, as `drafting.chapters` cut it."""

    __tablename__ = "draft_chapter"

    version_id: UUID = Field(foreign_key="draft_version.id", primary_key=True)
    number: int = Field(primary_key=True)
    citation: str = Field(max_length=40)
    title: str
    piece: int
    first_article: str = Field(max_length=12)
    last_article: str = Field(max_length=12)


class DraftClause(Row, table=True):
    """One clause of a published version; `position` is its place in reading order.

    `block` is the position of the article or preamble section that it stands in, its own for
    these themselves, and -1 for the headings around articles.
    """

    __tablename__ = "draft_clause"
    __table_args__ = (
        UniqueConstraint("version_id", "clause_id"),
        ForeignKeyConstraint(
            ["version_id", "chapter"], ["draft_chapter.version_id", "draft_chapter.number"]
        ),
        Index("ix_draft_clause_chapter", "version_id", "chapter", "position"),
    )

    version_id: UUID = Field(foreign_key="draft_version.id", primary_key=True)
    position: int = Field(primary_key=True)
    clause_id: str = Field(max_length=160)
    kind: str = Field(max_length=12)
    label: str = Field(max_length=40)
    citation: str = Field(max_length=160)
    title: str
    text: str
    indent: int
    chapter: int
    block: int

    @property
    def wording(self) -> str:
        """Its title and words: what versions are compared by."""
        return "\n".join(filter(None, (self.title, self.text)))


class DraftChange(Row, table=True):
    """What became of a clause with a version, one row for each pair of an old and a new clause.

    A removed clause has no `new_id`, a new one no `old_id`; a split stands in several rows with one
    `old_id`, a merger in several with one `new_id`. Old ids are those of the version before. Until
    publication `new_id` is the parser's; then it is the lasting one, which a matched clause
    takes over from its predecessor. `candidates` are the ids an officer may choose instead where
    `is_doubtful`: old ones, or new ones for a removed clause.
    """

    __tablename__ = "draft_change"

    version_id: UUID = Field(foreign_key="draft_version.id", primary_key=True)
    position: int = Field(primary_key=True)
    change: str = Field(max_length=8)
    old_id: str = Field(max_length=160)
    new_id: str = Field(max_length=160)
    is_doubtful: bool
    candidates: list[str] = Field(sa_type=JSON)


class ConsultationArea(Row, table=True):
    """An area that a consultation concerns; without any it concerns everybody here."""

    __tablename__ = "consultation_area"

    consultation_id: UUID = Field(foreign_key="consultation.id", primary_key=True)
    area_code: str = Field(foreign_key="area.code", primary_key=True, index=True, max_length=13)


class ConsultationTopic(Row, table=True):
    """What a consultation is about."""

    __tablename__ = "consultation_topic"

    consultation_id: UUID = Field(foreign_key="consultation.id", primary_key=True)
    topic_id: UUID = Field(foreign_key="topic.id", primary_key=True, index=True)


class ConsultationOrganisation(Row, table=True):
    """The organisation that holds a consultation."""

    __tablename__ = "consultation_organisation"

    consultation_id: UUID = Field(foreign_key="consultation.id", primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
