"""What a page costs to fetch, as the browser counts it: headers and compressed bodies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

FIRST_PAGE, FIRST_REQUESTS = 60_000, 8
NEXT_PAGE = 20_000
CLIENT = 120_000
HERE = "/en/consultations/pengelolaan-sampah-dari-rumah"
VOTE = "/en/votes/jalan-kenanga-bebas-kendaraan-setiap-minggu"
FIRST = (
    "/en/",
    "/en/consultations",
    HERE,
    f"{HERE}/clauses/pasal-7-ayat-2",
    "/en/search?q=sampah",
    "/en/meetings",
    "/en/surveys",
    VOTE,
)
NEXT = (
    "/en/consultations",
    HERE,
    f"{HERE}/chapters/2",
    f"{HERE}/clauses/pasal-7-ayat-2",
    f"{HERE}/record",
    "/en/search",
    "/en/search?q=sampah",
    "/en/data",
    "/en/data/api",
    "/en/areas",
    "/en/topics",
    "/en/organisations",
    "/en/meetings",
    "/en/surveys",
    "/en/news",
    "/en/moderation/log",
    "/en/moderation/rules",
    "/en/votes",
    VOTE,
    "/en/votes/nama-taman-baru-di-tepi-kali-wening/result",
    "/en/verify",
    "/en/sign-in",
)


@dataclass
class Traffic:
    """What came over the network: addresses, and their bytes with headers."""

    fetched: dict[str, int] = field(default_factory=dict)
    cached: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.fetched.values())

    def of(self, part: str) -> int:
        """The bytes of addresses that hold `part`."""
        return sum(size for address, size in self.fetched.items() if part in address)

    def __str__(self) -> str:
        rows = [f"{size:7} {urlsplit(address).path}" for address, size in self.fetched.items()]
        return "\n".join(["", *rows, f"{self.total:7} bytes, {len(rows)} requests"])


@contextmanager
def counted(page) -> Iterator[Traffic]:
    """Counts what the page fetches within the block, through the DevTools protocol."""
    seen, asked = Traffic(), {}
    tools = page.context.new_cdp_session(page)

    def ask(told):
        asked[told["requestId"]] = told["request"]["url"]

    def arrive(told):
        address = asked[told["requestId"]]
        if not address.startswith("data:") and told["requestId"] not in seen.cached:
            seen.fetched[address] = seen.fetched.get(address, 0) + told["encodedDataLength"]

    tools.on("Network.requestWillBeSent", ask)
    tools.on("Network.requestServedFromCache", lambda told: seen.cached.add(told["requestId"]))
    tools.on("Network.loadingFinished", arrive)
    tools.send("Network.enable")
    yield seen
    page.wait_for_load_state("networkidle")
    tools.detach()


def test_the_first_page_is_light_on_a_cold_phone(visitor_of, city):
    for address in FIRST:
        phone = visitor_of()  # a browser that has never been here
        with counted(phone.page) as traffic:
            phone.page.goto(address)
        assert traffic.total <= FIRST_PAGE, traffic
        assert len(traffic.fetched) <= FIRST_REQUESTS, traffic
        assert traffic.of(".css") > 0, "nothing was counted"
        strangers = [each for each in traffic.fetched if not each.startswith(city.origin)]
        assert not strangers


def test_every_further_page_is_lighter(visitor_of):
    phone = visitor_of()
    phone.page.goto("/en/")
    phone.page.wait_for_load_state("networkidle")
    for address in NEXT:
        with counted(phone.page) as traffic:
            phone.page.goto(address)
        assert 0 < traffic.total <= NEXT_PAGE, traffic


def test_a_comment_and_what_it_said_before_are_light(visitor_of):
    phone = visitor_of()
    phone.page.goto(f"{HERE}/clauses/pasal-7-ayat-2")
    phone.page.wait_for_load_state("networkidle")
    thread = phone.page.locator("article.said a[data-quote]").first.get_attribute("href")
    whole = thread.partition("?")[0]
    for address in (thread, whole, f"{whole}/wordings"):
        with counted(phone.page) as traffic:
            phone.page.goto(address)
        assert 0 < traffic.total <= NEXT_PAGE, traffic


def test_the_voting_client_loads_only_where_people_vote(visitor_of):
    phone = visitor_of("sri")
    for address in ("/en/", *NEXT):
        with counted(phone.page) as traffic:
            phone.page.goto(address)
        assert traffic.of("/vote/") == 0, traffic
    with counted(phone.page) as traffic:
        phone.page.goto(f"{VOTE}/check-in")
    assert 0 < traffic.of("/vote/") <= CLIENT, traffic


def test_the_booth_fetches_one_client_and_nothing_from_anybody_else(visitor_of, city):
    phone = visitor_of()
    phone.page.goto(VOTE)
    booth = f"/en/cast/{phone.page.locator('details.names code').first.text_content()}"
    fresh = visitor_of().page
    with counted(fresh) as traffic:
        fresh.goto(booth)
    assert 0 < traffic.of("/vote/") <= CLIENT, traffic
    assert traffic.of("site-") == 0, traffic
    assert all(each.startswith(city.origin) for each in traffic.fetched), traffic


def test_who_asks_to_save_data_gets_no_typeface(visitor_of):
    phone = visitor_of(extra_http_headers={"Save-Data": "on"})
    with counted(phone.page) as traffic:
        phone.page.goto("/en/")
    assert traffic.of(".woff2") == 0, traffic
    assert traffic.total < FIRST_PAGE - 25_000, traffic
