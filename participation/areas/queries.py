"""Reads: areas, what lies around and in them, the area of an account."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from participation.areas.models import AccountArea, Area
from participation.areas.rules import above, is_code, searched, title_of
from participation.core.errors import Invalid, NotFound
from participation.core.words import words

_MOST_CANDIDATES = 8
_GROUPS = (2, 5, 8)
"""Where the codes of the areas around an area end in its own."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An area as it is shown: its code and name, and the titles of what it lies in."""

    code: str
    name: str
    within: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The area as people say it."""
        return title_of(self.code, self.name)

    @property
    def full(self) -> str:
        """The area with what it lies in, the nearest first: Kricak, Tegalrejo, Yogyakarta."""
        return ", ".join((self.title, *reversed(self.within)))


def area(session: Session, code: str) -> Area:
    """The area with this code; raises `NotFound`."""
    found = session.get(Area, code)
    if found is None:
        raise NotFound(words("There is no area with this code."))
    return found


def area_of_id(session: Session, area_id: UUID) -> Area:
    """The area that other features know by this id; raises `NotFound`."""
    found = session.scalars(select(Area).where(col(Area.id) == area_id)).one_or_none()
    if found is None:
        raise NotFound(words("There is no such area."))
    return found


def has_areas(session: Session) -> bool:
    """Whether any area was imported here."""
    return session.scalars(select(col(Area.code)).limit(1)).first() is not None


def around(session: Session, code: str) -> list[Area]:
    """The areas that contain this one, the widest first."""
    found = select(Area).where(col(Area.code).in_(above(code))).order_by(col(Area.code))
    return list(session.scalars(found))


def inside(session: Session, code: str | None) -> list[Area]:
    """The areas directly in this one by name; the provinces without a code."""
    directly = col(Area.parent) == code if code else col(Area.parent).is_(None)
    found = select(Area).where(directly).order_by(col(Area.name), col(Area.code))
    return list(session.scalars(found))


def start(session: Session) -> list[Area]:
    """Where stepping down begins: the provinces, or what lies in the only one there is.

    A site of one city begins with its kecamatan. At most four queries.
    """
    found = inside(session, None)
    while len(found) == 1 and (below := inside(session, found[0].code)):
        found = below
    return found


def placed(session: Session, codes: Collection[str]) -> dict[str, Placed]:
    """Areas as they are shown, by code: one query. Unknown codes are left out."""
    wanted = {each for code in codes for each in (code, *above(code))}
    if not wanted:
        return {}
    rows = session.execute(select(col(Area.code), col(Area.name)).where(col(Area.code).in_(wanted)))
    names = dict(rows.all())
    return {
        code: Placed(code, names[code], tuple(title_of(each, names[each]) for each in above(code)))
        for code in codes
        if code in names
    }


def found(session: Session, typed: str, *, limit: int) -> list[Placed]:
    """Areas whose name holds what was typed, or whose code it is: the nearest first.

    After a comma stand areas around them: "Kricak, Yogyakarta". Two queries.
    """
    code, (name, wider) = typed.strip(), searched(typed)
    if not name:
        return []
    said = func.lower(col(Area.name))
    matching = col(Area.code) == code if is_code(code) else said.contains(name, autoescape=True)
    query = select(col(Area.code)).where(matching, *map(_lies_in, wider))
    nearest = case((said == name, 0), (said.startswith(name, autoescape=True), 1), else_=2)
    order = (nearest, func.length(col(Area.code)), col(Area.name), col(Area.code))
    codes = list(session.scalars(query.order_by(*order).limit(limit)))
    shown = placed(session, codes)
    return [shown[each] for each in codes]


def meant(session: Session, typed: str) -> Placed:
    """The one area that a name or code says; raises `Invalid` when it is none or several.

    The message names the several with their codes, to choose by.
    """
    hits = candidates(session, typed)
    if not hits:
        message = words("No area is called %(name)s.", name=typed)
        raise Invalid(message, field="area")
    if len(hits) > 1:
        several = "; ".join(f"{hit.code} {hit.full}" for hit in hits)
        message = words("Several areas are called so. Write the code: %(areas)s", areas=several)
        raise Invalid(message, field="area")
    return hits[0]


def candidates(session: Session, typed: str) -> list[Placed]:
    """The areas that a name or code may mean: only one where it is the whole name of just one."""
    hits = found(session, typed, limit=_MOST_CANDIDATES)
    said, (name, _wider) = typed.partition(",")[0].strip().lower(), searched(typed)
    whole = [hit for hit in hits if hit.title.lower() == said]
    return whole or [hit for hit in hits if hit.name.lower() == name] or hits


def own_area(session: Session, account_id: UUID) -> Area | None:
    """The area that this account chose, if it did."""
    chosen = select(Area).join(AccountArea, col(AccountArea.area_code) == col(Area.code))
    return session.scalars(chosen.where(col(AccountArea.account_id) == account_id)).one_or_none()


def remember(session: Session, account_id: UUID) -> Iterator[dict[str, object]]:
    """The area that somebody chose, for their copy of their data."""
    chosen = session.get(AccountArea, account_id)
    if chosen is not None:
        yield {"kind": "area", "code": chosen.area_code}


def _lies_in(name: str) -> ColumnElement[bool]:
    """The condition that one of the areas around has this in its name."""
    wider = aliased(Area)
    codes = [func.substr(col(Area.code), 1, length) for length in _GROUPS]
    is_around = or_(*(col(wider.code) == code for code in codes))
    is_named = func.lower(col(wider.name)).contains(name, autoescape=True)
    is_other = col(wider.code) != col(Area.code)
    return select(col(wider.code)).where(is_around, is_other, is_named).exists()
