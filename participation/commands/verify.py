"""`suara verify`: checks a public record, of an election or a consultation, with a progress bar.

Knows nothing of the site: it works where no database is, on anybody's machine.
"""

import tempfile
from argparse import Namespace
from io import StringIO
from pathlib import Path

import click

from ballots.verifier import command as elections
from ballots.verifier.reading import Unreadable, locate
from participation.commands.progress import Tell, progress_bar
from participation.record.verifying import command as consultations

_PROGRAM = "suara verify"
_STAGES: dict[str, dict[str, str]] = {
    "id": {
        "setup": "persiapan",
        "ballots": "surat suara",
        "check-ins": "kehadiran",
        "signatures": "tanda tangan",
        "opening": "membuka suara",
        "entries": "lembar catatan",
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
    """Checks a public record, of an election or a consultation: a file, a folder, an address."""
    given = elections.argument_parser(_PROGRAM).parse_args(arguments)
    said = StringIO()  # until the bar has gone, which shares the terminal with it
    with (
        tempfile.TemporaryDirectory(prefix="suara-fetched-") as folder,
        progress_bar(_STAGES[given.language]) as tell,
    ):
        code = _verify(given, arguments, Path(folder), said, tell)
    click.echo(said.getvalue(), nl=False)
    raise SystemExit(code)


def _verify(
    given: Namespace, arguments: tuple[str, ...], folder: Path, said: StringIO, tell: Tell
) -> int:
    """Check with the verifier that knows this kind of record; one file is fetched only once."""
    here = given.record
    try:
        origin = locate(given.record, folder)
        here = origin.place if origin.kind == "file" else here
        is_of_consultation = consultations.is_of_consultation(here)
    except Unreadable:  # the verifier that is asked now finds the same, and says so
        is_of_consultation = False
    if is_of_consultation:
        at_hand = Namespace(**{**vars(given), "record": here})
        return consultations.run(at_hand, out=said, progress=tell)
    with_record_here = [here if each == given.record else each for each in arguments]
    return elections.run(with_record_here, program=_PROGRAM, out=said, progress=tell)
