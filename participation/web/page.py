"""Answers: a page object, shown whole or as the fragment that the page includes.

A page is a frozen dataclass that names its template and holds what the template needs:

    @dataclass(frozen=True, slots=True)
    class ThreadPage(Page):
        template: ClassVar[str] = "comments/thread.html"
        fragment: ClassVar[str] = "comments/_thread.html"
        comments: tuple[CommentView, ...]
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from flask import Response, flash, make_response, redirect, render_template, url_for

from participation.core.words import Words
from participation.web import hx
from participation.web.language import LazyString, say

_SEE_OTHER = 303

Kind = Literal["notice", "farewell"]


@dataclass(frozen=True, slots=True)
class Page:
    """The base of every page object; templates see it as `page`."""

    template: ClassVar[str]
    fragment: ClassVar[str] = ""


def show(page: Page, status: int = 200) -> Response:
    """The page, or its fragment when htmx asked and the page has one."""
    part = page.fragment if hx.wants_fragment() else ""
    response = make_response(render_template(part or page.template, page=page), status)
    if page.fragment:
        response.vary.add("HX-Request")
    return response


def show_instead(page: Page, status: int) -> Response:
    """A whole page in place of the one asked for, also when only a fragment was asked."""
    body = render_template(page.template, page=page)
    response = hx.replace_page(body) if hx.wants_fragment() else make_response(body)
    response.status_code = status
    return response


def go(endpoint: str, *, notice: Words | LazyString | str = "", **values: Any) -> Response:
    """303 to `endpoint` after a good form; `notice` is shown once on the page that follows."""
    return go_to(url_for(endpoint, **values), notice=notice)


def go_to(
    address: str, *, notice: Words | LazyString | str = "", kind: Kind = "notice"
) -> Response:
    """303 to an address of this site; a farewell makes the browser forget half-typed words."""
    if notice:
        flash(say(notice), kind)
    response = redirect(address, _SEE_OTHER)
    return make_response(response)
