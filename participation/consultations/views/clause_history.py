"""What versions did to a clause: gone, split, merged, worded differently."""

from collections.abc import Iterable

from participation.consultations import history, queries
from participation.consultations.drafting.settling import Change
from participation.consultations.models import DraftChange, DraftClause
from participation.consultations.pages.clause_notes import ClauseNotes, Relative, Standing
from participation.consultations.views.spots import Spot
from participation.web.database import session


def notes_of(spot: Spot) -> ClauseNotes:
    """The notes beside a clause; no query where there is one version only."""
    if len(spot.editions) == 1:
        return ClauseNotes()
    clause = spot.clause
    published = {each.number: each.published_at for each in spot.editions}
    rows = history.relations(session(), spot.found.id, clause.clause_id)
    return ClauseNotes(
        gone_with=spot.gone_with,
        standings=tuple(
            Standing(each.version, published[each.version], each.text != clause.wording)
            for each in spot.wordings
        ),
        **_relatives(clause, rows),
    )


def _relatives(clause: DraftClause, rows: list[DraftChange]) -> dict[str, tuple[Relative, ...]]:
    """Rows name the clause on one side; the other side is its relative."""
    here = clause.clause_id
    ids = {row.old_id for row in rows} | {row.new_id for row in rows}
    names = queries.citations(session(), clause.version_id, ids) if rows else {}

    def named(found: Iterable[str]) -> tuple[Relative, ...]:
        return tuple(Relative(one, names.get(one, one)) for one in dict.fromkeys(found))

    split = [row for row in rows if row.change == Change.SPLIT and row.old_id != row.new_id]
    merged = [row for row in rows if row.change == Change.MERGED and row.old_id != row.new_id]
    return {
        "parts": named(row.new_id for row in split if row.old_id == here),
        "split_from": named(row.old_id for row in split if row.new_id == here),
        "became": named(row.new_id for row in merged if row.old_id == here),
        "sources": named(row.old_id for row in merged if row.new_id == here),
    }
