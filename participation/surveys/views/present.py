"""What the views share: the city's day, heads of pages, questions and answers in words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from participation.consultations.models import Consultation
from participation.consultations.services import Moment
from participation.core.access import Permission
from participation.core.errors import Conflict, Invalid
from participation.surveys import pages
from participation.surveys.asked import Asked, Kind
from participation.surveys.forms import option_name
from participation.surveys.models import Survey
from participation.surveys.queries import days_of
from participation.surveys.rules import State, check_answerable, is_answerable
from participation.surveys.sheets import FaultySheet, Given, Sheet, field_names
from participation.web.forms import Form
from participation.web.language import _, date_words, local_date, say
from participation.web.session import actor
from participation.web.site import now


def today() -> date:
    """The day it is in the city."""
    return local_date(now())


def moment() -> Moment:
    """This request's moment and day, for acts."""
    return Moment(now(), today())


def head_of(found: Survey, place: Consultation | None) -> pages.Head:
    """What stands above every page of a survey."""
    return pages.Head(
        slug=found.slug,
        title=found.title,
        about=found.about,
        office=found.office,
        status=status_words(found, today()),
        closes_on=found.closes_on,
        is_answerable=is_answerable(State(found.state), days_of(found), today()),
        is_published=State(found.state) is State.PUBLISHED,
        place=place.title if place else "",
        place_slug=place.slug if place else "",
    )


def status_words(found: Survey, day: date) -> str:
    """Where a survey stands on a day, in words."""
    state = State(found.state)
    if state is State.DRAFT:
        return str(_("being drawn up"))
    if state is State.PUBLISHED:
        return str(_("results are published"))
    if state is State.OPEN and day < found.opens_on:
        return str(_("can be answered from %(day)s", day=date_words(found.opens_on)))
    if state is State.OPEN and day <= found.closes_on:
        return str(_("open until %(day)s", day=date_words(found.closes_on)))
    return str(_("closed on %(day)s, results follow", day=date_words(found.closes_on)))


def closed_because(found: Survey) -> str:
    """Why this reader cannot answer now, in words; empty when it is possible.

    Readers without an account get the form: they sign in after filling it in and lose nothing.
    """
    try:
        check_answerable(State(found.state), days_of(found), today())
    except Conflict as conflict:
        return say(conflict.message)
    who = actor()
    if who.is_signed_in and not who.may(Permission.SURVEYS_SHEET_SEND):
        return str(_("Residents answer here; with your account you work at the desk."))
    return ""


def question_views(asked: Sequence[Asked]) -> tuple[pages.QuestionView, ...]:
    """The questions as people fill them in."""
    return tuple(
        pages.QuestionView(
            number=each.number,
            kind=each.kind.value,
            wording=each.wording,
            explanation=each.explanation,
            note=note_of(each),
            only_if=only_if_words(each, asked),
            names=field_names(each),
        )
        for each in asked
    )


def note_of(asked: Asked) -> str:
    """The small line that says how a question is answered."""
    parts = [] if asked.is_required else [_("You may leave this out.")]
    if asked.kind is Kind.MULTIPLE:
        most = asked.most
        parts.append(
            _("Choose at most %(number)s.", number=most) if most else _("Several are possible.")
        )
    return " ".join(parts)


def only_if_words(asked: Asked, questions: Sequence[Asked]) -> str:
    """Of whom a question is asked, in words; empty for everybody."""
    if asked.only_if is None:
        return ""
    on = next(each for each in questions if each.id == asked.only_if.question_id)
    choice = option_name(on, asked.only_if.choice)
    said = _(
        "Only if you chose “%(choice)s” in question %(number)s.", choice=choice, number=on.number
    )
    return str(said)


def answer_views(asked: Sequence[Asked], sheet: Sheet) -> tuple[pages.AnswerView, ...]:
    """The questions with what somebody answered."""
    return tuple(
        pages.AnswerView(each.number, each.wording, _told(each, sheet.get(each.id, Given())))
        for each in asked
    )


@contextmanager
def faults_beside(form: Form) -> Iterator[None]:
    """Puts every fault of a sheet beside its field, a refusal above the form: no answer is lost."""
    try:
        yield
    except FaultySheet as faulty:
        for fault in faulty.faults:
            form.blame(fault)
    except Invalid as fault:
        form.blame(fault)
    except Conflict as conflict:
        form.blame(Invalid(conflict.message, code=conflict.code))


def _told(asked: Asked, given: Given) -> tuple[str, ...]:
    if given.text:
        return (given.text,)
    chosen = [(row, option_name(asked, choice)) for row, choice in sorted(given.chosen)]
    if asked.rows:
        return tuple(f"{asked.rows[row]}: {name}" for row, name in chosen)
    return tuple(name for _row, name in chosen)
