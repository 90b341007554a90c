"""Changes between versions, in words and pieces: shared by everybody's pages and the desk."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from participation.consultations import history
from participation.consultations.drafting.comparing import compare
from participation.consultations.drafting.settling import Change
from participation.consultations.models import DraftChange, DraftClause
from participation.consultations.pages.versions import ChangeView
from participation.core.errors import Invalid
from participation.core.words import words
from participation.web.database import session
from participation.web.language import _l, ngettext, say
from participation.web.paging import read_cursor

LABELS = {
    Change.SAME: _l("unchanged"),
    Change.EDITED: _l("edited"),
    Change.MOVED: _l("moved"),
    Change.SPLIT: _l("split"),
    Change.MERGED: _l("merged"),
    Change.REMOVED: _l("removed"),
    Change.NEW: _l("new"),
}


def told(counts: Mapping[Change, int]) -> tuple[str, ...]:
    """What changed, in numbers; parts of splits and mergers are counted one by one."""
    said = {
        Change.EDITED: ngettext("%(num)s clause edited", "%(num)s clauses edited",
                                counts.get(Change.EDITED, 0)),
        Change.MOVED: ngettext("%(num)s clause moved", "%(num)s clauses moved",
                               counts.get(Change.MOVED, 0)),
        Change.SPLIT: ngettext("%(num)s part of split clauses", "%(num)s parts of split clauses",
                               counts.get(Change.SPLIT, 0)),
        Change.MERGED: ngettext("%(num)s clause merged", "%(num)s clauses merged",
                                counts.get(Change.MERGED, 0)),
        Change.REMOVED: ngettext("%(num)s clause removed", "%(num)s clauses removed",
                                 counts.get(Change.REMOVED, 0)),
        Change.NEW: ngettext("%(num)s clause new", "%(num)s clauses new",
                             counts.get(Change.NEW, 0)),
        Change.SAME: ngettext("%(num)s clause unchanged", "%(num)s clauses unchanged",
                              counts.get(Change.SAME, 0)),
    }  # fmt: skip
    return tuple(words for change, words in said.items() if counts.get(change))


def position_after(cursor: str) -> int:
    """Where the page of changes before ended; `Invalid` for a broken cursor."""
    key = read_cursor(cursor, 1)
    if key is None:
        return -1
    if not isinstance(key[0], int):
        raise Invalid(words("This address is incomplete."))
    return key[0]


def change_views(
    rows: Sequence[DraftChange], before: UUID, new: Mapping[str, DraftClause]
) -> list[ChangeView]:
    """The rows with both wordings: one query for the old side, `new` is at hand."""
    old = history.clauses_of(session(), before, {row.old_id for row in rows if row.old_id})
    return [change_view(row, old.get(row.old_id), new.get(row.new_id)) for row in rows]


def change_view(row: DraftChange, old: DraftClause | None, new: DraftClause | None) -> ChangeView:
    """One change; only its own words are compared, never the whole text."""
    change = Change(row.change)
    return ChangeView(
        kind=change.value,
        label=say(LABELS[change]),
        was=old.citation if old else "",
        now=new.citation if new else "",
        pieces=compare(old.wording if old else "", new.wording if new else ""),
        address=row.new_id or row.old_id,
    )
