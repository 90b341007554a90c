"""Keeping the index: at each minute, what happened since the last one is taken in.

Events are the only cause, so the first run takes in everything there ever was, part by part. An
event may be committed a little after later ones; the last minutes are therefore taken in again.
Taking something in twice does no harm.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import Session, col

from participation.search import queries
from participation.search.index import Words, index_of
from participation.search.models import SearchEntry, SearchMark
from participation.search.queries import Changed, Place, Text
from participation.search.rules import Kind

_AT_ONCE = 2000
_AGAIN = timedelta(minutes=2)
_CHUNK = 200


def minute(session: Session, now: datetime) -> None:
    """Takes in what happened, at most so much that others are not kept waiting long."""
    mark = queries.mark(session)
    new = queries.changed(session, mark, until=now, limit=_AT_ONCE)
    late = [] if mark is None else queries.changed_between(session, mark.at - _AGAIN, mark.at)
    take_in(session, [*new, *late])
    if new:
        last = new[-1]
        session.merge(SearchMark(id=1, at=last.at, event_id=last.event_id))
        session.flush()


def take_in(session: Session, changes: Iterable[Changed]) -> None:
    """Brings the index up to date with everything that these events changed."""
    of_kind: dict[str, set[UUID]] = {}
    for each in changes:
        of_kind.setdefault(each.kind, set()).add(UUID(each.subject_id))
    for kind, ids in of_kind.items():
        ordered = sorted(ids)
        for start in range(0, len(ordered), _CHUNK):
            _renew(session, kind, ordered[start : start + _CHUNK])


def _renew(session: Session, kind: str, subject_ids: Sequence[UUID]) -> None:
    texts = {text.where: text for text in queries.texts_of(session, kind, subject_ids)}
    known = _known(session, kind, subject_ids)
    gone = [entry_id for place, entry_id in known.items() if place not in texts]
    index = index_of(session)
    if gone:
        index.drop(session, gone)
        session.execute(delete(SearchEntry).where(col(SearchEntry.id).in_(gone)))
    known |= _add(session, [text for place, text in texts.items() if place not in known])
    index.put(session, [_words(known[place], text) for place, text in texts.items()])


def _known(session: Session, kind: str, subject_ids: Sequence[UUID]) -> dict[Place, int]:
    kinds = [Kind.CONSULTATION, Kind.CLAUSE] if kind == "consultation" else [Kind(kind)]
    rows = session.scalars(
        select(SearchEntry).where(
            col(SearchEntry.subject_id).in_(subject_ids), col(SearchEntry.kind).in_(kinds)
        )
    )
    return {(Kind(row.kind), row.subject_id, row.place): row.id for row in rows if row.id}


def _add(session: Session, texts: Sequence[Text]) -> dict[Place, int]:
    rows = [
        SearchEntry(kind=text.kind.value, subject_id=text.subject_id, place=text.place)
        for text in texts
    ]
    session.add_all(rows)
    session.flush()
    return {text.where: row.id for text, row in zip(texts, rows, strict=True) if row.id}


def _words(entry_id: int, text: Text) -> Words:
    return Words(entry_id, " ".join(text.titles.values()), text.body)
