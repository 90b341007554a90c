"""Input of residents and officers, turned into commands."""

from datetime import date
from typing import cast
from uuid import UUID

from flask import request
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from participation.comments.rules import (
    BODY_LENGTH,
    OFFICE_LENGTH,
    REASON_NAMES,
    SIGNATURE_LENGTH,
    Reason,
    Stance,
)
from participation.comments.services import NewAnswer, NewComment, NewReply
from participation.consultations.drafting.word import is_packed, word_text
from participation.consultations.rules import (
    NAME_LENGTH,
    OUTCOME_LENGTH,
    SUMMARY_LENGTH,
    TITLE_LENGTH,
    Calendar,
)
from participation.consultations.services import Details
from participation.core.errors import Invalid
from participation.core.ids import new_token
from participation.core.words import words
from participation.web.forms import Form, at_most, chosen, required
from participation.web.language import _l

STANCES = {
    Stance.SUPPORT: _l("Support"),
    Stance.CONCERN: _l("Concern"),
    Stance.QUESTION: _l("Question"),
    Stance.IDEA: _l("Idea"),
}

REASONS = {reason: _l(name.message) for reason, name in REASON_NAMES.items()}
"""The reasons of answers as everybody reads them."""

ROW = "row-"
"""What the fields of a matching begin with."""

_SAY_SOMETHING = required(_l("Write something first."))
_WRITING_HELP = _l("At most 5,000 characters. *Italic*, **bold**, lists and links are possible.")


def _a_day() -> list[InputRequired]:
    return [InputRequired(_l("Choose a day."))]


class CommentForm(Form):
    """A comment on a clause."""

    stance = RadioField(
        _l("What is it?"),
        [chosen(_l("Choose what it is: support, concern, question or idea."))],
        choices=[
            SelectChoice(value=stance.value, label=label) for stance, label in STANCES.items()
        ],
    )
    body = TextAreaField(
        _l("Your comment"), [_SAY_SOMETHING, at_most(BODY_LENGTH)], description=_WRITING_HELP
    )
    token = HiddenField(default=new_token)
    edition = HiddenField()  # the version of the draft that was read when the form was opened

    def command(self) -> NewComment:
        """The comment as it was sent."""
        return NewComment(Stance(self.stance.data), self.body.data, self.token.data or "")


class ReplyForm(Form):
    """A reply to a comment."""

    body = TextAreaField(_l("Your reply"), [_SAY_SOMETHING, at_most(BODY_LENGTH)])
    mentions = SelectMultipleField(_l("Mention"), coerce=UUID, choices=[], validate_choice=False)
    quoting = HiddenField()  # holds something when the form opened with a quote
    token = HiddenField(default=new_token)

    def command(self) -> NewReply:
        """The reply as it was sent."""
        is_quoting = bool(self.quoting.data)
        ticked = tuple(self.mentions.data or ())
        return NewReply(self.body.data, self.token.data or "", ticked, is_quoting)


class CorrectionForm(Form):
    """A correction of one's own comment."""

    body = TextAreaField(_l("Your comment"), [_SAY_SOMETHING, at_most(BODY_LENGTH)])


class AgreeForm(Form):
    """Agreeing with a comment; `undo` holds something when that is taken back."""

    undo = HiddenField()


class WithdrawForm(Form):
    """Withdrawing one's own comment: only a button."""


class AnswerForm(Form):
    """An official answer with its reason and signature, to one comment or to several."""

    comments = SelectMultipleField(_l("Comments"), validate_choice=False)
    kept = HiddenField()  # by which comment the browser keeps the half-typed words
    reason = RadioField(
        _l("What becomes of it?"),
        [chosen(_l("Choose the reason of the answer."))],
        choices=[SelectChoice(value=reason.value, label=said) for reason, said in REASONS.items()],
    )
    body = TextAreaField(
        _l("Answer"),
        [required(_l("Write the answer first.")), at_most(BODY_LENGTH)],
        description=_l("Say what becomes of it and why, in words for everybody."),
    )
    place = SelectField(
        _l("Clause that changed because of it"),
        description=_l("Only when the newest version of the draft says it already."),
        validate_choice=False,
    )
    name = StringField(_l("Your name"), [required(), at_most(SIGNATURE_LENGTH)])
    office = StringField(_l("Office"), [required(), at_most(OFFICE_LENGTH)])

    def command(self) -> NewAnswer:
        """The answer as it was sent."""
        return NewAnswer(
            self.name.data,
            self.office.data,
            self.body.data,
            Reason(self.reason.data),
            self.place.data or "",
        )


