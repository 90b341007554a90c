"""How the work on one consultation stands, put together for its page at the desk."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import url_for

from participation.comments.ledger import figures
from participation.comments.ledger import queries as ledger
from participation.comments.ledger.figures import Numbers
from participation.consultations import duties, queries
from participation.consultations.models import Consultation
from participation.consultations.pages import standing as pages
from participation.consultations.queries import subject_of
from participation.consultations.rules import SUBJECT_KIND, Phase, Situation, Step, refusal
from participation.consultations.views.families import number_of_families
from participation.web.database import session
from participation.web.language import _, day_begins_at, ngettext
from participation.web.session import actor
from participation.web.site import DeskFigure

_CLAUSES = 12
_NEAR = timedelta(days=7)


def standing_of(found: Consultation, now_is: Situation) -> pages.Standing:
    """What is to do, until when, where it waits and for whom; before publication only the first."""
    action, deadlines = _action(found, now_is), tuple(_deadlines(now_is))
    if found.announced_at is None or not now_is.coverage.total:
        return pages.Standing(action, deadlines)
    loads = _clause_loads(found)
    return pages.Standing(
        action=action,
        deadlines=deadlines,
        figures=_figures(found, now_is),
        clauses=loads[:_CLAUSES],
        hidden_clauses=len(loads[_CLAUSES:]),
        officers=_officer_loads(found),
        course=_course(found, now_is.today),
    )


def _action(found: Consultation, now_is: Situation) -> pages.Action | None:
    """What comes before the next step; nothing where the step itself is the thing to do."""
    if now_is.phase is Phase.DRAFT and not now_is.article_count:
        address = url_for("consultations_desk.text", slug=found.slug)
        return pages.Action(_("Import the text"), address)
    is_closing = now_is.phase is Phase.OPEN and refusal(Step.CLOSE, now_is) is None
    if now_is.phase not in {Phase.OPEN, Phase.ANSWERING} or is_closing:
        return None
    waiting = now_is.coverage.waiting
    if not waiting:
        return None
    label = ngettext("Answer %(num)s comment", "Answer %(num)s comments", waiting)
    return pages.Action(label, _waiting(found))


def _deadlines(now_is: Situation) -> Iterator[pages.Deadline]:
    """The promised days that are still to be kept, with how far each is."""
    told, today = now_is.calendar, now_is.today
    ahead = {
        Phase.DRAFT: (told.opens_on, told.closes_on, told.answers_by, told.decides_by),
        Phase.ANNOUNCED: (told.opens_on, told.closes_on, told.answers_by, told.decides_by),
        Phase.OPEN: (None, told.closes_on, told.answers_by, told.decides_by),
        Phase.ANSWERING: (None, None, told.answers_by, told.decides_by),
    }.get(now_is.phase, ())
    labels = (_("Comments open"), _("Last day for comments"),
              _("All answers until"), _("Decision until"))  # fmt: skip
    for label, day in zip(labels, ahead, strict=False):
        if day is not None:
            yield pages.Deadline(label, day, _left(day, today), is_urgent=day - today <= _NEAR)


def _left(day: date, today: date) -> str:
    days = (day - today).days
    if days < 0:
        return ngettext("overdue for %(num)s day", "overdue for %(num)s days", -days)
    if not days:
        return str(_("today"))
    return ngettext("in %(num)s day", "in %(num)s days", days)


def _figures(found: Consultation, now_is: Situation) -> tuple[DeskFigure, ...]:
    counted = figures.waiting_numbers(session(), SUBJECT_KIND, [found.id], actor().id)
    here = counted.get(found.id, Numbers())
    alike = number_of_families(found) if here.waiting > 1 else 0
    is_due = duties.due(now_is.calendar.answers_by, now_is.today) is not duties.Due.LATER
    told = (
        (here.waiting, ngettext("waits for an answer", "wait for an answer", here.waiting),
         _waiting(found), is_due),
        (here.mine, ngettext("given to you", "given to you", here.mine),
         _waiting(found, officer="mine"), False),
        (here.untaken, ngettext("given to nobody yet", "given to nobody yet", here.untaken),
         _waiting(found, officer="nobody"), False),
        (alike, ngettext("group says nearly the same", "groups say nearly the same", alike),
         url_for("consultations_desk.families", slug=found.slug), False),
    )  # fmt: skip
    return tuple(
        DeskFigure(label, number, address, is_urgent)
        for number, label, address, is_urgent in told
        if number
    )


def _clause_loads(found: Consultation) -> tuple[pages.ClauseLoad, ...]:
    """Where comments wait, the fullest clause first."""
    counted = ledger.waiting_at(session(), subject_of(found))
    if not counted:
        return ()
    edition = queries.edition(session(), found.id)
    names = queries.citations(session(), edition.id, counted.keys())
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return tuple(
        pages.ClauseLoad(names.get(place, place), number, _waiting(found, clause=place))
        for place, number in ordered
    )


def _officer_loads(found: Consultation) -> tuple[pages.OfficerLoad, ...]:
    return tuple(
        pages.OfficerLoad(
            name=each.name,
            considering=each.considering,
            answered=each.answered,
            address=_waiting(found, officer=_own_or_id(each.officer_id)),
        )
        for each in figures.loads(session(), subject_of(found))
    )


def _own_or_id(officer_id: object) -> str:
    return "mine" if officer_id == actor().id else str(officer_id)


def _course(found: Consultation, today: date) -> pages.Course | None:
    """How comments and answers grew from the opening to today; nothing on the first day."""
    days = duties.days_of_course(found.opens_on, min(today, found.decides_by))
    moments = [day_begins_at(day + timedelta(days=1)) for day in days]
    points = figures.course(session(), subject_of(found), moments)
    return pages.Course.of(days, points) if any(point.written for point in points) else None


def _waiting(found: Consultation, **chosen: Any) -> str:
    return url_for("consultations_desk.waiting", slug=found.slug, **chosen)
