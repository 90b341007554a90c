"""One guard on every route: `@public`, `@signed_in`, `@requires(...)` or `@cookieless`.

A guard only marks its view; one hook before each request reads the mark and keeps it. A route
without a mark is refused, so forgetting one is noticed at the first visit and by the house test.
The services below this floor mark their views themselves: `view.guard = "cookieless"`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from participation.core.access import Permission, allows
from participation.core.errors import SiteError
from participation.web.kept import sent_form
from participation.web.session import actor
from participation.web.site import site

View = TypeVar("View", bound=Callable[..., Any])

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Kind(StrEnum):
    """The four kinds of guards."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    REQUIRES = "requires"
    COOKIELESS = "cookieless"


@dataclass(frozen=True, slots=True)
class Guard:
    """The mark on a view: its kind and, for `requires`, the permission.

    Where a signed address is the proof, a form needs no token: programs of mail send it too.
    """

    kind: Kind
    permission: Permission | None = None
    is_proven_by_address: bool = False


class UnguardedRoute(SiteError):  # noqa: N818 - says what is the case
    """A route without exactly one guard: a fault of the house, never of a visitor."""

    code = "unguarded-route"


def public(view: View) -> View:
    """Anybody may come."""
    return _mark(view, Guard(Kind.PUBLIC))


def public_by_signed_address(view: View) -> View:
    """Anybody who holds the address; the view checks its signature and asks for no session."""
    return _mark(view, Guard(Kind.PUBLIC, is_proven_by_address=True))


def signed_in(view: View) -> View:
    """Only people with an account; others are asked to sign in and lose no text."""
    return _mark(view, Guard(Kind.SIGNED_IN))


def requires(permission: Permission) -> Callable[[View], View]:
    """Only people whose role grants `permission`."""
    return lambda view: _mark(view, Guard(Kind.REQUIRES, permission))


def cookieless(view: View) -> View:
    """Anybody, unseen: below an address whose requests arrive without cookies."""
    return _mark(view, Guard(Kind.COOKIELESS))


def guard_of(view: Callable[..., Any]) -> Guard:
    """The guard on `view`; raises `UnguardedRoute` when there is none."""
    mark = getattr(view, "guard", None)
    if isinstance(mark, Guard):
        return mark
    if mark == Kind.COOKIELESS.value:
        return Guard(Kind.COOKIELESS)
    raise UnguardedRoute(f"{view.__module__}.{view.__name__} has no guard")


def init(app: Flask) -> None:
    """Keeps the guards of every route of `app`, and its protection against forged forms."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # a long letter may take a day to write
    app.config["WTF_CSRF_SSL_STRICT"] = False  # browsers that hide the referrer may write too
    protection = CSRFProtect(app)
    app.before_request(lambda: _keep(protection))


def _mark(view: View, guard: Guard) -> View:
    if hasattr(view, "guard"):
        raise UnguardedRoute(f"{view.__module__}.{view.__name__} has two guards")
    view.guard = guard  # type: ignore[attr-defined]  # functions carry attributes
    return view


def _keep(protection: Any) -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such page: the 404 needs no guard
    guard = guard_of(current_app.view_functions[request.endpoint])
    if guard.kind is Kind.COOKIELESS:
        return None
    if guard.kind is not Kind.PUBLIC and not actor().is_signed_in:
        return _ask_to_sign_in()
    if request.method not in _SAFE and not guard.is_proven_by_address:
        protection.protect()
    if guard.permission is not None:
        allows(actor(), guard.permission)
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    """The sign-in page, with what was sent, before any check that could lose it."""
    if request.method in _SAFE:
        wanted = f"{request.script_root}{request.full_path}".rstrip("?")
        return site().loaders.ask_to_sign_in(None, wanted)
    return site().loaders.ask_to_sign_in(sent_form(), "")
