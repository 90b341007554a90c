"""The interface for programs: no cookie, any site's pages may ask, answers may be kept a minute."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from participation.consultations import queries as consultations
from participation.consultations.belonging import belongings
from participation.core.errors import NotFound
from participation.core.words import words
from participation.open_data import pages, queries
from participation.open_data.addresses import CommentAddresses, absolute
from participation.open_data.description import BASE, OPERATIONS, describe
from participation.open_data.documents import (
    ClauseList,
    CommentDocument,
    CommentList,
    ConsultationList,
    Document,
    ResultDocument,
    VoteList,
)
from participation.open_data.files import COLUMNS
from participation.open_data.forms import Wanted, read_wanted
from participation.open_data.views.blueprints import data_pages, interface, kept
from participation.votes import queries as votes_queries
from participation.web.database import session
from participation.web.guard import cookieless, public
from participation.web.language import say
from participation.web.page import show
from participation.web.paging import Key, cut
from participation.web.site import site

Item = TypeVar("Item")
_SECONDS = 60


@data_pages.get("/data/api")
@public
def about_interface() -> ResponseReturnValue:
    """How programs read the site."""
    found = tuple(pages.Described(f"{BASE}{each.path}", say(each.summary)) for each in OPERATIONS)
    return show(
        pages.InterfacePage(addresses=found, columns={"comments": COLUMNS[CommentDocument]})
    )


@interface.get(f"{BASE}/openapi.json")
@cookieless
def description() -> Response:
    """The description of everything below."""
    found = describe(title=site().name, server=f"{site().origin}{BASE}")
    return _answer(json.dumps(found, ensure_ascii=False))


@interface.get(f"{BASE}/consultations")
@cookieless
def consultations_list() -> Response:
    """A page of consultations."""
    wanted = read_wanted()
    rows = queries.consultations(session(), after=wanted.place(), limit=wanted.limit + 1)
    shown, following = _page(
        rows, wanted, lambda row: _key(row.announced_at or row.created_at, row.id)
    )
    belongs = belongings(session(), [row.id for row in shown])
    items = [pages.consultation_document(row, belongs[row.id]) for row in shown]
    return _give(ConsultationList(items=items, next=following))


@interface.get(f"{BASE}/consultations/<slug>")
@cookieless
def one_consultation(slug: str) -> Response:
    """One consultation."""
    found = consultations.announced_consultation(session(), slug)
    belongs = belongings(session(), [found.id])
    return _give(pages.consultation_document(found, belongs[found.id]))


@interface.get(f"{BASE}/consultations/<slug>/clauses")
@cookieless
def clauses_list(slug: str) -> Response:
    """A page of the clauses of the newest version."""
    wanted = read_wanted()
    found = consultations.announced_consultation(session(), slug)
    edition = consultations.edition(session(), found.id)
    after = wanted.position()
    rows = queries.clauses(session(), edition.id, after=after, limit=wanted.limit + 1)
    shown, following = _page(rows, wanted, lambda row: (row.position,))
    items = [pages.clause_document(row, slug, edition.number) for row in shown]
    return _give(ClauseList(items=items, next=following))


@interface.get(f"{BASE}/consultations/<slug>/comments")
@cookieless
def comments_list(slug: str) -> Response:
    """A page of the public comments."""
    wanted = read_wanted()
    found = consultations.announced_consultation(session(), slug)
    rows = queries.comments(session(), found.id, after=wanted.place(), limit=wanted.limit + 1)
    shown, following = _page(rows, wanted, lambda row: _key(row.written_at, row.id))
    addresses = CommentAddresses.of(slug)
    items = [pages.comment_document(row, slug, addresses) for row in shown]
    return _give(CommentList(items=items, next=following))


@interface.get(f"{BASE}/votes")
@cookieless
def votes_list() -> Response:
    """A page of votes."""
    wanted = read_wanted()
    rows = queries.votes(session(), after=wanted.place(), limit=wanted.limit + 1)
    shown, following = _page(
        rows, wanted, lambda row: _key(row.announced_at or row.created_at, row.id)
    )
    return _give(VoteList(items=[pages.vote_document(row) for row in shown], next=following))


@interface.get(f"{BASE}/votes/<slug>")
@cookieless
def one_vote(slug: str) -> Response:
    """One vote."""
    return _give(pages.vote_document(votes_queries.announced_vote(session(), slug)))


@interface.get(f"{BASE}/votes/<slug>/result")
@cookieless
def vote_result(slug: str) -> Response:
    """The result of a counted vote."""
    found = votes_queries.announced_vote(session(), slug)
    result = json.loads(votes_queries.result_of(session(), found))
    if found.eid is None or found.published_at is None:
        raise NotFound(words("This vote has not been counted yet."))
    return _give(
        ResultDocument(
            slug=slug, election=found.eid, published_at=found.published_at, result=result
        )
    )


def _page(
    rows: Sequence[Item], wanted: Wanted, key: Callable[[Item], Key]
) -> tuple[tuple[Item, ...], str | None]:
    """What is shown, and the address of the page after it."""
    found = cut(rows, key, limit=wanted.limit)
    if not found.after or request.endpoint is None:
        return found.items, None
    values = {**(request.view_args or {}), "after": found.after, "limit": wanted.limit}
    return found.items, absolute(request.endpoint, **values)


def _key(at: Any, row_id: Any) -> Key:
    return at.isoformat(), str(row_id)


def _give(found: Document) -> Response:
    return _answer(found.model_dump_json())


def _answer(body: str) -> Response:
    response = Response(body, mimetype="application/json")
    response.headers["Link"] = f'<{url_for("interface.description")}>; rel="service-desc"'
    return kept(response, seconds=_SECONDS)
