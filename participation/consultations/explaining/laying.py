"""What helps to read a version is made once, when the version is published."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col

from participation.consultations.drafting.clause import CONTAINERS, Kind
from participation.consultations.explaining import queries
from participation.consultations.explaining.marking import Marker
from participation.consultations.explaining.models import ClauseMarks, DraftGlossary, PlainWords
from participation.consultations.explaining.terms import Term, defined, with_own_keys
from participation.consultations.models import DraftClause, DraftVersion
from participation.consultations.queries import all_clauses

_RANK = {Kind.CHAPTER: 0, Kind.PART: 1, Kind.PARAGRAPH: 2}


def lay_aids(session: Session, version: DraftVersion) -> None:
    """Makes glossary and marks of a published version, and carries plain words over to it."""
    rows = all_clauses(session, version.id)
    lay_glossary(session, version, rows)
    _carry(session, version, rows)


def lay_glossary(session: Session, version: DraftVersion, rows: Sequence[DraftClause]) -> None:
    """Makes glossary and marks of a published version, anew where they were made before."""
    terms = _terms(session, version, rows)
    marker = Marker(terms)
    own: dict[str, list[str]] = {}
    for term in terms:
        own.setdefault(term.place, []).append(term.key)
    for table in (DraftGlossary, ClauseMarks):
        session.execute(delete(table).where(col(table.version_id) == version.id))
    kept = [asdict(term) for term in terms]
    session.execute(insert(DraftGlossary), [{"version_id": version.id, "terms": kept}])
    found = [each for row in rows if (each := _marks_row(row, marker, own.get(row.clause_id, [])))]
    if found:
        session.execute(insert(ClauseMarks), found)


def explainable(rows: Sequence[DraftClause]) -> Iterator[DraftClause]:
    """The chapters and articles of a draft: what plain words may be written about."""
    return (row for row in rows if row.kind == Kind.CHAPTER or _is_article(row))


def wording_of(rows: Sequence[DraftClause], row: DraftClause) -> str:
    """The digest of a clause with everything in it, in hex; where it stands does not matter."""
    told = [each.wording for each in part_of(rows, row)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def part_of(rows: Sequence[DraftClause], row: DraftClause) -> list[DraftClause]:
    """A chapter or an article with all that it contains; rows are those of the whole draft."""
    part = [row]
    for other in (rows[index] for index in range(row.position + 1, len(rows))):
        if _ends(row, other):
            break
        part.append(other)
    return part


def paragraphs_of(row: DraftClause) -> tuple[str, ...]:
    """The paragraphs of a clause as pages show them."""
    return tuple(filter(None, row.text.split("\n")))


def _ends(row: DraftClause, other: DraftClause) -> bool:
    """Whether a chapter or an article ends before this clause."""
    if _is_article(row):
        return other.block != row.position
    return other.kind in CONTAINERS and _RANK[Kind(other.kind)] <= _RANK[Kind(row.kind)]


def _is_article(row: DraftClause) -> bool:
    return row.kind == Kind.ARTICLE and row.block == row.position


def _terms(session: Session, version: DraftVersion, rows: Sequence[DraftClause]) -> list[Term]:
    """Those of the draft, and those of officers that the draft does not define itself."""
    own = defined(rows)
    names = {name for term in own for name in term.names}
    added = [
        Term("", each.name, (), each.meaning)
        for each in queries.added_terms(session, version.consultation_id)
        if each.name not in names
    ]
    return with_own_keys([*own, *added])


def _marks_row(row: DraftClause, marker: Marker, own: Sequence[str]) -> dict[str, Any] | None:
    found = marker.marks(paragraphs_of(row), own=own)
    if not found:
        return None
    marks = [[each.paragraph, each.start, each.end, each.key] for each in found]
    return {"version_id": row.version_id, "position": row.position, "marks": marks}


def _carry(session: Session, version: DraftVersion, rows: Sequence[DraftClause]) -> None:
    before = queries.newest_plain(session, version.consultation_id)
    for row in explainable(rows) if before else ():
        kept = before.get(row.clause_id)
        if kept and kept.body and kept.wording_sha256 == wording_of(rows, row):
            session.add(PlainWords(**kept.model_dump() | {"edition": version.number}))
    session.flush()
