"""Routes of the officers' desk: writing the questions and putting them in order."""

from collections.abc import Sequence
from uuid import UUID

from flask.typing import ResponseReturnValue

from participation.core.access import Permission
from participation.core.errors import NotFound
from participation.core.words import words
from participation.surveys import pages, queries, services
from participation.surveys.asked import Asked, Condition, Kind
from participation.surveys.forms import FORMS, KINDS, QuestionForm, condition_value, option_name
from participation.surveys.models import Survey, SurveyQuestion
from participation.surveys.rules import State, check_wording_open
from participation.surveys.views.blueprints import desk_pages
from participation.surveys.views.present import faults_beside
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _, say
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

_BY = {"up": -1, "down": 1}
_KINDS = ", ".join(kind.value for kind in Kind)


@desk_pages.route(f"/desk/surveys/<slug>/questions/new/<any({_KINDS}):kind>",
                  methods=["GET", "POST"])  # fmt: skip
@requires(Permission.SURVEYS_SURVEY_EDIT)
def add(slug: str, kind: str) -> ResponseReturnValue:
    """A new question at the end."""
    found = _changeable(slug)
    asked = queries.questions(session(), found.id)
    form = _with_conditions(FORMS[Kind(kind)](is_required=True), asked)
    if form.is_sent():
        with faults_beside(form):
            services.add_question(session(), actor(), found, form.command(Kind(kind)), now())
            return go("surveys_desk.manage", slug=slug, notice=_("Saved."), _anchor="questions")
    return show(_page(found, Kind(kind), form, None), form.status)


@desk_pages.route("/desk/surveys/<slug>/questions/<uuid:question_id>", methods=["GET", "POST"])
@requires(Permission.SURVEYS_SURVEY_EDIT)
def change(slug: str, question_id: UUID) -> ResponseReturnValue:
    """Words a question anew."""
    found = _changeable(slug)
    row, earlier = _row_and_earlier(found, question_id)
    kind = Kind(row.kind)
    form = _with_conditions(FORMS[kind](data=_written(row)), earlier)
    if form.is_sent():
        with faults_beside(form):
            new = form.command(kind)
            services.change_question(session(), actor(), found, row, new, now=now())
            return go("surveys_desk.manage", slug=slug, notice=_("Saved."), _anchor="questions")
    return show(_page(found, kind, form, question_id), form.status)


@desk_pages.post("/desk/surveys/<slug>/questions/<uuid:question_id>/<any(up, down):way>")
@requires(Permission.SURVEYS_SURVEY_EDIT)
def move(slug: str, question_id: UUID, way: str) -> ResponseReturnValue:
    """Moves a question up or down."""
    found = queries.survey(session(), slug)
    services.move_question(session(), actor(), found, question_id, _BY[way], now=now())
    return go("surveys_desk.manage", slug=slug, _anchor=f"question-{question_id}")


@desk_pages.post("/desk/surveys/<slug>/questions/<uuid:question_id>/remove")
@requires(Permission.SURVEYS_SURVEY_EDIT)
def remove(slug: str, question_id: UUID) -> ResponseReturnValue:
    """Takes a question out."""
    found = queries.survey(session(), slug)
    services.remove_question(session(), actor(), found, question_id, now())
    return go("surveys_desk.manage", slug=slug, notice=_("Removed."), _anchor="questions")


def _changeable(slug: str) -> Survey:
    found = queries.survey(session(), slug)
    check_wording_open(State(found.state))
    return found


def _row_and_earlier(found: Survey, question_id: UUID) -> tuple[SurveyQuestion, list[Asked]]:
    rows = queries.question_rows(session(), found.id)
    for place, row in enumerate(rows):
        if row.id == question_id:
            return row, [queries.asked_of_row(each, at + 1)
                         for at, each in enumerate(rows[:place])]  # fmt: skip
    raise NotFound(words("There is no such question."))


def _written(row: SurveyQuestion) -> dict[str, object]:
    """The row as the fields of its form."""
    only_if = Condition(row.only_if_id, row.only_if_choice) if row.only_if_id else None
    return {
        "wording": row.wording,
        "explanation": row.explanation,
        "is_required": row.is_required,
        "only_if": condition_value(only_if) if only_if else "",
        "choices": "\n".join(row.choices),
        "rows": "\n".join(row.rows),
        "most": row.most or None,
        "points": str(len(row.choices)),
        "low": row.low,
        "high": row.high,
    }


def _with_conditions(form: QuestionForm, earlier: Sequence[Asked]) -> QuestionForm:
    """The form with the choices on which its question may depend."""
    form.only_if.choices = [
        ("", _("of everybody")),
        *(
            (
                condition_value(Condition(each.id, place)),
                _("only after “%(choice)s” in question %(number)s",
                  choice=option_name(each, place), number=each.number),
            )
            for each in earlier
            if each.may_decide
            for place in range(len(each.choices))
        ),
    ]  # fmt: skip
    return form


def _page(
    found: Survey, kind: Kind, form: QuestionForm, question_id: UUID | None
) -> pages.WritingPage:
    return pages.WritingPage(found.slug, kind.value, say(KINDS[kind]), form, question_id)
