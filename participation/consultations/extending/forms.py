"""Input: later days and the reason."""

from dataclasses import replace

from wtforms import DateField, TextAreaField
from wtforms.validators import Optional

from participation.consultations.extending.rules import MOVABLE, REASON_LENGTH
from participation.consultations.rules import Calendar, Phase
from participation.web.forms import Form, at_most, required
from participation.web.language import _l


class ExtensionForm(Form):
    """Days that move, those that may in this phase, and why."""

    opens_on = DateField(_l("Comments open on"), [Optional()])
    closes_on = DateField(_l("Last day for comments"), [Optional()])
    answers_by = DateField(_l("Answers until"), [Optional()])
    decides_by = DateField(_l("Decision until"), [Optional()])
    reason = TextAreaField(
        _l("Why?"),
        [required(_l("Say why: everybody reads it.")), at_most(REASON_LENGTH)],
        description=_l("It stands on the page and in the public record, for good."),
    )

    def offer(self, phase: Phase) -> None:
        """Leaves only the days that may move in this phase."""
        for name in Calendar.__slots__:
            if name not in MOVABLE[phase]:
                del self[name]

    def command(self, old: Calendar) -> Calendar:
        """The days as they were sent; those that were not stay."""
        sent = {name: self[name].data for name in Calendar.__slots__ if name in self}
        return replace(old, **{name: day for name, day in sent.items() if day})
