"""One session and one transaction for each request, committed at the boundary.

A response below 400 commits; any other rolls back, and so does every raised error, unless the
view asked with `commit_anyway` (a counted failed sign-in must stay counted).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask, Response, g
from sqlmodel import Session

from participation.web.site import site

_FIRST_BAD = 400


def session() -> Session:
    """This request's session, opened at the first call."""
    if "session" not in g:
        g.session = site().database.session()
    return cast("Session", g.session)


@contextmanager
def apart() -> Iterator[Session]:
    """A transaction of its own, committed at the end of the block whatever the answer will be.

    For counting what must stay counted; only before this request's own first change, because
    SQLite has one writer at a time.
    """
    with site().database.transaction() as opened:
        yield opened


def commit_anyway() -> None:
    """Keeps this request's changes although it will be answered with an error."""
    g.commit_anyway = True


def after_commit(act: Callable[[], None]) -> None:
    """Runs `act` once this request's transaction has been committed."""
    acts = g.setdefault("after_commit", [])
    acts.append(act)


def init(app: Flask) -> None:
    """Puts the boundary around every request of `app`."""
    app.after_request(_finish)
    app.teardown_request(_close)


def _finish(response: Response) -> Response:
    if "session" not in g:
        return response
    opened = cast("Session", g.session)
    if response.status_code < _FIRST_BAD or g.get("commit_anyway"):
        opened.commit()
        for act in g.pop("after_commit", []):
            act()
    else:
        opened.rollback()
    return response


def _close(_error: BaseException | None) -> None:
    opened = g.pop("session", None)
    if opened is not None:
        opened.close()
