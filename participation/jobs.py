"""Work outside requests: a queue beside the site, and a tick at each minute.

`suara serve` starts one runner beside the web server. A job may run twice after a crash, so every
job is written to be repeated without harm.
"""

from time import monotonic
from uuid import UUID

import structlog
from flask import Flask
from huey import SqliteHuey, crontab

from participation import lifeline
from participation.app import create_app
from participation.core.mail import FileMailer, Mailer, SmtpMailer, deliver
from participation.features import FEATURES, Tick
from participation.settings import Settings, read_settings
from participation.web.site import Site

_DELIVERY_SECONDS = 40
_log = structlog.get_logger()


def main() -> None:
    """Runs jobs by themselves, without a web server beside them."""
    settings = read_settings()
    run(create_app(settings), settings)


def run(app: Flask, settings: Settings) -> None:
    """Runs jobs until told to stop, or until the process that started it has gone."""
    lifeline.watch()
    queue = make_queue(app, settings)
    queue.create_consumer(workers=1, periodic=True, max_delay=2).run()


def make_queue(app: Flask, settings: Settings) -> SqliteHuey:
    """The queue with its one periodic job, in a file below `var`."""
    settings.var.mkdir(parents=True, exist_ok=True)
    queue = SqliteHuey("suara", filename=str(settings.var / "jobs.sqlite3"), timeout=8)
    mailer = make_mailer(settings)

    @queue.periodic_task(crontab())  # type: ignore[untyped-decorator]  # huey ships no types
    def minute() -> None:
        tick(app, mailer)

    return queue


def tick(app: Flask, mailer: Mailer) -> None:
    """One minute's work: what the features ask for, then the letters.

    Each work has a transaction of its own; one that fails is logged and hinders no other. Letters
    go in small batches, so that a crash repeats few of them, until the minute is nearly over.
    """
    site: Site = app.extensions["suara"]
    works = [work for feature in FEATURES for work in feature.ticks]
    with app.app_context():
        for work in works:
            _run(site, work)
        ends = monotonic() + _DELIVERY_SECONDS
        failed: set[UUID] = set()
        while monotonic() < ends and _run(
            site, lambda session, _now: deliver(session, mailer, failed)
        ):
            continue


def make_mailer(settings: Settings) -> Mailer:
    """The way out for letters: a mail server where one is set, else files below `var`."""
    if not settings.mail_host:
        return FileMailer(settings.var / "mail", settings.mail_sender)
    return SmtpMailer(
        settings.mail_host,
        settings.mail_port,
        settings.mail_sender,
        user=settings.mail_user,
        password=settings.mail_password.get_secret_value(),
    )


def _run(site: Site, work: Tick) -> object:
    """What the work gives; nothing when it failed."""
    try:
        with site.database.transaction() as session:
            return work(session, site.clock())
    except Exception as error:  # noqa: BLE001 - the next work must run whatever this one met
        _log.exception("tick-failed", work=getattr(work, "__qualname__", "?"), exc_info=error)
        return None


if __name__ == "__main__":
    main()
