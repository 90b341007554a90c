"""What each page about passkeys needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from participation.accounts.models import Passkey
from participation.accounts.passkeys.forms import AnswerForm, NewPasskeyForm, RemovalForm
from participation.accounts.passkeys.queries import short_name
from participation.accounts.passkeys.rules import MOST_PASSKEYS
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """One passkey in its owner's list; `key` names it in addresses."""

    key: str
    name: str
    created_at: datetime

    @classmethod
    def of(cls, passkey: Passkey) -> "PasskeyView":
        """A passkey as its owner sees it."""
        return cls(short_name(passkey), passkey.name, passkey.created_at)


@dataclass(frozen=True, slots=True)
class PasskeyList:
    """The section of the account page; `may_add` once the address is confirmed."""

    passkeys: tuple[PasskeyView, ...]
    may_add: bool

    @property
    def is_full(self) -> bool:
        """Whether there is no room for one more."""
        return len(self.passkeys) >= MOST_PASSKEYS


@dataclass(frozen=True, slots=True)
class NewPasskeyPage(Page):
    """Begins a passkey. Without `has_name` the site is open under a number, which has none."""

    template: ClassVar[str] = "accounts/new_passkey.html"
    form: NewPasskeyForm
    has_name: bool
    origin: str


@dataclass(frozen=True, slots=True)
class MakePasskeyPage(Page):
    """The device makes the passkey: `options` are what its browser is asked, as JSON."""

    template: ClassVar[str] = "accounts/make_passkey.html"
    form: AnswerForm
    name: str
    options: str
    origin: str


@dataclass(frozen=True, slots=True)
class RemovePasskeyPage(Page):
    """Asks before a passkey is removed."""

    template: ClassVar[str] = "accounts/remove_passkey.html"
    form: RemovalForm
    passkey: PasskeyView
