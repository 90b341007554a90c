"""Journey 1: a newcomer prepares the demonstration, starts the site and looks around."""

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from participation.demo.people import sign_ins
from tests.journeys.demonstration import SUARA, environment_of, suara
from tests.journeys.living import PHONE
from tests.places import ROOT

pytestmark = pytest.mark.browser

OPEN_AT = 120  # seconds until the site must answer
TITLES = (
    "Pengelolaan sampah dari rumah",
    "Jalan Kenanga bebas kendaraan setiap Minggu?",
    "Nama taman baru di tepi Kali Wening",
)
TITLES_IN_ENGLISH = (
    TITLES[0],  # a draft regulation keeps the language in which it is law
    "Jalan Kenanga without cars on Sundays?",
    "A name for the new park by Kali Wening",
)


@pytest.fixture(scope="module")
def served(built, demonstration, tmp_path_factory):
    """The address of `suara serve`, running on a copy of the demonstration."""
    var = tmp_path_factory.mktemp("served") / "var"
    shutil.copytree(demonstration.var, var)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    settings = environment_of({"var": var, "origin": origin})
    server = subprocess.Popen([*SUARA, "serve", "--port", str(port)], cwd=ROOT, env=settings)
    try:
        wait_for(origin, server)
        yield origin
    finally:
        server.terminate()  # a run in the background is deaf to Ctrl-C
        assert server.wait(90) == 0


def wait_for(address, server):
    """Returns once somebody answers there."""
    end = time.monotonic() + OPEN_AT
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail(f"the site did not answer within {OPEN_AT} seconds")


@pytest.fixture
def page(served, chromium):
    context = chromium.new_context(base_url=served, viewport=PHONE, locale="id-ID")
    yield context.new_page()
    context.close()


def test_the_command_prints_every_sign_in_in_full(demonstration):
    people = sign_ins()
    assert len(people) >= 4
    for person in people:
        line = next(line for line in demonstration.told.splitlines() if person.email in line)
        assert person.password in line


def test_preparing_twice_changes_nothing(demonstration, tmp_path):
    var = tmp_path / "var"
    shutil.copytree(demonstration.var, var)
    before = (var / "suara.sqlite3").read_bytes()
    again = suara("demo", var=var)
    assert (again.returncode, again.stdout) == (0, demonstration.told)
    assert (var / "suara.sqlite3").read_bytes() == before


def test_the_front_page_shows_what_is_open_and_what_is_finished(page):
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "id"
    for title in TITLES:
        assert page.get_by_role("main").get_by_role("link", name=title).first.is_visible(), title


def test_every_page_says_that_it_is_a_demonstration(page):
    for address in ("/", "/consultations", "/votes", "/sign-in", "/verify"):
        page.goto(address)
        banner = page.get_by_role("complementary", name="Peragaan")
        assert "peragaan" in banner.inner_text().lower(), address


def test_the_language_changes_by_a_link_and_stays(page):
    page.goto("/")
    page.locator("header summary").click()
    page.get_by_role("link", name="English", exact=True).click()
    assert page.locator("html").get_attribute("lang") == "en"
    for title in TITLES_IN_ENGLISH:
        assert page.get_by_role("main").get_by_role("link", name=title).first.is_visible(), title
    page.get_by_role("main").get_by_role("link", name=TITLES_IN_ENGLISH[1]).first.click()
    assert page.url.partition("/en/votes/")[1]
    assert page.get_by_role("heading", level=1).inner_text() == TITLES_IN_ENGLISH[1]


def test_a_printed_sign_in_works(page, demonstration):
    email, password = demonstration.sign_in("sri")
    page.goto("/en/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("header summary").click()
    assert page.get_by_role("link", name="Sri Hartati").is_visible()
