"""`suara trustee`: a trustee's part in an election, files in and files out.

Knows nothing of the site: it works where no database is, on a machine that never sees a network.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ballots.ceremony import BadShare
from ballots.errors import BallotError
from ballots.services.wire import HttpWire
from ballots.trustee import opening, steps
from ballots.trustee.keys import TrusteeKeys
from ballots.trustee.record import Record
from ballots.trustee.steps import Step
from ballots.verifier.reading import Unreadable
from crypto.encoding import b64url
from crypto.errors import CryptoError
from participation import trustee_files
from participation.commands.progress import progress_bar
from participation.trustee_files import KeyKeeper

_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(name="trustee")
def command() -> None:
    """A trustee's part in an election, on a machine of their own.

    `new` makes a key; `step` takes part in the ceremony, as often as there is something to say;
    `ack` acknowledges the frozen election; `share` checks the closed record and releases the
    share, once. Without --send what is to be said is written as files, to be carried to a machine
    with a network and handed in with `send`; `fetch` brings the set-up log the other way.
    """


def _keyed(act: Callable[..., None]) -> Callable[..., None]:
    """The parameters of acts with a key file."""
    act = click.argument("key_file", type=_FILE)(act)
    return click.option(
        "--passphrase-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Where the passphrase stands, instead of being asked for it.",
    )(act)


def _speaking(act: Callable[..., None]) -> Callable[..., None]:
    """The parameters of acts that read a record and hand something in."""
    record = "A folder or .suara file, or an address like https://site/elections/NAME/record/."
    act = click.option("--record", "place", required=True, help=record)(act)
    act = click.option("--out", type=_FOLDER, default=Path(), help="Where payload files go.")(act)
    act = click.option("--send", is_flag=True, help="Hand in over the network at once.")(act)
    return _keyed(act)


@command.command()
@_keyed
@click.option("--name", required=True, help="Your name, as the organiser wrote it.")
@click.option("--link", help="Your link as a trustee: the new key is registered there at once.")
def new(key_file: Path, passphrase_file: Path | None, name: str, link: str | None) -> None:
    """Makes a key and writes it, sealed under a passphrase, to KEY_FILE."""
    with _in_words():
        keys = TrusteeKeys.fresh(name)
        KeyKeeper(key_file, _passphrase(passphrase_file, is_new=True)).create(keys)
        click.echo(f"{key_file} is written. Your public key is {b64url(keys.public32)}")
        if link is None:
            click.echo("Give it to the organiser, or paste it on the page behind your link.")
            return
        answer = HttpWire().ask("POST", f"{link.rstrip('/')}/key", keys.public32)
        if not answer.is_good:
            raise click.ClickException(f"the site did not take it ({answer.status})")
        click.echo("It is registered.")


@command.command()
@_speaking
@click.option("--complain", is_flag=True, help="Publish that a share you received is not right.")
def step(complain: bool, **given: Any) -> None:
    """Takes part in the ceremony: says whatever can be said now."""
    with _at_the_desk(**given) as (keys, record, say):
        setup = record.setup()
        title = _title(setup.draft.title)
        try:
            taken = steps.complain(keys, setup) if complain else steps.advance(keys, setup)
        except BadShare as bad:
            name = setup.draft.trustees.list[bad.dealer - 1].name
            raise click.ClickException(
                f"{name} (trustee {bad.dealer}) dealt you a share that is not right. Run this"
                " again with --complain to publish the proof; the draft ends with that."
            ) from bad
        if not say(taken, title):
            click.echo(_waiting(setup.rounds.missing, keys.number or taken.keys.number))


@command.command()
@_speaking
def ack(**given: Any) -> None:
    """Acknowledges the frozen election; the key file proves that it holds the shares."""
    with _at_the_desk(**given) as (keys, place, say):
        record = place.whole()
        manifest = record.manifest()
        with progress_bar() as tell:
            trustee_files.check_record(record, tell, is_closed=False)
        say(opening.acknowledge(keys, record.setup(), manifest), _title(manifest.draft.title))


@command.command()
@_speaking
def share(**given: Any) -> None:
    """Checks the closed record, then releases the share of every style; never for two closes."""
    with _at_the_desk(**given) as (keys, place, say):
        record = place.whole()
        manifest = record.manifest()
        closed = record.closed(manifest)
        with progress_bar() as tell:
            trustee_files.check_record(record, tell, is_closed=True)
        say(opening.release(keys, manifest, closed), _title(manifest.draft.title))


@command.command()
@_keyed
@click.option("--record", "place", help="The record of the frozen election, to check against.")
def check(key_file: Path, passphrase_file: Path | None, place: str | None) -> None:
    """Opens the key file and, given a record, holds its shares against it; changes nothing."""
    with _in_words(), tempfile.TemporaryDirectory() as scratch:
        keys = KeyKeeper(key_file, _passphrase(passphrase_file)).open()
        click.echo(f"It opens: {keys.name}, public key {b64url(keys.public32)}")
        if place is not None:
            opening.rehearse(keys, Record.at(place, Path(scratch)).manifest())
            click.echo("It holds your share of every style.")


@command.command()
@click.option("--record", "place", required=True, help="The address of the draft's set-up log.")
@click.option("--out", type=_FOLDER, required=True, help="The folder to fill.")
def fetch(place: str, out: Path) -> None:
    """Fetches the set-up log into a folder, to be carried to a machine without a network."""
    with _in_words(), tempfile.TemporaryDirectory() as scratch:
        entries = trustee_files.carry_setup(Record.at(place, Path(scratch)), out)
        click.echo(f"{out} holds the {entries} entries of the set-up log.")


@command.command()
@click.argument("folder", type=_FOLDER)
@click.option("--record", "place", required=True, help="An address on the site that takes them.")
def send(folder: Path, place: str) -> None:
    """Hands in the payload files of a folder; handing one in twice does no harm."""
    with _in_words():
        hand_in = trustee_files.send_to(place)
        for payload in trustee_files.payload_files(folder):
            click.echo(hand_in(payload))


Say = Callable[[Step, str], list[str]]


@contextmanager
def _at_the_desk(
    *, key_file: Path, passphrase_file: Path | None, place: str, out: Path, send: bool
) -> Iterator[tuple[TrusteeKeys, Record, Say]]:
    """The opened keys, the record, and how a step is kept and handed in."""
    with _in_words(), tempfile.TemporaryDirectory() as scratch:
        keeper = KeyKeeper(key_file, _passphrase(passphrase_file))
        hand_in = trustee_files.send_to(place) if send else trustee_files.write_into(out)

        def say(taken: Step, title: str) -> list[str]:
            lines = trustee_files.take(keeper, taken, title, hand_in)
            click.echo("\n".join(lines), nl=bool(lines))
            return lines

        yield keeper.open(), Record.at(place, Path(scratch)), say


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (BallotError, CryptoError, Unreadable, OSError) as error:
        raise click.ClickException(str(error)) from error


def _passphrase(file: Path | None, *, is_new: bool = False) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8")
    found: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=is_new)
    return found


def _title(texts: Any) -> str:
    return str(next(iter(texts.values())))


def _waiting(missing: Callable[[str], list[tuple[int, int]]], own: int) -> str:
    for tag in steps.ROUNDS:
        others = sorted({number for number, _ in missing(tag)} - {own})
        if others:
            return f"Nothing to say now: {tag} is still missing from trustees {others}."
    return "Nothing more to say: the ceremony is complete."
