"""Input: facts of a survey, its questions, and the sheet that people fill in."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from participation.core.errors import Invalid
from participation.core.ids import new_token
from participation.core.words import words
from participation.surveys.asked import (
    HELP_LENGTH,
    LEAST_POINTS,
    MOST_POINTS,
    WORDING_LENGTH,
    Asked,
    Condition,
    Kind,
    points,
)
from participation.surveys.rules import ABOUT_LENGTH, OFFICE_LENGTH, TITLE_LENGTH, Days
from participation.surveys.services import Details, NewQuestion, Sent
from participation.surveys.sheets import Fields, field_names
from participation.web.forms import Form, at_most, required
from participation.web.language import _, _l

KINDS = {
    Kind.SINGLE: _l("One choice"),
    Kind.MULTIPLE: _l("Several choices"),
    Kind.SCALE: _l("Scale"),
    Kind.MATRIX: _l("Several rows, one choice in each"),
    Kind.TEXT: _l("Own words"),
}

_POST = "POST"
_USUAL_POINTS = 5
_EACH_A_LINE = _l("One line for each.")


def _a_day() -> list[InputRequired]:
    return [InputRequired(_l("Choose a day."))]


class DetailsForm(Form):
    """What people are told about a survey."""

    title = StringField(
        _l("Title"),
        [required(), at_most(TITLE_LENGTH)],
        description=_l("Short and plain, as one would say it at a market."),
    )
    about = TextAreaField(
        _l("What it is for"),
        [required(), at_most(ABOUT_LENGTH)],
        description=_l("A few sentences: why you ask, and what you do with the answers."),
    )
    office = StringField(_l("Office that asks"), [required(), at_most(OFFICE_LENGTH)])
    consultation = SelectField(
        _l("Beside a consultation"),
        description=_l("Then it is seen as soon as the consultation is announced."),
        validate_choice=False,
    )
    opens_on = DateField(_l("First day for answers"), _a_day())
    closes_on = DateField(_l("Last day for answers"), _a_day())

    def command(self) -> Details:
        """The facts as they were sent; raises `Invalid` for a consultation that is none."""
        return Details(
            title=self.title.data,
            about=self.about.data,
            office=self.office.data,
            days=Days(cast("date", self.opens_on.data), cast("date", self.closes_on.data)),
            consultation_id=_id_in(self.consultation.data or "", "consultation"),
        )


class QuestionForm(Form):
    """A question that is answered in own words; the other kinds add to it."""

    wording = TextAreaField(
        _l("Question"),
        [required(), at_most(WORDING_LENGTH)],
        description=_l("One thing at a time, in words that need no explanation."),
    )
    explanation = TextAreaField(_l("Explanation below it"), [at_most(HELP_LENGTH)])
    is_required = BooleanField(_l("Must be answered"))
    only_if = SelectField(_l("Ask it"), validate_choice=False)

    def command(self, kind: Kind) -> NewQuestion:
        """The question as it was sent; `Invalid` for a condition that names nothing."""
        return NewQuestion(
            kind=kind,
            wording=self.wording.data,
            explanation=self.explanation.data or "",
            is_required=self.is_required.data,
            only_if=_condition(self.only_if.data or ""),
            choices=self.listed_choices(),
            rows=_lines(self, "rows"),
            most=self["most"].data or 0 if "most" in self else 0,
            low=self["low"].data or "" if "low" in self else "",
            high=self["high"].data or "" if "high" in self else "",
        )

    def listed_choices(self) -> tuple[str, ...]:
        """What may be chosen: the lines, or the points of a scale."""
        return _lines(self, "choices")


class ChoicesForm(QuestionForm):
    """A question with choices."""

    choices = TextAreaField(_l("Choices"), [required()], description=_EACH_A_LINE)


class SeveralForm(ChoicesForm):
    """A question with several choices."""

    most = IntegerField(
        _l("How many at most"), [Optional()], description=_l("Leave it empty for any number.")
    )


class ScaleForm(QuestionForm):
    """A scale between two ends."""

    points = SelectField(
        _l("Number of points"),
        choices=[
            SelectChoice(str(number), str(number))
            for number in range(LEAST_POINTS, MOST_POINTS + 1)
        ],
        default=str(_USUAL_POINTS),
        validate_choice=False,
    )
    low = StringField(_l("What the first point means"), [required()])
    high = StringField(_l("What the last point means"), [required()])

    def listed_choices(self) -> tuple[str, ...]:
        """The points, counted from 1."""
        sent = self.points.data or ""
        return points(int(sent)) if sent.isdecimal() and len(sent) <= len(str(MOST_POINTS)) else ()


class MatrixForm(ChoicesForm):
    """Rows that are answered with the same choices."""

    rows = TextAreaField(_l("Rows"), [required()], description=_EACH_A_LINE)


FORMS: dict[Kind, type[QuestionForm]] = {
    Kind.SINGLE: ChoicesForm,
    Kind.MULTIPLE: SeveralForm,
    Kind.SCALE: ScaleForm,
    Kind.MATRIX: MatrixForm,
    Kind.TEXT: QuestionForm,
}


class StepForm(Form):
    """A step that is only a button."""


class SheetForm(Form):
    """What people fill in; `sheet_form` adds a field for each question."""

    token = HiddenField(default=new_token)

    def sent(self, asked: Sequence[Asked]) -> Sent:
        """The fields of these questions as they were sent."""
        return Sent(sent_fields(asked), self.token.data or "")


def sheet_form(asked: Sequence[Asked], filled: Fields) -> SheetForm:
    """The form of these questions: as sent by this request, else holding `filled`."""
    fields = {name: field for each in asked for name, field in _sheet_fields(each)}
    kind = cast("type[SheetForm]", type("SheetForm", (SheetForm,), fields))
    if request.method == _POST:
        return kind()
    pairs = [(name, value) for name, values in filled.items() for value in values]
    return kind(formdata=MultiDict(pairs))


def sent_fields(asked: Sequence[Asked]) -> Fields:
    """The values that this request sends for these questions."""
    return {name: request.form.getlist(name) for each in asked for name in field_names(each)}


def condition_value(condition: Condition) -> str:
    """A condition as the value of an option."""
    return f"{condition.question_id}:{condition.choice}"


def option_name(asked: Asked, choice: int) -> str:
    """A choice as people read it: the ends of a scale say what they mean."""
    name = asked.choices[choice]
    if asked.kind is not Kind.SCALE:
        return name
    ends = {0: asked.low, len(asked.choices) - 1: asked.high}
    return f"{name}: {ends[choice]}" if ends.get(choice) else name


def _sheet_fields(asked: Asked) -> Iterator[tuple[str, Field]]:
    options = [
        SelectChoice(str(place), option_name(asked, place)) for place in range(len(asked.choices))
    ]
    if asked.kind is Kind.TEXT:
        yield field_names(asked)[0], TextAreaField(asked.wording)
    elif asked.kind is Kind.MULTIPLE:
        several = SelectMultipleField(asked.wording, choices=options, validate_choice=False)
        yield field_names(asked)[0], several
    else:
        if not asked.is_required:  # without scripts a chosen option can only be exchanged
            options.append(SelectChoice("", _("No answer")))
        default = None if asked.is_required else ""
        labels = asked.rows or (asked.wording,)
        for name, label in zip(field_names(asked), labels, strict=True):
            yield name, RadioField(label, choices=options, default=default, validate_choice=False)


def _lines(form: Form, name: str) -> tuple[str, ...]:
    if name not in form:
        return ()
    return tuple(line.strip() for line in (form[name].data or "").splitlines() if line.strip())


def _condition(value: str) -> Condition | None:
    if not value:
        return None
    question, _colon, choice = value.partition(":")
    found = _id_in(question, "only_if")
    if found is None or not choice.isascii() or not choice.isdigit():
        raise Invalid(words("Choose one of these."), field="only_if")
    return Condition(found, int(choice[:3]))


def _id_in(value: str, field: str) -> UUID | None:
    try:
        return UUID(value) if value else None
    except ValueError as error:
        raise Invalid(words("Choose one of these."), field=field) from error
