"""Input of officers who take in what people say without the site."""

from datetime import date
from typing import Any, cast

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from participation.comments.rules import BODY_LENGTH, Source, Stance
from participation.core.ids import new_token
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.rules import MOST_FORMS, NAME_LENGTH, REASON_LENGTH, TITLE_LENGTH
from participation.intake.services import NewBatch, NewEntry
from participation.web.forms import Form, at_most, chosen, required
from participation.web.language import _l

SOURCES = {
    Source.PAPER: _l("Paper forms"),
    Source.COUNTER: _l("Said at the counter"),
    Source.MEETING: _l("Said at a meeting"),
    Source.SMS: _l("SMS messages"),
}
STANCES = {
    Stance.SUPPORT: _l("Support"),
    Stance.CONCERN: _l("Concern"),
    Stance.QUESTION: _l("Question"),
    Stance.IDEA: _l("Idea"),
}

_CODE_LENGTH = 40  # with spaces and hyphens, however somebody writes it
_CLAUSE_LENGTH = 160


def _a_day() -> InputRequired:
    return InputRequired(_l("Choose a day."))


class BatchForm(Form):
    """Begins a pile."""

    source = RadioField(
        _l("How did it come?"),
        [chosen()],
        choices=[SelectChoice(value=each.value, label=said) for each, said in SOURCES.items()],
    )
    received_on = DateField(
        _l("Received on"),
        [_a_day()],
        description=_l("The day on which it reached the office. You can change it for each entry."),
    )
    title = StringField(
        _l("Name of the pile"),
        [required(), at_most(TITLE_LENGTH)],
        description=_l("So that your colleague finds the papers. For example: Balai RW 03, Senin"),
    )

    def command(self) -> NewBatch:
        """The pile as it was begun."""
        day = cast("date", self.received_on.data)
        return NewBatch(Source(self.source.data), day, self.title.data)


class PrintForm(Form):
    """Prints forms, each with a code of its own."""

    count = IntegerField(
        _l("How many forms"),
        [InputRequired()],
        default=10,
        description=_l("At most %(most)s at a time, one A4 page each.", most=MOST_FORMS),
    )


class EntryForm(Form):
    """What one person said, in the order of the printed form."""

    code = StringField(
        _l("Code on the form"),
        [at_most(_CODE_LENGTH)],
        description=_l("Leave it empty where there is none: a fresh one is given."),
    )
    clause = StringField(
        _l("Clause"),
        [required(_l("Which clause is it about? For example: Pasal 5 ayat (2)")),
         at_most(_CLAUSE_LENGTH)],
        description=_l("As cited: Pasal 5 ayat (2), or short: ps 5 (2)"),
    )  # fmt: skip
    stance = RadioField(
        _l("What is it?"),
        [chosen(_l("Choose what it is: support, concern, question or idea."))],
        choices=[SelectChoice(value=each.value, label=said) for each, said in STANCES.items()],
    )
    body = TextAreaField(
        _l("The words"),
        [required(_l("Type the words first.")), at_most(BODY_LENGTH)],
        description=_l("Exactly as they stand there; nothing corrected, nothing left out."),
    )
    name = StringField(_l("Name as signed"), [at_most(NAME_LENGTH)])
    is_unnamed = BooleanField(_l("Does not want to be named"))
    received_on = DateField(_l("Received on"), [_a_day()])
    token = HiddenField(default=new_token)

    @classmethod
    def for_batch(cls, batch: IntakeBatch, **more: Any) -> "EntryForm":
        """An empty row of a batch."""
        return cls(received_on=batch.received_on, **more)

    @classmethod
    def for_entry(cls, entry: IntakeEntry, citation: str, code: str, **more: Any) -> "EntryForm":
        """The row of an entry, to be typed again."""
        return cls(
            code=code,
            clause=citation,
            stance=entry.stance,
            body=entry.body,
            name=entry.name,
            is_unnamed=not entry.name,
            received_on=entry.received_on,
            **more,
        )

    def validate(self, *args: Any, **named: Any) -> bool:
        """Also wants a name, or the tick that says there is none."""
        is_right = bool(super().validate(*args, **named))
        if self.name.data or self.is_unnamed.data:
            return is_right
        message = str(_l("Type the name as signed, or tick that there is none to be named."))
        self.name.errors = [*self.name.errors, message]
        return False

    def command(self) -> NewEntry:
        """The entry as it was typed; a name that is not to be named is not kept."""
        return NewEntry(
            clause=self.clause.data,
            stance=Stance(self.stance.data),
            body=self.body.data,
            name="" if self.is_unnamed.data else self.name.data,
            code=self.code.data or "",
            received_on=self.received_on.data,
            token=self.token.data or new_token(),
        )


class CheckForm(Form):
    """What a second person found; `seen` is the revision that was compared."""

    seen = IntegerField()
    reason = TextAreaField(
        _l("What does not match?"),
        [at_most(REASON_LENGTH)],
        description=_l("For whoever typed it, so that it can be put right."),
    )


class AsideForm(Form):
    """Sets an entry aside, with the reason that its author reads."""

    reason = TextAreaField(
        _l("Why is it not published?"),
        [required(), at_most(REASON_LENGTH)],
        description=_l("Whoever holds the code of the form reads this. Name nobody."),
    )
