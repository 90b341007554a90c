"""What the address of a search says."""

from dataclasses import dataclass

from flask import request

from participation.search.index import Search
from participation.search.rules import MOST_PAGES, PER_PAGE, QUERY_LENGTH, Kind, terms


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as a person asked it: the words as typed, of which kind, which page."""

    query: str
    kind: Kind | None
    page: int

    def search(self) -> Search:
        """What the index is asked: one more than fits, to know whether the list goes on."""
        skipped = (self.page - 1) * PER_PAGE
        return Search(terms(self.query), self.kind, PER_PAGE + 1, skipped)


def read_asked() -> Asked:
    """What this request asks for. Whatever makes no sense is taken as not said."""
    query = " ".join(request.args.get("q", "")[:QUERY_LENGTH].split())
    kind, page = request.args.get("kind", ""), request.args.get("page", "1")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) <= len("99") else 1
    known = Kind(kind) if kind in set(Kind) else None
    return Asked(query, known, min(max(number, 1), MOST_PAGES))
