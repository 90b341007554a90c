"""`suara role`: gives or takes a role, for the first administrator and whoever runs the machine."""

import click

from participation.accounts import queries, services
from participation.accounts.rules import clean_email
from participation.core.access import Actor, Role
from participation.core.clock import system_clock
from participation.core.db import Database
from participation.core.errors import SiteError
from participation.settings import read_settings

# Whoever may run this command holds the database and needs no account.
_OPERATOR = Actor(name="operator", roles=frozenset({Role.ADMINISTRATOR}))


@click.command(name="role")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--take", is_flag=True, help="Take the role back.")
def command(email: str, role: str, *, take: bool) -> None:
    """Gives the account with this e-mail address a role."""
    database = Database(read_settings().database_url)
    act = services.take_role if take else services.grant_role
    try:
        with database.transaction() as session:
            found = queries.account_by_email(session, clean_email(email))
            if found is None:
                raise click.ClickException(f"There is no account with the address {email}.")
            act(session, _OPERATOR, found.id, Role(role), system_clock())
            held = sorted(queries.roles_of(session, found.id))
    except SiteError as error:
        raise click.ClickException(str(error)) from error
    finally:
        database.close()
    click.echo(f"{found.name}: {', '.join(held) or 'no role'}")
