"""A site of the simulation's own: a temporary database, a free port, a clock that it moves.

Thousands of made-up voters cannot go through the sign-in page: hashing one password takes a
twentieth of a second on purpose. So their accounts and login sessions are written into this
temporary database directly. That door exists only here, beside a database that is thrown away;
from the session on, every request is the same as anybody's.
"""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from flask import Flask
from flask import session as cookie
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from sqlalchemy import insert

from participation import migrating, places
from participation.accounts.models import Account, AccountRole, LoginSession
from participation.accounts.rules import SESSION_LENGTH
from participation.app import create_app
from participation.core.access import Role
from participation.core.ids import new_id, new_token, token_hash
from participation.settings import Settings, read_settings
from participation.simulation.ahead import OFFSET_VARIABLE, ClockAhead
from participation.simulation.organiser import Times
from participation.simulation.sessions import SignedIn
from participation.simulation.wire import Unexpected, Wire
from participation.web.site import Site

_PATIENCE_SECONDS = 60
_NO_PASSWORD = "!"  # noqa: S105 - no hash: nobody can sign in with a password
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class LocalSite:
    """A running site, its clock, and its door."""

    origin: str
    clock: ClockAhead
    settings: Settings

    def times(self) -> Times:
        """An hour for check-in alone, one for both, one for casting alone."""
        now, hour = self.clock(), timedelta(hours=1)
        return Times(
            check_in_opens=now,
            voting_opens=now + hour,
            check_in_closes=now + 2 * hour,
            voting_closes=now + 3 * hour,
        )

    def wait_until(self, moment: datetime) -> None:
        """Moves the site's clock there."""
        self.clock.move_to(moment)

    def sign_in(self, emails: list[str], role: Role) -> list[SignedIn]:
        """New accounts with these addresses, confirmed and signed in."""
        app = create_app(self.settings, clock=self.clock)
        site: Site = app.extensions["suara"]
        tokens = [new_token() for _ in emails]
        _add(site, list(zip(emails, tokens, strict=True)), role, self.clock())
        site.database.close()
        with app.test_request_context():
            form_token = generate_csrf()
            secret = cookie["csrf_token"]
        cookies = _Cookies(app)
        return [
            SignedIn(email, cookies.write({"_user_id": token, "csrf_token": secret}), form_token)
            for email, token in zip(emails, tokens, strict=True)
        ]


class _Cookies:
    """Writes session cookies as the site itself does."""

    def __init__(self, app: Flask) -> None:
        self._name = app.config["SESSION_COOKIE_NAME"]
        self._serializer = SecureCookieSessionInterface().get_signing_serializer(app)

    def write(self, held: dict[str, str]) -> str:
        """The cookie that holds this, as a request carries it."""
        if self._serializer is None:
            raise Unexpected(0, "no-secret", "the site has no secret key")
        return f"{self._name}={self._serializer.dumps(held)}"


@contextmanager
def local_site() -> Iterator[LocalSite]:
    """A site that runs until the block ends; its database goes with it."""
    with TemporaryDirectory(prefix="suara-simulation-") as folder:
        offset = Path(folder) / "seconds-ahead"
        offset.write_text("0", encoding="ascii")
        port = free_port()
        settings = read_settings(
            environment="development",
            origin=f"http://127.0.0.1:{port}",
            port=port,
            var=Path(folder),
            database=f"sqlite:///{folder}/suara.sqlite3",
            secret_key=secrets.token_urlsafe(48),
        )
        migrating.upgrade(settings.database_url)
        with running(settings, offset):
            yield LocalSite(settings.origin, ClockAhead(offset), settings)


@contextmanager
def running(settings: Settings, offset: Path) -> Iterator[None]:
    """The site of these settings, answering until the block ends.

    `offset` is the file that says how far its clock is ahead. Raises `Unexpected` when it cannot
    start.
    """
    command = [
        sys.executable, "-m", "gunicorn", "participation.simulation.ahead:make()",
        "--config", "python:participation.serving",
        "--bind", f"{settings.host}:{settings.port}",
        "--workers", str(settings.workers),
        "--threads", str(settings.threads),
    ]  # fmt: skip
    environment = _environment(settings, offset)
    server = subprocess.Popen(command, env=environment, cwd=places.ROOT)  # noqa: S603 - our own words
    try:
        _wait_for(server, settings.origin)
        yield
    finally:
        server.terminate()
        server.wait(timeout=_PATIENCE_SECONDS)


def _environment(settings: Settings, offset: Path) -> dict[str, str]:
    """The environment without the settings of any other site."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUARA_")}
    return kept | {
        "SUARA_ENVIRONMENT": settings.environment,
        "SUARA_ORIGIN": settings.origin,
        "SUARA_VAR": str(settings.var),
        "SUARA_DATABASE": settings.database,
        "SUARA_SECRET_KEY": settings.secret_key.get_secret_value(),
        OFFSET_VARIABLE: str(offset),
    }


def _wait_for(server: subprocess.Popen[bytes], origin: str) -> None:
    """Returns once the site answers; raises `Unexpected` when it cannot start."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with Wire(origin) as wire:
                wire.ask("GET", "/").good()
        except Unexpected:
            time.sleep(0.1)
        else:
            return
    raise Unexpected(0, "no-site", "the site of the simulation does not start")


def _add(site: Site, people: list[tuple[str, str]], role: Role, now: datetime) -> None:
    for begin in range(0, len(people), _AT_ONCE):
        some = [(new_id(), *each) for each in people[begin : begin + _AT_ONCE]]
        with site.database.transaction() as session:
            session.execute(insert(Account), [_account(who, email, now) for who, email, _ in some])
            roles = [{"account_id": who, "role": role.value} for who, *_ in some]
            session.execute(insert(AccountRole), roles)
            logins = [_login(who, token, now) for who, _, token in some]
            session.execute(insert(LoginSession), logins)


def _account(who: UUID, email: str, now: datetime) -> dict[str, object]:
    return {
        "id": who,
        "email": email,
        "name": email.partition("@")[0],
        "password_hash": _NO_PASSWORD,
        "language": "id",
        "created_at": now,
        "confirmed_at": now,
    }


def _login(who: UUID, token: str, now: datetime) -> dict[str, object]:
    return {
        "token_hash": token_hash(token),
        "account_id": who,
        "device": "simulation",
        "created_at": now,
        "seen_at": now,
        "expires_at": now + SESSION_LENGTH,
    }


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
