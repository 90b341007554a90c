"""Input: facts of a meeting, agenda items, minutes, what was said, reasons."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from participation.comments.rules import Stance
from participation.meetings.models import AgendaItem
from participation.meetings.rules import (
    ABOUT_LENGTH,
    ACCESS_LENGTH,
    ADDRESS_LENGTH,
    GROUPS_LENGTH,
    ITEM_LENGTH,
    LINK_LENGTH,
    NAME_LENGTH,
    PLACE_LENGTH,
    REASON_LENGTH,
    SUMMARY_LENGTH,
    TITLE_LENGTH,
    WORDS_LENGTH,
    Facts,
    Span,
)
from participation.meetings.services import Attendance, NewItem, Said
from participation.web.forms import Form, at_most, chosen, matches, required
from participation.web.language import LazyString, _, _l

STANCES = {
    Stance.SUPPORT: _l("Support"),
    Stance.CONCERN: _l("Concern"),
    Stance.QUESTION: _l("Question"),
    Stance.IDEA: _l("Idea"),
}
SUMMARY = "summary_"
"""What the fields of the summaries begin with."""

_NUMBER = r"^[0-9]{1,6}$"
_WHOLE = _l("A whole number is expected here, such as 20.")


def zone() -> ZoneInfo:
    """The city's time zone."""
    return ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])


def read_moment(text: str) -> datetime:
    """The moment (aware, UTC) of a day and clock time in the city; raises `ValueError`.

    A time that the clocks skip does not exist; of a time that they show twice, the first counts.
    """
    try:
        said = datetime.fromisoformat(text)
        if said.tzinfo is not None:
            return said.astimezone(UTC)
        moment = said.replace(tzinfo=zone()).astimezone(UTC)
        is_there = moment.astimezone(zone()).replace(tzinfo=None) == said
    except OverflowError as error:
        raise ValueError(text) from error
    if not is_there:
        raise ValueError(text)
    return moment


def write_moment(moment: datetime) -> str:
    """A moment as the browser's own field writes it, in the city's time."""
    return moment.astimezone(zone()).strftime("%Y-%m-%dT%H:%M")


def _readable(_form: Form, field: Any) -> None:
    try:
        read_moment(field.data)
    except ValueError as error:
        message = _("A day and a time are expected here, such as 2026-12-01T08:00.")
        raise ValidationError(message) from error


def _moment(label: LazyString) -> Any:
    return StringField(label, [required(_l("Choose a day and a time.")), _readable])


class FactsForm(Form):
    """What people are told about a meeting; times as text, so that mistyped ones stay."""

    consultation = SelectField(_l("About which draft"), validate_choice=False)
    title = StringField(
        _l("Title"),
        [required(), at_most(TITLE_LENGTH)],
        description=_l("Short and plain, as one would say it at a market."),
    )
    about = TextAreaField(
        _l("What it is about"),
        [at_most(ABOUT_LENGTH)],
        description=_l("Who should come, what will be talked about, what to bring."),
    )
    place = StringField(
        _l("Place"),
        [required(), at_most(PLACE_LENGTH)],
        description=_l("The name of the building and room."),
    )
    address = StringField(
        _l("Address"), [at_most(ADDRESS_LENGTH)], description=_l("So that a stranger finds it.")
    )
    link = StringField(
        _l("Link for those who join from home"),
        [at_most(LINK_LENGTH)],
        description=_l("Only if there is one. It begins with https://"),
    )
    access = TextAreaField(
        _l("How everybody gets in and can follow"),
        [at_most(ACCESS_LENGTH)],
        description=_l("Steps and lifts, toilets, sign language, buses, a corner for children."),
    )
    begins_at = _moment(_l("Begins"))
    ends_at = _moment(_l("Ends"))

    def command(self) -> Facts:
        """The facts as they were sent."""
        return Facts(
            title=self.title.data,
            about=self.about.data or "",
            place=self.place.data,
            address=self.address.data or "",
            link=self.link.data or "",
            access=self.access.data or "",
            span=Span(read_moment(self.begins_at.data), read_moment(self.ends_at.data)),
        )


