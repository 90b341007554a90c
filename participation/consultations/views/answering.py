"""Routes of the officers' desk: comments that wait, and their answers."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from participation.comments import queries as comments
from participation.consultations import queries, services
from participation.consultations.forms import AnswerForm
from participation.consultations.pages import desk as pages
from participation.consultations.pages.parts import head_of
from participation.consultations.queries import subject_of
from participation.consultations.views.assembly import cited, viewer
from participation.consultations.views.blueprints import desk_pages
from participation.consultations.views.conversation import Spot, context_of, spot_and_comment
from participation.consultations.views.present import (
    is_open,
    place_after,
    refusals_beside,
    said_key,
)
from participation.core.access import Permission
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.paging import PER_PAGE, cut
from participation.web.session import actor
from participation.web.site import now


@desk_pages.get("/desk/consultations/<slug>/waiting")
@requires(Permission.COMMENTS_ANSWER_WRITE)
def waiting(slug: str) -> ResponseReturnValue:
    """Comments without an answer, the longest waiting first."""
    found = queries.announced_consultation(session(), slug)
    edition = queries.edition(session(), found.id)
    subject = subject_of(found)
    after = place_after(request.args.get("after", ""))
    rows = comments.waiting(session(), subject, after=after, limit=PER_PAGE + 1)
    shown = cut(rows, said_key)
    page = pages.WaitingPage(
        head=head_of(found, is_open=is_open(found)),
        coverage=comments.coverage(session(), subject),
        waiting=cited(edition, shown.items),
        after=shown.after,
    )
    return show(page)


@desk_pages.route(
    "/desk/consultations/<slug>/comments/<uuid:comment_id>/answer", methods=["GET", "POST"]
)
@requires(Permission.COMMENTS_ANSWER_WRITE)
def answer(slug: str, comment_id: UUID) -> ResponseReturnValue:
    """Answers one comment officially."""
    spot, row = spot_and_comment(slug, comment_id)
    form = AnswerForm(name=actor().name, office=spot.found.office)
    if form.is_sent():
        with refusals_beside(form):
            services.answer_resident(session(), actor(), spot.found, row, form.command(), now=now())
            notice = _("Your answer stands under the comment now.")
            return go("consultations_desk.waiting", slug=slug, notice=notice)
    return show(_answer_page(spot, comment_id, form), form.status)


def _answer_page(spot: Spot, comment_id: UUID, form: AnswerForm) -> pages.AnswerPage:
    return pages.AnswerPage(
        head=head_of(spot.found, is_open=is_open(spot.found)),
        clauses=context_of(spot).clauses,
        citation=spot.clause.citation,
        said=viewer()(comments.said(session(), comment_id)),
        form=form,
    )
