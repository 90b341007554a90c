"""The agenda of a meeting: items, their order, the clauses they are about."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from participation.consultations.models import Consultation
from participation.consultations.queries import citations, editions
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid
from participation.core.events import EventTag
from participation.core.words import words
from participation.meetings import queries
from participation.meetings.models import AgendaItem, Meeting
from participation.meetings.rules import (
    ITEM_LENGTH,
    MOST_ITEMS,
    check_agenda_fits,
    check_changeable,
    check_length,
)
from participation.meetings.services.trace import record_act, revise


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item as it was sent; `place` is the clause it is about, empty for none."""

    title: str
    minutes: int
    place: str = ""


def add_item(
    session: Session, actor: Actor, found: Meeting, new: NewItem, now: datetime
) -> AgendaItem:
    """The new last item; `Invalid` for an item too long or a clause of another draft."""
    there = _changeable(session, actor, found, now)
    if len(there) >= MOST_ITEMS:
        raise Invalid(words("At most %(most)s items.", most=MOST_ITEMS), field="title")
    _check(session, found, new, [each.minutes for each in there])
    position = there[-1].position + 1 if there else 0
    added = AgendaItem(meeting_id=found.id, position=position, title=new.title,
                       place=new.place, minutes=new.minutes)  # fmt: skip
    session.add(added)
    _changed(session, actor, found, now)
    return added


def change_item(
    session: Session,
    actor: Actor,
    found: Meeting,
    changed: AgendaItem,
    new: NewItem,
    *,
    now: datetime,
) -> None:
    """Changes an item; raises as `add_item` does."""
    there = _changeable(session, actor, found, now)
    _check(session, found, new, [each.minutes for each in there if each.id != changed.id])
    changed.title, changed.minutes, changed.place = new.title, new.minutes, new.place
    session.add(changed)
    if session.is_modified(changed):
        _changed(session, actor, found, now)


def move_item(
    session: Session,
    actor: Actor,
    found: Meeting,
    moved: AgendaItem,
    *,
    steps: int,
    now: datetime,
) -> None:
    """Moves an item by so many places, up where negative; at the ends nothing happens."""
    there = _changeable(session, actor, found, now)
    here = [each.id for each in there].index(moved.id)
    target = min(max(here + steps, 0), len(there) - 1)
    if target == here:
        return
    there.insert(target, there.pop(here))
    for position, each in enumerate(there):
        each.position = position
        session.add(each)
    _changed(session, actor, found, now)


def remove_item(
    session: Session, actor: Actor, found: Meeting, removed: AgendaItem, now: datetime
) -> None:
    """Takes an item off; `Conflict` for the last one of an announced meeting."""
    there = _changeable(session, actor, found, now)
    if found.announced_at is not None and len(there) == 1:
        raise Conflict("no-agenda", words("An announced meeting keeps at least one item."))
    session.delete(removed)
    _changed(session, actor, found, now)


def check_clause(session: Session, about: Consultation, place: str) -> None:
    """Nothing for no clause, or one that this consultation's draft has or had; else `Invalid`."""
    if not place:
        return
    newest = editions(session, about.id, limit=1)
    if not newest or place not in citations(session, newest[0].id, [place]):
        raise Invalid(words("There is no such clause in this draft."), field="place")


def _changeable(session: Session, actor: Actor, found: Meeting, now: datetime) -> list[AgendaItem]:
    allows(actor, Permission.MEETINGS_MEETING_DRAFT)
    check_changeable(queries.stage(found, now))
    return queries.agenda(session, found.id)


def _check(session: Session, found: Meeting, new: NewItem, others: list[int]) -> None:
    check_length(new.title, ITEM_LENGTH, "title")
    if new.minutes < 1:
        raise Invalid(words("At least one minute."), field="minutes")
    check_agenda_fits(queries.span_of(found), [*others, new.minutes], "minutes")
    check_clause(session, queries.consultation_of(session, found), new.place)


def _changed(session: Session, actor: Actor, found: Meeting, now: datetime) -> None:
    session.flush()
    revise(session, found, now)
    record_act(session, EventTag.MEETINGS_AGENDA_EDIT, actor, found, now)
