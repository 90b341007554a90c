"""Routes for answering: all questions on one page, or one at a time; checking, withdrawing."""

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from participation.core.errors import NotFound
from participation.core.words import words
from participation.surveys import pages, queries, services
from participation.surveys.asked import Asked
from participation.surveys.forms import SheetForm, StepForm, sent_fields, sheet_form
from participation.surveys.models import Survey, SurveySheet
from participation.surveys.services import Sent, Taken
from participation.surveys.sheets import (
    Fields,
    asked_of,
    check_one,
    fields_of,
    read,
    readable,
    reduced,
)
from participation.surveys.views.blueprints import public_pages
from participation.surveys.views.present import (
    answer_views,
    closed_because,
    faults_beside,
    head_of,
    moment,
    question_views,
)
from participation.web.database import session
from participation.web.guard import public, signed_in
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor

BACK = "back"
"""The button that leads to the question before, whatever is filled in."""


@public_pages.get("/surveys/<slug>")
@public
def survey(slug: str) -> ResponseReturnValue:
    """A survey with all its questions, holding what this person has filled in or sent."""
    found, place = queries.public_survey(session(), slug)
    asked = queries.questions(session(), found.id)
    form = sheet_form(asked, _filled(found, asked))
    return show(_survey_page(found, head_of(found, place), asked, form))


@public_pages.post("/surveys/<slug>")
@signed_in
def send(slug: str) -> ResponseReturnValue:
    """Sends the sheet, or shows it again with everything that is missing."""
    found, place = queries.public_survey(session(), slug)
    asked = queries.questions(session(), found.id)
    form = sheet_form(asked, {})
    if form.is_sent():
        with faults_beside(form):
            taken = services.send_sheet(session(), actor(), found, form.sent(asked), moment())
            return go("surveys.sent", slug=slug, notice=_thanks(taken))
    page = _survey_page(found, head_of(found, place), asked, form)
    return show(page, form.status)


@public_pages.post("/surveys/<slug>/later")
@signed_in
def later(slug: str) -> ResponseReturnValue:
    """Keeps what is filled in, to go on another time."""
    found, _place = queries.public_survey(session(), slug)
    fields = sent_fields(queries.questions(session(), found.id))
    services.keep_draft(session(), actor(), found, fields, moment())
    notice = _("Kept for you. It counts only once you send it.")
    return go("surveys.survey", slug=slug, notice=notice)


@public_pages.route("/surveys/<slug>/questions/<int:number>", methods=["GET", "POST"])
@signed_in
def question(slug: str, number: int) -> ResponseReturnValue:
    """One question at a time: the next one follows from the answers so far."""
    found, place = queries.public_survey(session(), slug)
    asked = queries.questions(session(), found.id)
    filled = _filled(found, asked)
    here = _question_at(asked, filled, number)
    if here is None:
        return _go_on(found, asked, filled, number)
    form = sheet_form([here], filled)
    if form.is_sent():
        with faults_beside(form):
            merged = {**filled, **sent_fields([here])}
            if request.form.get(BACK) is None:
                check_one(here, read([here], merged))
            services.keep_draft(session(), actor(), found, merged, moment())
            return _leave(found, asked, merged, number)
    head = head_of(found, place)
    return show(_question_page(head, asked, filled, here, form), form.status)


@public_pages.route("/surveys/<slug>/check", methods=["GET", "POST"])
@signed_in
def checking(slug: str) -> ResponseReturnValue:
    """Everything that is filled in, question by question; sends it."""
    found, place = queries.public_survey(session(), slug)
    asked = queries.questions(session(), found.id)
    filled = _filled(found, asked)
    form = sheet_form([], {})
    if form.is_sent():
        with faults_beside(form):
            sent = Sent(filled, form.token.data or "")
            taken = services.send_sheet(session(), actor(), found, sent, moment())
            return go("surveys.sent", slug=slug, notice=_thanks(taken))
    sheet = reduced(asked, readable(asked, filled))
    shown = asked_of(asked, sheet)
    page = pages.CheckPage(
        head=head_of(found, place),
        answers=answer_views(shown, sheet),
        form=form,
        is_sent_already=_sheet(found) is not None,
        last=shown[-1].number,
    )
    return show(page, form.status)


