"""Routes of officers: the items of an agenda and their order."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from participation.core.access import Permission
from participation.meetings import pages, queries, services
from participation.meetings.forms import ItemForm
from participation.meetings.views import present
from participation.meetings.views.blueprints import desk_pages
from participation.meetings.views.desk import manage_page
from participation.meetings.views.refusals import refusals_beside
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

_DRAFT = Permission.MEETINGS_MEETING_DRAFT
_STEPS = {"up": -1, "down": 1}


@desk_pages.post("/desk/meetings/<slug>/agenda")
@requires(_DRAFT)
def add(slug: str) -> ResponseReturnValue:
    """A new last item."""
    found, form = queries.meeting(session(), slug), ItemForm()
    form.place.choices = present.clause_choices(queries.consultation_of(session(), found))
    if form.is_sent():
        with refusals_beside(form):
            services.add_item(session(), actor(), found, form.command(), now())
            return go("meetings_desk.manage", slug=slug, _anchor="agenda", notice=_("Added."))
    return show(manage_page(found, form), form.status)


@desk_pages.route("/desk/meetings/<slug>/agenda/<uuid:item_id>", methods=["GET", "POST"])
@requires(_DRAFT)
def item(slug: str, item_id: UUID) -> ResponseReturnValue:
    """Changes an item."""
    found = queries.meeting(session(), slug)
    row, about = (
        queries.item(session(), found.id, item_id),
        queries.consultation_of(session(), found),
    )
    form = ItemForm(title=row.title, minutes=str(row.minutes), place=row.place)
    form.place.choices = present.clause_choices(about)
    if form.is_sent():
        with refusals_beside(form):
            services.change_item(session(), actor(), found, row, form.command(), now=now())
            return go("meetings_desk.manage", slug=slug, _anchor="agenda", notice=_("Saved."))
    page = pages.ItemPage(head=present.head(found, about), item_id=item_id, form=form)
    return show(page, form.status)


@desk_pages.post("/desk/meetings/<slug>/agenda/<uuid:item_id>/<any(up, down):way>")
@requires(_DRAFT)
def move(slug: str, item_id: UUID, way: str) -> ResponseReturnValue:
    """Moves an item by one place."""
    found = queries.meeting(session(), slug)
    row = queries.item(session(), found.id, item_id)
    services.move_item(session(), actor(), found, row, steps=_STEPS[way], now=now())
    return go("meetings_desk.manage", slug=slug, _anchor="agenda")


@desk_pages.post("/desk/meetings/<slug>/agenda/<uuid:item_id>/remove")
@requires(_DRAFT)
def remove(slug: str, item_id: UUID) -> ResponseReturnValue:
    """Takes an item off."""
    found = queries.meeting(session(), slug)
    row = queries.item(session(), found.id, item_id)
    services.remove_item(session(), actor(), found, row, now())
    return go("meetings_desk.manage", slug=slug, _anchor="agenda", notice=_("Taken off."))
