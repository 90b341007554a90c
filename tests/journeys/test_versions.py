"""Journey 3, second half: a new version from a Word document, and what a resident sees of it."""

import docx
import pytest
from playwright.sync_api import expect

from participation.core.access import Role
from tests.factories.consultations import TEXT, City
from tests.journeys import judging
from tests.journeys.living import PHONE
from tests.participation.people import make_person

pytestmark = pytest.mark.browser

DESK = "/desk/consultations/pemakaian-sumur"
HERE = "/consultations/pemakaian-sumur"
WIDE = {"width": 1280, "height": 900}
NEW = (
    TEXT.replace("Dilarang mandi di sumur.", "Dilarang keras mencuci di dekat sumur.")
    .replace("Sumur dibuka setiap hari.", "Sumur dibuka setiap hari kerja.")
    .replace("Pasal 1\nSumur adalah lubang yang berisi air.\n", "Pasal 1\nTimba ialah ember.\n")
)


@pytest.fixture
def begun(live):
    """An open consultation with a comment, and an officer with an account."""
    with live.database.transaction() as session:
        city = City(session)
        found = city.opened()
        city.comment(found, "Boleh mandi pagi?", clause_id="pasal-3")
        city.comment(found, "Lubang apa?", clause_id="pasal-1")
        make_person(session, "Ratna", Role.OFFICER)


@pytest.fixture
def draft(tmp_path):
    """The new text as a Word document with another name."""
    document = docx.Document()
    for line in NEW.split("\n"):
        document.add_paragraph(line)
    document.save(tmp_path / "rancangan.docx")
    return tmp_path / "rancangan.docx"


def looks_right(device, name, pictures):
    """Judges the page that is open in both languages, on a phone and on a desk."""
    page, path = device.page, device.page.url.split("/", 4)[4]
    for language in ("en", "id"):
        page.goto(f"/{language}/{path}")
        for viewport in (WIDE, PHONE):
            page.set_viewport_size(viewport)
            judging.learn_axe(page)
            assert not judging.axe(page)
            assert not judging.dark(page)
            picture = pictures / f"versions-{name}-{language}-{viewport['width']}.png"
            page.screenshot(path=picture, full_page=True)
        assert not judging.narrow(page)
        assert not judging.identity(page, language)
    page.goto(f"/en/{path}")
    page.set_viewport_size(WIDE)


def test_from_a_word_document_to_then_and_now(begun, draft, device_of, clock, tmp_path):
    clock.move(minutes=5)
    officer = device_of(viewport=WIDE).sign_in("ratna@example.id")
    officer.page.goto(f"/en{DESK}")
    officer.press("New version of the draft")
    officer.page.get_by_label("Or a file").set_input_files(draft)
    officer.press("Import and preview").sees("What was found")
    officer.press("Compare with the published version").sees("Which clause is which")
    expect(officer.page.get_by_role("button", name="Publish version 2")).to_be_disabled()
    looks_right(officer, "matching", tmp_path)
    officer.press("Save: these are right")
    expect(officer.page.get_by_text("Every doubtful clause was checked.")).to_be_visible()
    officer.press("Publish version 2")
    expect(officer.page.get_by_text("Version 2 is published.")).to_be_visible()
    assert not officer.wrong

    resident = device_of(viewport=WIDE)
    resident.page.goto(f"/en{HERE}")
    resident.press("What changed").sees("Versions of the draft")
    looks_right(resident, "list", tmp_path)
    resident.press("Version 2").sees("Pasal 3 edited")
    expect(resident.page.locator("del", has_text="mandi")).to_be_visible()
    looks_right(resident, "changes", tmp_path)
    resident.page.goto(f"/en{HERE}/clauses/pasal-3")
    looks_right(resident, "clause", tmp_path)
    resident.press("The text changed since: then and now")
    expect(resident.page.locator("ins", has_text="keras")).to_be_visible()
    looks_right(resident, "then-and-now", tmp_path)
    resident.page.goto(f"/en{HERE}/removed-clauses")
    looks_right(resident, "gone", tmp_path)
    resident.press("Pasal 1")
    expect(resident.page.get_by_text("Lubang apa?").first).to_be_visible()
    expect(resident.page.get_by_text("This clause left the draft with version 2.")).to_be_visible()
    looks_right(resident, "gone-clause", tmp_path)
    assert not resident.wrong
