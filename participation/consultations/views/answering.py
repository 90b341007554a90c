"""Routes of the officers' desk: comments that wait, and their answers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from participation.comments.ledger import queries as ledger
from participation.consultations import queries, services
from participation.consultations.forms import AnswerForm, TickedForm
from participation.consultations.matrix.queries import clause_names
from participation.consultations.models import Consultation
from participation.consultations.pages import answering as pages
from participation.consultations.pages.parts import head_of
from participation.consultations.queries import Edition, subject_of
from participation.consultations.views.assembly import cited
from participation.consultations.views.blueprints import desk_pages
from participation.consultations.views.conversation import context_of
from participation.consultations.views.families import families_page, family_of
from participation.consultations.views.present import is_open, refusals_beside
from participation.consultations.views.spots import Spot, spot_and_comment
from participation.consultations.views.waiting import chosen_filters, waiting_page
from participation.core.access import Permission
from participation.core.errors import Invalid
from participation.core.words import plural_words, words
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import say
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

_NO_CLAUSE = words("No clause")
_SHOWN = 20  # comments shown in full above one answer


@desk_pages.route("/desk/consultations/<slug>/waiting", methods=["GET", "POST"])
@requires(Permission.COMMENTS_ANSWER_WRITE)
def waiting(slug: str) -> ResponseReturnValue:
    """Comments without an answer; the ticked ones are answered together or given to an officer."""
    found = queries.announced_consultation(session(), slug)
    form = TickedForm()
    if form.is_sent():
        with refusals_beside(form):
            return _act(found, form)
    elif not form.officer.data:
        form.officer.data = str(actor().id)
    return show(waiting_page(found, form), form.status)


@desk_pages.get("/desk/consultations/<slug>/families")
@requires(Permission.COMMENTS_ANSWER_WRITE)
def families(slug: str) -> ResponseReturnValue:
    """Comments that say nearly the same, the largest family first."""
    return show(families_page(queries.announced_consultation(session(), slug)))


@desk_pages.route(
    "/desk/consultations/<slug>/comments/<uuid:comment_id>/answer", methods=["GET", "POST"]
)
@requires(Permission.COMMENTS_ANSWER_WRITE)
def answer(slug: str, comment_id: UUID) -> ResponseReturnValue:
    """Answers one comment officially."""
    spot, _row = spot_and_comment(slug, comment_id)
    here = url_for("consultations_desk.answer", slug=slug, comment_id=comment_id)
    return _answer(spot.found, spot.edition, [comment_id], here=here, spot=spot)


@desk_pages.route("/desk/consultations/<slug>/answer", methods=["GET", "POST"])
@requires(Permission.COMMENTS_ANSWER_WRITE)
def answer_many(slug: str) -> ResponseReturnValue:
    """Answers the ticked comments, or all of one family (`like`), with the same words."""
    found = queries.announced_consultation(session(), slug)
    edition = queries.edition(session(), found.id)
    like = request.args.get("like", "")
    ids = family_of(found, like) if like else _ids(request.args.getlist("comment"))
    here = url_for("consultations_desk.answer_many", slug=slug)
    return _answer(found, edition, ids, here=here)


def _act(found: Consultation, form: TickedForm) -> ResponseReturnValue:
    """What the pressed button asks for the ticked comments."""
    ids = _ids(form.comments.data)
    if not ids:
        raise Invalid(words("Choose at least one comment."), field="comments")
    if request.form.get("act") == "answer":
        return go(
            "consultations_desk.answer_many", slug=found.slug, comment=[str(each) for each in ids]
        )
    officer = ledger.officer(session(), _id(form.officer.data))
    rows = ledger.comments_of(session(), subject_of(found), ids)
    services.consider_residents(session(), actor(), found, rows, officer, now=now())
    message = plural_words(
        "%(name)s considers %(count)s comment now.",
        "%(name)s considers %(count)s comments now.",
        len(rows),
        name=officer.name,
    )
    return go("consultations_desk.waiting", slug=found.slug, notice=message, **chosen_filters())


def _answer(
    found: Consultation,
    edition: Edition,
    ids: Sequence[UUID],
    *,
    here: str,
    spot: Spot | None = None,
) -> ResponseReturnValue:
    form = AnswerForm(name=actor().name, office=found.office)
    form.place.choices = [("", say(_NO_CLAUSE)), *clause_names(session(), edition.id)]
    if form.is_sent():
        with refusals_beside(form):
            return _publish(found, form, ids if spot else _ids(form.comments.data))
    chosen = ids or _ids(form.comments.data)
    form.kept.data = form.kept.data or str(next(iter(chosen), ""))
    return show(_answer_page(found, edition, chosen, form, here=here, spot=spot), form.status)


def _publish(found: Consultation, form: AnswerForm, ids: Sequence[UUID]) -> ResponseReturnValue:
    rows = ledger.comments_of(session(), subject_of(found), ids)
    services.answer_residents(session(), actor(), found, rows, form.command(), now=now())
    message = plural_words(
        "Your answer stands under the comment now.",
        "Your answer stands under %(count)s comments now.",
        len(rows),
    )
    kept = form.kept.data or str(ids[0])
    return go("consultations_desk.waiting", slug=found.slug, done=kept, notice=message)


def _answer_page(
    found: Consultation,
    edition: Edition,
    ids: Sequence[UUID],
    form: AnswerForm,
    **where: Any,
) -> pages.AnswerPage:
    if not ids:
        raise Invalid(words("Choose at least one comment."))
    spot: Spot | None = where["spot"]
    subject = subject_of(found)
    said = ledger.said_of(session(), subject, ids, limit=_SHOWN)
    shown = {one.id for one in said}
    return pages.AnswerPage(
        head=head_of(found, is_open=is_open(found)),
        clauses=context_of(spot).clauses if spot else (),
        citation=spot.clause.citation if spot else "",
        said=cited(edition, said),
        rest=tuple(str(each) for each in ids if each not in shown) if len(ids) > _SHOWN else (),
        action=where["here"],
        keep=f"answer/{found.slug}/{form.kept.data}",
        form=form,
    )


def _ids(values: Sequence[str] | None) -> list[UUID]:
    """The ids of comments in an address or form, each once; `Invalid` for anything else."""
    return list(dict.fromkeys(_id(value) for value in values or ()))


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise Invalid(words("This address is incomplete.")) from error
