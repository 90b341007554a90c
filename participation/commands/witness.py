"""`suara witness`: watches logs for others, and signs that nobody was shown another one."""

from pathlib import Path

import click

from participation import migrating
from participation.apart.process import Process
from participation.apart.witness import post_of, read_policy
from participation.commands.programs import run_together, server, settings_of_own
from participation.settings import Settings

_KIND = "witness"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NAME = "saksi.example"


@click.group(name="witness")
def command() -> None:
    """A witness: cosigns the checkpoints of votes on other sites, if nothing was taken back."""


@command.command()
@click.option("--for", "serves", default="", help="Sites it watches, such as suara.example.id.")
@click.option("--log", "logs", multiple=True, help="The verifier key of a log to watch.")
@click.option("--policy", type=_FILE, help="A file `policy`: its logs are watched.")
@click.option("--name", default=_NAME, show_default=True, help="Its name, one word, kept for good.")
@click.option("--host", default=None, help="Address to listen on.")
@click.option("--port", type=int, default=8200, show_default=True, help="Port to listen on.")
@click.option("--workers", type=int, default=None, help="Number of server processes.")
def serve(
    *,
    serves: str,
    logs: tuple[str, ...],
    policy: Path | None,
    name: str,
    host: str | None,
    port: int,
    workers: int | None,
) -> None:
    """Serves until Ctrl-C, from a database and a key of its own below SUARA_VAR."""
    told = " ".join([*logs, *(read_policy(policy) if policy else ())])
    if not serves and not told:
        raise click.UsageError("Say what to watch: --for SITE, --log KEY or --policy FILE.")
    settings = settings_of_own(_KIND, host=host, port=port, workers=workers)
    key = _ready(settings, name=name, serves=serves, logs=told)
    click.echo(f"{name}: {settings.origin}   (stop with Ctrl-C)")
    click.echo(f"key {key}")
    made = f"participation.apart.witness:application(name={name!r}, serves={serves!r}"
    application = f"{made}, logs={told!r})"
    raise SystemExit(run_together([server(settings, application)]))


@command.command()
@click.option("--name", default=_NAME, show_default=True, help="Its name, one word, kept for good.")
def key(name: str) -> None:
    """Prints the witness's verifier key; makes the key when there is none yet."""
    settings = settings_of_own(_KIND)
    click.echo(_ready(settings, name=name, serves="", logs=""))


def _ready(settings: Settings, *, name: str, serves: str, logs: str) -> str:
    """The verifier key, once the database has its shape."""
    migrating.upgrade(settings.database_url)
    process = Process.of(settings)
    try:
        post = post_of(process, settings, name=name, serves=serves, logs=logs)
        return post.signer.verifier.vkey
    finally:
        process.database.close()
