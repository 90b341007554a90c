"""`suara simulate`: a whole election with made-up voters over real HTTP, timed and verified."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from ballots.verifier.report import as_text, verdicts
from ballots.verifier.verdict import exit_code
from ballots.verifier.verification import Verification, verify
from participation.ballot_files import BadBallotFile, read_abif
from participation.commands.progress import progress_bar
from participation.core.access import Role
from participation.simulation.browser import Browser, origin_of
from participation.simulation.bulk import hold, plan_of
from participation.simulation.choices import RULES, Poll, made_up_poll, poll_of_file
from participation.simulation.local import local_site
from participation.simulation.organiser import Organiser
from participation.simulation.remote import Known, RemoteSite, read_sign_ins
from participation.simulation.run import Run, Stage, Tell
from participation.simulation.wire import Unexpected
from participation.votes.outcome import UNIT

_MOST_TOLD = 5
_USUAL_VOTERS = 100
_MOST_VOTERS = 10_000_000
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command(name="simulate")
@click.option(
    "--voters", type=click.IntRange(2, _MOST_VOTERS), help="How many; of a file, a sample."
)
@click.option("--ballots", type=_FILE, help="Real ranked ballots (ABIF) instead of made-up ones.")
@click.option("--rule", type=click.Choice(RULES), help="instant-runoff for a file, else yes-no.")
@click.option("--out", type=_OUT, required=True, help="Where the record goes: record.suara.")
@click.option("--again", type=click.IntRange(0, 100), default=0, help="Of 100, so many vote twice.")
@click.option("--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1)
@click.option("--bulk", is_flag=True, help="No site: the same acts in bulk, for a large record.")
@click.option("--server", help="A running site, instead of one of the simulation's own.")
@click.option("--sign-ins", type=_FILE, help="With --server: CSV email,password; organiser first.")
@click.option("--minutes", type=click.IntRange(1, 600), default=3, help="With --server: how long.")
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    voters: int | None,
    ballots: Path | None,
    rule: str | None,
    out: Path,
    again: int,
    workers: int,
    bulk: bool,
    server: str | None,
    sign_ins: Path | None,
    minutes: int,
) -> None:
    """Holds a whole election with made-up voters over real HTTP, and verifies its record.

    The organiser draws up, freezes, opens, closes and counts on the pages of the desk; every
    voter checks in and casts with the requests of a voter's device; every promise that was given
    is held against the record at the end.

    Without --server the simulation starts a site of its own, on a free port, with a temporary
    database. Two things about it are not as on a real site, and both live in the simulation only:
    the accounts and sign-ins are written into that database directly, because hashing thousands
    of passwords would take longer than the election; and the site's clock is moved forward
    between the windows, where people would wait.

    With --server everything is as for people: everybody signs in on the sign-in page, which slows
    down after 60 sign-ins from one place, and the windows are waited for.

    With --bulk there is no site: many voters' check-ins and ballots are made and stored at a time,
    by the same functions, so that a record of a million ballots is a matter of minutes.
    """
    try:
        poll = _poll(voters, ballots, rule)
        with progress_bar() as tell:
            begin = partial(Run, poll=poll, workers=workers, again=again, tell=tell)
            if bulk:
                raise SystemExit(_hold_in_bulk(poll, workers, out, tell))
            if server is None:
                run, verification = _hold_here(begin, poll, out)
            else:
                people = read_sign_ins(sign_ins) if sign_ins else ()
                site = RemoteSite(origin_of(server), minutes)
                run, verification = _hold_there(begin, poll, out, site, people)
    except (BadBallotFile, ValueError, Unexpected) as error:
        raise click.ClickException(str(error)) from error
    raise SystemExit(_report(poll, run.stages, run.failures, verification, out))


def _poll(voters: int | None, ballots: Path | None, rule: str | None) -> Poll:
    if ballots is None:
        return made_up_poll(rule or "yes-no", voters or _USUAL_VOTERS)
    found = read_abif(ballots.read_text(encoding="utf-8"))
    return poll_of_file(found, rule or "instant-runoff", voters, ballots.stem)


def _hold_here(begin: Callable[..., Run], poll: Poll, out: Path) -> tuple[Run, Verification]:
    """On a site of the simulation's own, which ends with the election."""
    with local_site() as site:
        organiser = site.sign_in(["organiser@simulation.test"], Role.ORGANISER)[0]
        emails = [f"v{number:06}@simulation.test" for number in range(len(poll.choices))]
        run = begin(host=site, organiser=Organiser(Browser(site.origin, organiser.cookie)))
        with run.timed("accounts", len(emails)):
            people = site.sign_in(emails, Role.RESIDENT)
        return run, run.hold(people, out)


