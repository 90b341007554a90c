"""The ballot box's application: `suara box serve` hands it to gunicorn."""

from collections.abc import Sequence

from flask import Flask

from ballots.errors import Refused
from ballots.services import box_apart
from ballots.services.box_apart import BoxOffice
from ballots.services.context import Context
from ballots.services.names import read_name
from ballots.web.box import box_blueprint
from ballots.web.box_apart import box_apart_blueprint
from ballots.web.record import record_blueprint
from participation.apart.process import Process, origins_of
from participation.apart.witnesses import Witnesses
from participation.settings import BadSettings, Settings, read_settings


def application(
    *, name: str, serves: str, organisers: Sequence[str], witnesses: Sequence[str]
) -> Flask:
    """The box of this environment; `serves` are sites with commas between."""
    settings = read_settings()
    process = Process.of(settings, witness_address=Witnesses(witnesses))
    return box(process, settings, name=name, serves=serves, organisers=organisers)


def box(
    process: Process, settings: Settings, *, name: str, serves: str, organisers: Sequence[str]
) -> Flask:
    """The box in a process; its key is made when it is first started."""
    sites = origins_of(serves)
    if settings.origin in sites.values():
        raise BadSettings("SUARA_ORIGIN must be where this ballot box answers, not the site.")
    box_apart.identity(process.context)
    office = BoxOffice(name, sites, read_organisers(organisers))

    def provide() -> Context:
        return process.context

    services = (box_apart_blueprint(provide, office), box_blueprint(provide))
    return process.application(settings, *services, record_blueprint(provide))


def read_organisers(letters: Sequence[str]) -> frozenset[bytes]:
    """The organisers' keys in 43 letters each; raises `BadSettings`."""
    try:
        return frozenset(map(read_name, letters))
    except Refused as error:
        raise BadSettings("--organiser: a key of 43 letters was expected") from error
