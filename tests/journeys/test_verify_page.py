"""Journey 6: an observer recounts a vote in their own browser, and passes the report on."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from tests.journeys import judging
from tests.journeys.voting import STREET, Voter, open_hall
from tests.participation.votes.hall import address

pytestmark = pytest.mark.browser

RESULT = "/en/votes/nama-taman-baru-di-tepi-kali-wening/result"
CODES = [f"V{number:02}" for number in range(1, 41)]
RIGHT = "The result is right"
WRONG = "Do not trust this record"
WHOLE = "40 of 40 checks passed"
A_MINUTE = 60_000  # milliseconds


@pytest.fixture(scope="module")
def record(chromium, city, tmp_path_factory) -> Path:
    """The record of the finished vote, as the result's page gives it away."""
    context = chromium.new_context(base_url=city.origin, accept_downloads=True)
    page = context.new_page()
    page.goto(RESULT)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the record").click()
    place = tmp_path_factory.mktemp("record") / "park.suara"
    download.value.save_as(place)
    context.close()
    return place


def verdict(device) -> str:
    """The sentence in which the checking ends, once it is there and has the focus."""
    device.page.locator("#screen-run.verdict").wait_for(timeout=A_MINUTE)
    assert device.page.evaluate("document.activeElement.id") == "screen-run"
    return str(device.page.locator("#screen-run").inner_text())


def signs(device) -> dict[str, str]:
    """What is said of each check: passed, failed, or evidence is missing."""
    lines = device.page.locator(".checks li").all()
    return {
        line.locator(".no").inner_text(): line.locator(".unseen").inner_text().strip(": ")
        for line in lines
    }


def faults(page, language="en") -> list[str]:
    judging.learn_axe(page)
    told = [*judging.axe(page), *judging.dark(page), *judging.narrow(page)]
    return [*told, *judging.identity(page, language)]


def saved(device, button, folder) -> str:
    with device.page.expect_download() as download:
        device.press(button)
    place = folder / download.value.suggested_filename
    download.value.save_as(place)
    return place.read_text("utf-8")


def choose(device, *files):
    """Hands a record, and files beside it, to the page."""
    device.page.locator("#record-file").set_input_files(files[0])
    if files[1:]:
        device.page.get_by_text("Did you vote? Add your own files").click()
        device.page.locator("#beside-files").set_input_files([str(each) for each in files[1:]])
    return device.press("Start checking")


