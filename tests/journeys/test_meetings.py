"""Journey 2, at a meeting: read about it, come, be heard, see what became of it; and the desk."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import expect
from sqlmodel import select

from participation.consultations.services import Moment
from participation.core.access import Role
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.services import confirm_entry
from tests.factories.consultations import City
from tests.participation.people import make_person

pytestmark = pytest.mark.browser

DRAFT = "/id/consultations/pengelolaan-sampah-dari-rumah"
DESK = {"width": 1280, "height": 900}
BEGINS = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def town(live, clock):
    """A consultation open for comments, its officer and a colleague."""
    clock.moment = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    with live.database.transaction() as session:
        city = City(session)
        city.opened()
        return city.officer, make_person(session, "Wulan", Role.OFFICER)


def test_from_the_draft_to_the_calendar_and_the_minutes(visitor_of):
    phone = visitor_of(java_script_enabled=False)
    page = phone.page
    page.goto(DRAFT)
    page.get_by_role("link", name="Pertemuan: Rembuk warga Kelurahan Melati").click()
    for words in ("WIB", "Aula Kelurahan Melati", "Pasal 15 ayat (1)", "4 orang ingin datang"):
        expect(page.locator("main")).to_contain_text(words)
    address = page.get_by_role("link", name="Masukkan ke kalender saya").get_attribute("href")
    file = page.request.get(address)
    (found,) = Calendar.from_ical(file.body()).walk("VEVENT")
    assert found["summary"] == "Rembuk warga Kelurahan Melati"
    assert found["dtend"].dt - found["dtstart"].dt == timedelta(hours=2, minutes=30)
    page.goto("/id/meetings")
    phone.press("Rembuk warga Pasar Legi")
    expect(page.locator("main")).to_contain_text("37 orang datang")
    page.get_by_role("link", name="menunggu jawaban").first.click()
    expect(page.locator("main")).to_contain_text("Bu Karsinah, pedagang ikan")
    assert not phone.wrong


def test_whoever_signs_in_first_says_then_that_they_come(visitor_of, demonstration):
    phone = visitor_of(java_script_enabled=False)
    page = phone.page
    page.goto("/id/meetings")
    phone.press("Rembuk warga Kelurahan Melati").press("Saya akan datang")
    email, password = demonstration.sign_in("sri")
    page.locator("#email").fill(email)
    page.locator("#password").fill(password)
    page.locator("main button[type=submit]").first.click()
    phone.press("Saya akan datang")
    expect(page.locator("main")).to_contain_text("Anda akan datang. Sejauh ini 5 orang")
    phone.press("Saya tidak jadi datang")
    expect(page.locator("main")).to_contain_text("Sejauh ini 4 orang")


def announce(device):
    """Draws a meeting with two items up, puts the second first, and announces it."""
    page = device.page
    page.goto("/en/desk/meetings/new")
    for label, words in (
        ("Title", "Rembuk sumur"),
        ("Begins", "2026-11-25T09:00"),
        ("Ends", "2026-11-25T11:00"),
        ("Place", "Balai RW 3"),
        ("Address", "Jalan Melati 7"),
    ):
        page.get_by_label(label, exact=True).fill(words)
    device.press("Save").sees("Agenda")
    for title in ("Lain-lain", "Waktu buka"):
        page.get_by_label("What is talked about").fill(title)
        page.get_by_label("Clause it is about").select_option("pasal-2-ayat-1")
        device.press("Add")
    page.get_by_role("button", name="Up Waktu buka").click()
    expect(page.locator("#agenda-items li").first).to_contain_text("Waktu buka")
    device.press("Announce the meeting")


def test_an_officer_announces_minutes_and_publishes(live, town, clock, device_of):
    officer, colleague = town
    device = device_of(viewport=DESK).sign_in("p1@example.id")
    page = device.page
    announce(device)

    clock.moment = BEGINS + timedelta(hours=3)
    page.reload()
    device.press("Write the minutes")
    page.get_by_label("How many people came?").fill("14")
    page.get_by_label("Summary: Waktu buka").fill("Setengah ter")
    page.goto("/en/desk")
    page.go_back()
    page.reload()
    expect(page.get_by_label("Summary: Waktu buka")).to_have_value("Setengah ter")
    page.get_by_label("Summary: Waktu buka").fill("Dibuka sampai malam.")
    page.get_by_label("Summary: Lain-lain").fill("Tidak ada.")
    device.press("Save")
    page.get_by_role("link", name="Write down what somebody said").first.click()
    page.get_by_text("Idea", exact=True).click()
    page.get_by_label("What was said").fill("Pasang lampu.")
    device.press("Write down").press("See what everybody will read").press("Publish the minutes")
    expect(page.locator("main")).to_contain_text("1 contribution waits for a second person")

    with live.database.transaction() as session:
        entry = session.exec(select(IntakeEntry)).one()
        batch = session.get_one(IntakeBatch, entry.batch_id)
        moment = Moment(clock(), clock().date())
        confirm_entry(session, colleague, batch, entry, seen=entry.revision, moment=moment)
    reader = device_of()
    reader.page.goto("/en/meetings")
    reader.press("Rembuk sumur")
    expect(reader.page.locator("main")).to_contain_text("What became of it: waiting for an answer")
    assert officer.name in reader.page.locator("main").inner_text()
    assert not device.wrong
