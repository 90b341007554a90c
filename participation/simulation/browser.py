"""A browser without scripts: pages, their forms, cookies. For the simulated organiser."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from participation.simulation.wire import Unexpected

_PATIENCE_SECONDS = 120
_TAG = re.compile(r"<[^>]*>")
_MOST_SAID = 400


@dataclass(slots=True)
class Form:
    """A form of a page: where it is sent, and what stands in its fields."""

    id: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it came: its address after redirects, its text, its posting forms."""

    address: str
    text: str
    forms: tuple[Form, ...]

    def form(self, *, has: str = "", action: str = "") -> Form:
        """The form with this field, or whose action ends so; raises `Unexpected` if none does."""
        for each in self.forms:
            if each.action.partition("?")[0].endswith(action) and (not has or has in each.fields):
                return each
        what = f"a form with {has!r}" if has else f"a form to {action!r}"
        raise Unexpected(0, "page", f"{self.address} has not {what}")


class Browser:
    """One person's browser on one site."""

    def __init__(self, origin: str, cookie: str = "") -> None:
        self._origin = origin
        self._jar = CookieJar()
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(self._jar))
        self._opener.addheaders = [("Referer", f"{origin}/"), ("Accept-Language", "en")]
        if cookie:
            self._opener.addheaders.append(("Cookie", cookie))

    @property
    def cookie(self) -> str:
        """The cookies, as a request carries them."""
        return "; ".join(f"{each.name}={each.value}" for each in self._jar)

    def visit(self, path: str) -> Shown:
        """Opens a page; raises `Unexpected` where the site refuses it."""
        return self._show(Request(urljoin(self._origin, path)))  # noqa: S310 - http or https

    def send(self, page: Shown, form: Form, **fields: str) -> Shown:
        """Fills in a form and sends it; the page that follows."""
        body = urlencode(form.fields | fields).encode()
        address = urljoin(page.address, form.action)
        return self._show(Request(address, data=body, method="POST"))  # noqa: S310 - as above

    def _show(self, request: Request) -> Shown:
        try:
            with self._opener.open(request, timeout=_PATIENCE_SECONDS) as answer:
                text = answer.read().decode()
                return Shown(answer.url, text, forms_of(text))
        except HTTPError as error:
            text = error.read().decode(errors="replace")
            raise Unexpected(error.code, "page", f"{request.full_url}: {_said(text)}") from error
        except URLError as error:
            raise Unexpected(0, "unreachable", f"{request.full_url}: {error.reason}") from error


class _Reader(HTMLParser):
    """Collects the forms that post, with what stands in their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._area: tuple[Form, str] | None = None
        self._choosing: tuple[Form, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a form or a field with what stands in it."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.forms.append(Form(given.get("id", ""), given.get("action", "")))
        elif self.forms and tag in {"input", "textarea", "select", "option"}:
            self._field(tag, given)

    def handle_data(self, data: str) -> None:
        """Notes what stands in a text area."""
        if self._area is not None:
            form, name = self._area
            form.fields[name] += data

    def handle_endtag(self, tag: str) -> None:
        """Leaves a text area, and drops the line break that begins it."""
        if tag == "textarea" and self._area is not None:
            form, name = self._area
            form.fields[name] = form.fields[name].removeprefix("\n")
            self._area = None

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if tag == "option":
            self._option(given)
        elif tag == "textarea":
            form.fields[name] = ""
            self._area = (form, name)
        elif tag == "select":
            self._choosing = (form, name)
        elif given.get("type") not in {"radio", "checkbox", "file", "submit"} or "checked" in given:
            form.fields[name] = given.get("value", "")

    def _option(self, given: dict[str, str]) -> None:
        """The chosen option of a list, or its first."""
        if self._choosing is not None:
            form, name = self._choosing
            if "selected" in given or name not in form.fields:
                form.fields[name] = given.get("value", "")


def forms_of(text: str) -> tuple[Form, ...]:
    """The forms of a page that post, in its order."""
    reader = _Reader()
    reader.feed(text)
    return tuple(reader.forms)


def _said(text: str) -> str:
    """The words of a page's main part, shortened: why the site refused."""
    main = text.partition("<main")[2].partition(">")[2].partition("</main>")[0] or text
    return " ".join(unescape(_TAG.sub(" ", main)).split())[:_MOST_SAID]


def origin_of(address: str) -> str:
    """Scheme and host of an address; raises ValueError for anything but http and https."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(f"{address}: an address like http://127.0.0.1:8000 was expected")
    return f"{parts.scheme}://{parts.netloc}"
