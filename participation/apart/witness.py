"""The witness's application: `suara witness serve` hands it to gunicorn."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from ballots.services import witness
from ballots.services.witness import Post
from ballots.web.witness import witness_blueprint
from crypto.errors import CryptoError
from crypto.note import ED25519, VerifierKey
from participation.apart.process import Process, origins_of
from participation.settings import BadSettings, Settings, read_settings

ALARMS = "alarms"
"""The folder of evidence, below the witness's own."""


def application(*, name: str, serves: str, logs: str) -> Flask:
    """The witness of this environment; `logs` are verifier keys with spaces between."""
    settings = read_settings()
    return stand(Process.of(settings), settings, name=name, serves=serves, logs=logs)


def stand(process: Process, settings: Settings, *, name: str, serves: str, logs: str) -> Flask:
    """The witness in a process; its key is made when it is first started."""
    post = post_of(process, settings, name=name, serves=serves, logs=logs)
    return process.application(settings, witness_blueprint(lambda: process.context, post))


def post_of(process: Process, settings: Settings, *, name: str, serves: str, logs: str) -> Post:
    """Who the witness is and what it watches; raises `BadSettings` for what cannot be."""
    try:
        signer = witness.signer(process.context, name)
    except CryptoError as error:
        raise BadSettings(f"--name: {error}") from error
    sites = origins_of(serves) if serves else {}
    return Post(signer, _keys(logs), sites, settings.var / ALARMS)


def read_policy(path: Path) -> list[str]:
    """The verifier keys of the logs in a policy file (C2SP tlog-policy)."""
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return [words[1] for words in lines if len(words) > 1 and words[0] == "log"]


def _keys(logs: str) -> Mapping[str, VerifierKey]:
    try:
        keys = [VerifierKey.parse(each) for each in logs.split()]
    except CryptoError as error:
        raise BadSettings(f"--log: {error}") from error
    for each in keys:
        if each.kind != ED25519:
            raise BadSettings(f"--log: {each.name} is not a log's key")
    return {each.name: each for each in keys}
