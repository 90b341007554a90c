"""Issue 4, journey 5: an observer checks a consultation's record, a contributor their own place."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from participation.record.views import minute
from tests.journeys import judging
from tests.journeys.demonstration import suara

pytestmark = pytest.mark.browser

DRAFT = "/en/consultations/pengelolaan-sampah-dari-rumah"
RECORD = f"{DRAFT}/record"
CLAUSE = f"{DRAFT}/clauses/pasal-9"
WORDS = "Gerobak kami perlu jalan yang lebih lebar; catat ini baik-baik."
CODES = [f"C{number:02}" for number in range(1, 21)]
WHOLE, WRONG = "This record is whole", "Do not trust this record"


def tick(city):
    """The minute's work of the living site."""
    with city.app.app_context(), city.database.transaction() as session:
        minute(session, datetime.now(UTC))


def save(page, folder, press):
    """What a link downloads."""
    with page.expect_download() as download:
        press()
    place = folder / download.value.suggested_filename
    download.value.save_as(place)
    return place


def verify(*arguments):
    """The command as an observer calls it, knowing no site of this machine."""
    return suara("verify", *map(str, arguments), "--language", "en")


def last_line(text):
    return text.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def record(chromium, city, tmp_path_factory) -> Path:
    """The record, downloaded by its button by somebody without an account."""
    tick(city)
    context = chromium.new_context(base_url=city.origin, accept_downloads=True)
    page = context.new_page()
    page.goto(DRAFT)
    page.locator("main").get_by_role("link", name="How can I check this?").click()
    link = page.get_by_role("link", name="Download this record")
    place = save(page, tmp_path_factory.mktemp("record"), link.click)
    context.close()
    return place


def test_anybody_downloads_the_record_and_twenty_checks_pass(record):
    assert record.name == "pengelolaan-sampah-dari-rumah.suara"
    found = verify(record)
    assert (found.returncode, found.stderr) == (0, "")
    assert [line.split()[1] for line in found.stdout.splitlines()[:20]] == CODES
    assert last_line(found.stdout).startswith(WHOLE)


def test_one_changed_byte_is_a_numbered_finding(record, tmp_path):
    changed = tmp_path / "changed.suara"
    octets = bytearray(record.read_bytes())
    with zipfile.ZipFile(record) as archive:
        inside = archive.getinfo("contributions")
    octets[inside.header_offset + 30 + len(inside.filename) + inside.file_size // 2] ^= 1
    changed.write_bytes(octets)
    found = verify(changed)
    assert found.returncode == 1
    assert "FAIL C14" in found.stdout
    assert last_line(found.stdout).startswith(WRONG)


def test_a_resident_comments_takes_the_receipt_and_finds_it_in_the_record(
    city, visitor_of, tmp_path
):
    sri = visitor_of("sri", locale="en-GB")
    page = sri.page
    page.goto(CLAUSE)
    if not page.get_by_label("Your comment").is_visible():
        page.get_by_text("Write a comment").click()
    page.get_by_text("Idea", exact=True).click()
    page.get_by_label("Your comment").fill(WORDS)
    sri.press("Send comment")
    page.get_by_text(WORDS).first.wait_for()
    tick(city)
    page.goto(CLAUSE)
    mine = page.locator("article.said", has_text=WORDS)
    receipt = save(page, tmp_path, mine.get_by_role("link", name="Receipt").click)
    assert receipt.suffix == ".tlog-proof"
    page.goto(RECORD)
    link = page.get_by_role("link", name="Download this record")
    record = save(page, tmp_path, link.click)
    found = verify(record, receipt, "--json")
    told = {each["code"]: each for each in json.loads(found.stdout)}
    assert found.returncode == 0
    assert f"{receipt.name} is entry" in told["C19"]["message"]
    assert told["C19"]["message"].endswith("open")
    damaged = tmp_path / "damaged.tlog-proof"
    damaged.write_bytes(receipt.read_bytes().replace(b"\nindex ", b"\nindex 1"))
    assert verify(record, damaged).returncode == 1


def test_the_command_on_the_page_is_the_one_that_works(city, visitor_of):
    tick(city)
    reader = visitor_of(locale="en-GB")
    reader.page.goto(RECORD)
    words = reader.page.locator("pre", has_text="suara verify").inner_text().split()
    assert words[:2] == ["suara", "verify"]
    found = verify(words[2])
    assert (found.returncode, found.stderr) == (0, "")
    seen = [each for each in city.arrived if "/record/" in each.path]
    assert seen
    assert not [each for each in city.sent_cookies if "/record/" in each[0]]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_good_to_everybody(visitor_of, language, width):
    reader = visitor_of(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = reader.page
    page.goto(RECORD.replace("/en/", f"/{language}/"))
    judging.learn_axe(page)
    found = [*judging.axe(page), *judging.identity(page, language)]
    found += [*judging.narrow(page), *judging.dark(page), *judging.keyboard(page)]
    assert not [*found, *reader.wrong]
