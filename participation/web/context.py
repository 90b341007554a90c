"""What every template may use besides its page: facts of the site, and functions that format.

Templates receive `page` and `base`, nothing else; an undefined name fails.
"""

from dataclasses import dataclass
from typing import Any

import jinja2
from flask import Flask, g, request
from markupsafe import Markup

from participation.core.access import Actor, Permission
from participation.core.text import render
from participation.web import hx, language
from participation.web.assets import asset
from participation.web.database import session
from participation.web.session import actor
from participation.web.site import NavItem, site


@dataclass(frozen=True, slots=True)
class Base:
    """The facts that the frame around each page shows."""

    city: str
    name: str
    demo: bool
    actor: Actor
    language: str
    nav: tuple[NavItem, ...]
    footer: tuple[NavItem, ...]
    path: str
    full_path: str
    wants_font: bool

    @property
    def other_languages(self) -> list[tuple[str, str, str]]:
        """(code, own name, this page's address) of each language but the current one."""
        return [
            (code, name, language.switch_address(code))
            for code, name in language.LANGUAGES.items()
            if code != self.language
        ]

    @property
    def htmx_config(self) -> Markup:
        """How htmx must behave here: no styles or code of its own, faulty forms are shown."""
        return hx.CONFIG

    @property
    def has_desk(self) -> bool:
        """Whether the reader works here."""
        return self.actor.may(Permission.DESK_PAGE_READ)

    @property
    def unread(self) -> int:
        """How many notices wait for the reader, counted once for a page."""
        if not self.actor.is_signed_in:
            return 0
        if "unread" not in g:
            g.unread = site().loaders.unread(session(), self.actor.id)
        return int(g.unread)

    @property
    def is_at_desk(self) -> bool:
        """Whether this is a page of the desk."""
        return self.path == "/desk" or self.path.startswith("/desk/")

    def is_here(self, endpoint: str) -> bool:
        """Whether the current page is the one behind `endpoint`, or below it if it is an index."""
        part, _dot, name = endpoint.partition(".")
        return request.endpoint == endpoint or (name == "index" and request.blueprint == part)


def init(app: Flask) -> None:
    """Gives the templates of `app` their context, functions and filters."""
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=asset, ngettext=_plural, _=_sentence)
    app.jinja_env.filters.update(
        date=language.date_words,
        day=language.day_words,
        time=language.time_words,
        moment=language.moment_words,
        number=language.number_words,
        percent=language.percent_words,
        say=language.say,
        span=language.span_words,
        markdown=render,
    )
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    parts = site()
    return {
        "base": Base(
            city=parts.city,
            name=parts.name,
            demo=parts.demo,
            actor=actor(),
            language=language.language(),
            nav=parts.nav,
            footer=parts.footer,
            path=request.path,
            full_path=_here(),
            wants_font=request.headers.get("Save-Data", "").lower() != "on",
        )
    }


def _here() -> str:
    """This page's own address on this site, with language prefix and query."""
    query = request.query_string.decode("latin-1")
    return f"{request.script_root}{request.path}" + (f"?{query}" if query else "")


def _sentence(message: str, **values: Any) -> Markup:
    """A sentence in the reader's language, values escaped."""
    said = Markup(language.translated(message))  # noqa: S704 - ours
    return said % values if values or "%" in said else said


def _plural(singular: str, plural: str, count: int, **values: Any) -> Markup:
    """A counted sentence; `%(num)s` is the number as the language writes it, values escaped."""
    values.setdefault("num", language.number_words(count))
    return Markup(language.plural_form(singular, plural, count)) % values  # noqa: S704 - ours
