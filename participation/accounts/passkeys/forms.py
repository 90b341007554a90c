"""Input about passkeys."""

from wtforms import HiddenField, PasswordField, StringField

from participation.accounts.passkeys.rules import NAME_LENGTH
from participation.accounts.rules import PASSWORD_MOST
from participation.web.forms import Form, at_most, required
from participation.web.language import _l

_WHY = _l("Asked again, so that nobody can do this in a browser that you left open.")


class NewPasskeyForm(Form):
    """Begins a passkey: what it is called, and the password."""

    name = StringField(
        _l("Name of this passkey"),
        [required(), at_most(NAME_LENGTH)],
        description=_l("Such as the device it is on. Only you see it."),
    )
    password = PasswordField(
        _l("Your password"), [required(), at_most(PASSWORD_MOST)], description=_WHY
    )


class AnswerForm(Form):
    """What the device made, filled in by the page's script."""

    answer = HiddenField(_l("Passkey"), [required(_l("Your device has not made a passkey yet."))])


class RemovalForm(Form):
    """Removes a passkey."""

    password = PasswordField(
        _l("Your password"), [required(), at_most(PASSWORD_MOST)], description=_WHY
    )