class TickedForm(Form):
    """Ticked comments on the waiting list, and the officer to whom they may be given."""

    comments = SelectMultipleField(_l("Comments"), validate_choice=False)
    officer = SelectField(_l("Officer"), validate_choice=False)


class DetailsForm(Form):
    """What people are told about a consultation."""

    title = StringField(
        _l("Title"),
        [required(), at_most(TITLE_LENGTH)],
        description=_l("Short and plain, as one would say it at a market."),
    )
    document = StringField(
        _l("Kind of document"),
        [required(), at_most(NAME_LENGTH)],
        description=_l("For example: Rancangan Peraturan Wali Kota"),
    )
    office = StringField(_l("Office in charge"), [required(), at_most(NAME_LENGTH)])
    decider = StringField(_l("Who decides"), [required(), at_most(NAME_LENGTH)])
    summary = TextAreaField(
        _l("Summary in plain words"),
        [required(), at_most(SUMMARY_LENGTH)],
        description=_l(
            "What changes, for whom, from when; two minutes of reading at most. The first paragraph"
            " stands above everything: say in it what you ask."
        ),
    )
    opens_on = DateField(_l("Comments open on"), _a_day())
    closes_on = DateField(_l("Last day for comments"), _a_day())
    answers_by = DateField(_l("Answers until"), _a_day())
    decides_by = DateField(_l("Decision until"), _a_day())
    announced: Calendar | None = None

    def keep_days(self, announced: Calendar) -> None:
        """Leaves the days out: they are announced, and move by an act of their own."""
        self.announced = announced
        for name in Calendar.__slots__:
            del self[name]

    def command(self) -> Details:
        """The facts as they were sent."""
        return Details(
            title=self.title.data,
            document=self.document.data,
            office=self.office.data,
            decider=self.decider.data,
            summary=self.summary.data,
            calendar=self.announced or self._days(),
        )

    def _days(self) -> Calendar:
        days = (self.opens_on, self.closes_on, self.answers_by, self.decides_by)
        return Calendar(*(cast("date", day.data) for day in days))


class DraftTextForm(Form):
    """A draft text, pasted or as a file."""

    source = TextAreaField(
        _l("Text of the draft"),
        description=_l("Plain text or Markdown, with BAB, Pasal, (1), a. and 1. as usual."),
    )
    file = FileField(
        _l("Or a file"),
        description=_l("A .docx, .txt or .md file. It takes the place of the text above."),
    )

    def command(self) -> str:
        """The text; raises `Invalid` for a file that is neither plain text nor a Word document."""
        if not self.file.data:
            return self.source.data or ""
        content = self.file.data.read()
        return word_text(content) if is_packed(content) else plain_text(content)


class MatchingForm(Form):
    """What an officer says about the doubtful rows of a matching; one select for each row."""

    def chosen(self) -> dict[str, str]:
        """The chosen clause of the other side by the key of the row."""
        sent = request.form.items()
        return {name.removeprefix(ROW): value for name, value in sent if name.startswith(ROW)}


class PublishVersionForm(Form):
    """The confirmation of a new version; `seen` is the digest of the text that was checked."""

    seen = HiddenField()


class StepForm(Form):
    """A step to the next phase; words are needed only for the decision."""

    outcome = TextAreaField(
        _l("What was decided"),
        [at_most(OUTCOME_LENGTH)],
        description=_l("A few sentences: what was decided, and what changed because of comments."),
    )


def plain_text(content: bytes) -> str:
    """The text of a file; raises `Invalid` with the line that is not UTF-8 text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = words(
            "This file is not plain text: line %(line)s holds signs that are not UTF-8. Save it"
            " as plain text (UTF-8) and choose it again.",
            line=line,
        )
        raise Invalid(message, field="file") from error
    if "\0" in text:
        message = words("This file is not plain text. Save it as .txt or .md first.")
        raise Invalid(message, field="file")
    return text.replace("\r\n", "\n").replace("\r", "\n")
