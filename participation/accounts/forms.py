"""Input of the account pages."""

from wtforms import EmailField, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from participation.accounts.rules import (
    EMAIL_LENGTH,
    NAME_LENGTH,
    PASSWORD_LEAST,
    PASSWORD_MOST,
)
from participation.accounts.services import NewAccount
from participation.web.forms import Form, at_least, at_most, required
from participation.web.language import LANGUAGES, _l, language

_EMAIL = _l("E-mail address")
_PASSWORD = _l("Password")
_LANGUAGES = [SelectChoice(value=code, label=name) for code, name in LANGUAGES.items()]
_NEW_PASSWORD_RULES = [required(), at_least(PASSWORD_LEAST), at_most(PASSWORD_MOST)]


class SignInForm(Form):
    """Address and password, and whatever must be carried along."""

    is_for_everybody = True

    email = EmailField(_EMAIL, [required(), at_most(EMAIL_LENGTH)])
    password = PasswordField(_PASSWORD, [required(), at_most(PASSWORD_MOST)])
    next = HiddenField()
    kept = HiddenField()


class RegisterForm(Form):
    """A new account."""

    is_for_everybody = True

    name = StringField(
        _l("Your name"),
        [required(), at_most(NAME_LENGTH)],
        description=_l("Shown beside what you write. A pen name is fine."),
    )
    email = EmailField(
        _EMAIL, [required(), at_most(EMAIL_LENGTH)], description=_l("Never shown to others.")
    )
    password = PasswordField(
        _PASSWORD,
        _NEW_PASSWORD_RULES,
        description=_l("At least 10 characters; several words are easiest to remember."),
    )
    next = HiddenField()
    kept = HiddenField()

    def command(self) -> NewAccount:
        """The account to be made, in the language of this page."""
        return NewAccount(
            email=self.email.data,
            name=self.name.data,
            password=self.password.data,
            language=language(),
        )


class ProfileForm(Form):
    """Name and language."""

    name = StringField(_l("Your name"), [required(), at_most(NAME_LENGTH)])
    language = RadioField(_l("Language"), choices=_LANGUAGES)


class PasswordForm(Form):
    """A change of password."""

    old_password = PasswordField(_l("Password until now"), [required(), at_most(PASSWORD_MOST)])
    password = PasswordField(
        _l("New password"),
        _NEW_PASSWORD_RULES,
        description=_l("At least 10 characters; several words are easiest to remember."),
    )


class AddressForm(Form):
    """Asks for a link to set a new password."""

    is_for_everybody = True

    email = EmailField(_EMAIL, [required(), at_most(EMAIL_LENGTH)])


class NewPasswordForm(Form):
    """Sets a new password with a mailed link."""

    is_for_everybody = True

    password = PasswordField(
        _l("New password"),
        _NEW_PASSWORD_RULES,
        description=_l("At least 10 characters; several words are easiest to remember."),
    )


class LanguageForm(Form):
    """Remembers a language on this device."""

    is_for_everybody = True

    language = RadioField(_l("Language"), choices=_LANGUAGES)
    next = HiddenField()


class ButtonForm(Form):
    """A form that is only a button."""

    is_for_everybody = True
