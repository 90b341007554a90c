"""Routes for everybody: how to take part without internet, and what became of a form."""

from uuid import UUID

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.comments.rules import Reason
from participation.consultations.models import Consultation
from participation.consultations.rules import SUBJECT_KIND
from participation.core.errors import Invalid, NotFound
from participation.core.limits import bucket, count_try, place_of
from participation.intake import pages, queries
from participation.intake.codes import read_code, spaced
from participation.intake.models import IntakeCode
from participation.intake.pages import REASONS, Told
from participation.intake.rules import LOOKS_PER_PLACE
from participation.intake.views.blueprints import public_pages
from participation.web.database import apart, session
from participation.web.guard import public
from participation.web.language import _, say
from participation.web.page import go, show
from participation.web.site import Beside, now


@public_pages.get("/k")
@public
def lookup() -> ResponseReturnValue:
    """Asks for the code of a form."""
    typed = request.args.get("code", "")
    if not typed:
        return show(pages.LookupPage("", ""))
    try:
        return go("intake.fate", code=spaced(read_code(typed)))
    except Invalid as error:
        return show(pages.LookupPage(typed[:40], say(error.message)), error.status)


@public_pages.get("/k/<code>")
@public
def fate(code: str) -> ResponseReturnValue:
    """What became of the form with this code; names nobody."""
    try:
        known = _known(code)
    except (Invalid, NotFound) as error:
        return show(pages.LookupPage(code[:40], say(error.message)), error.status)
    found = queries.consultation(session(), known.consultation_id)
    return _unseen(show(_fate_page(known, found)))


def told_under(code: str) -> list[Told]:
    """What became of everything that was typed under a code."""
    return [
        Told.of(each, each.answer, _reason(each.answer.reason if each.answer else None))
        for each in queries.fates(session(), code)
    ]


def beside(opened: Session, kind: str, subject_id: UUID, _now: object) -> tuple[Beside, ...]:
    """On a consultation's page: that paper, counter and SMS count as much."""
    if kind != SUBJECT_KIND or opened.get(Consultation, subject_id) is None:
        return ()
    note = _("On a paper form, at the counter, at a meeting or by SMS; answered like any other.")
    return (Beside(_("Taking part without internet"), url_for("intake.lookup"), note),)


def _known(code: str) -> IntakeCode:
    """The code, once this look is counted; one with a slip in it costs no look."""
    written = read_code(code)
    place = place_of(request.remote_addr or "")
    key = bucket(str(current_app.secret_key), "intake-code", place)
    with apart() as counting:
        count_try(counting, key, LOOKS_PER_PLACE, now())
    return queries.code(session(), written)


def _fate_page(known: IntakeCode, found: Consultation) -> pages.FatePage:
    return pages.FatePage(
        code=spaced(known.code),
        slug=found.slug,
        title=found.title,
        closes_on=found.closes_on,
        answers_by=found.answers_by,
        told=tuple(told_under(known.code)),
    )


def _unseen(response: Response) -> Response:
    """For whoever holds the paper: kept in no cache, found by no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _reason(code: str | None) -> str:
    return say(REASONS[Reason(code)]) if code else ""
