"""The site's way to its elections: one `Context` a process, and the services that need no cookie.

Made with the site, before the server forks: it holds no thread and no open connection, so a
worker that gave its engine new connections may use it at once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from flask import Flask, current_app
from sqlmodel import Session

from ballots.services import box_copy, cosigning, invitations
from ballots.services.context import Context
from ballots.services.sequencing import end_due_epochs
from ballots.web.box import box_blueprint
from ballots.web.doors import doors_blueprint
from ballots.web.record import record_blueprint
from participation import places
from participation.core.clock import Clock
from participation.core.db import Database
from participation.partners.queries import address_of_witness
from participation.votes import queries
from participation.votes.client import client_folder, client_sha256
from participation.votes.platform import Platform
from participation.votes.services import refresh_running
from participation.votes.services.retention import erase_old_names
from participation.web.site import site

_KEY = "suara-ballots"


def init(app: Flask, database: Database, clock: Clock, secrets: Sequence[str]) -> None:
    """Gives `app` its elections.

    `secrets`: the site's secret, which protects the keys held here, then former ones, which still
    open what was kept under them.
    """
    newest, *former = (secret.encode() for secret in secrets)
    app.extensions[_KEY] = Context.of(
        database.engine,
        clock,
        newest,
        older=former,
        witness_address=lambda vkey: _witness_address(database, vkey),
    )


def ballots() -> Context:
    """What acts of elections are handed: durable on their own, unless `within` a transaction."""
    return cast("Context", current_app.extensions[_KEY])


SERVICES = (box_blueprint(ballots), record_blueprint(ballots), doors_blueprint(ballots))
"""Ballot box, public record, doors: their views say themselves that they know no visitor."""


def _witness_address(database: Database, vkey: str) -> str:
    """Where a witness answers: as a partner, or as a vote was told; raises Refused `not-found`."""
    with database.session() as session:
        return address_of_witness(session, vkey) or queries.told_address(session, vkey)


def platform() -> Platform:
    """What the organiser's acts are handed: this site, and its voting client as it is now."""
    parts = site()
    client = client_sha256(client_folder(places.STATIC))
    return Platform(ballots(), parts.origin, parts.name, client)


def minute(session: Session, now: datetime) -> None:
    """Ends due epochs and asks those elsewhere, in transactions of their own; renews figures.

    Names on old rolls are erased.
    """
    end_due_epochs(ballots())
    box_copy.follow_all(ballots())
    invitations.ask_all(ballots())
    cosigning.ask_all(ballots())
    refresh_running(session)
    erase_old_names(session, ballots(), now)