def changed(record, folder) -> Path:
    """The record with one byte of the ballot box changed."""
    with zipfile.ZipFile(record) as archive:
        names = archive.infolist()
        inside = next(e for e in names if e.filename.startswith("ballots/tile/entries/"))
    octets = bytearray(record.read_bytes())
    octets[inside.header_offset + 30 + len(inside.filename) + inside.compress_size // 2] ^= 1
    place = folder / "changed.suara"
    place.write_bytes(octets)
    return place


def test_from_a_result_to_forty_of_forty_by_two_presses(visitor_of, city, tmp_path):
    device = visitor_of(locale="en-GB")
    device.page.goto(RESULT)
    device.press("Recount in your browser").sees("Recount here, in your own browser")
    assert "eid=" in device.page.url
    assert faults(device.page) == []
    device.press("Start checking")
    assert verdict(device).startswith(RIGHT)
    assert list(signs(device)) == CODES
    assert set(signs(device).values()) == {"passed"}
    told = device.page.locator("#verifier").inner_text()
    assert WHOLE in told
    assert "Rukun Park" in told
    assert "A name for the new park by Kali Wening" in told
    assert faults(device.page) == []
    assert device.wrong == []
    device.press("Check another record").sees("Recount here, in your own browser")


def test_a_file_is_checked_and_never_leaves_the_device(visitor_of, city, record, tmp_path):
    device = visitor_of(locale="en-GB")
    device.page.goto("/en/verify")
    device.page.wait_for_load_state("networkidle")
    city.arrived.clear()
    choose(device, record)
    assert verdict(device).startswith(RIGHT)
    asked = [each.path for each in city.arrived]
    assert all("verify/worker" in path for path in asked), asked

    text = saved(device, "Save it as text", tmp_path)
    assert hashlib.sha256(record.read_bytes()).hexdigest() in text
    assert "ok   V40" in text
    assert text.strip().splitlines()[-1] == device.page.locator("#screen-run").inner_text()
    report = json.loads(saved(device, "Save it as JSON", tmp_path))
    assert [each["code"] for each in report["verdicts"]] == CODES
    assert report["checked"]["record"] == "park.suara"


def test_the_report_can_be_copied(visitor_of, record):
    device = visitor_of(locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
    device.page.goto("/en/verify")
    choose(device, record)
    verdict(device)
    device.press("Copy the report")
    device.page.get_by_text("The report is in your clipboard").wait_for()
    assert RIGHT in device.page.evaluate("navigator.clipboard.readText()")


def test_one_changed_byte_is_found_and_named(visitor_of, record, tmp_path):
    device = visitor_of(locale="en-GB")
    device.page.goto("/en/verify")
    choose(device, changed(record, tmp_path))
    assert verdict(device).startswith(WRONG)
    assert signs(device)["V10"] == "failed"
    found = device.page.locator("[data-slot=findings] li").first.inner_text()
    assert found.startswith("V10 roots and tiles")
    assert faults(device.page) == []


def test_a_running_vote_lacks_evidence_and_nothing_is_wrong(visitor_of):
    device = visitor_of()
    device.page.goto("/id/verify")
    device.page.get_by_text("Jalan Kenanga", exact=False).first.click()
    device.press("Mulai memeriksa")
    assert verdict(device).startswith("Tidak ditemukan kesalahan")
    assert "gagal" not in signs(device).values()
    assert signs(device)["V34"] == "buktinya belum ada"
    assert faults(device.page, "id") == []


def test_what_is_no_record_is_said(visitor_of, tmp_path):
    device = visitor_of(locale="en-GB")
    device.page.goto("/en/verify")
    device.page.get_by_text("A record file").click()
    device.press("Start checking")
    assert device.page.evaluate("document.activeElement.id") == "record-file", "choose one first"
    place = tmp_path / "picture.suara"
    place.write_bytes(bytes(range(256)))
    choose(device, place).sees("There is nothing to check")
    assert faults(device.page) == []
    device.press("Back").sees("Recount here, in your own browser")


def test_a_file_is_dropped_and_all_goes_by_keyboard(visitor_of, record):
    device = visitor_of(locale="en-GB", reduced_motion="reduce")
    page = device.page
    page.goto("/en/verify")
    handle = page.evaluate_handle(
        """(octets) => { const held = new DataTransfer();
        held.items.add(new File([Uint8Array.from(octets)], "dropped.suara")); return held; }""",
        list(record.read_bytes()),
    )
    page.dispatch_event("#verifier", "drop", {"dataTransfer": handle})
    page.get_by_text("Chosen: dropped.suara").wait_for()
    page.locator("#record-file").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Start checking"
    page.keyboard.press("Enter")
    assert verdict(device).startswith(RIGHT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy the report"


def test_a_voter_finds_their_own_ballot_and_the_report_does_not_tell(live, device_of, tmp_path):
    with open_hall(live, STREET) as hall:
        device = device_of(locale="en-GB").sign_in(address("ani"))
        voter = Voter(hall, device, tmp_path)
        voter.make_key()
        key = voter.saved("Save the recovery file")
        voter.press("Go on").sees("Now check in").press("Check in").sees("You have checked in")
        voter.enter_booth().choose("Yes, close it").send()
        promise = voter.saved("Save the promise")
        hall.vote_all(budi=1)
        hall.finish()
        page = device_of(locale="en-GB")
        page.page.goto(f"/en/verify?eid={hall.vote.eid}")
        page.page.get_by_text("Did you vote? Add your own files").click()
        page.page.locator("#beside-files").set_input_files([str(key), str(promise)])
        page.press("Start checking")
        assert verdict(page).startswith(RIGHT)
        own = page.page.locator("[data-slot=own] li").all_inner_texts()
        assert "you checked in, entry" in own[0]
        assert own[1].startswith("Your ballot stands at entry")
        assert own[1].endswith("ballot box: counted.")
        assert faults(page.page) == []
        report = json.loads(saved(page, "Save it as JSON", tmp_path))
        assert "own" not in report
        assert key.name not in json.dumps(report)
        assert promise.name not in saved(page, "Save it as text", tmp_path)


def test_without_scripts_the_page_says_how_to_recount(visitor_of):
    device = visitor_of(locale="en-GB", java_script_enabled=False)
    device.page.goto("/en/verify")
    assert device.page.locator("#verifier").is_hidden()
    device.sees("Recount a result with a program of your own")
    told = device.page.locator("pre").all_inner_texts()
    assert [each.split(" ")[0] for each in told] == ["suara", "python"]


def test_a_name_that_no_election_here_has_is_not_found(city):
    client = city.app.test_client()
    assert client.get(f"/verify?eid={'A' * 43}").status_code == 404
