"""Routes of the officers' desk: consultations, their facts, their texts, their phases."""

from flask import request
from flask.typing import ResponseReturnValue

from participation.comments import queries as comments
from participation.consultations import queries, services
from participation.consultations.explaining.views import stale_count
from participation.consultations.extending.rules import MOVABLE
from participation.consultations.forms import DraftTextForm, StepForm
from participation.consultations.models import Consultation
from participation.consultations.pages import desk as pages
from participation.consultations.pages.parts import head_of
from participation.consultations.rules import SUBJECT_KIND, Phase, Step, may_have_new_version
from participation.consultations.views.blueprints import desk_pages
from participation.consultations.views.placing import details_form
from participation.consultations.views.present import is_open, moment, refusals_beside, today
from participation.consultations.views.preview import text_page
from participation.consultations.views.standing import standing_of
from participation.consultations.views.steps import next_step
from participation.core.access import Permission
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

_MOST_ROWS = 200


@desk_pages.get("/desk/consultations")
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def index() -> ResponseReturnValue:
    """All consultations, drafts too."""
    found = queries.recent(session(), limit=_MOST_ROWS)
    covered = comments.coverages(session(), SUBJECT_KIND, [row.id for row in found])
    rows = tuple(
        pages.DeskRow(
            slug=row.slug,
            title=row.title,
            phase=head_of(row, is_open=is_open(row)).phase,
            closes_on=row.closes_on,
            coverage=covered[row.id],
        )
        for row in found
    )
    return show(pages.DeskListPage(rows=rows))


@desk_pages.route("/desk/consultations/new", methods=["GET", "POST"])
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def create() -> ResponseReturnValue:
    """A new consultation."""
    form = details_form()
    if form.is_sent():
        with refusals_beside(form):
            found = services.create_consultation(session(), actor(), form.command(), now())
            notice = _("Created. Now import the text of the draft.")
            return go("consultations_desk.text", slug=found.slug, notice=notice)
    return show(pages.DetailsPage(form=form, slug=""), form.status)


@desk_pages.get("/desk/consultations/<slug>")
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def manage(slug: str) -> ResponseReturnValue:
    """One consultation: where it stands and what comes next."""
    return show(_manage_page(queries.consultation(session(), slug), StepForm(formdata=None)))


@desk_pages.route("/desk/consultations/<slug>/details", methods=["GET", "POST"])
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def details(slug: str) -> ResponseReturnValue:
    """Changes what people are told."""
    found = queries.consultation(session(), slug)
    form = details_form(found)
    if found.announced_at is not None:
        form.keep_days(queries.calendar_of(found))
    if form.is_sent():
        with refusals_beside(form):
            services.edit_consultation(session(), actor(), found, form.command(), now())
            notice = _("Saved.")
            return go("consultations_desk.manage", slug=slug, done="details", notice=notice)
    return show(pages.DetailsPage(form=form, slug=slug), form.status)


@desk_pages.route("/desk/consultations/<slug>/text", methods=["GET", "POST"])
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def text(slug: str) -> ResponseReturnValue:
    """Imports a text and shows what the importer made of it."""
    found = queries.consultation(session(), slug)
    waiting = queries.unpublished(session(), found.id)
    form = DraftTextForm(source=waiting.source if waiting else "")
    if form.is_sent():
        with refusals_beside(form):
            services.import_draft(session(), actor(), found, form.command(), now())
            return go("consultations_desk.text", slug=slug, notice=_("Imported. Please check it."))
    return show(text_page(found, form, waiting.source if waiting else ""), form.status)


@desk_pages.post("/desk/consultations/<slug>/publish")
@requires(Permission.CONSULTATIONS_DRAFT_PUBLISH)
def publish(slug: str) -> ResponseReturnValue:
    """Publishes the imported text and announces the consultation."""
    found = queries.consultation(session(), slug)
    services.publish_draft(session(), actor(), found, moment())
    notice = _("Published. The text stays as it is from now on.")
    return go("consultations_desk.manage", slug=slug, notice=notice)


@desk_pages.post("/desk/consultations/<slug>/<any(open, close, decide, archive):step>")
@requires(Permission.CONSULTATIONS_PHASE_CHANGE)
def take(slug: str, step: str) -> ResponseReturnValue:
    """Takes the next step."""
    found, form = queries.consultation(session(), slug), StepForm()
    if form.is_sent():
        with refusals_beside(form):
            outcome = form.outcome.data or ""
            services.take_step(session(), actor(), found, Step(step), moment(), outcome=outcome)
            return go("consultations_desk.manage", slug=slug, done="step", notice=_("Done."))
    return show(_manage_page(found, form), form.status)


def _manage_page(found: Consultation, form: StepForm) -> pages.ManagePage:
    now_is = queries.situation(session(), found, today())
    waiting = queries.unpublished(session(), found.id)
    return pages.ManagePage(
        head=head_of(found, is_open=is_open(found)),
        is_announced=found.announced_at is not None,
        articles=waiting.article_count if waiting else 0,
        coverage=now_is.coverage,
        standing=standing_of(found, now_is),
        step=next_step(now_is),
        form=form,
        may_change_text=Phase(found.phase) is Phase.DRAFT,
        may_have_new_version=may_have_new_version(Phase(found.phase)),
        may_extend=bool(MOVABLE[Phase(found.phase)]),
        stale=stale_count(found),
        done=_done(found),
    )


def _done(found: Consultation) -> str:
    """Which half-typed words of the forms around this page have arrived, as the address says."""
    done = request.args.get("done", "")
    return f"{done}/{found.slug}" if done in {"days", "details", "step"} else ""
