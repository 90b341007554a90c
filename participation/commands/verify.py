"""`suara verify`: checks the public record of an election; the verifier with a progress bar.

Knows nothing of the site: it works where no database is, on anybody's machine.
"""

from io import StringIO

import click

from ballots.verifier.command import argument_parser, run
from participation.commands.progress import progress_bar

_PROGRAM = "suara verify"
_STAGES: dict[str, dict[str, str]] = {
    "id": {
        "setup": "persiapan",
        "ballots": "surat suara",
        "check-ins": "kehadiran",
        "signatures": "tanda tangan",
        "opening": "membuka suara",
    },
    "en": {},
}


@click.command(
    name="verify",
    add_help_option=False,  # the verifier has words of its own
    context_settings={"ignore_unknown_options": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Checks the public record of an election: a file, a folder or an address."""
    given = argument_parser(_PROGRAM).parse_args(arguments)
    said = StringIO()  # until the bar has gone, which shares the terminal with it
    with progress_bar(_STAGES[given.language]) as tell:
        code = run(arguments, program=_PROGRAM, out=said, progress=tell)
    click.echo(said.getvalue(), nl=False)
    raise SystemExit(code)
