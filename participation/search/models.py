"""Tables: what can be found, and how far the events have been taken in.

The words of an entry lie beside it in `search_words`, which each database has in its own way and
which is therefore no declared table: FTS5 in SQLite (its row number is the entry's id), a
`tsvector` with a GIN index in PostgreSQL.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DDL, UniqueConstraint, event
from sqlmodel import Field, SQLModel

from participation.core.db import Row


class SearchEntry(Row, table=True):
    """Something that can be found. A clause is named by its consultation and `place`."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("subject_id", "kind", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=12, index=True)
    subject_id: UUID
    place: str = Field(default="", max_length=160)


class SearchMark(Row, table=True):
    """The last event that the search knows of; one row."""

    __tablename__ = "search_mark"

    id: int = Field(default=1, primary_key=True)
    at: datetime
    event_id: UUID


_WORDS = {
    "sqlite": (
        """CREATE VIRTUAL TABLE search_words USING fts5
        (title, body, stems, tokenize = 'unicode61 remove_diacritics 2')""",
    ),
    "postgresql": (
        """CREATE TABLE search_words (entry_id integer PRIMARY KEY
        REFERENCES search_entry (id) ON DELETE CASCADE, words tsvector NOT NULL)""",
        "CREATE INDEX ix_search_words_words ON search_words USING gin (words)",
    ),
}
_TABLE = SQLModel.metadata.tables["search_entry"]
for _dialect, _statements in _WORDS.items():
    for _statement in _statements:
        made = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]  # untyped there
        event.listen(_TABLE, "after_create", made)
