"""Input of somebody who leaves."""

from wtforms import PasswordField, RadioField
from wtforms.fields.choices import SelectChoice

from participation.accounts.leaving.rules import Words
from participation.accounts.rules import PASSWORD_MOST
from participation.web.forms import Form, at_most, chosen, required
from participation.web.language import _l


class LeavingForm(Form):
    """Erases an account, and what was written under it if its owner says so."""

    wrote = RadioField(
        _l("What becomes of what you wrote?"),
        [chosen(_l("Choose what becomes of your words."))],
        choices=[
            SelectChoice(
                value=Words.KEEP.value,
                label=_l("It stays, without your name. Answers to it keep their sense."),
            ),
            SelectChoice(
                value=Words.ERASE.value,
                label=_l("It is erased too. Its place says that something stood there."),
            ),
        ],
    )
    password = PasswordField(
        _l("Your password"),
        [required(), at_most(PASSWORD_MOST)],
        description=_l("Asked again, so that nobody can do this in a browser that you left open."),
    )

    @property
    def erases_words(self) -> bool:
        """Whether what was written goes too."""
        return bool(self.wrote.data == Words.ERASE.value)
