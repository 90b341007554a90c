"""The index of words, in SQLite and in PostgreSQL: one promise of three methods.

Words reach the database as parameters only; in SQLite each is also quoted, so that nothing in a
search is an operator of FTS5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlmodel import Session

from participation.search.rules import Kind, Term, stems_of

_SQLITE_FIND = """
SELECT e.kind, e.subject_id, e.place FROM search_words
JOIN search_entry e ON e.id = search_words.rowid
WHERE search_words MATCH :query AND (:kind = '' OR e.kind = :kind)
ORDER BY bm25(search_words, 8.0, 2.0, 1.0), search_words.rowid DESC LIMIT :most OFFSET :skipped
"""
_POSTGRES_FIND = """
SELECT e.kind, e.subject_id, e.place
FROM search_words w JOIN search_entry e ON e.id = w.entry_id, (SELECT {query} AS query) q
WHERE w.words @@ q.query AND (:kind = '' OR e.kind = :kind)
ORDER BY ts_rank_cd(w.words, q.query) DESC, w.entry_id DESC LIMIT :most OFFSET :skipped
"""
_POSTGRES_TERM = "(plainto_tsquery('indonesian', :w{0}) || plainto_tsquery('simple', :s{0}))"
_POSTGRES_PUT = """
INSERT INTO search_words (entry_id, words) VALUES (:id,
  setweight(to_tsvector('indonesian', :title), 'A') ||
  setweight(to_tsvector('indonesian', :body), 'B') ||
  setweight(to_tsvector('simple', :stems), 'C'))
ON CONFLICT (entry_id) DO UPDATE SET words = excluded.words
"""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that a search found."""

    kind: Kind
    subject_id: UUID
    place: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an entry."""

    entry_id: int
    title: str
    body: str

    def values(self) -> dict[str, Any]:
        """As parameters of a statement."""
        stems = stems_of(f"{self.title} {self.body}")
        return {"id": self.entry_id, "title": self.title, "body": self.body, "stems": stems}


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for: the words, of which kind (all when absent), which part of the hits."""

    terms: tuple[Term, ...]
    kind: Kind | None = None
    most: int = 20
    skipped: int = 0

    def values(self) -> dict[str, Any]:
        """As parameters of a statement, the words left out."""
        return {"kind": self.kind or "", "most": self.most, "skipped": self.skipped}


class Index(Protocol):
    """Where words are kept. `put` replaces; `drop` and `put` cost one statement each."""

    def put(self, session: Session, entries: Sequence[Words]) -> None:
        """Keeps the words of entries, in place of those they had."""

    def drop(self, session: Session, entry_ids: Sequence[int]) -> None:
        """Forgets the words of entries."""

    def find(self, session: Session, search: Search) -> list[Found]:
        """The entries that hold every word or its stem, the best first."""


class SqliteIndex:
    """FTS5."""

    def put(self, session: Session, entries: Sequence[Words]) -> None:
        """Keeps the words of entries, in place of those they had."""
        self.drop(session, [each.entry_id for each in entries])
        insert = (
            "INSERT INTO search_words (rowid, title, body, stems)"
            " VALUES (:id, :title, :body, :stems)"
        )
        if entries:
            session.execute(text(insert), [each.values() for each in entries])

    def drop(self, session: Session, entry_ids: Sequence[int]) -> None:
        """Forgets the words of entries."""
        if entry_ids:
            rows = [{"id": each} for each in entry_ids]
            session.execute(text("DELETE FROM search_words WHERE rowid = :id"), rows)

    def find(self, session: Session, search: Search) -> list[Found]:
        """The entries that hold every word or its stem, the best first."""
        each = (f'("{term.word}" OR stems : "{term.stem}")' for term in search.terms)
        values = {"query": " AND ".join(each), **search.values()}
        rows = session.execute(text(_SQLITE_FIND), values)
        return [Found(Kind(kind), UUID(subject), place) for kind, subject, place in rows]


class PostgresIndex:
    """Full-text search with the Indonesian configuration, and the stems for what it misses."""

    def put(self, session: Session, entries: Sequence[Words]) -> None:
        """Keeps the words of entries, in place of those they had."""
        if entries:
            session.execute(text(_POSTGRES_PUT), [each.values() for each in entries])

    def drop(self, session: Session, entry_ids: Sequence[int]) -> None:
        """Forgets the words of entries."""
        delete = text("DELETE FROM search_words WHERE entry_id IN :ids")
        session.execute(
            delete.bindparams(bindparam("ids", expanding=True)), {"ids": list(entry_ids)}
        )

    def find(self, session: Session, search: Search) -> list[Found]:
        """The entries that hold every word or its stem, the best first."""
        numbered = list(enumerate(search.terms))
        query = " && ".join(_POSTGRES_TERM.format(number) for number, _ in numbered)
        values = {f"w{number}": term.word for number, term in numbered}
        values |= {f"s{number}": term.stem for number, term in numbered}
        statement = text(_POSTGRES_FIND.format(query=query))
        rows = session.execute(statement, {**values, **search.values()})
        return [Found(Kind(kind), subject, place) for kind, subject, place in rows]


def index_of(session: Session) -> Index:
    """The index of the database behind a session."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return SqliteIndex() if is_sqlite else PostgresIndex()
