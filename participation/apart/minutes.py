"""The work of each minute of a service by itself, in a program beside its server.

`python -m participation.apart.minutes registrar`
"""

import sys
import time
from collections.abc import Callable, Mapping

import structlog

from ballots.services import cosigning, registrar_apart, sequencing
from ballots.services.context import Context
from participation import lifeline
from participation.apart.process import Process
from participation.apart.witnesses import Witnesses
from participation.core import logs
from participation.settings import read_settings

MINUTE_SECONDS = 60

Work = Callable[[Context], object]

WORKS: Mapping[str, tuple[Work, ...]] = {
    "registrar": (registrar_apart.forget_keys,),
    "box": (sequencing.end_due_epochs, cosigning.ask_all),
}
"""By service, what is done each minute; one that fails hinders no other."""

_log = structlog.get_logger()


def main(service: str, *witnesses: str) -> None:
    """Works each minute until told to stop, or until the starter has gone.

    `witnesses` are addresses of those whom a ballot box asks.
    """
    lifeline.watch()
    settings = read_settings()
    logs.init(as_json=settings.is_production)
    context = Process.of(settings, witness_address=Witnesses(witnesses)).context
    while True:
        tick(context, service)
        time.sleep(MINUTE_SECONDS)


def tick(context: Context, service: str) -> None:
    """One minute's work."""
    for work in WORKS[service]:
        try:
            work(context)
        except Exception as error:  # noqa: BLE001 - the next work must run whatever this one met
            _log.exception("tick-failed", work=work.__qualname__, exc_info=error)


if __name__ == "__main__":
    main(*sys.argv[1:])
