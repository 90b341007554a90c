"""What the desk counts, held against the rows behind each figure."""

from collections.abc import Iterator

from tests.participation.browser import Browser
from tests.participation.html import Element


def figures_of(page: Element) -> dict[str, tuple[int, str]]:
    """The figures on a page by their words: the number, and the address of what it counts."""
    links = [link for counts in page.all("ul", class_="counts num") for link in counts.all("a")]
    return dict(map(_figure, links))


def _figure(link: Element) -> tuple[str, tuple[int, str]]:
    number, _space, label = link.words.partition(" ")
    return label, (int(number.replace(",", "")), link.attributes["href"])


def rows_behind(browser: Browser, address: str) -> Iterator[Element]:
    """Every row of the list at an address, on all its pages."""
    while address:
        page = browser.visit(address)
        yield from page.one("main").all("article", class_="said")
        for each in page.one("main").all("ul", class_="list"):
            yield from each.all("li")
        more = [link for link in page.all("a") if link.attributes.get("rel") == "next"]
        address = more[0].attributes["href"] if more else ""
