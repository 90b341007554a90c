"""Routes of the officers' desk: the words given to open questions, released one by one."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from participation.core.access import Permission
from participation.core.errors import Invalid, NotFound
from participation.core.words import words
from participation.surveys import pages, queries, services
from participation.surveys.asked import Asked, Kind
from participation.surveys.forms import StepForm
from participation.surveys.models import Survey, SurveyText
from participation.surveys.rules import State, check_texts_final
from participation.surveys.views.blueprints import desk_pages
from participation.surveys.views.present import head_of
from participation.web.database import session
from participation.web.guard import requires
from participation.web.page import go, show
from participation.web.paging import PER_PAGE, cut, read_cursor
from participation.web.session import actor
from participation.web.site import now


@desk_pages.get("/desk/surveys/<slug>/questions/<uuid:question_id>/texts")
@requires(Permission.SURVEYS_SURVEY_EDIT)
def texts(slug: str, question_id: UUID) -> ResponseReturnValue:
    """The words given to one open question, without names."""
    found = queries.survey(session(), slug)
    check_texts_final(State(found.state))
    asked = _open_question(found, question_id)
    after = _after(request.args.get("after", ""))
    rows = queries.texts(session(), question_id, after=after, limit=PER_PAGE + 1)
    shown = cut(rows, _key)
    counts = queries.text_counts(session(), found.id).get(question_id, queries.TextCount())
    page = pages.TextsPage(
        head=head_of(found, queries.consultation_of(session(), found)),
        question_id=question_id,
        number=asked.number,
        wording=asked.wording,
        texts=tuple(
            pages.TextView(each.id, each.body, each.released_at is not None) for each in shown.items
        ),
        counts={"given": counts.given, "released": counts.released},
        form=StepForm(formdata=None),
        after=shown.after,
        here=request.args.get("after", ""),
    )
    return show(page)


@desk_pages.post("/desk/surveys/<slug>/texts/<uuid:text_id>/<any(release, withhold):act>")
@requires(Permission.SURVEYS_SURVEY_EDIT)
def settle(slug: str, text_id: UUID, act: str) -> ResponseReturnValue:
    """Releases one text, or takes it back."""
    found = queries.survey(session(), slug)
    text = queries.text(session(), found.id, text_id)
    settling = services.release_text if act == "release" else services.withhold_text
    settling(session(), actor(), found, text, now())
    return go(
        "surveys_desk.texts",
        slug=slug,
        question_id=text.question_id,
        after=request.args.get("after"),
        _anchor=f"text-{text_id}",
    )


def _open_question(found: Survey, question_id: UUID) -> Asked:
    for each in queries.questions(session(), found.id):
        if each.id == question_id and each.kind is Kind.TEXT:
            return each
    raise NotFound(words("There is no such question."))


def _key(text: SurveyText) -> tuple[str]:
    return (text.id.hex,)


def _after(cursor: str) -> UUID | None:
    """Where the page before ended; `Invalid` for a broken cursor."""
    key = read_cursor(cursor, 1)
    if key is None:
        return None
    try:
        return UUID(str(key[0]))
    except ValueError as error:
        raise Invalid(words("This address is incomplete.")) from error
