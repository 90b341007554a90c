"""What people follow, by name and address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from participation.areas.models import Area
from participation.areas.rules import title_of
from participation.consultations.rules import SUBJECT_KIND
from participation.core.errors import NotFound
from participation.core.words import Words, words
from participation.notices.rules import (
    AREA,
    COMMENT,
    MEETING,
    ORGANISATION,
    SURVEY,
    TOPIC,
    VOTE,
    Followed,
)
from participation.notices.shelf import Ref, Shelf, Where, shelf_of


@dataclass(frozen=True, slots=True)
class Thing:
    """Something followed; `part` says which part of the titled, if not the whole."""

    followed: Followed
    title: Mapping[str, str]
    part: Words | None
    where: Where


def thing(session: Session, followed: Followed) -> Thing:
    """One thing by name and address; raises `NotFound`."""
    found = things_of(session, [followed])
    if not found:
        raise NotFound(words("There is nothing here that could be followed."))
    return found[0]


def things_of(session: Session, followed: Sequence[Followed]) -> list[Thing]:
    """Those that are still there, in the same order."""
    refs = [Ref(each.kind, each.subject_id, each.place) for each in followed]
    shelf = shelf_of(session, refs)
    named = (_name(each, shelf) for each in followed)
    return [each for each in named if each is not None]


def _name(followed: Followed, shelf: Shelf) -> Thing | None:
    if followed.kind == COMMENT:
        return _comment(followed, shelf)
    if followed.kind in _OTHERS:
        row = shelf.row(followed.kind, followed.subject_id)
        return _OTHERS[followed.kind](followed, row) if row else None
    return _consultation(followed, shelf) if followed.kind == SUBJECT_KIND else None


def _comment(followed: Followed, shelf: Shelf) -> Thing | None:
    said = shelf.comments.get(followed.subject_id)
    found = shelf.consultations.get(said.consultation_id) if said else None
    if said is None or found is None:
        return None
    values = {"slug": found.slug, "comment_id": said.id, "_anchor": f"comment-{said.id}"}
    clause = shelf.cite(found.id, said.place)
    part = words("What %(name)s wrote on %(clause)s", name=said.author, clause=clause)
    return Thing(followed, {"": found.title}, part, Where("consultations.thread", values))


def _consultation(followed: Followed, shelf: Shelf) -> Thing | None:
    found = shelf.consultations.get(followed.subject_id)
    if found is None:
        return None
    slug, place = {"slug": found.slug}, followed.place
    if not place:
        return Thing(followed, {"": found.title}, None, Where("consultations.consultation", slug))
    part = words("%(clause)s", clause=shelf.cite(found.id, place))
    where = Where("consultations.clause", slug | {"clause_id": place})
    return Thing(followed, {"": found.title}, part, where)


def _other(endpoint: str) -> Callable[[Followed, Any], Thing]:
    """A thing with a slug, whose title or name is in one language or in several."""

    def name(followed: Followed, row: Any) -> Thing:
        said = getattr(row, "title", None) or getattr(row, "names", None) or row.name
        titles = said if isinstance(said, dict) else {"": said}
        return Thing(followed, titles, None, Where(endpoint, {"slug": row.slug}))

    return name


def _area(followed: Followed, row: Area) -> Thing:
    title = title_of(row.code, row.name)
    return Thing(followed, {"": title}, None, Where("areas.area", {"code": row.code}))


_OTHERS: Mapping[str, Callable[[Followed, Any], Thing]] = {
    AREA: _area,
    MEETING: _other("meetings.meeting"),
    ORGANISATION: _other("organisations.organisation"),
    SURVEY: _other("surveys.survey"),
    TOPIC: _other("topics.topic"),
    VOTE: _other("votes.vote"),
}
