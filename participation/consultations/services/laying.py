"""The clauses of a version become rows that nothing changes any more."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session

from participation.consultations.drafting.chapters import Chapter, Leaf, chapters
from participation.consultations.drafting.clause import CONTAINERS, Kind
from participation.consultations.drafting.parser import parse_draft
from participation.consultations.models import DraftChapter, DraftClause, DraftVersion

_NO_BLOCK = -1


def clauses_of(version: DraftVersion) -> list[DraftClause]:
    """The clauses of a waiting text as they would be laid down, in no session."""
    return [
        DraftClause(**row)
        for row in _clause_rows(version.id, chapters(parse_draft(version.source)))
    ]


def label_of(leaf: Leaf) -> str:
    """What stands in the margin before a clause: (2), a., 1. or a); empty for headings."""
    clause = leaf.clause
    if clause.kind is Kind.VERSE:
        return f"({clause.number})"
    if clause.kind in {Kind.LETTER, Kind.NUMBER}:
        return f"{clause.number}{')' if clause.marker.endswith(')') else '.'}"
    return ""


def lay_down(session: Session, version: DraftVersion, lasting: Mapping[str, str]) -> None:
    """Writes the pages and clauses of a version; `lasting` holds ids unlike the parser's."""
    pages = chapters(parse_draft(version.source))
    session.execute(insert(DraftChapter), [_chapter_row(version.id, page) for page in pages])
    rows = list(_clause_rows(version.id, pages))
    named = [row | {"clause_id": lasting.get(row["clause_id"], row["clause_id"])} for row in rows]
    session.execute(insert(DraftClause), named)


def _chapter_row(version_id: UUID, page: Chapter) -> dict[str, Any]:
    articles = page.articles or ("",)
    return {
        "version_id": version_id,
        "number": page.number,
        "citation": page.citation,
        "title": page.title,
        "piece": page.piece,
        "first_article": articles[0],
        "last_article": articles[-1],
    }


def _clause_rows(version_id: UUID, pages: tuple[Chapter, ...]) -> Iterator[dict[str, Any]]:
    position, block = 0, _NO_BLOCK
    for page in pages:
        for leaf in page.leaves:
            block = _block(leaf, position, block)
            yield _clause_row(leaf, page.number) | {
                "version_id": version_id,
                "position": position,
                "block": block,
            }
            position += 1


def _block(leaf: Leaf, position: int, block: int) -> int:
    """An article and a preamble section begin a block at indent 0; a heading belongs to none."""
    if leaf.clause.kind in CONTAINERS:
        return _NO_BLOCK
    starts = {Kind.ARTICLE, Kind.CONSIDERING, Kind.REMEMBERING, Kind.ENACTING}
    return position if leaf.indent == 0 and leaf.clause.kind in starts else block


def _clause_row(leaf: Leaf, chapter: int) -> dict[str, Any]:
    clause = leaf.clause
    return {
        "clause_id": clause.id,
        "kind": clause.kind.value,
        "label": label_of(leaf),
        "citation": clause.citation,
        "title": clause.title,
        "text": clause.text,
        "indent": leaf.indent,
        "chapter": chapter,
    }