class ItemForm(Form):
    """An item of the agenda."""

    title = StringField(_l("What is talked about"), [required(), at_most(ITEM_LENGTH)])
    minutes = StringField(
        _l("Length in minutes"), [required(), matches(_NUMBER, _WHOLE)], default="20"
    )
    place = SelectField(_l("Clause it is about"), validate_choice=False)

    def command(self) -> NewItem:
        """The item as it was sent."""
        return NewItem(self.title.data, int(self.minutes.data), self.place.data or "")


class MinutesForm(Form):
    """How many came; `minutes_form` adds a summary for each item.

    `seen` is the digest of what the officer saw, so that nobody overwrites a colleague unseen.
    """

    came = StringField(
        _l("How many people came?"),
        [Optional(), matches(_NUMBER, _WHOLE)],
        description=_l("Counted or estimated. It can be filled in later."),
    )
    groups = StringField(
        _l("Who came, in a few words"),
        [at_most(GROUPS_LENGTH)],
        description=_l("Groups, not names: 12 market traders, 5 heads of RT. May stay empty."),
    )
    seen = HiddenField()

    def attendance(self) -> Attendance:
        """How many came, as it was sent."""
        came = int(self.came.data) if self.came.data else None
        return Attendance(came, self.groups.data or "")

    def summaries(self, agenda: Sequence[AgendaItem]) -> dict[UUID, str]:
        """The summary of each item by its id."""
        return {each.id: self[f"{SUMMARY}{place}"].data or "" for place, each in enumerate(agenda)}


def minutes_form(agenda: Sequence[AgendaItem], **filled: Any) -> MinutesForm:
    """The form for the minutes of a meeting with this agenda."""
    fields = {
        f"{SUMMARY}{place}": TextAreaField(
            _l("Summary: %(item)s", item=item.title), [at_most(SUMMARY_LENGTH)]
        )
        for place, item in enumerate(agenda)
    }
    made: MinutesForm = type("MinutesForm", (MinutesForm,), fields)(**filled)
    return made


def digest(attendance: Attendance, summaries: Mapping[UUID, str]) -> str:
    """What tells one state of the minutes from another."""
    told = repr((attendance, sorted((str(key), text) for key, text in summaries.items() if text)))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


class SaidForm(Form):
    """What one person said at a meeting."""

    place = SelectField(
        _l("Clause it was about"),
        validate_choice=False,
        description=_l("With a clause it becomes a contribution that must be answered."),
    )
    stance = RadioField(
        _l("What was it?"),
        [chosen(_l("Choose what it was: support, concern, question or idea."))],
        choices=[SelectChoice(value=each.value, label=said) for each, said in STANCES.items()],
    )
    body = TextAreaField(
        _l("What was said"),
        [required(_l("Write something first.")), at_most(WORDS_LENGTH)],
        description=_l("As close to the speaker's own words as you can."),
    )
    name = StringField(
        _l("Name"),
        [at_most(NAME_LENGTH)],
        description=_l("Only as the speaker wished to be named. Empty: nobody is named."),
    )

    def command(self) -> Said:
        """What was said, as it was sent."""
        place, name = self.place.data or "", self.name.data or ""
        return Said(Stance(self.stance.data), self.body.data, place, name)


class CancelForm(Form):
    """Why a meeting is cancelled."""

    reason = TextAreaField(
        _l("Why is it cancelled?"),
        [required(), at_most(REASON_LENGTH)],
        description=_l("Everybody reads this, and those who wanted to come get it by mail."),
    )


class PublishForm(Form):
    """The publication of minutes; a correction says why."""

    reason = TextAreaField(
        _l("What was corrected, and why?"),
        [at_most(REASON_LENGTH)],
        description=_l("Everybody reads this beside the date."),
    )


class ComingForm(Form):
    """Saying that one will come; `undo` holds something when that is taken back."""

    undo = HiddenField()


class StepForm(Form):
    """A step that is only a button."""
