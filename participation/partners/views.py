"""Routes of the partners' page at the desk."""

from datetime import datetime
from typing import cast
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.core.access import Permission
from participation.partners import queries, services
from participation.partners.asking import Asker
from participation.partners.forms import PartnerForm, StepForm
from participation.partners.pages import PartnersPage, PartnerView
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now, site

_KEY = "suara-partners"
blueprint = Blueprint("partners", __name__)


def init(app: Flask, asker: Asker) -> None:
    """Gives `app` its way to partners."""
    app.extensions[_KEY] = asker


def _asker() -> Asker:
    return cast("Asker", current_app.extensions[_KEY])


def minute(opened: Session, moment: datetime) -> None:
    """Asks the partners that were not asked for a while."""
    services.check_all(opened, _asker(), moment)


@blueprint.route("/desk/partners", methods=["GET", "POST"])
@requires(Permission.PARTNERS_PARTNER_EDIT)
def index() -> ResponseReturnValue:
    """The partners; sent, a new one."""
    form = PartnerForm()
    if form.is_sent():
        with form.errors_of_act():
            found = services.add(session(), _asker(), actor(), form.command(), now())
            notice = _("%(name)s is a partner now. Compare its key by telephone.", name=found.name)
            return go("partners.index", notice=notice)
    views = tuple(PartnerView.of(each) for each in queries.partners(session()))
    authority = urlsplit(site().origin).netloc
    page = PartnersPage(views, form, StepForm(formdata=None), authority)
    return show(page, form.status)


@blueprint.post("/desk/partners/<uuid:partner_id>/check")
@requires(Permission.PARTNERS_PARTNER_EDIT)
def check(partner_id: UUID) -> ResponseReturnValue:
    """Asks one again."""
    found = queries.partner(session(), partner_id)
    if StepForm().is_sent():
        services.check(session(), _asker(), actor(), found, now())
    view = PartnerView.of(found)
    if view.problem:
        return go("partners.index", notice=f"{view.name}: {view.problem}")
    return go("partners.index", notice=_("%(name)s answers, with the same key.", name=view.name))


@blueprint.post("/desk/partners/<uuid:partner_id>/remove")
@requires(Permission.PARTNERS_PARTNER_EDIT)
def remove(partner_id: UUID) -> ResponseReturnValue:
    """Takes one off the list."""
    found = queries.partner(session(), partner_id)
    if StepForm().is_sent():
        services.remove(session(), actor(), found, now())
    return go("partners.index", notice=_("%(name)s is no partner any more.", name=found.name))
