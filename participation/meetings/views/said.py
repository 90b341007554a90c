"""Routes of officers: what single people said, and the names they wished to be named by."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from participation.core.access import Permission
from participation.core.errors import Conflict, NotFound
from participation.core.words import words
from participation.meetings import pages, queries, services
from participation.meetings.forms import SaidForm
from participation.meetings.models import AgendaItem, Meeting, MinutesLine
from participation.meetings.rules import check_minutes_open
from participation.meetings.views import present
from participation.meetings.views.blueprints import desk_pages
from participation.meetings.views.refusals import refusals_beside
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

_WRITE = Permission.MEETINGS_MINUTES_WRITE
_LINE = "/desk/meetings/<slug>/minutes/said/<uuid:line_id>"


@desk_pages.route("/desk/meetings/<slug>/minutes/<uuid:item_id>/said", methods=["GET", "POST"])
@requires(_WRITE)
def add_said(slug: str, item_id: UUID) -> ResponseReturnValue:
    """Writes down what one person said on an item."""
    found = queries.meeting(session(), slug)
    check_minutes_open(queries.stage(found, now()))
    item = queries.item(session(), found.id, item_id)
    form = _form(found, place=item.place)
    if form.is_sent():
        with refusals_beside(form):
            services.add_said(session(), actor(), found, item, form.command(), now=now())
            return _back(slug, _("Written down."), saved=str(item_id), anchor=item_id)
    return show(_page(found, item, form), form.status)


@desk_pages.route(_LINE, methods=["GET", "POST"])
@requires(_WRITE)
def change_said(slug: str, line_id: UUID) -> ResponseReturnValue:
    """Corrects one thing said, in the version that is being written."""
    found = queries.meeting(session(), slug)
    line = _line(found, line_id)
    form = _form(found, place=line.place, stance=line.stance, body=line.body, name=line.name)
    if form.is_sent():
        with refusals_beside(form):
            services.change_said(session(), actor(), found, line, form.command(), now=now())
            return _back(slug, _("Saved."), anchor=line.item_id)
    item = queries.item(session(), found.id, line.item_id)
    return show(_page(found, item, form, line_id=line_id), form.status)


@desk_pages.post(f"{_LINE}/remove")
@requires(_WRITE)
def remove_said(slug: str, line_id: UUID) -> ResponseReturnValue:
    """Takes one thing said out of the version that is being written."""
    found = queries.meeting(session(), slug)
    line = _line(found, line_id)
    services.remove_said(session(), actor(), found, line, now())
    return _back(slug, _("Taken out."), anchor=line.item_id)


@desk_pages.post(f"{_LINE}/unname")
@requires(_WRITE)
def unname(slug: str, line_id: UUID) -> ResponseReturnValue:
    """Takes a speaker's name out of every version."""
    found = queries.meeting(session(), slug)
    services.take_name_out(session(), actor(), found, line_id, now())
    return _back(slug, _("Nobody is named there any more, in no version."))


def _line(found: Meeting, line_id: UUID) -> MinutesLine:
    begun = queries.unpublished(session(), found.id)
    if begun is None:
        message = words("Published minutes stay. Begin a correction first.")
        raise Conflict("published-already", message)
    return queries.said_line(session(), begun.id, line_id)


def _form(found: Meeting, **filled: str) -> SaidForm:
    form = SaidForm(**filled)
    about = queries.consultation_of(session(), found)
    form.place.choices = present.clause_choices(about)
    return form


def _page(
    found: Meeting, item: AgendaItem, form: SaidForm, line_id: UUID | None = None
) -> pages.SaidPage:
    views = {each.id: each for each in present.agenda_of(found)}
    if item.id not in views:
        raise NotFound(words("This agenda has no such item."))
    return pages.SaidPage(
        head=present.head(found, queries.consultation_of(session(), found)),
        item=views[item.id],
        line_id=line_id,
        form=form,
    )


def _back(
    slug: str, notice: str, *, saved: str = "", anchor: UUID | None = None
) -> ResponseReturnValue:
    place = {"_anchor": f"item-{anchor}"} if anchor else {}
    more = {"saved": saved} if saved else {}
    return go("meetings_desk.minutes", slug=slug, notice=notice, **more, **place)