@public_pages.get("/surveys/<slug>/sent")
@signed_in
def sent(slug: str) -> ResponseReturnValue:
    """What this person has sent."""
    found, place = queries.public_survey(session(), slug)
    sheet = _sheet(found)
    if sheet is None:
        raise NotFound(words("You have not answered this survey."))
    asked = queries.questions(session(), found.id)
    given = queries.answers(session(), sheet.id)
    answers = answer_views(asked_of(asked, given), given)
    return show(pages.SentPage(head_of(found, place), answers, sheet.changed_at))


@public_pages.route("/surveys/<slug>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(slug: str) -> ResponseReturnValue:
    """Takes this person's answers back."""
    found, place = queries.public_survey(session(), slug)
    form = StepForm()
    if form.is_sent():
        services.withdraw_sheet(session(), actor(), found, moment())
        return go("surveys.survey", slug=slug, notice=_("Your answers are deleted."))
    if _sheet(found) is None:
        raise NotFound(words("You have not answered this survey."))
    return show(pages.WithdrawalPage(head_of(found, place), form), form.status)


def _survey_page(
    found: Survey, head: pages.Head, asked: Sequence[Asked], form: SheetForm
) -> pages.SurveyPage:
    sheet = _sheet(found)
    return pages.SurveyPage(
        head=head,
        questions=question_views(asked),
        form=form,
        refusal=closed_because(found),
        sent_at=sheet.changed_at if sheet else None,
        has_draft=bool(_draft(found)),
    )


def _question_page(
    head: pages.Head, asked: Sequence[Asked], filled: Fields, here: Asked, form: SheetForm
) -> pages.QuestionPage:
    (view,) = (each for each in question_views(asked) if each.number == here.number)
    shown = [each.number for each in asked_of(asked, readable(asked, filled))]
    before = max((number for number in shown if number < here.number), default=0)
    return pages.QuestionPage(head, view, form, before, len(asked))


def _question_at(asked: Sequence[Asked], filled: Fields, number: int) -> Asked | None:
    """The question with this number, if it is asked of somebody who answered so."""
    shown = asked_of(asked, readable(asked, filled))
    return next((each for each in shown if each.number == number), None)


def _leave(
    found: Survey, asked: Sequence[Asked], filled: Fields, number: int
) -> ResponseReturnValue:
    """To the question before or after this one, or to the check at the end."""
    if request.form.get(BACK) is None:
        return _go_on(found, asked, filled, number)
    shown = [each.number for each in asked_of(asked, readable(asked, filled))]
    before = [each for each in shown if each < number]
    if not before:
        return go("surveys.survey", slug=found.slug)
    return go("surveys.question", slug=found.slug, number=before[-1])


def _go_on(
    found: Survey, asked: Sequence[Asked], filled: Fields, number: int
) -> ResponseReturnValue:
    shown = [each.number for each in asked_of(asked, readable(asked, filled))]
    after = [each for each in shown if each > number]
    if not after:
        return go("surveys.checking", slug=found.slug)
    return go("surveys.question", slug=found.slug, number=after[0])


def _filled(found: Survey, asked: Sequence[Asked]) -> Fields:
    """What this person has filled in last: the draft, else the sheet they sent."""
    if draft := _draft(found):
        return draft
    sheet = _sheet(found)
    return fields_of(asked, queries.answers(session(), sheet.id)) if sheet else {}


def _draft(found: Survey) -> Fields:
    who = actor()
    return queries.draft(session(), found.id, who.id) if who.is_signed_in else {}


def _sheet(found: Survey) -> SurveySheet | None:
    who = actor()
    return queries.sheet_of(session(), found.id, who.id) if who.is_signed_in else None


def _thanks(taken: Taken) -> str:
    if taken.is_replaced:
        said = _("Thank you. These answers take the place of those you sent before.")
    else:
        said = _("Thank you. Your answers have arrived.")
    if not taken.left_out:
        return str(said)
    numbers = ", ".join(map(str, taken.left_out))
    left_out = _(
        "Left out, because it is asked only after another choice: question %(numbers)s.",
        numbers=numbers,
    )
    return f"{said} {left_out}"
