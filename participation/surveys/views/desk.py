"""Routes of the officers' desk: the list, facts, where a survey stands and what comes next."""

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from participation.consultations.queries import consultation
from participation.core.access import Permission
from participation.surveys import pages, queries, services
from participation.surveys.asked import Asked, are_conditions_right
from participation.surveys.forms import KINDS, DetailsForm, StepForm, option_name, sheet_form
from participation.surveys.models import Survey
from participation.surveys.rules import TRANSITIONS, Situation, State, Step, refusal
from participation.surveys.views.blueprints import desk_pages
from participation.surveys.views.present import (
    faults_beside,
    head_of,
    moment,
    note_of,
    only_if_words,
    question_views,
    status_words,
    today,
)
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import LazyString, _, _l, say
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

_MOST_ROWS = 200
_SAID: dict[Step, tuple[LazyString, LazyString]] = {
    Step.OPEN: (
        _l("Open it"),
        _l("From then on the questions stay as they are. People answer from the first day on."),
    ),
    Step.CLOSE: (
        _l("Close and count"),
        _l("All sheets are counted, once and for good. Then look at the texts."),
    ),
    Step.PUBLISH: (
        _l("Publish the results"),
        _l("Everybody reads the numbers and the texts that you have released."),
    ),
}


@desk_pages.get("/desk/surveys")
@requires(Permission.SURVEYS_SURVEY_EDIT)
def index() -> ResponseReturnValue:
    """All surveys, drafts too; or those that wait for something."""
    shown = request.args.get("show", "")
    rows = tuple(
        pages.DeskRow(found.slug, found.title, status_words(found, today()), sheets)
        for found, sheets in queries.recent(session(), limit=_MOST_ROWS)
        if _is_shown(found, shown)
    )
    return show(pages.DeskListPage(rows, shown))


@desk_pages.route("/desk/surveys/new", methods=["GET", "POST"])
@requires(Permission.SURVEYS_SURVEY_EDIT)
def create() -> ResponseReturnValue:
    """A new survey; `beside` in the address is the slug of a consultation."""
    form = _with_places(DetailsForm(consultation=_beside(request.args.get("beside", ""))))
    if form.is_sent():
        with faults_beside(form):
            found = services.create_survey(session(), actor(), form.command(), now())
            notice = _("Created. Now write the questions.")
            return go("surveys_desk.manage", slug=found.slug, notice=notice)
    return show(pages.DetailsPage(form, slug="", is_open=False), form.status)


@desk_pages.route("/desk/surveys/<slug>/details", methods=["GET", "POST"])
@requires(Permission.SURVEYS_SURVEY_EDIT)
def details(slug: str) -> ResponseReturnValue:
    """Changes what people are told."""
    found = queries.survey(session(), slug)
    form = _with_places(DetailsForm(obj=found, consultation=str(found.subject_id or "")))
    if form.is_sent():
        with faults_beside(form):
            services.edit_survey(session(), actor(), found, form.command(), now())
            return go("surveys_desk.manage", slug=slug, notice=_("Saved."))
    is_open = State(found.state) is not State.DRAFT
    return show(pages.DetailsPage(form, slug, is_open), form.status)


@desk_pages.get("/desk/surveys/<slug>")
@requires(Permission.SURVEYS_SURVEY_EDIT)
def manage(slug: str) -> ResponseReturnValue:
    """One survey: what comes next, its questions, how many people answered."""
    return show(_manage_page(queries.survey(session(), slug), StepForm(formdata=None)))


@desk_pages.get("/desk/surveys/<slug>/preview")
@requires(Permission.SURVEYS_SURVEY_EDIT)
def preview(slug: str) -> ResponseReturnValue:
    """The survey as residents will see it."""
    found = queries.survey(session(), slug)
    asked = queries.questions(session(), found.id)
    head = head_of(found, queries.consultation_of(session(), found))
    return show(pages.PreviewPage(head, question_views(asked), sheet_form(asked, {})))


@desk_pages.post("/desk/surveys/<slug>/<any(open, close, publish):step>")
@requires(Permission.SURVEYS_SURVEY_EDIT)
def take(slug: str, step: str) -> ResponseReturnValue:
    """Takes the next step."""
    found, form = queries.survey(session(), slug), StepForm()
    if form.is_sent():
        with faults_beside(form):
            services.take_step(session(), actor(), found, Step(step), moment())
            return go("surveys_desk.manage", slug=slug, notice=_("Done."))
    return show(_manage_page(found, form), form.status)


def _manage_page(found: Survey, form: StepForm) -> pages.ManagePage:
    asked = queries.questions(session(), found.id)
    state = State(found.state)
    counts = queries.text_counts(session(), found.id)
    return pages.ManagePage(
        head=head_of(found, queries.consultation_of(session(), found)),
        step=_next_step(queries.situation(session(), found, today())),
        form=form,
        questions=tuple(
            _desk_question(asked, place, counts.get(each.id, queries.TextCount()).given)
            for place, each in enumerate(asked)
        ),
        kinds=tuple((kind.value, say(name)) for kind, name in KINDS.items()),
        sheets=queries.sheet_count(session(), found.id),
        is_draft=state is State.DRAFT,
        is_public=_is_public(found),
        has_final_texts=state in {State.CLOSED, State.PUBLISHED},
        may_change_days=state in {State.DRAFT, State.OPEN},
    )


def _desk_question(asked: Sequence[Asked], place: int, texts: int) -> pages.DeskQuestion:
    here = asked[place]
    return pages.DeskQuestion(
        id=here.id,
        number=here.number,
        kind=say(KINDS[here.kind]),
        wording=here.wording,
        note=note_of(here),
        only_if=only_if_words(here, asked),
        rows=here.rows,
        choices=tuple(option_name(here, at) for at in range(len(here.choices))),
        may_go_up=place > 0 and are_conditions_right(_swapped(asked, place - 1)),
        may_go_down=place + 1 < len(asked) and are_conditions_right(_swapped(asked, place)),
        may_go=are_conditions_right([each for each in asked if each.id != here.id]),
        texts=texts,
    )


def _swapped(asked: Sequence[Asked], place: int) -> list[Asked]:
    return [*asked[:place], asked[place + 1], asked[place], *asked[place + 2 :]]


def _next_step(now_is: Situation) -> pages.NextStep | None:
    for step in TRANSITIONS[now_is.state]:
        refused = refusal(step, now_is)
        label, explanation = _SAID[step]
        return pages.NextStep(
            value=step.value,
            label=say(label),
            explanation=say(explanation),
            refusal=say(refused.message) if refused else "",
        )
    return None


def _is_public(found: Survey) -> bool:
    place = queries.consultation_of(session(), found)
    is_hidden = place is not None and place.announced_at is None
    return found.opened_at is not None and not is_hidden


def _is_shown(found: Survey, shown: str) -> bool:
    state = State(found.state)
    if shown == "over":
        return state is State.OPEN and found.closes_on < today()
    return state is State.CLOSED if shown == "closed" else True


def _beside(slug: str) -> str:
    return str(consultation(session(), slug).id) if slug else ""


def _with_places(form: DetailsForm) -> DetailsForm:
    known = queries.consultations(session(), limit=_MOST_ROWS)
    form.consultation.choices = [
        ("", _("It stands by itself")),
        *((str(each), title) for each, title in known),
    ]
    return form
