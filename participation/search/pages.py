"""What the search page needs."""

from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from participation.search.forms import Asked
from participation.search.queries import Text
from participation.search.rules import MOST_PAGES, PER_PAGE, QUERY_LENGTH, Kind, Piece, snippet
from participation.web.language import LazyString, _l, language, say
from participation.web.page import Page

_KINDS: dict[Kind, tuple[LazyString, LazyString]] = {
    Kind.CONSULTATION: (_l("Consultation"), _l("Consultations")),
    Kind.CLAUSE: (_l("Clause"), _l("Clauses")),
    Kind.VOTE: (_l("Vote"), _l("Votes")),
    Kind.COMMENT: (_l("Comment"), _l("Comments")),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is, where it stands, the words around what was searched for."""

    kind: str
    title: str
    address: str
    context: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind to which the search can be narrowed; all kinds when the value is empty."""

    value: str
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class SearchPage(Page):
    """The search and what it found; `following` is the number of the next page, 0 at the end."""

    template: ClassVar[str] = "search/show.html"
    query: str
    kind: str
    choices: tuple[Choice, ...]
    hits: tuple[Hit, ...]
    has_searched: bool
    following: int = 0
    most: int = QUERY_LENGTH


def search_page(asked: Asked, found: list[Text]) -> SearchPage:
    """The page of a search that found this."""
    terms = asked.search().terms
    goes_on = len(found) > PER_PAGE and asked.page < MOST_PAGES
    labels = [("", say(_l("Everything"))), *((kind, say(both[1])) for kind, both in _KINDS.items())]
    return SearchPage(
        query=asked.query,
        kind=asked.kind or "",
        choices=tuple(Choice(value, said, value == (asked.kind or "")) for value, said in labels),
        hits=tuple(
            Hit(say(_KINDS[text.kind][0]), _title(text), _address(text), text.context,
                snippet(text.body, terms))
            for text in found[:PER_PAGE]
        ),
        has_searched=bool(terms),
        following=asked.page + 1 if goes_on else 0,
    )  # fmt: skip


def _title(found: Text) -> str:
    if found.kind is Kind.COMMENT:
        return say(_l("Comment"))
    return found.titles.get(language()) or next(iter(found.titles.values()), "")


def _address(found: Text) -> str:
    if found.kind is Kind.VOTE:
        return url_for("votes.vote", slug=found.slug)
    if found.kind is Kind.CLAUSE:
        return url_for("consultations.clause", slug=found.slug, clause_id=found.place)
    if found.kind is Kind.COMMENT:
        anchor = f"comment-{found.subject_id}"
        return url_for(
            "consultations.thread", slug=found.slug, comment_id=found.subject_id, _anchor=anchor
        )
    return url_for("consultations.consultation", slug=found.slug)
