"""Who is asking.

The signed cookie carries only a random token; its hash, owner, device and end stand in the
accounts feature's table, whose loader `participation.app` hands in. Signing out everywhere is
deleting rows. This is the only module that knows Flask-Login.
"""

from typing import cast

import flask_login
from flask import Flask, current_app, request
from flask import session as cookie

from participation.core.access import READER, Actor
from participation.web.database import session
from participation.web.site import now, site

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SignedIn(flask_login.UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """Flask-Login's view of a request with a living login session."""

    def __init__(self, token: str, actor: Actor) -> None:
        self.token = token
        self.actor = actor

    def get_id(self) -> str:
        """The token that the cookie carries."""
        return self.token


def init(app: Flask) -> None:
    """Teaches `app` to recognise people by their login session."""
    manager = flask_login.LoginManager()
    manager.session_protection = None  # addresses change on phones; the token is the proof
    manager.user_loader(_load)
    manager.init_app(app)


def actor() -> Actor:
    """Whoever makes this request; a reader without account on cookie-less pages."""
    if not request.cookies.get(current_app.config["SESSION_COOKIE_NAME"]):
        return READER  # also keeps `Vary: Cookie` off the answers to people without one
    user = flask_login.current_user
    return cast("Actor", user.actor) if user.is_authenticated else READER


def login_token() -> str:
    """The token of this request's login session; empty when signed out."""
    user = flask_login.current_user
    return cast("str", user.token) if user.is_authenticated else ""


def begin(token: str, who: Actor) -> None:
    """Signs this browser in under a fresh `token`; everything in the old cookie is dropped."""
    cookie.clear()
    flask_login.login_user(SignedIn(token, who))


def end() -> None:
    """Signs this browser out and drops its cookie."""
    flask_login.logout_user()
    cookie.clear()


def _load(token: str) -> SignedIn | None:
    # A request that acts leaves its transaction to the act: a check-in is durable on its own, and
    # on SQLite it would wait for a lock that this very request holds.
    prolongs = request.method in _SAFE
    who = site().loaders.actor(session(), token, now(), prolongs=prolongs)
    return None if who is None else SignedIn(token, who)
