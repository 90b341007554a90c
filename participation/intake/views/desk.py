"""Routes of the desk: what is taken in now, one consultation with its piles, beginning a pile."""

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.consultations.models import Consultation
from participation.consultations.queries import announced_consultation
from participation.core.access import Actor, Permission
from participation.intake import pages, queries, services
from participation.intake.forms import BatchForm, PrintForm
from participation.intake.pages import Pile
from participation.intake.views.blueprints import desk_pages
from participation.intake.views.present import (
    closed_because,
    draft_of,
    moment,
    refusals_beside,
)
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import DeskFigure

_TYPES = Permission.INTAKE_BATCH_WRITE


@desk_pages.get("/desk/intake")
@requires(_TYPES)
def index() -> ResponseReturnValue:
    """What is taken in now, and the newest piles."""
    drafts = queries.taking_in(session(), moment().today)
    page = pages.IndexPage(
        drafts=tuple(map(draft_of, drafts)),
        piles=tuple(map(Pile.of, queries.batches(session()))),
    )
    return show(page)


@desk_pages.get("/desk/intake/<slug>")
@requires(_TYPES)
def draft(slug: str) -> ResponseReturnValue:
    """One consultation: begin a pile, print forms, its piles."""
    found = announced_consultation(session(), slug)
    return show(_draft_page(found, BatchForm(), PrintForm(formdata=None)))


@desk_pages.post("/desk/intake/<slug>/batches")
@requires(_TYPES)
def begin(slug: str) -> ResponseReturnValue:
    """Begins a pile."""
    found, form = announced_consultation(session(), slug), BatchForm()
    if form.is_sent():
        with refusals_beside(form):
            made = services.open_batch(session(), actor(), found, form.command(), moment())
            return go("intake_desk.typing", batch_id=made.id)
    return show(_draft_page(found, form, PrintForm(formdata=None)), form.status)


@desk_pages.post("/desk/intake/<slug>/forms")
@requires(_TYPES)
def print_forms(slug: str) -> ResponseReturnValue:
    """Makes codes and leads to the forms that bear them."""
    found, form = announced_consultation(session(), slug), PrintForm()
    if form.is_sent():
        with refusals_beside(form):
            count = form.count.data
            series = services.make_codes(session(), actor(), found, count, moment())
            return go("intake_desk.forms", series_id=series)
    return show(_draft_page(found, BatchForm(formdata=None), form), form.status)


def figures(opened: Session, who: Actor, _now: object) -> tuple[DeskFigure, ...]:
    """Piles that wait for this person's look, and entries that were sent back."""
    to_check, returned = queries.waiting_for(opened, who.id)
    told = []
    if to_check:
        address = url_for("intake_desk.index", _anchor="piles")
        told.append(DeskFigure(_("to compare with the paper"), to_check, address))
    if returned:
        address = url_for("intake_desk.index", _anchor="piles")
        told.append(DeskFigure(_("sent back"), returned, address, is_urgent=True))
    return tuple(told)


def _draft_page(found: Consultation, begin: BatchForm, forms: PrintForm) -> pages.DraftPage:
    return pages.DraftPage(
        draft=draft_of(found),
        closed=closed_because(found),
        begin=begin,
        forms=forms,
        piles=tuple(map(Pile.of, queries.batches(session(), found.id))),
    )
