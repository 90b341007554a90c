"""Prepares the demonstration database, once: people, consultation, votes."""

from flask import Flask

from participation.app import create_app
from participation.consultations.attachments.shelf import FOLDER, Shelf
from participation.core.access import Permission
from participation.core.clock import Clock, system_clock
from participation.demo import (
    consultation,
    explaining,
    intake,
    mark,
    meetings,
    notices,
    people,
    places,
    surveys,
    votes,
)
from participation.demo.hours import Hours
from participation.record.views import minute as keep_records
from participation.settings import Settings
from participation.votes.box import platform
from participation.web.site import Site

_FOUNDED = -60
"""Days before today on which the first people registered."""


def prepare(settings: Settings, *, clock: Clock = system_clock) -> None:
    """Fills the empty database of these settings; marked before the first word is written."""
    hours = Hours.of(clock(), settings.timezone)
    app = create_app(settings, clock=hours)
    site: Site = app.extensions["suara"]
    try:
        mark.begin(site.database.engine)
        _fill(app, site, hours)
        mark.finish(site.database.engine)
    finally:
        site.database.close()


def _fill(app: Flask, site: Site, hours: Hours) -> None:
    with site.database.transaction() as session:
        known = people.settle(session, hours.set(hours.at(_FOUNDED)))
        found = consultation.hold(session, known, hours)
        explaining.explain(session, known, found, Shelf(site.var / FOLDER), hours)
        places.lay_out(session, known, found, hours)
        surveys.hold(session, known["ratna"], found, hours)
        meetings.hold(session, known, found, hours)
        intake.hold(session, known, found, hours)
    with app.app_context():
        hall = votes.Hall(
            database=site.database,
            platform=platform(),
            hours=hours,
            organiser=next(a for a in known.values() if a.may(Permission.VOTES_VOTE_DRAFT)),
            residents=tuple(known[key] for key in ("sri", "yoga")),
        )
        votes.hold(hall)
        with site.database.transaction() as session:
            keep_records(session, hours())
            notices.hold(session, known, found, hours)
