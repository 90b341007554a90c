"""What the pages need, and rows as the documents that are handed out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Row

from participation.comments.models import Answer
from participation.consultations.belonging import Belongs
from participation.consultations.models import Consultation, DraftClause
from participation.open_data.addresses import CommentAddresses, absolute
from participation.open_data.documents import (
    AnswerDocument,
    ClauseDocument,
    CommentDocument,
    ConsultationDocument,
    OptionDocument,
    VoteDocument,
)
from participation.open_data.rules import COMMENTS_AT_ONCE, MOST_AT_ONCE
from participation.votes.models import Vote
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class Described:
    """One address of the interface: how it is written, what it gives."""

    path: str
    gives: str


@dataclass(frozen=True, slots=True)
class InterfacePage(Page):
    """How programs read the site, for the people who write them."""

    template: ClassVar[str] = "open_data/interface.html"
    addresses: tuple[Described, ...]
    columns: Mapping[str, tuple[str, ...]]
    at_once: int = COMMENTS_AT_ONCE
    most: int = MOST_AT_ONCE


def consultation_document(found: Consultation, belongs: Belongs) -> ConsultationDocument:
    """A consultation as it is handed out."""
    links = {"address", "areas", "topics", "organisation"}
    names = ConsultationDocument.model_fields.keys() - links
    return ConsultationDocument(
        address=absolute("consultations.consultation", slug=found.slug),
        areas=[area.code for area in belongs.areas],
        topics=[topic.slug for topic in belongs.topics],
        organisation=belongs.organisation.slug if belongs.organisation else None,
        **{name: getattr(found, name) for name in names},
    )


def clause_document(found: DraftClause, slug: str, version: int) -> ClauseDocument:
    """A clause as it is handed out."""
    names = ClauseDocument.model_fields.keys() - {"address", "version"}
    return ClauseDocument(
        address=absolute("consultations.clause", slug=slug, clause_id=found.clause_id),
        version=version,
        **{name: getattr(found, name) for name in names},
    )


def comment_document(
    found: Row[*tuple[Any, ...]], slug: str, addresses: CommentAddresses
) -> CommentDocument:
    """A comment as it is handed out; `found` is a row of `queries.comments`."""
    return CommentDocument(
        id=found.id,
        consultation=slug,
        clause_id=found.place,
        citation=found.citation,
        version=found.edition,
        thread_id=found.thread_id,
        stance=found.stance,
        body=found.body,
        written_at=found.written_at,
        edited_at=found.edited_at,
        source=found.source,
        received_on=found.received_on,
        answer=_answer(found.Answer) if found.Answer else None,
        address=addresses.at(found.id),
    )


def vote_document(found: Vote) -> VoteDocument:
    """A vote as it is handed out."""
    names = VoteDocument.model_fields.keys() - {"address", "election", "options"}
    return VoteDocument(
        address=absolute("votes.vote", slug=found.slug),
        election=found.eid,
        options=[OptionDocument(**option) for option in found.options],
        **{name: getattr(found, name) for name in names},
    )


def _answer(found: Answer) -> AnswerDocument:
    return AnswerDocument(
        name=found.name,
        office=found.office,
        body=found.body,
        reason=found.reason,
        clause_id=found.place,
        written_at=found.written_at,
    )
