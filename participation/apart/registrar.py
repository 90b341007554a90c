"""The registrar's application: `suara registrar serve` hands it to gunicorn."""

from flask import Flask

from ballots.services import registrar_apart
from ballots.services.registrar_apart import Office
from ballots.web.registrar import registrar_blueprint
from participation.apart.process import Process, origins_of
from participation.settings import BadSettings, Settings, read_settings


def application(*, name: str, serves: str) -> Flask:
    """The registrar of this environment; `serves` are sites with commas between."""
    settings = read_settings()
    return registrar(Process.of(settings), settings, name=name, serves=serves)


def registrar(process: Process, settings: Settings, *, name: str, serves: str) -> Flask:
    """The registrar in a process; its identity is made when it is first started."""
    sites = origins_of(serves)
    if settings.origin in sites.values():
        raise BadSettings("SUARA_ORIGIN must be where this registrar answers, not the site.")
    registrar_apart.identity(process.context)
    office = Office(name, settings.origin, sites)
    return process.application(settings, registrar_blueprint(lambda: process.context, office))
