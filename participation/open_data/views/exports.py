"""Files of everything public, written as they are sent: no list is ever held whole.

Each chunk is read in a short session of its own, so a slow reader holds no connection.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from flask import Response, stream_with_context

from participation.consultations import queries as consultations
from participation.consultations.belonging import belongings
from participation.consultations.models import Consultation
from participation.open_data import pages, queries
from participation.open_data.addresses import CommentAddresses
from participation.open_data.documents import (
    CommentDocument,
    ConsultationDocument,
    Document,
    VoteDocument,
)
from participation.open_data.files import stream
from participation.open_data.queries import Place
from participation.open_data.rules import CHUNK, MEDIA_TYPES, Format
from participation.open_data.views.blueprints import data_pages, open_to_all
from participation.votes.models import Vote
from participation.web.database import session
from participation.web.guard import public
from participation.web.site import site

Item = TypeVar("Item")
Told = tuple[Consultation, ConsultationDocument]
Read = Callable[[Place | None], Sequence[Item]]
_SECONDS = 60
_EXPORT = '<any("csv", "ndjson", "json"):form>'
_LONG_EXPORT = '<any("csv", "ndjson"):form>'


@data_pages.get(f"/data/consultations.{_EXPORT}")
@public
def consultations_file(form: str) -> Response:
    """All announced consultations."""
    documents = (document for _row, document in _each(_read_consultations, _place_of_draft))
    return _file("consultations", ConsultationDocument, documents, Format(form))


@data_pages.get(f"/data/consultations/<slug>/comments.{_LONG_EXPORT}")
@public
def comments_file(slug: str, form: str) -> Response:
    """All public comments and replies on one consultation, with their answers."""
    found = consultations.announced_consultation(session(), slug)
    rows = comment_documents(found)
    return _file(f"{slug}-comments", CommentDocument, rows, Format(form))


@data_pages.get(f"/data/votes.{_EXPORT}")
@public
def votes_file(form: str) -> Response:
    """All announced votes."""
    rows = map(pages.vote_document, _each(_read_votes, _place_of_vote))
    return _file("votes", VoteDocument, rows, Format(form))


def comment_documents(found: Consultation) -> Iterator[CommentDocument]:
    """Every public comment of a consultation, read in chunks."""
    addresses, database = CommentAddresses.of(found.slug), site().database

    def read(after: Place | None) -> Sequence[CommentDocument]:
        with database.session() as opened:
            rows = queries.comments(opened, found.id, after=after, limit=CHUNK)
            return [pages.comment_document(row, found.slug, addresses) for row in rows]

    return _each(read, lambda last: Place(last.written_at, last.id))


def _each(read: Read[Item], place_of: Callable[[Item], Place]) -> Iterator[Item]:
    after: Place | None = None
    while rows := read(after):
        yield from rows
        after = place_of(rows[-1])


def _read_consultations(after: Place | None) -> Sequence[Told]:
    with site().database.session() as opened:
        rows = queries.consultations(opened, after=after, limit=CHUNK)
        belongs = belongings(opened, [row.id for row in rows])
        return [(row, pages.consultation_document(row, belongs[row.id])) for row in rows]


def _read_votes(after: Place | None) -> Sequence[Vote]:
    with site().database.session() as opened:
        return queries.votes(opened, after=after, limit=CHUNK)


def _place_of_draft(last: Told) -> Place:
    row, _document = last
    return Place(row.announced_at or row.created_at, row.id)


def _place_of_vote(last: Vote) -> Place:
    return Place(last.announced_at or last.created_at, last.id)


def _file(name: str, kind: type[Document], rows: Iterable[Document], form: Format) -> Response:
    response = Response(
        stream_with_context(stream(kind, rows, form)), content_type=MEDIA_TYPES[form]
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return open_to_all(response, seconds=_SECONDS)
