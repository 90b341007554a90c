"""What a service by itself is made of: a database of its own, its keys, a bare application."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from flask import Blueprint, Flask
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException

from ballots.services.context import Context, WitnessAddress, no_witness
from ballots.web.answers import http_problem
from participation.accounts.models import Account
from participation.core import logs
from participation.core.clock import Clock, system_clock
from participation.core.db import Database
from participation.settings import BadSettings, Settings
from participation.web.cookieless import Cookieless

_HERE = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Process:
    """The database and the elections of a service by itself."""

    database: Database
    context: Context

    @classmethod
    def of(
        cls,
        settings: Settings,
        clock: Clock = system_clock,
        *,
        witness_address: WitnessAddress = no_witness,
    ) -> Self:
        """The process that these settings describe; raises `BadSettings` on a site's database.

        A second body that shared the site's database would be no second body.
        """
        database = Database(settings.database_url, pool_size=settings.threads + 2)
        with database.session() as session:
            if session.scalar(select(func.count()).select_from(Account)):
                raise BadSettings(
                    "This database is a site's: it has accounts. Set SUARA_DATABASE or SUARA_VAR"
                    " to a place of this service's own."
                )
        newest, *former = (secret.encode() for secret in settings.secrets)
        context = Context.of(
            database.engine, clock, newest, older=former, witness_address=witness_address
        )
        return cls(database, context)

    def application(self, settings: Settings, *services: Blueprint) -> Flask:
        """An application with nothing but these services, which never learns who is asking."""
        app = Flask("suara-apart", static_folder=None)
        logs.init(as_json=settings.is_production)
        app.config["TRUSTED_HOSTS"] = settings.trusted_hosts
        app.extensions["suara"] = self
        app.register_error_handler(HTTPException, http_problem)
        for service in services:
            app.register_blueprint(service)
        app.wsgi_app = Cookieless(app.wsgi_app, places=("/",))  # type: ignore[method-assign, assignment]  # as Flask's own documentation does
        return app


def origins_of(text: str) -> Mapping[str, str]:
    """Sites by their authority, from addresses or host names with commas between.

    A bare host name means https, on this very machine http. Raises `BadSettings`.
    """
    origins = [_origin(each.strip()) for each in text.split(",") if each.strip()]
    if not origins:
        raise BadSettings("Say whom this service serves: --for suara.example.id")
    return {urlsplit(origin).netloc: origin for origin in origins}


def _origin(text: str) -> str:
    plain = "http" if text.lower().startswith(_HERE) else "https"
    address = urlsplit(text.lower() if "://" in text else f"{plain}://{text.lower()}")
    is_bare = not (address.path.strip("/") or address.query or address.fragment or address.username)
    if address.scheme not in {"http", "https"} or not address.hostname or not is_bare:
        raise BadSettings(f"--for: {text} is no site, such as suara.example.id")
    return f"{address.scheme}://{address.netloc}"
