"""Acts: taking in the list of areas, choosing one's own and giving it up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session, col

from participation.areas import queries
from participation.areas.files import Line, bad_line
from participation.areas.models import AccountArea, Area
from participation.areas.rules import CODE_LENGTH, id_of, parent_of
from participation.core.access import Actor
from participation.core.events import EventTag, record

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: areas that are new, that have another name now, that were there."""

    new: int = 0
    renamed: int = 0
    known: int = 0

    def __add__(self, other: "Imported") -> "Imported":
        """Both together."""
        return Imported(
            self.new + other.new, self.renamed + other.renamed, self.known + other.known
        )


def import_areas(session: Session, actor: Actor, lines: Iterable[Line], at: datetime) -> Imported:
    """Adds the areas of a file and renames those with another name; removes none.

    Read and written in pieces; taking in the same file again changes nothing. Raises `Invalid`
    with the line of an area that stands twice or before the one that contains it.
    """
    wide = select(col(Area.code)).where(func.length(col(Area.code)) < CODE_LENGTH)
    ordered, done = _in_order(lines, set(session.scalars(wide))), Imported()
    while piece := tuple(islice(ordered, _AT_ONCE)):
        done += _take_in(session, piece)
    counts = {"new": done.new, "renamed": done.renamed}
    record(session, EventTag.AREAS_LIST_IMPORT, at=at, actor=actor,
           subject=("areas", "all"), details=counts)  # fmt: skip
    return done


def choose_area(session: Session, actor: Actor, code: str, at: datetime) -> None:
    """Makes an area the actor's own; raises `NotFound` for an unknown code.

    The event names no area, so that giving it up leaves none behind.
    """
    queries.area(session, code)
    session.merge(AccountArea(account_id=actor.id, area_code=code))
    session.flush()
    record(session, EventTag.AREAS_OWN_CHOOSE, at=at, actor=actor, subject=("account", actor.id))


def give_up_area(session: Session, actor: Actor, at: datetime) -> None:
    """Forgets the actor's own area."""
    forget(session, actor, at)
    record(session, EventTag.AREAS_OWN_REMOVE, at=at, actor=actor, subject=("account", actor.id))


def forget(session: Session, actor: Actor, _now: datetime) -> None:
    """Erases the area of somebody who leaves."""
    session.execute(delete(AccountArea).where(col(AccountArea.account_id) == actor.id))


def _in_order(lines: Iterable[Line], known: set[str]) -> Iterator[Line]:
    seen: set[str] = set()
    for line in lines:
        parent = parent_of(line.code)
        if line.code in seen:
            raise bad_line(line, f"{line.code} stands twice")
        if parent and parent not in seen and parent not in known:
            raise bad_line(line, f"{line.code} must stand after {parent}, which contains it")
        seen.add(line.code)
        yield line


def _take_in(session: Session, lines: tuple[Line, ...]) -> Imported:
    codes = [line.code for line in lines]
    rows = session.execute(select(col(Area.code), col(Area.name)).where(col(Area.code).in_(codes)))
    names = dict(rows.all())
    new = [line for line in lines if line.code not in names]
    renamed = [line for line in lines if names.get(line.code, line.name) != line.name]
    if new:
        session.execute(insert(Area), [_row(line) for line in new])
    for line in renamed:
        session.execute(update(Area).where(col(Area.code) == line.code).values(name=line.name))
    return Imported(len(new), len(renamed), len(lines) - len(new) - len(renamed))


def _row(line: Line) -> dict[str, object]:
    parent = parent_of(line.code)
    return {"code": line.code, "id": id_of(line.code), "name": line.name, "parent": parent}
