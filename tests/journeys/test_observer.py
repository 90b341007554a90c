"""Journey 6: an observer takes the record away and recounts the vote on a computer of their own."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.journeys.demonstration import suara

pytestmark = pytest.mark.browser

RESULT = "/en/votes/nama-taman-baru-di-tepi-kali-wening/result"
CODES = [f"V{number:02}" for number in range(1, 41)]
RIGHT, ALL = "The result is right", "all 40 checks passed"
WRONG = "Do not trust this record"


@pytest.fixture(scope="module")
def record(chromium, city, tmp_path_factory) -> Path:
    """The record of the finished vote, downloaded by its button on the result's page."""
    context = chromium.new_context(base_url=city.origin, accept_downloads=True)
    page = context.new_page()
    page.goto(RESULT)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the record").click()
    place = tmp_path_factory.mktemp("record") / download.value.suggested_filename
    download.value.save_as(place)
    context.close()
    return place


def verify(*arguments):
    """The command as an observer calls it, knowing no site of this machine."""
    return suara("verify", *map(str, arguments), "--workers", "1")


def last_line(text):
    return text.strip().splitlines()[-1]


def test_the_record_is_named_after_its_election_and_passes_forty_checks(record):
    assert record.suffix == ".suara"
    found = verify(record)
    assert (found.returncode, found.stderr) == (0, "")
    assert [line.split()[1] for line in found.stdout.splitlines()[:40]] == CODES
    assert last_line(found.stdout).startswith(RIGHT)
    assert ALL in last_line(found.stdout)
    assert "Rukun Park" in found.stdout


def test_the_last_sentence_is_said_in_indonesian_too(record):
    found = verify(record, "--language", "id")
    assert found.returncode == 0
    assert last_line(found.stdout).startswith("Hasilnya benar")


def test_one_changed_byte_is_a_numbered_finding(record, tmp_path):
    changed = tmp_path / "changed.suara"
    octets = bytearray(record.read_bytes())
    octets[place_in(record, "ballots/tile/entries/")] ^= 1
    changed.write_bytes(octets)
    found = verify(changed)
    assert found.returncode == 1
    assert "FAIL V10" in found.stdout
    assert last_line(found.stdout).startswith(WRONG)


def place_in(record, folder) -> int:
    """A place in the middle of the first file of this folder, which is stored unpacked."""
    with zipfile.ZipFile(record) as archive:
        inside = next(each for each in archive.infolist() if each.filename.startswith(folder))
    return inside.header_offset + 30 + len(inside.filename) + inside.compress_size // 2


def test_machines_get_one_verdict_for_each_check(record):
    found = verify(record, "--json")
    assert found.returncode == 0
    verdicts = json.loads(found.stdout)
    assert [each["code"] for each in verdicts] == CODES
    assert all(each["ok"] is True and each["message"] for each in verdicts)


def test_the_record_can_be_checked_where_it_is_served(city, visitor_of):
    """By the files one by one, at the address under which the living site publishes them."""
    device = visitor_of(locale="en-GB")
    device.page.goto(RESULT)
    manifest = device.page.get_by_role("link", name="manifest.json").get_attribute("href")
    found = verify(city.origin + manifest.removesuffix("manifest.json"))
    assert (found.returncode, found.stderr) == (0, "")
    assert last_line(found.stdout).startswith(RIGHT)


def test_the_command_on_the_page_is_the_one_that_works(city, visitor_of):
    device = visitor_of(locale="en-GB")
    device.page.goto(RESULT)
    words = device.page.locator("pre", has_text="suara verify").inner_text().split()
    assert words[:2] == ["suara", "verify"]
    assert words[2].startswith(city.origin)
    assert verify(words[2]).returncode == 0


def test_an_unpacked_folder_is_as_good(record, tmp_path):
    with zipfile.ZipFile(record) as archive:
        archive.extractall(tmp_path / "record")
    found = verify(tmp_path / "record")
    assert found.returncode == 0
    (tmp_path / "record" / "result.json").unlink()
    assert verify(tmp_path / "record").returncode in {1, 2}
