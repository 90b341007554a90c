"""Journey 5: another device opens the ballot that lies in the box, and shows what it says."""

import json
import re
from itertools import product

import pytest
import segno

from tests.journeys import judging
from tests.journeys.voting import RANKED, STREET, Voter, open_hall
from tests.participation.votes.hall import address

pytestmark = pytest.mark.browser

OPENED = "Your ballot says"
WRONG = "Vote again, and report it"
SQUARE = re.compile(r"M(\d+) (\d+)h1v1h-1z")
QUIET = 4  # modules around the code

DISHONEST = """addEventListener("click", (event) => {
  if (event.target.textContent !== "Send my vote") return;
  const marks = [...document.querySelectorAll("[type=radio]")];
  marks.find((each) => !each.checked).checked = true;
}, true);"""
"""A device that shows one choice for confirmation and seals another."""

SEEING = """globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return [{ rawValue: "https://other.example" }, { rawValue: CODE }]; }
};
const film = async () => document.createElement("canvas").captureStream();
navigator.mediaDevices.getUserMedia = film;
HTMLMediaElement.prototype.play = async () => {};"""
"""A browser that reads codes, and a camera that sees one."""


@pytest.fixture
def voter_of(live, device_of, tmp_path):
    """Makes voters who have checked in and stand in the booth."""
    halls = []

    def make(proposal=STREET, name="ani", script=""):
        if not halls:
            opened = open_hall(live, proposal)
            halls.append((opened, opened.__enter__()))
        device = device_of(locale="en-GB").sign_in(address(name))
        if script:
            device.context.add_init_script(script)
        return Voter(halls[0][1], device, tmp_path).check_in().enter_booth()

    yield make
    for opened, _hall in halls:
        opened.__exit__(None, None, None)


def code_of(voter) -> str:
    """The text under the picture, which the voter opens."""
    voter.page.get_by_text("Check with a second device", exact=True).click()
    shown = voter.page.locator("[data-slot=check-code]", has_text="suara-check.")
    return str(shown.inner_text())


def ask(device, code):
    """Opens the page, pastes the code, presses the button."""
    device.page.goto("/en/second-device")
    device.page.get_by_label("The code that the device you voted with shows").fill(code)
    return device.press("Show my ballot")


def choices(device) -> list[str]:
    """The choices that are shown, each in words."""
    return device.page.locator("[data-slot=choices] dd").all_inner_texts()


def faults(page) -> list[str]:
    judging.learn_axe(page)
    told = [*judging.axe(page), *judging.dark(page), *judging.narrow(page)]
    return [*told, *judging.identity(page, "en")]


def test_the_second_device_shows_the_right_choice_and_code(voter_of, device_of):
    """A34: the limit of the check is said, and what to compare against it."""
    voter = voter_of().choose("Yes, close it").send()
    second = device_of(locale="en-GB")
    ask(second, code_of(voter)).sees(OPENED)
    assert choices(second) == ["Yes, close it"]
    assert second.page.locator(".code:visible").inner_text() == voter.code
    assert faults(second.page) == []
    second.page.get_by_text("What this device has checked").click()
    assert second.page.locator(".ticks li").count() == 10
    assert (
        "no two tracking codes may be equal" in second.page.locator("#second-device").inner_text()
    )
    second.press("Yes, both are right").sees("Your ballot says what you meant")
    assert faults(second.page) == []
    assert second.wrong == []


def test_ranks_are_shown_in_their_order(voter_of, device_of):
    voter = voter_of(RANKED)
    for place, option in enumerate(("Kenanga", "Melati"), 1):
        voter.page.get_by_label(option).select_option(str(place))
    voter.send()
    second = device_of(locale="en-GB")
    ask(second, code_of(voter)).sees(OPENED)
    assert choices(second) == ["1. Kenanga", "2. Melati"]


def test_a_device_that_seals_another_choice_is_found_out(voter_of, device_of):
    """A35: malware flips the choice after its owner has looked at it."""
    voter = voter_of(script=DISHONEST).choose("Yes, close it").send()
    second = device_of(locale="en-GB")
    ask(second, code_of(voter)).sees(OPENED)
    assert choices(second) == ["No"], "what was sealed is shown, not what was said"
    second.press("No, something is different").sees(WRONG)
    assert second.page.locator(".code:visible").inner_text() == voter.code
    told = second.page.locator("[data-screen=wrong] li").all_inner_texts()
    assert told[0].startswith("Vote again before the close")
    assert "tell the organisers and the observers" in told[-1]
    assert faults(second.page) == []


