"""New versions of a published draft: matched with the one before, corrected, published."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, insert, update
from sqlmodel import Session, col

from participation.consultations.drafting.matching import Proposal, propose
from participation.consultations.drafting.passages import Passage, Version
from participation.consultations.drafting.settling import (
    Change,
    Match,
    Pair,
    SplitAndMergedError,
    settle,
)
from participation.consultations.explaining.laying import lay_aids
from participation.consultations.history import all_changes, clause_ids_ever
from participation.consultations.models import (
    Consultation,
    DraftChange,
    DraftClause,
    DraftVersion,
)
from participation.consultations.queries import all_clauses, edition, unpublished
from participation.consultations.rules import Phase, may_have_new_version
from participation.consultations.services.laying import clauses_of, lay_down
from participation.consultations.services.phases import Moment, record_act
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid, NotFound
from participation.core.events import EventTag
from participation.core.words import plural_words, words

_ASKED_FROM_OLD = {Change.MERGED, Change.REMOVED}


def match_with_published(session: Session, version: DraftVersion) -> None:
    """Writes down which clause of a waiting text is which of the published version."""
    old, new = _both(session, version)
    found = propose(old, new)
    _write(session, version.id, _proposed_rows(settle(old, new, found.pairs), found))


def key_of(row: DraftChange) -> str:
    """What names a row while others come and go: the side that is asked about, and its clause."""
    from_old = is_asked_from_old(Change(row.change))
    return f"old:{row.old_id}" if from_old else f"new:{row.new_id}"


def is_asked_from_old(change: Change) -> bool:
    """Whether the officer is asked what became of the old clause; else where the new came from."""
    return change in _ASKED_FROM_OLD


def correct_matching(
    session: Session,
    actor: Actor,
    found: Consultation,
    chosen: Mapping[str, str],
    moment: Moment,
) -> None:
    """Takes what an officer chose for rows, by `key_of`; these count as checked from now on.

    A choice is the id of a clause of the other side, or empty for new or removed. Raises `Invalid`
    for an id that does not exist, and for a clause that would be split and merged at once;
    `Conflict` for a row that somebody else has changed.
    """
    allows(actor, Permission.CONSULTATIONS_DRAFT_IMPORT)
    version = _waiting(session, found)
    old, new = _both(session, version)
    rows = all_changes(session, version.id)
    if not chosen.keys() <= {key_of(row) for row in rows}:
        message = words("Somebody else changed this matching. Please open the page again.")
        raise Conflict("matched-meanwhile", message)
    pairs = {pair for row in rows if (pair := _pair_of(row, chosen, old, new))}
    try:
        matches = settle(old, new, pairs)
    except SplitAndMergedError as error:
        message = words(
            "%(old)s cannot be split while %(new)s is put together from several clauses.",
            old=old[error.old_id].citation,
            new=new[error.new_id].citation,
        )
        raise Invalid(message) from error
    _write(session, version.id, _checked_rows(matches, rows, chosen))
    tag = EventTag.CONSULTATIONS_DRAFT_MATCH
    record_act(session, tag, actor, found, moment.now, version=version.number)


def publish_version(
    session: Session, actor: Actor, found: Consultation, seen: str, moment: Moment
) -> DraftVersion:
    """The waiting text as the next version; `seen` is the digest of the text that was checked.

    Comments stay where they are: a matched clause keeps its lasting id, whatever its new number.
    Raises `Conflict` outside of the phases open and answering, for doubts that nobody checked, and
    when the text was replaced or published meanwhile.
    """
    allows(actor, Permission.CONSULTATIONS_DRAFT_PUBLISH)
    if not may_have_new_version(Phase(found.phase)):
        message = words("A new version comes while comments are open or being answered.")
        raise Conflict("no-version-now", message)
    version = _waiting(session, found)
    rows = all_changes(session, version.id)
    _check_publishable(version, rows, seen)
    _mark_published(session, version, actor, moment)
    ever = clause_ids_ever(session, found.id)
    lasting = _lasting_ids(rows, ever, version.number)
    _write(session, version.id, [_row(row) | {"new_id": lasting.get(row.new_id, "")}
                                 for row in rows])  # fmt: skip
    lay_down(session, version, lasting)
    lay_aids(session, version)
    tag = EventTag.CONSULTATIONS_DRAFT_PUBLISH
    record_act(session, tag, actor, found, moment.now, version=version.number)
    return version


def _waiting(session: Session, found: Consultation) -> DraftVersion:
    version = unpublished(session, found.id)
    if version is None or version.number == 1:
        raise NotFound(words("There is no new version that waits."))
    return version


def _both(session: Session, version: DraftVersion) -> tuple[Version, Version]:
    published = edition(session, version.consultation_id)
    return _side(all_clauses(session, published.id)), _side(clauses_of(version))


def _side(clauses: Iterable[DraftClause]) -> Version:
    return Version.of(
        Passage(one.clause_id, one.kind, one.citation, one.wording) for one in clauses
    )


def _pair_of(
    row: DraftChange, chosen: Mapping[str, str], old: Version, new: Version
) -> Pair | None:
    if key_of(row) not in chosen:
        return (row.old_id, row.new_id) if row.old_id and row.new_id else None
    other = chosen[key_of(row)]
    if is_asked_from_old(Change(row.change)):
        pair, side = (row.old_id, other), new
    else:
        pair, side = (other, row.new_id), old
    if other and other not in side.place:
        raise Invalid(
            words("One of the chosen clauses does not exist. Please open the page again.")
        )
    return pair if other else None


def _proposed_rows(matches: Iterable[Match], found: Proposal) -> Iterator[dict[str, Any]]:
    for match, old_id, new_id in _unfolded(matches):
        if is_asked_from_old(match.change):
            near = found.doubtful_old.get(old_id, ())
            candidates = [*filter(None, [new_id]), *(one for one in near if one != new_id)]
            is_doubtful = bool(near) or match.change is Change.MERGED
        else:
            near = found.doubtful_new.get(new_id, ())
            candidates = [*filter(None, [old_id]), *(one for one in near if one != old_id)]
            is_doubtful = bool(near) or match.change is Change.SPLIT
        yield _values(match.change, old_id, new_id) | {
            "is_doubtful": is_doubtful,
            "candidates": candidates,
        }


def _checked_rows(
    matches: Iterable[Match], before: Iterable[DraftChange], chosen: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """The rows anew: doubts stay where nobody looked, candidates are kept and grow."""
    doubtful: set[tuple[str, str]] = set()
    near: dict[tuple[str, str], list[str]] = {}
    for row in before:
        sides = (("old", row.old_id, row.new_id), ("new", row.new_id, row.old_id))
        asked = "old" if is_asked_from_old(Change(row.change)) else "new"
        for side, one, other in sides:
            known = near.setdefault((side, one), [])
            known += [*([other] if other else []), *(row.candidates if side == asked else [])]
            if side == asked and row.is_doubtful and key_of(row) not in chosen:
                doubtful.add((side, one))
    for match, old_id, new_id in _unfolded(matches):
        from_old = is_asked_from_old(match.change)
        key, other = (("old", old_id), new_id) if from_old else (("new", new_id), old_id)
        candidates = dict.fromkeys([*([other] if other else []), *near.get(key, [])])
        yield _values(match.change, old_id, new_id) | {
            "is_doubtful": key in doubtful,
            "candidates": list(candidates),
        }


def _unfolded(matches: Iterable[Match]) -> Iterator[tuple[Match, str, str]]:
    """Each match as pairs of one and one; the missing side is empty."""
    for match in matches:
        for old_id in match.old or ("",):
            for new_id in match.new or ("",):
                yield match, old_id, new_id


def _values(change: Change, old_id: str, new_id: str) -> dict[str, Any]:
    return {"change": change.value, "old_id": old_id, "new_id": new_id}


def _row(row: DraftChange) -> dict[str, Any]:
    kept = {"is_doubtful": row.is_doubtful, "candidates": row.candidates}
    return _values(Change(row.change), row.old_id, row.new_id) | kept


def _write(session: Session, version_id: UUID, rows: Iterable[dict[str, Any]]) -> None:
    """Replaces the changes of a version."""
    placed = [
        row | {"version_id": version_id, "position": position} for position, row in enumerate(rows)
    ]
    session.execute(delete(DraftChange).where(col(DraftChange.version_id) == version_id))
    session.flush()
    if placed:
        session.execute(insert(DraftChange), placed)


def _check_publishable(version: DraftVersion, rows: Iterable[DraftChange], seen: str) -> None:
    if version.source_sha256 != seen:
        message = words("Somebody replaced the text meanwhile. Please check the new one first.")
        raise Conflict("text-replaced", message)
    if not version.article_count:
        message = words("There is no draft text with articles yet. Import it first, then publish.")
        raise Conflict("no-draft-text", message)
    doubts = sum(row.is_doubtful for row in rows)
    if doubts:
        message = plural_words(
            "One clause still waits for your look at its matching.",
            "%(count)s clauses still wait for your look at their matching.",
            doubts,
        )
        raise Conflict("doubts-left", message)


def _mark_published(session: Session, version: DraftVersion, actor: Actor, moment: Moment) -> None:
    """Once only, also when two officers press at the same time."""
    changed = cast(
        "CursorResult[tuple[()]]",
        session.execute(
            update(DraftVersion)
            .where(col(DraftVersion.id) == version.id, col(DraftVersion.published_at).is_(None))
            .values(published_at=moment.now, published_by=actor.id)
            .execution_options(synchronize_session=False)
        ),
    )
    if changed.rowcount != 1:
        raise Conflict("published-meanwhile", words("Somebody else has just published it."))
    session.refresh(version)


def _lasting_ids(rows: Iterable[DraftChange], ever: set[str], number: int) -> dict[str, str]:
    """For each id of the new text the one that lasts.

    The first part of a split and what was merged into the first of several keep the old id. An id
    that any clause ever had is given to no other one: comments would come to stand elsewhere.
    """
    lasting: dict[str, str] = {}
    kept: set[str] = set()
    for row in rows:
        if row.old_id and row.new_id and row.old_id not in kept and row.new_id not in lasting:
            lasting[row.new_id] = row.old_id
            kept.add(row.old_id)
    for row in rows:
        if row.new_id and row.new_id not in lasting:
            is_taken = row.new_id in ever
            lasting[row.new_id] = f"{row.new_id}-v{number}" if is_taken else row.new_id
    return lasting
