"""Journey 3: an officer with many comments: families, one answer to many, the matrix."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from participation.comments.ledger import queries as ledger
from participation.comments.rules import Reason
from participation.comments.services import NewAnswer
from participation.consultations import services
from participation.consultations.models import Consultation
from participation.consultations.queries import subject_of
from participation.consultations.rules import Step
from participation.consultations.services import Moment
from participation.core.access import Role
from tests.factories.consultations import NOW, City
from tests.journeys import judging

pytestmark = pytest.mark.browser

DESK = "desk/consultations/pemakaian-sumur"
HOME = "consultations/pemakaian-sumur"
SAME = "Sumur jangan dibuka sebelum pukul tujuh pagi karena banyak warga masih tidur."
SIZES = {"390": {"width": 390, "height": 844}, "1280": {"width": 1280, "height": 900}}
PICTURES = os.environ.get("SUARA_PICTURES", "")


@pytest.fixture
def town(live):
    """A consultation with thirty comments, twelve of which say nearly the same."""
    with live.database.transaction() as session:
        city = City(session)
        found = city.opened()
        for number in range(30):
            more = " Gang kami gelap." if number % 5 == 0 else ""
            same = number % 5 < 2
            body = SAME + more if same else f"Pendapat warga nomor {number} tentang hal {number}."
            city.comment(
                found,
                body,
                by=city.person(f"Warga {number}", Role.RESIDENT),
                clause_id="pasal-2-ayat-1" if same else "pasal-3",
                minutes=number,
            )
        session.flush()
        return found.id, city.officer.id


def judged(device, address):
    """Opens a page in both languages and both sizes, judges each, and takes its picture."""
    for language in ("id", "en"):
        for name, size in SIZES.items():
            device.page.set_viewport_size(size)
            device.page.goto(f"/{language}/{address}")
            judging.learn_axe(device.page)
            assert not judging.axe(device.page)
            if PICTURES:
                place = address.replace("/", "-").replace("?", "-")[:60]
                picture = Path(PICTURES) / f"{place}-{language}-{name}.png"
                device.page.screenshot(path=picture, full_page=True)


def test_from_thirty_comments_to_the_matrix(town, live, device_of):
    officer = device_of(viewport=SIZES["1280"]).sign_in("p1@example.id")
    judged(officer, f"{DESK}/waiting")
    judged(officer, f"{DESK}/families")
    page = officer.page

    page.goto(f"/en/{DESK}/families")
    expect(page.get_by_role("heading", name="12 people say nearly this")).to_be_visible()
    expect(page.get_by_text("Gang kami gelap.")).to_be_visible()
    officer.press("Answer these 12 comments")
    here = page.url
    page.get_by_label("Answer", exact=True).fill("Sumur dibuka pukul tujuh.")
    page.goto(f"/en/{DESK}/waiting")
    page.goto(here)
    expect(page.get_by_label("Answer", exact=True)).to_have_value("Sumur dibuka pukul tujuh.")
    judged(officer, here.split("/en/")[1])
    page.goto(here)
    page.get_by_text("Adopted in part", exact=True).click()
    page.get_by_label("Clause that changed because of it").select_option("Pasal 3")
    officer.press("Publish answer")
    expect(page.get_by_role("status")).to_contain_text("under 12 comments")
    assert not page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length")

    page.get_by_label("Choose this one Warga 2:").check()
    page.get_by_label("Choose this one Warga 3:").check()
    officer.press("Give them to this officer")
    expect(page.locator(".coverage-figure")).to_contain_text("2 being considered")

    with live.database.transaction() as session:
        finish(session, town)
    reader = device_of()
    for address in (HOME, f"{HOME}/clauses/pasal-2-ayat-1", f"{HOME}/matrix", f"{HOME}/outcome"):
        judged(reader, address)
    assert not officer.wrong
    assert not reader.wrong


def finish(session, town):
    """Closes, answers the rest and decides."""
    found_id, officer_id = town
    found = session.get(Consultation, found_id)
    actor = ledger.officer(session, officer_id)
    closed = Moment(NOW, date(2026, 12, 3))
    services.take_step(session, actor, found, Step.CLOSE, closed)
    rest = [each.id for each in ledger.waiting_texts(session, subject_of(found), limit=99)]
    rows = ledger.comments_of(session, subject_of(found), rest)
    new = NewAnswer(actor.name, found.office, "Di luar peraturan ini.", Reason.OUTSIDE_REACH)
    services.answer_residents(session, actor, found, rows, new, now=NOW)
    services.take_step(session, actor, found, Step.DECIDE, closed, outcome="Pukul **tujuh**.")
