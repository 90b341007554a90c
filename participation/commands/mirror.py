"""`suara mirror`: keeps a checked copy of a vote's public record, and serves it again."""

import re
import sys
import time
from pathlib import Path

import click

from ballots.errors import BallotError
from ballots.services.mirror import Mirror, Report
from ballots.services.names import read_name
from ballots.services.pulling import HttpSource
from ballots.services.wire import HttpWire
from participation import lifeline
from participation.commands.programs import run_together, server, settings_of_own

MINUTE_SECONDS = 60
_ADDRESS = re.compile(r"(https?://[^/]+/elections/(?P<eid>[A-Za-z0-9_-]{43}))(/.*)?", re.ASCII)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(name="mirror")
@click.argument("address")
@click.option("--out", type=_FOLDER, default=Path("mirror"), show_default=True, help="Where to.")
@click.option("--watch", is_flag=True, help="Pull again each minute, until Ctrl-C.")
@click.option("--serve", "port", type=int, help="Serve the copy on this port, and watch.")
@click.option("--host", default=None, help="With --serve: address to listen on.")
def command(*, address: str, out: Path, watch: bool, port: int | None, host: str | None) -> None:
    """Pulls the record at ADDRESS, such as https://suara.example.id/elections/....

    Checks chain, tree, signatures, order and witnesses of every log against what was pulled
    before, and keeps it below --out. A site that has said two things is caught: both signed notes
    are kept as evidence, and the exit status is 1.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise click.UsageError("ADDRESS is where a vote's record is: https://.../elections/NAME")
    if port is not None:
        raise SystemExit(_serve(address, out, port, host))
    mirror = Mirror(out, read_name(found["eid"]))
    source = HttpSource(HttpWire(), f"{found[1]}/record")
    lifeline.watch()
    status = _pull(mirror, source)
    while watch:
        time.sleep(MINUTE_SECONDS)
        status = max(status, _pull(mirror, source))
    raise SystemExit(status)


def _serve(address: str, out: Path, port: int, host: str | None) -> int:
    """A server of the copy, and beside it a program that pulls each minute."""
    settings = settings_of_own("mirror", host=host, port=port)
    out.mkdir(parents=True, exist_ok=True)
    click.echo(f"{settings.origin}/mirror   (stop with Ctrl-C)")
    application = f"participation.apart.mirror:application(folder={str(out.resolve())!r})"
    pulls = [sys.executable, "-m", "participation.cli", "mirror", address]
    watching = [*pulls, "--out", str(out), "--watch"]
    return run_together([server(settings, application), watching])


def _pull(mirror: Mirror, source: HttpSource) -> int:
    """One pull, said plainly; 1 if the site said two things or something else is wrong."""
    try:
        report = mirror.pull(source)
    except BallotError as error:
        click.echo(f"nothing was pulled: {error.message}", err=True)
        return 2
    for line in lines_of(report):
        click.echo(line)
    return 1 if report.problems else 0


def lines_of(report: Report) -> list[str]:
    """What a pull found, line by line."""
    lines = [
        f"{each.log}: {each.after} entries, {each.after - each.before} of them new,"
        f" under the checkpoint of size {each.checkpoint_size}"
        for each in report.kept
    ]
    lines += [f"WRONG: {each}" for each in report.problems]
    if report.is_forked:
        lines.append("This site has signed two histories. The evidence is in the folder evidence.")
    elif not report.problems:
        lines.append("Everything that is published was checked and is kept.")
    return lines
