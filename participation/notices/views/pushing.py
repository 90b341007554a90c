"""The work of each minute: devices are told that there is news, never what it says."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import cast

from flask import Flask, current_app, url_for
from sqlmodel import Session

from participation.notices.push import services
from participation.notices.push.keys import kept_key
from participation.notices.push.sealing import headers, seal
from participation.notices.push.sending import Message, Pusher, send_all
from participation.notices.push.services import Due
from participation.web.language import _
from participation.web.outside import as_reader
from participation.web.site import site

_KEY = "suara-push"


def init(app: Flask, pusher: Pusher) -> None:
    """Gives `app` its way to push services."""
    app.extensions[_KEY] = pusher


def pusher() -> Pusher:
    """The site's way to push services."""
    return cast("Pusher", current_app.extensions[_KEY])


def push_news(_opened: Session, now: datetime) -> None:
    """One message to each device whose owner has news.

    Claimed in a transaction of its own: none is open while services are waited for, and what was
    claimed is told at most once, whatever happens then.
    """
    with site().database.transaction() as claiming:
        due = services.claim(claiming)
    gone = send_all(pusher(), list(_messages(due, now))) if due else []
    if gone:
        with site().database.transaction() as dropping:
            services.drop_gone(dropping, gone)


def _messages(due: Sequence[Due], now: datetime) -> Iterator[Message]:
    key, origin = kept_key(site().var), site().origin
    for code, same in groupby(due, key=lambda each: each.language):
        with as_reader(code):
            said = json.dumps({
                "title": site().name,
                "body": _("There is news for you."),
                "address": origin + url_for("notices.index"),
            }).encode()  # fmt: skip
        for each in same:
            endpoint = each.device.endpoint
            above = headers(endpoint, key, origin, now)
            yield Message(each.id, endpoint, above, seal(said, each.device))
