"""Routes: areas for everybody, one's own area for those with an account."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.areas import queries, services
from participation.areas.forms import OwnAreaForm, read_words
from participation.areas.models import Area
from participation.areas.pages import AreaPage, AreasPage, Link, OwnAreaPage
from participation.areas.rules import SUBJECT_KIND, kind_of, title_of
from participation.core.access import Actor
from participation.web.beside import beside
from participation.web.database import session
from participation.web.guard import public, signed_in
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import Beside, now

blueprint = Blueprint("areas", __name__)
_MOST_HITS = 25


@blueprint.get("/areas")
@public
def index() -> ResponseReturnValue:
    """The widest areas, and the search."""
    words = read_words()
    hits = queries.found(session(), words, limit=_MOST_HITS + 1)
    start = () if hits else tuple(map(_link, queries.start(session())))
    return show(AreasPage(words, tuple(hits[:_MOST_HITS]), len(hits) > _MOST_HITS, start))


@blueprint.get("/areas/<code>")
@public
def area(code: str) -> ResponseReturnValue:
    """One area, what it lies in and what lies in it."""
    found, who = queries.area(session(), code), actor()
    own = queries.own_area(session(), who.id) if who.is_signed_in else None
    page = AreaPage(
        here=_link(found),
        kind=kind_of(code).value,
        above=tuple(map(_link, queries.around(session(), code))),
        inside=tuple(map(_link, queries.inside(session(), code))),
        beside=beside(SUBJECT_KIND, found.id),
        form=OwnAreaForm(formdata=None),
        is_own=own is not None and own.code == code,
    )
    return show(page)


@blueprint.post("/areas/<code>/own")
@signed_in
def choose(code: str) -> ResponseReturnValue:
    """Makes an area one's own."""
    found = queries.area(session(), code)
    if OwnAreaForm().is_sent():
        services.choose_area(session(), actor(), code, now())
    notice = _("%(area)s is your area now.", area=title_of(found.code, found.name))
    return go("areas.own", notice=notice)


@blueprint.route("/account/area", methods=["GET", "POST"])
@signed_in
def own() -> ResponseReturnValue:
    """One's own area; sent, it is given up."""
    form = OwnAreaForm()
    if form.is_sent():
        services.give_up_area(session(), actor(), now())
        return go("areas.own", notice=_("Your area is kept here no longer."))
    found = queries.own_area(session(), actor().id)
    placed = queries.placed(session(), [found.code])[found.code] if found else None
    return show(OwnAreaPage(placed, form))


def in_account(opened: Session, who: Actor) -> tuple[Beside, ...]:
    """The way to one's own area, where there are areas at all."""
    found = queries.own_area(opened, who.id)
    if found is None and not queries.has_areas(opened):
        return ()
    note = title_of(found.code, found.name) if found else str(_("not chosen"))
    return (Beside(str(_("Your area")), url_for("areas.own"), note),)


def _link(found: Area) -> Link:
    return Link(found.code, title_of(found.code, found.name))