def test_a_secret_that_does_not_open_the_ballot_leads_to_voting_again(voter_of, device_of):
    """A36: what nobody can open is no good ballot."""
    voter = voter_of().choose("No").send()
    code = code_of(voter)
    flipped = code[:-3] + ("A" if code[-3] != "A" else "B") + code[-2:]
    second = device_of(locale="en-GB")
    ask(second, flipped).sees(WRONG)
    assert second.page.locator("[data-slot=broken]").inner_text().startswith("What did not hold:")


def test_what_is_no_code_or_no_ballot_is_said_and_can_be_put_right(voter_of, device_of):
    voter = voter_of().choose("No").send()
    code = code_of(voter)
    second = device_of(locale="en-GB")
    ask(second, code.rpartition(".")[0])
    second.page.get_by_text("This is not the code of a ballot.").wait_for()
    head, eid, _hash, secret = code.split(".")
    ask(second, f"{head}.{eid}.{eid}.{secret}")
    second.page.get_by_text("The ballot is not there.").wait_for()
    assert faults(second.page) == []
    ask(second, code).sees(OPENED)


def test_the_picture_holds_the_code_and_nothing_tells_the_server(voter_of, live):
    """Drawn on the device and gone when it is closed; the same picture as another library's."""
    voter = voter_of().choose("No").send()
    before = len(live.arrived)
    code = code_of(voter)
    picture = voter.page.locator(".check-picture")
    drawn = {
        (int(x) - QUIET, int(y) - QUIET)
        for x, y in SQUARE.findall(picture.locator("path").get_attribute("d"))
    }
    assert any(drawn == squares(code, *way) for way in product("mqh", range(8)))
    assert not any(code.split(".")[-1] in each.path for each in live.arrived)
    assert not [each for each in live.arrived[before:] if each.method == "POST"]
    assert "://" not in code
    assert voter.faults() == []
    voter.page.get_by_text("Check with a second device", exact=True).click()
    voter.page.locator(".check-picture").wait_for(state="detached")
    assert voter.page.locator("[data-slot=check-code]").text_content() == ""


def squares(text: str, error: str, mask: int) -> set[tuple[int, int]]:
    """The dark modules of a code as another library draws it."""
    options = {"mode": "byte", "encoding": "utf-8", "eci": True, "boost_error": False}
    made = segno.make(text, error=error, mask=mask, micro=False, **options)
    return {(x, y) for y, row in enumerate(made.matrix) for x, dark in enumerate(row) if dark}


def test_the_saved_page_works_by_itself_from_anywhere(voter_of, device_of, live, tmp_path):
    """One file, opened from a disc, asks the site that its reader names."""
    voter = voter_of().choose("Yes, close it").send()
    code = code_of(voter)
    second = device_of(locale="en-GB")
    second.page.goto("/en/second-device")
    with second.page.expect_download() as download:
        second.press("Save this page")
    place = tmp_path / download.value.suggested_filename
    download.value.save_as(place)
    assert re.findall(r'(?:src|href)="(?!#)', place.read_text("utf-8")) == [], (
        "nothing from outside"
    )
    other = device_of(locale="en-GB")
    other.page.goto(place.as_uri())
    assert faults(other.page) == []
    other.page.get_by_label("The code that the device you voted with shows").fill(code)
    other.press("Show my ballot")
    other.page.get_by_text("This is not the address of a site.").wait_for()
    other.page.get_by_label("Address of the site where the vote is").fill(live.origin)
    other.press("Show my ballot").sees(OPENED)
    assert choices(other) == ["Yes, close it"]
    assert other.wrong == []
    other.press("Bahasa Indonesia").sees("Baca kodenya")
    assert other.page.locator("html").get_attribute("lang") == "id"


def test_a_browser_with_a_code_reader_scans_with_its_camera(voter_of, device_of):
    """Chromium on this machine has none, so its place is taken by one that sees the code."""
    voter = voter_of().choose("No").send()
    code = json.dumps(code_of(voter))
    second = device_of(locale="en-GB")
    second.context.add_init_script(SEEING.replace("CODE", code))
    second.page.goto("/en/second-device")
    second.press("Scan it with the camera").sees(OPENED)
    assert choices(second) == ["No"]


def test_only_this_page_may_use_the_camera(live):
    client = live.app.test_client()
    policies = {
        path: client.get(path).headers["Permissions-Policy"]
        for path in ("/second-device", "/verify")
    }
    assert "camera=(self)" in policies["/second-device"]
    assert "camera=()" in policies["/verify"]
