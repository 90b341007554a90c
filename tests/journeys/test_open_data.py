"""Journey 6 of the consultations: a journalist finds, follows and takes away what is public."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from participation.search.services import minute
from tests.journeys import judging
from tests.journeys.living import PHONE
from tests.journeys.test_page_weight import NEXT_PAGE, counted

pytestmark = pytest.mark.browser

HERE = "pengelolaan-sampah-dari-rumah"
DESKTOP = {"width": 1280, "height": 900}
LANGUAGES = ("id", "en")


@pytest.fixture(scope="module", autouse=True)
def _taken_in(city):
    """What the minute's work of a running site would have done by now."""
    for _ in range(3):
        with city.database.transaction() as session:
            minute(session, city.clock())


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", ["/data", "/data/api", "/search", "/search?q=sampah"])
def test_the_pages_pass_every_judge_in_both_languages(visitor_of, path, size):
    page = visitor_of(viewport=size).page
    for language in LANGUAGES:
        page.goto(f"/{language}{path}")
        judging.learn_axe(page)
        faults = [*judging.axe(page), *judging.identity(page, language), *judging.narrow(page)]
        assert not faults, f"/{language}{path}: {faults}"


def test_a_journalist_searches_by_keyboard_and_reads_where_it_stands(visitor_of):
    page = visitor_of(viewport=PHONE).page
    page.goto("/en/search")
    page.get_by_label("What are you looking for?").fill("pengelolaan sampah")
    page.keyboard.press("Enter")
    page.locator("mark").first.wait_for()
    first = page.locator("main .list h3 a").first
    title = first.inner_text()
    first.click()
    assert page.locator("h1").count() == 1
    assert "/search" not in page.url
    assert title


def test_everything_is_found_with_scripts_off(visitor_of):
    page = visitor_of(java_script_enabled=False).page
    page.goto("/id/search?q=mengelola")
    assert page.locator("mark").count()
    page.locator(".choices a").nth(4).click()
    assert "kind=comment" in page.url


def test_what_the_data_page_links_can_be_taken_away(visitor_of, city):
    page = visitor_of().page
    page.goto("/en/data")
    links = [each.get_attribute("href") for each in page.locator("main a").all()]
    files = [each for each in links if each.rpartition(".")[2] in {"csv", "json", "ndjson"}]
    assert len(files) == 6
    for each in files:
        assert page.request.get(city.origin + each).ok
    for each in (each for each in links if each.endswith(".atom")):
        assert ET.fromstring(page.request.get(city.origin + each).text()) is not None  # noqa: S314 - our own
    assert "BEGIN:VCALENDAR" in page.request.get(f"{city.origin}/data/calendar.ics").text()


def test_a_developer_gets_the_same_comments_from_the_table_and_the_interface(visitor_of, city):
    ask = visitor_of().page.request
    page = f"{city.origin}/en/consultations/{HERE}"
    assert ask.get(page).ok
    table = ask.get(f"{city.origin}/data/consultations/{HERE}/comments.csv").text()
    rows = list(csv.DictReader(io.StringIO(table)))
    address, items = f"/api/v1/consultations/{HERE}/comments?limit=1000", []
    found = json.loads(ask.get(city.origin + address).text())
    items += found["items"]
    assert [row["id"] for row in rows][: len(items)] == [each["id"] for each in items]
    assert items


def test_these_pages_are_light(visitor_of):
    page = visitor_of(viewport=PHONE).page
    page.goto("/id/")
    for path in ("/id/data", "/id/data/api", "/id/search?q=sampah"):
        with counted(page) as traffic:
            page.goto(path, wait_until="networkidle")
        assert traffic.total <= NEXT_PAGE, f"{path}{traffic}"
