"""The `suara` command: a list of commands, each in its own file of `participation.commands`.

A command is imported when it is called, so `suara verify` never loads the site.
"""

from importlib import import_module

import click

from participation.settings import BadSettings

COMMANDS = (
    "areas",
    "box",
    "db",
    "demo",
    "mirror",
    "registrar",
    "role",
    "serve",
    "simulate",
    "trustee",
    "verify",
    "witness",
)
"""Modules of `participation.commands`; each holds a click command named `command`."""


class Suara(click.Group):
    """Finds its commands by name, and says in one sentence when a setting is wrong."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"participation.commands.{cmd_name}").command
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except BadSettings as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Suara)
def main() -> None:
    """Suara: every voice gets an answer, every vote can be checked."""


if __name__ == "__main__":
    main()