def _hold_in_bulk(poll: Poll, workers: int, out: Path, tell: Tell) -> int:
    """Without a site; prints as the others do. The exit code."""
    begun = time.perf_counter()
    hold(plan_of(poll), poll.choices, out, workers=workers, tell=tell)
    held = time.perf_counter()
    verification = verify(str(out), workers=workers, progress=tell)
    number, ended = len(poll.choices), time.perf_counter()
    stages = [Stage("hold", held - begun, number), Stage("verify", ended - held, number)]
    return _report(poll, stages, [], verification, out)


def _hold_there(
    begin: Callable[..., Run],
    poll: Poll,
    out: Path,
    site: RemoteSite,
    people: Sequence[Known],
) -> tuple[Run, Verification]:
    """On somebody's running site, as people would."""
    if len(people) <= len(poll.choices):
        raise ValueError(
            f"--sign-ins must name the organiser and {len(poll.choices)} voters,"
            f" it names {len(people)} people"
        )
    known, *voters = people[: len(poll.choices) + 1]
    organiser = Organiser.signing_in(site.origin, known.email, known.password)
    run = begin(host=site, organiser=organiser)
    with run.timed("sign in", len(voters)):
        signed_in = [site.sign_in(each) for each in voters]
    return run, run.hold(signed_in, out)


def _report(
    poll: Poll,
    stages: Sequence[Stage],
    failures: Sequence[str],
    verification: Verification,
    out: Path,
) -> int:
    """Prints stages, rounds, failures and the verifier's last sentence; the exit code."""
    console = Console(soft_wrap=True)
    console.print(_stages(stages))
    for line in _result(poll, verification):
        console.print(line, highlight=False)
    for failure in failures[:_MOST_TOLD]:
        console.print(f"failed: {failure}", highlight=False, markup=False)
    if len(failures) > _MOST_TOLD:
        console.print(f"... and {len(failures) - _MOST_TOLD} more failures")
    *_, last = as_text(verification, "en")
    console.print(f"{out}: {last}", highlight=False, markup=False)
    return exit_code(verdicts(verification)) or (1 if failures else 0)


def _stages(stages: Sequence[Stage]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("stage", "seconds", "ms per ballot"):
        table.add_column(name, justify="left" if name == "stage" else "right")
    for each in stages:
        per_ballot = f"{1000 * each.seconds / each.ballots:.2f}" if each.ballots else ""
        table.add_row(each.name, f"{each.seconds:.2f}", per_ballot)
    table.add_row("together", f"{sum(each.seconds for each in stages):.2f}", "")
    return table


def _result(poll: Poll, verification: Verification) -> Iterator[str]:
    """The result as the verifier counted it, round by round where there are rounds."""
    if verification.outcome is None:
        return
    counted = verification.outcome["questions"][0]
    yield f"{poll.rule}: {counted['valid']} valid ballots, {counted['blank']} blank"
    for number, votes in enumerate(counted.get("rounds", ()), start=1):
        whole = [Decimal(each) / UNIT for each in votes] if "quota" in counted else votes
        yield f"  round {number}: {_votes(poll, whole)}"
    if "totals" in counted:
        yield f"  {_votes(poll, counted['totals'])}"
    yield f"  elected: {', '.join(_names(poll, verification, counted['winners'])) or 'nobody'}"


def _votes(poll: Poll, votes: Sequence[int | Decimal]) -> str:
    pairs = zip(poll.options, votes, strict=True)
    return ", ".join(f"{name} {number:,}" for name, number in sorted(pairs, key=_most) if number)


def _most(pair: tuple[str, int | Decimal]) -> int | Decimal:
    return -pair[1]


def _names(poll: Poll, verification: Verification, winners: Sequence[str]) -> Iterator[str]:
    """The names of options, which the record knows by their ids."""
    if verification.draft is not None:
        ids = [option.id for option in verification.draft.questions[0].options]
        yield from (poll.options[ids.index(winner)] for winner in winners)
