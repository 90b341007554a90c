"""The shapes in which things are handed out; the interface's description is made from them.

Moments are RFC 3339 in UTC, days ISO 8601. An address is absolute and stays.
"""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Document(BaseModel):
    """The base of every shape: frozen, and nothing in it that is not described."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ConsultationDocument(Document):
    """A consultation that has been announced."""

    slug: str = Field(description="Its name in addresses; never changes.")
    title: str
    document: str = Field(description="The kind of regulation.")
    office: str = Field(description="Who drafts and answers.")
    decider: str = Field(description="Who decides.")
    summary: str = Field(description="Markdown.")
    phase: Literal["announced", "open", "answering", "decided", "archived"]
    opens_on: date
    closes_on: date = Field(description="The last day for comments.")
    answers_by: date
    decides_by: date
    announced_at: datetime
    decided_at: datetime | None
    outcome: str = Field(description="What was decided, Markdown; empty before.")
    areas: list[str] = Field(
        description="Official codes of the areas it concerns; without any it concerns everybody."
    )
    topics: list[str] = Field(description="Names of its topics in addresses.")
    organisation: str | None = Field(description="The office that holds it, in addresses.")
    address: str


class ClauseDocument(Document):
    """A clause of the newest published version of a draft."""

    clause_id: str = Field(description="The same in every version in which the clause stays.")
    position: int = Field(description="Its place in reading order, from 0.")
    version: int
    kind: str
    label: str
    citation: str
    title: str
    text: str
    address: str


class AnswerDocument(Document):
    """What the office answered."""

    name: str = Field(description="Who signed for the office.")
    office: str
    body: str = Field(description="Markdown.")
    reason: str | None = Field(description="Why, from a closed list; none in old answers.")
    clause_id: str = Field(description="The clause that changed because of it; empty for none.")
    written_at: datetime


class CommentDocument(Document):
    """A comment, or a reply to one. A removed comment is not here."""

    id: UUID
    consultation: str = Field(description="The slug of the consultation.")
    clause_id: str
    citation: str = Field(description="How the clause was cited in the version commented on.")
    version: int
    thread_id: UUID | None = Field(description="The comment it replies to; none for comments.")
    stance: Literal["support", "concern", "question", "idea"] | None
    body: str = Field(description="Markdown.")
    written_at: datetime
    edited_at: datetime | None
    source: Literal["", "paper", "counter", "meeting", "sms"] = Field(
        description="How it came where not through the site; then two officers compared it."
    )
    received_on: date | None = Field(description="When it was received, where not on the site.")
    answer: AnswerDocument | None
    address: str


class OptionDocument(Document):
    """What can be chosen in a vote."""

    id: str = Field(description="Its name in the record.")
    text: dict[str, str]
    cost: int | None = Field(default=None, description="Only where money is shared out.")


class VoteDocument(Document):
    """A vote that has been announced. Texts are language code → words."""

    slug: str
    state: str
    organiser: str
    title: dict[str, str]
    question: dict[str, str]
    electorate: dict[str, str]
    options: list[OptionDocument]
    rule: str
    check_in_opens_at: datetime
    check_in_closes_at: datetime
    voting_opens_at: datetime
    voting_closes_at: datetime
    roll_size: int
    checked_in: int
    voted: int
    election: str | None = Field(description="The name of its record; none before the freeze.")
    published_at: datetime | None = Field(description="When the result was published.")
    address: str


class ResultDocument(Document):
    """The published result of a counted vote."""

    slug: str
    election: str
    published_at: datetime
    result: dict[str, Any] = Field(description="The file `result.json` of the vote's record.")


class ConsultationList(Document):
    """A page of consultations, the latest announced first."""

    items: list[ConsultationDocument]
    next: str | None = Field(description="The address of the next page; none at the end.")


class ClauseList(Document):
    """A page of clauses in reading order."""

    items: list[ClauseDocument]
    next: str | None = Field(description="The address of the next page; none at the end.")


class CommentList(Document):
    """A page of comments and replies, the oldest first."""

    items: list[CommentDocument]
    next: str | None = Field(description="The address of the next page; none at the end.")


class VoteList(Document):
    """A page of votes, the latest announced first."""

    items: list[VoteDocument]
    next: str | None = Field(description="The address of the next page; none at the end.")


class Problem(Document):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
