"""Routes of the desk's pages about roles."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from participation.accounts import queries, services
from participation.accounts.models import Account
from participation.accounts.roles import pages
from participation.accounts.roles.forms import ConfirmForm, FindForm
from participation.accounts.roles.queries import holders
from participation.accounts.rules import clean_email
from participation.core.access import Permission, Role
from participation.core.errors import Conflict, Invalid, NotFound
from participation.core.words import words
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

blueprint = Blueprint("roles", __name__)
_MOST = 500


@blueprint.route("/desk/roles", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_ROLES_GRANT)
def index() -> ResponseReturnValue:
    """Who works here; sent, the account with an address."""
    form = FindForm()
    if form.is_sent():
        with form.errors_of_act():
            return go("roles.account", account_id=_found(form.email.data).id)
    views = tuple(map(pages.holder_view, holders(session(), limit=_MOST)))
    return show(pages.RolesPage(form, views), form.status)


@blueprint.get("/desk/roles/<uuid:account_id>")
@requires(Permission.ACCOUNTS_ROLES_GRANT)
def account(account_id: UUID) -> ResponseReturnValue:
    """The roles of one account."""
    found = queries.account(session(), account_id)
    held = queries.roles_of(session(), account_id)
    page = pages.AccountRolesPage(
        account_id=account_id,
        name=found.name,
        email=found.email,
        is_confirmed=found.confirmed_at is not None,
        is_self=account_id == actor().account_id,
        roles=tuple(pages.role_view(role, held) for role in Role),
    )
    return show(page)


@blueprint.route("/desk/roles/<uuid:account_id>/<role>", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_ROLES_GRANT)
def change(account_id: UUID, role: str) -> ResponseReturnValue:
    """Asks once more; sent, gives the role to who has it not, or takes it from who has it."""
    found, wanted = queries.account(session(), account_id), _role(role)
    held, form = queries.roles_of(session(), account_id), ConfirmForm()
    view = pages.role_view(wanted, held)
    if form.is_sent():
        act = services.take_role if wanted in held else services.grant_role
        try:
            act(session(), actor(), account_id, wanted, now())
            return go("roles.account", account_id=account_id, notice=_("Done."))
        except Conflict as conflict:
            form.blame(Invalid(conflict.message, code=conflict.code))
    page = pages.ConfirmRolePage(form, account_id, found.name, found.email, view)
    return show(page, form.status)


def _found(email: str) -> Account:
    found = queries.account_by_email(session(), clean_email(email))
    if found is None:
        raise Invalid(words("There is no account with this address."), field="email")
    return found


def _role(name: str) -> Role:
    if name not in set(Role):
        raise NotFound(words("There is no such role."))
    return Role(name)
