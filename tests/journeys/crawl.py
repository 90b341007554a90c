"""Walks through the site as one person, from link to link, and hands every page to the judges."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import Response
from werkzeug.exceptions import HTTPException
from werkzeug.test import Client
from werkzeug.wrappers import Response as Answer

from tests.journeys import judging
from tests.journeys.living import Device
from tests.participation.html import Element, judge, read

LANGUAGES = ("id", "en")
MOST = 2
"""Pages judged of each kind: such as one clause with comments and one without."""

_SECRET = re.compile(r'name="(csrf_token|token|kept)" value="[^"]*"|data-csrf="[^"]*"')
_REACHES = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}

_TO_FILL_IN = "textarea, input:not([type=hidden])"


@dataclass
class Walk:
    """One person's walk. `judged` are (address, language), `faults` what was found, in words."""

    device: Device
    is_known: bool
    judged: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    kinds: Counter = field(default_factory=Counter)

    def through(self, *starts: str) -> "Walk":
        """Visits the starts and everything they lead to; addresses are without language."""
        waiting, seen = deque(starts), set(starts)
        while waiting:
            address = waiting.popleft()
            for found in self._visit(address):
                if found not in seen:
                    seen.add(found)
                    waiting.append(found)
        return self

    def sends_nothing(self, address: str) -> None:
        """Judges a page with a form that was sent empty, so that it shows its errors."""
        page = self.device.page
        page.goto(f"/{LANGUAGES[0]}{address}")
        with page.expect_response(lambda found: found.request.method == "POST"):
            page.locator(f"main form:has({_TO_FILL_IN}) [type=submit]").first.click()
        page.locator(".summary").wait_for()
        self._look(address, LANGUAGES[0], [])

    def misses(self, address: str) -> None:
        """Judges what is shown where nothing is."""
        self.device.page.goto(f"/{LANGUAGES[0]}{address}")
        self._look(address, LANGUAGES[0], [])

    def _visit(self, address: str) -> Iterator[str]:
        """Judges a page in both languages unless it holds nothing new; the pages it leads to."""
        if self.kinds[kind := self._kind(address)] >= MOST:
            return
        self.kinds[kind] += 1
        for language in LANGUAGES:
            here = f"/{language}{address}"
            answer = self._answer(here)
            if answer.location:
                yield _without_language(answer.location)
            elif answer.mimetype == "text/html":
                page = read(answer.get_data(as_text=True))
                yield from _leads_to(here, page)
                if not self._is_as_for_readers(here):
                    self._check_links(here, page)
                    self._judge(address, language, is_first=self.kinds[kind] == 1)

    def _judge(self, address: str, language: str, *, is_first: bool) -> None:
        self.device.wrong.clear()
        response = self.device.page.goto(f"/{language}{address}")
        found = [*self._standing(response), *self.device.wrong]
        self._look(address, language, found, is_new=is_first and language == LANGUAGES[0])

    def _look(self, address: str, language: str, found: list[str], *, is_new: bool = True) -> None:
        """Judges the page that is open; a new kind of page also in the dark and by keyboard."""
        page = self.device.page
        judging.learn_axe(page)
        found += [*judging.axe(page), *judging.identity(page, language), *judging.narrow(page)]
        if is_new:
            found += [*judging.dark(page), *judging.keyboard(page)]
        self.judged.append((address, language))
        self.faults += [f"/{language}{address}: {each}" for each in found]

    def _standing(self, response: Response | None) -> Iterator[str]:
        """What the house says about the bytes that were sent."""
        assert response is not None
        if response.status != HTTPStatus.OK:
            yield f"answers {response.status}"
        try:
            judge(read(response.text()))
        except AssertionError as fault:
            yield str(fault).splitlines()[0]

    def _check_links(self, here: str, page: Element) -> None:
        """Every address the page names must answer, and every place in a page exist."""
        for address in _named(here, page):
            bare, place = urldefrag(address)
            answer = self._answer(bare)
            if answer.status_code >= HTTPStatus.BAD_REQUEST:
                self.faults.append(f"{here}: {address} answers {answer.status_code}")
            elif place and f'id="{place}"' not in answer.get_data(as_text=True):
                self.faults.append(f"{here}: {address} points at nothing")

    def _is_as_for_readers(self, address: str) -> bool:
        """Whether somebody without account is shown the same content."""
        if not self.is_known:
            return False
        other = self._client().get(address, buffered=True)
        return other.status_code == HTTPStatus.OK and _content(other) == _content(
            self._answer(address)
        )

    def _answer(self, address: str) -> Answer:
        """What this person gets at an address; asked once."""
        if address not in self.answers:
            cookies = self.device.context.cookies(self.device.live.origin)
            said = "; ".join(f"{each['name']}={each['value']}" for each in cookies)
            headers = {"Cookie": said, "Accept-Language": "id"}
            self.answers[address] = self._client().get(address, headers=headers, buffered=True)
        return self.answers[address]

    def _client(self) -> Client:
        return Client(self.device.live.app.wsgi_app, Answer, use_cookies=False)

    def _kind(self, address: str) -> str:
        """The view behind an address; addresses of no view are each a kind of their own."""
        routes = self.device.live.app.url_map.bind("127.0.0.1")
        try:
            return str(routes.match(urlsplit(address).path)[0])
        except HTTPException:
            return address


def _named(here: str, page: Element) -> Iterator[str]:
    """The addresses of this site that a page names, each once; forms that send are left out."""
    found = {
        urljoin(here, each.attributes[name])
        for tag, name in _REACHES.items()
        for each in page.all(tag)
        if name in each.attributes and each.attributes.get("method") != "post"
    }
    return (each for each in sorted(found) if _is_ours(each))


def _leads_to(here: str, page: Element) -> Iterator[str]:
    """The addresses on this site that links lead to, without their language."""
    for each in page.all("a"):
        bare = urldefrag(urljoin(here, each.attributes.get("href", "")))[0]
        if _is_ours(bare):
            yield _without_language(bare)


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and parts.path.startswith("/")


def _without_language(address: str) -> str:
    head, _slash, rest = address.lstrip("/").partition("/")
    return f"/{rest}" if head in LANGUAGES else address


def _content(answer: Answer) -> str:
    """The content of a page without the secrets that differ from one sight to the next."""
    text = answer.get_data(as_text=True)
    return _SECRET.sub("", text[text.find("<main") : text.find("</main>")])
