"""What the running site is made of, handed in by `participation.app` and asked for by views."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, cast
from uuid import UUID

from flask import Flask, current_app, g, has_request_context
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from sqlmodel import Session

from participation.core.access import Actor, Permission
from participation.core.clock import Clock
from participation.core.db import Database

_KEY = "suara"


@dataclass(frozen=True, slots=True)
class Asset:
    """A built static file: its address and its integrity digest (empty when not built)."""

    url: str
    integrity: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Fields of one sent form, and the address of the page that shows the form."""

    page: str
    fields: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation: where it leads and what it says."""

    endpoint: str
    label: LazyString


@dataclass(frozen=True, slots=True)
class DeskFigure:
    """A number at the desk, what it counts, and the address of the rows that it counted."""

    label: str
    number: int
    address: str
    is_urgent: bool = False


DeskFigures = Callable[[Session, Actor, datetime], tuple[DeskFigure, ...]]
"""What waits for this actor in one part of the desk: `(session, actor, now)`."""


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One part of the desk: where it is, the permission that opens it, and what waits there."""

    endpoint: str
    label: LazyString
    purpose: LazyString
    permission: Permission
    figures: DeskFigures | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing that stands beside a subject or in an account: its title, address, a small line."""

    title: str
    address: str
    note: str = ""


BesideSubject = Callable[[Session, str, UUID, datetime], tuple[Beside, ...]]
"""What a feature has beside a subject: `(session, kind, id, now)`."""

InAccount = Callable[[Session, Actor], tuple[Beside, ...]]
"""What a feature keeps for an account, as links of its own page."""

Forget = Callable[[Session, Actor, datetime], None]
"""Erases what a feature knows about somebody who leaves: `(session, actor, now)`."""

Remember = Callable[[Session, UUID], Iterator[dict[str, object]]]
"""What a feature knows about an account, row by row, for its owner."""


class Recognise(Protocol):
    """Finds the actor behind a login token; unless it `prolongs` the login, it only reads."""

    def __call__(
        self, session: Session, token: str, at: datetime, /, *, prolongs: bool
    ) -> Actor | None:
        """The actor; nothing when the token is unknown or has expired."""


@dataclass(frozen=True, slots=True)
class Loaders:
    """What the web floor asks of the features, handed in as functions."""

    actor: Recognise
    """The actor behind a login token; nothing when it is unknown or has expired."""
    kept_form: Callable[[Session, str, UUID, datetime], dict[str, list[str]]]
    """The fields of a kept form of this account; empty when there is none."""
    keep_form: Callable[[Session, dict[str, list[str]], UUID, datetime], str]
    """Keeps sent fields for this account and gives the token that asks for it."""
    ask_to_sign_in: Callable[[Kept | None, str], ResponseReturnValue]
    """The sign-in page, carrying a sent form along or leading to an address afterwards."""
    unread: Callable[[Session, UUID], int]
    """How many notices an account has not read, as far as the header counts."""


@dataclass(frozen=True, slots=True)
class Site:
    """The parts and facts that every request may need; built once per process."""

    name: str
    city: str
    origin: str
    demo: bool
    var: Path
    database: Database
    clock: Clock
    loaders: Loaders
    nav: tuple[NavItem, ...] = ()
    footer: tuple[NavItem, ...] = ()
    desk: tuple[DeskItem, ...] = ()
    beside: tuple[BesideSubject, ...] = ()
    in_account: tuple[InAccount, ...] = ()
    erase: tuple[Forget, ...] = ()
    """What goes with every account, whatever becomes of its owner's words."""
    forget: tuple[Forget, ...] = ()
    remember: tuple[Remember, ...] = ()
    assets: dict[str, Asset] = field(default_factory=dict)


def init(app: Flask, parts: Site) -> None:
    """Makes `parts` what `site()` gives inside `app`."""
    app.extensions[_KEY] = parts


def site() -> Site:
    """The site of the current request or command."""
    return cast("Site", current_app.extensions[_KEY])


def now() -> datetime:
    """This request's moment (aware, UTC): the same at each call within one request."""
    if not has_request_context():
        return site().clock()
    if "now" not in g:
        g.now = site().clock()
    return cast("datetime", g.now)
