"""What each account page needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from participation.accounts.forms import (
    AddressForm,
    ButtonForm,
    LanguageForm,
    NewPasswordForm,
    PasswordForm,
    ProfileForm,
    RegisterForm,
    SignInForm,
)
from participation.accounts.passkeys.pages import PasskeyList
from participation.core.access import Role
from participation.web.language import LazyString, _l
from participation.web.page import Page
from participation.web.site import Beside

ROLES: dict[Role, LazyString] = {
    Role.RESIDENT: _l("resident"),
    Role.OFFICER: _l("officer"),
    Role.MODERATOR: _l("moderator"),
    Role.ORGANISER: _l("organiser of votes"),
    Role.ADMINISTRATOR: _l("administrator"),
}


@dataclass(frozen=True, slots=True)
class SignInPage(Page):
    """Signing in; `has_text` tells that sent words are carried along."""

    template: ClassVar[str] = "accounts/sign_in.html"
    form: SignInForm
    has_text: bool


@dataclass(frozen=True, slots=True)
class RegisterPage(Page):
    """Making an account; `has_text` tells that sent words are carried along."""

    template: ClassVar[str] = "accounts/register.html"
    form: RegisterForm
    has_text: bool


@dataclass(frozen=True, slots=True)
class Device:
    """A browser in which the account is signed in."""

    name: str
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class AccountPage(Page):
    """The person's own page."""

    template: ClassVar[str] = "accounts/account.html"
    email: str
    is_confirmed: bool
    roles: tuple[str, ...]
    devices: tuple[Device, ...]
    passkeys: PasskeyList
    profile: ProfileForm
    password: PasswordForm
    button: ButtonForm
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class SignOutPage(Page):
    """Asks before signing out, for those who came by a link."""

    template: ClassVar[str] = "accounts/sign_out.html"
    form: ButtonForm


@dataclass(frozen=True, slots=True)
class ForgottenPage(Page):
    """Asks where to mail the link for a new password; afterwards says what was done."""

    template: ClassVar[str] = "accounts/forgotten.html"
    form: AddressForm
    is_sent: bool


@dataclass(frozen=True, slots=True)
class NewPasswordPage(Page):
    """Sets a new password."""

    template: ClassVar[str] = "accounts/new_password.html"
    form: NewPasswordForm


@dataclass(frozen=True, slots=True)
class ConfirmPage(Page):
    """One button that confirms the address: links alone are opened by mail scanners too."""

    template: ClassVar[str] = "accounts/confirm.html"
    form: ButtonForm


@dataclass(frozen=True, slots=True)
class LanguagePage(Page):
    """Chooses the language to be remembered on this device."""

    template: ClassVar[str] = "accounts/language.html"
    form: LanguageForm
