"""The route by which an officer moves announced days."""

from flask.typing import ResponseReturnValue

from participation.consultations import queries
from participation.consultations.extending import services
from participation.consultations.extending.forms import ExtensionForm
from participation.consultations.extending.pages import ExtensionPage, extension_view
from participation.consultations.extending.queries import extensions
from participation.consultations.extending.rules import check_extendable
from participation.consultations.pages.parts import head_of
from participation.consultations.queries import calendar_of
from participation.consultations.rules import Phase
from participation.consultations.views.blueprints import desk_pages
from participation.consultations.views.present import is_open, moment, refusals_beside
from participation.core.access import Permission
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor


@desk_pages.route("/desk/consultations/<slug>/days", methods=["GET", "POST"])
@requires(Permission.CONSULTATIONS_PHASE_CHANGE)
def days(slug: str) -> ResponseReturnValue:
    """Moves announced days, with a reason that everybody reads."""
    found = queries.consultation(session(), slug)
    check_extendable(Phase(found.phase))
    form = ExtensionForm(obj=found)
    form.offer(Phase(found.phase))
    if form.is_sent():
        with refusals_beside(form):
            new = form.command(calendar_of(found))
            reason = form.reason.data
            services.extend_days(session(), actor(), found, new, reason, moment=moment())
            notice = _("The new days stand on the page, with your reason.")
            return go("consultations_desk.manage", slug=slug, done="days", notice=notice)
    page = ExtensionPage(
        head=head_of(found, is_open=is_open(found)),
        form=form,
        before=tuple(extension_view(each) for each in extensions(session(), found.id)),
    )
    return show(page, form.status)
