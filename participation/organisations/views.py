"""Routes: organisations for everybody, their facts and officers for administrators."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from participation.areas import queries as areas
from participation.core.access import Permission
from participation.organisations import pages, queries, services
from participation.organisations.forms import OfficerForm, OrganisationForm, RemoveForm
from participation.organisations.models import Organisation
from participation.organisations.rules import SUBJECT_KIND
from participation.organisations.services import Facts
from participation.web.beside import beside
from participation.web.database import session
from participation.web.guard import public, requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

blueprint = Blueprint("organisations", __name__)
desk_blueprint = Blueprint("organisations_desk", __name__)


@blueprint.get("/organisations")
@public
def index() -> ResponseReturnValue:
    """All organisations."""
    return show(pages.OrganisationsPage(_views(queries.organisations(session()))))


@blueprint.get("/organisations/<slug>")
@public
def organisation(slug: str) -> ResponseReturnValue:
    """One organisation: how to reach it, and what it holds."""
    found = queries.organisation(session(), slug)
    (view,) = _views([found])
    return show(pages.OrganisationPage(view, found.contact, beside(SUBJECT_KIND, found.id)))


@desk_blueprint.route("/desk/organisations", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_ORGANISATION_EDIT)
def edit_list() -> ResponseReturnValue:
    """The organisations; sent, a new one."""
    form = OrganisationForm()
    if form.is_sent():
        with form.errors_of_act():
            found = services.add_organisation(session(), actor(), _facts(form), now())
            notice = _("Added. Now say which officers work here.")
            return go("organisations_desk.edit", slug=found.slug, notice=notice)
    views = _views(queries.organisations(session()))
    return show(pages.DeskListPage(views, form), form.status)


@desk_blueprint.route("/desk/organisations/<slug>", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_ORGANISATION_EDIT)
def edit(slug: str) -> ResponseReturnValue:
    """One organisation; sent, other facts."""
    found = queries.organisation(session(), slug)
    form = OrganisationForm.of(found)
    if form.is_sent():
        with form.errors_of_act():
            services.edit_organisation(session(), actor(), found, _facts(form), now())
            return go("organisations_desk.edit", slug=slug, notice=_("Saved."))
    return show(_desk_page(found, form, OfficerForm(formdata=None)), form.status)


@desk_blueprint.post("/desk/organisations/<slug>/officers")
@requires(Permission.ORGANISATIONS_ORGANISATION_EDIT)
def add_officer(slug: str) -> ResponseReturnValue:
    """Adds an officer."""
    found, form = queries.organisation(session(), slug), OfficerForm()
    if form.is_sent():
        with form.errors_of_act():
            email = form.email.data
            officer = services.add_officer(session(), actor(), found, email, now())
            notice = _("%(name)s works here now.", name=officer.name)
            return go("organisations_desk.edit", slug=slug, notice=notice)
    facts = OrganisationForm.of(found, formdata=None)
    return show(_desk_page(found, facts, form), form.status)


@desk_blueprint.post("/desk/organisations/<slug>/officers/<uuid:account_id>/remove")
@requires(Permission.ORGANISATIONS_ORGANISATION_EDIT)
def remove_officer(slug: str, account_id: UUID) -> ResponseReturnValue:
    """Takes an officer off the list."""
    found = queries.organisation(session(), slug)
    officer = queries.officer(session(), found.id, account_id)
    if RemoveForm().is_sent():
        services.remove_officer(session(), actor(), found, officer, now())
    notice = _("%(name)s works here no longer.", name=officer.name)
    return go("organisations_desk.edit", slug=slug, notice=notice)


def _facts(form: OrganisationForm) -> Facts:
    """What was sent, with the code of the typed area; raises `Invalid` unless it is just one."""
    typed = form.area.data or ""
    return form.command(areas.meant(session(), typed).code if typed else "")


def _desk_page(
    found: Organisation, form: OrganisationForm, officer_form: OfficerForm
) -> pages.DeskPage:
    (view,) = _views([found])
    officers = tuple(queries.officers(session(), found.id))
    return pages.DeskPage(view, form, officers, officer_form, RemoveForm(formdata=None))


def _views(found: list[Organisation]) -> tuple[pages.OrganisationView, ...]:
    """The organisations with their areas and the number of their officers: two queries."""
    placed = areas.placed(session(), [each.area_code for each in found if each.area_code])
    counts = queries.officer_counts(session())
    return tuple(
        pages.OrganisationView(
            each.slug, each.name, placed.get(each.area_code or ""), counts.get(each.id, 0)
        )
        for each in found
    )
