"""What the pages about roles need."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from participation.accounts.pages import ROLES
from participation.accounts.roles.forms import ConfirmForm, FindForm
from participation.accounts.roles.queries import Holder
from participation.core.access import Role
from participation.web.language import LazyString, _l, say
from participation.web.page import Page

DUTIES: dict[Role, LazyString] = {
    Role.RESIDENT: _l("Comments on drafts and takes part in votes."),
    Role.OFFICER: _l("Imports and publishes drafts, opens and closes comments, answers."),
    Role.MODERATOR: _l("Removes comments under a rule, decides appeals."),
    Role.ORGANISER: _l("Draws up votes, hands in rolls, opens, closes and counts."),
    Role.ADMINISTRATOR: _l("Gives and takes roles, edits offices, topics and partners."),
}


@dataclass(frozen=True, slots=True)
class HolderView:
    """Somebody who works here, with their roles in words."""

    account_id: UUID
    name: str
    email: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role, what it is for, and whether the account has it."""

    value: str
    name: str
    duty: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class RolesPage(Page):
    """Who works here, and the search for an account."""

    template: ClassVar[str] = "accounts/roles/list.html"
    form: FindForm
    holders: tuple[HolderView, ...]


@dataclass(frozen=True, slots=True)
class AccountRolesPage(Page):
    """The roles of one account; nobody changes their own (`is_self`)."""

    template: ClassVar[str] = "accounts/roles/show.html"
    account_id: UUID
    name: str
    email: str
    is_confirmed: bool
    is_self: bool
    roles: tuple[RoleView, ...]


@dataclass(frozen=True, slots=True)
class ConfirmRolePage(Page):
    """Asks once more before a role is given or taken."""

    template: ClassVar[str] = "accounts/roles/confirm.html"
    form: ConfirmForm
    account_id: UUID
    name: str
    email: str
    role: RoleView


def holder_view(found: Holder) -> HolderView:
    """Somebody who works here, in words."""
    names = tuple(say(ROLES[role]) for role in found.roles)
    return HolderView(found.account_id, found.name, found.email, names)


def role_view(role: Role, held: frozenset[Role]) -> RoleView:
    """A role as it is shown for an account that holds these."""
    return RoleView(role.value, say(ROLES[role]), say(DUTIES[role]), role in held)
