"""Where other pages show meetings: beside a consultation, and among the figures of the desk."""

from datetime import datetime
from uuid import UUID

from flask import url_for
from sqlmodel import Session

from participation.consultations.rules import SUBJECT_KIND
from participation.core.access import Actor
from participation.meetings import queries
from participation.meetings.models import Meeting
from participation.meetings.pages import STAGES
from participation.meetings.rules import Stage
from participation.meetings.views.present import when
from participation.web.language import _, ngettext, say
from participation.web.site import Beside, DeskFigure

_MOST = 20
_SHOWN = 4
_AHEAD = (Stage.COMING, Stage.RUNNING)


def beside(session: Session, kind: str, subject_id: UUID, now: datetime) -> tuple[Beside, ...]:
    """The meetings about a consultation: the coming ones, the next first; then earlier ones."""
    if kind != SUBJECT_KIND:
        return ()
    found = queries.of_consultation(session, subject_id, limit=_MOST)
    stages = {each.id: queries.stage(each, now) for each in found}
    ahead = [each for each in reversed(found) if stages[each.id] in _AHEAD]
    rest = [each for each in found if stages[each.id] not in _AHEAD]
    return tuple(_beside(each, stages[each.id]) for each in (*ahead, *rest)[:_SHOWN])


def figures(session: Session, _actor: Actor, now: datetime) -> tuple[DeskFigure, ...]:
    """How many meetings still have no minutes; urgent once some were promised by now."""
    found = queries.outstanding(session, now)
    if not found.all:
        return ()
    address = url_for("meetings_desk.index", show="outstanding")
    label = ngettext("meeting without minutes", "meetings without minutes", found.all)
    return (DeskFigure(label, found.all, address, is_urgent=found.overdue > 0),)


def _beside(found: Meeting, stage: Stage) -> Beside:
    at = when(found)
    ahead = f"{at.day}, {at.hours} {at.zone} · {found.place}"
    note = ahead if stage in _AHEAD else f"{at.day} · {say(STAGES[stage])}"
    address = url_for("meetings.meeting", slug=found.slug)
    return Beside(_("Meeting: %(title)s", title=found.title), address, note)
