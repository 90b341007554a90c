"""Input: plain words, a term with its meaning."""

from wtforms import StringField, TextAreaField

from participation.consultations.explaining.rules import MEANING_LENGTH, NAME_LENGTH, PLAIN_LENGTH
from participation.web.forms import Form, at_most, required
from participation.web.language import _l


class PlainForm(Form):
    """A chapter or an article in plain words."""

    body = TextAreaField(
        _l("In plain words"),
        [at_most(PLAIN_LENGTH)],
        description=_l(
            "Two or three sentences: who must do what, from when. Leave it empty to say nothing."
        ),
    )


class TermForm(Form):
    """A word that the draft does not define, and what it means."""

    name = StringField(
        _l("Word"),
        [required(), at_most(NAME_LENGTH)],
        description=_l("Written as it stands in the draft, capital letters included."),
    )
    meaning = TextAreaField(_l("What it means"), [required(), at_most(MEANING_LENGTH)])


class RemoveTermForm(Form):
    """Taking a word out: only a button."""
