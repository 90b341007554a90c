"""Input: following, how often mail comes."""

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice

from participation.notices.rules import Rhythm, Wanted
from participation.web.forms import Form, chosen
from participation.web.language import _l

RHYTHMS = {
    Rhythm.AT_ONCE: _l("At once"),
    Rhythm.DAILY: _l("Once a day"),
    Rhythm.WEEKLY: _l("Once a week"),
    Rhythm.NEVER: _l("Never"),
}
"""How often news comes by mail, as everybody reads it."""


class FollowForm(Form):
    """Follows, or with `undo` stops; `back` leads to the settings afterwards."""

    undo = HiddenField()
    back = HiddenField()


class ReadForm(Form):
    """One button: everything is read."""


class DeviceForm(Form):
    """What the page's script asked of the browser: where its messages go, and its keys."""

    endpoint = HiddenField()
    p256dh = HiddenField()
    auth = HiddenField()


class MailForm(Form):
    """How often news comes by mail."""

    rhythm = RadioField(
        _l("Letters with news"),
        [chosen()],
        choices=[SelectChoice(value=each.value, label=said) for each, said in RHYTHMS.items()],
    )
    answers_at_once = BooleanField(_l("Answers to my own comments come at once"))

    def command(self) -> Wanted:
        """What was chosen."""
        return Wanted(Rhythm(self.rhythm.data), answers_at_once=bool(self.answers_at_once.data))
