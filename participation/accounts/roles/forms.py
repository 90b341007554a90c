"""Input of administrators about roles."""

from wtforms import EmailField

from participation.accounts.rules import EMAIL_LENGTH
from participation.web.forms import Form, at_most, required
from participation.web.language import _l


class FindForm(Form):
    """Finds an account by its address; sent, not asked, so that no address stands in a log."""

    email = EmailField(_l("E-mail address of the account"), [required(), at_most(EMAIL_LENGTH)])


class ConfirmForm(Form):
    """Gives or takes a role: only a button."""
