"""The browser of the tests: goes through pages as a person would, and judges each of them."""

from dataclasses import dataclass
from urllib.parse import urljoin

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.participation.html import Element, judge, read

REDIRECTS = {301, 302, 303, 307, 308}


@dataclass
class Browser:
    """One person's browser, without scripts. `here` is the address it shows, `page` the page."""

    client: FlaskClient
    here: str = "/"
    page: Element | None = None
    response: TestResponse | None = None

    def visit(self, address: str, status: int = 200, **options) -> Element:
        """Opens an address, follows redirects, and fails unless the end has this status."""
        return self._show(self.client.get(address, **options), address, status)

    def send(self, form: str = "", status: int = 200, button: str = "", **fields) -> Element:
        """Fills in and sends the form with this id (or the only one that posts) of the page.

        What the page put into the form goes with it; `button` is the text of the pressed one.
        Fields: `name="text"`, `name=["several"]`, or `name=None` to leave a box unticked.
        """
        sent = self._form(form)
        address = urljoin(self.here, sent.attributes["action"])
        values = _filled(sent)
        for pressed in sent.all("button"):
            if button and pressed.words == button:
                address = urljoin(self.here, pressed.attributes.get("formaction", address))
                if "name" in pressed.attributes:
                    values[pressed.attributes["name"]] = [pressed.attributes["value"]]
        for name, value in fields.items():
            values.pop(name, None)
            if value is not None:
                values[name] = value
        response = self.client.post(address, data=values, headers={"Referer": self._absolute()})
        return self._show(response, address, status)

    def click(self, words: str, status: int = 200) -> Element:
        """Follows the first link that says `words`."""
        links = [each for each in self.page.all("a") if each.words == words]
        assert links, f"no link says {words!r}: {[each.words for each in self.page.all('a')]}"
        return self.visit(urljoin(self.here, links[0].attributes["href"]), status)

    def _form(self, form: str) -> Element:
        if form:
            return self.page.one("form", id=form)
        return self.page.one("form", method="post")

    def _show(self, response: TestResponse, address: str, status: int) -> Element:
        hops = 0
        while response.status_code in REDIRECTS and hops < 5:
            address = urljoin(address, response.headers["Location"])
            response, hops = self.client.get(address), hops + 1
        self.here, self.response = address, response
        text = response.get_data(as_text=True)
        assert response.status_code == status, f"{response.status} at {address}: {text[:2000]}"
        self.page = read(text)
        judge(self.page)
        return self.page

    def _absolute(self) -> str:
        return urljoin("http://localhost", self.here)


def _filled(form: Element) -> dict[str, list[str]]:
    """What a browser would send if nobody touched the form."""
    values: dict[str, list[str]] = {}
    for each in form.all("input"):
        kind = each.attributes.get("type", "text")
        chosen = kind not in {"radio", "checkbox", "file"} or "checked" in each.attributes
        if chosen and kind != "file" and "name" in each.attributes:
            values.setdefault(each.attributes["name"], []).append(each.attributes.get("value", ""))
    for each in form.all("textarea"):
        text = "".join(part for part in each.inside if isinstance(part, str))
        values[each.attributes["name"]] = [text.removeprefix("\n")]
    for each in form.all("select"):
        options = [one for one in each.all("option") if "selected" in one.attributes]
        options = options or each.all("option")[:1]
        values[each.attributes["name"]] = [one.attributes["value"] for one in options]
    return values
