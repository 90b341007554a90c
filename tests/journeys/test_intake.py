"""Journey 2: a resident without internet: a form with a code, two officers, an answer.

Typing is done by keyboard alone; a lost connection and scripts switched off lose nothing.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from participation.comments.models import Comment
from participation.consultations.queries import consultation
from participation.core.access import Role
from tests.factories.consultations import City
from tests.journeys import judging
from tests.journeys.crawl import LANGUAGES

pytestmark = pytest.mark.browser

DESK = "/desk/intake/pemakaian-sumur"
CLAUSE = "/consultations/pemakaian-sumur/clauses/pasal-2-ayat-1"
WORDS = "Sumur kami kering sejak pabrik es dibuka. Tolong dibuka lebih pagi."
TYPIST, CHECKER = "p1@example.id", "p3@example.id"
SIZES = {"390": {"width": 390, "height": 844}, "1280": {"width": 1280, "height": 900}}
PICTURES = os.environ.get("SUARA_PICTURES", "")


@pytest.fixture
def city(live):
    """An open consultation, an officer who types and one who compares."""
    with live.database.transaction() as session:
        made = City(session)
        made.person("Bambang Sutejo", Role.OFFICER)
        made.opened()
    return made


def judge(device, path, name, languages=LANGUAGES):
    """The page is good in both languages and sizes; takes its picture where asked."""
    page, size = device.page, device.page.viewport_size
    for language in languages:
        for width, box in SIZES.items():
            page.set_viewport_size(box)
            page.goto(f"/{language}{path}")
            judging.learn_axe(page)
            if PICTURES:
                place = Path(PICTURES) / f"intake-{name}-{language}-{width}.png"
                page.screenshot(path=place, full_page=True)
            found = [*judging.axe(page), *judging.narrow(page)]
            assert not found, f"{path} in {language}: {found}"
    page.set_viewport_size(size)
    page.goto(f"/en{path}")


def here(device):
    """The path of the open page, without its language."""
    return "/" + device.page.url.split("?")[0].split("/", 4)[4]


def printed(device):
    """Makes two forms; the code of the first, and how many sheets of A4 they are."""
    page = device.page
    judge(device, "/desk/intake", "index")
    page.goto(f"/en{DESK}")
    page.get_by_label("How many forms").fill("2")
    device.press("Make forms")
    page.wait_for_url("**/desk/intake/forms/*")
    judge(device, here(device), "forms", ["id"])
    code = page.locator(".a4-code .code").first.inner_text()
    sheets = page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
    if PICTURES:
        (Path(PICTURES) / "intake-forms.pdf").write_bytes(
            page.pdf(format="A4", prefer_css_page_size=True)
        )
    return code, sheets


def begin(device):
    """Begins a pile; its path."""
    page = device.page
    judge(device, DESK, "draft")
    page.get_by_text("Paper forms", exact=True).click()
    page.get_by_label("Received on").fill("2026-11-18")
    page.get_by_label("Name of the pile").fill("Balai RW 03, Rabu")
    device.press("Begin")
    page.wait_for_url("**/batches/*")
    return here(device)


def type_row(page, code, name):
    """One row by keyboard alone, from the field where the page puts the cursor."""
    keys = page.keyboard
    expect(page.get_by_label("Code on the form")).to_be_focused()
    keys.type(code)
    keys.press("Tab")
    keys.type("ps 2 (1)")
    keys.press("Tab")
    keys.press("Space")
    keys.press("ArrowRight")
    keys.press("Tab")
    keys.type(WORDS)
    keys.press("Tab")
    keys.type(name)
    if not name:
        keys.press("Tab")
        keys.press("Space")
    page.get_by_role("button", name="Keep it, next one").focus()
    keys.press("Enter")


def lose_the_connection(device, live, pile):
    """Half a row is typed when the line breaks; it stands there again afterwards."""
    page = device.page
    page.get_by_label("The words").fill("Setengah jalan")
    live.is_down = True
    device.press("Keep it, next one")
    live.is_down = False
    page.goto(f"/en{pile}")
    expect(page.get_by_label("The words")).to_have_value("Setengah jalan")
    device.wrong.clear()
    page.get_by_label("The words").fill("")


def compare(page):
    """Publishes the first entry, sends the second one back."""
    paper = page.get_by_role("article", name="Number 1")
    expect(paper).to_contain_text(WORDS)
    paper.get_by_role("button", name="The same as on the paper: publish").click()
    second = page.get_by_role("article", name="Number 2")
    second.get_by_text("Something does not match").click()
    second.get_by_label("What does not match?").fill("Di kertas tertulis Pasal 3.")
    second.get_by_role("button", name="Send back").click()
    expect(page.get_by_role("status")).to_contain_text("Number 2 is sent back")


def test_from_a_printed_form_to_the_answer(city, live, device_of):
    typist = device_of(viewport=SIZES["1280"]).sign_in(TYPIST)
    code, sheets = printed(typist)
    assert sheets == 2
    pile, page = begin(typist), typist.page
    type_row(page, code, "Mbah Karto")
    expect(page.get_by_role("heading", name="1 entry is typed")).to_be_visible()
    type_row(page, "", "")
    expect(page.get_by_role("heading", name="2 entries are typed")).to_be_visible()
    assert not page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length")

    lose_the_connection(typist, live, pile)
    judge(typist, pile, "typing")
    typist.press("Hand over to a colleague")
    expect(page.get_by_role("status")).to_contain_text("Handed over")

    resident = device_of()
    judge(resident, f"/k/{code}", "checked")
    expect(resident.page.get_by_text("Being checked")).to_be_visible()

    checker = device_of(viewport=SIZES["1280"]).sign_in(CHECKER)
    judge(checker, "/desk", "desk")
    judge(checker, f"{pile}/check", "check")
    compare(checker.page)

    page.goto(f"/en{pile}")
    typist.press("Correct number 2")
    page.wait_for_url("**/entries/*")
    judge(typist, here(typist), "correct")
    typist.press("Keep the correction")
    expect(page.get_by_role("status")).to_contain_text("It is typed again")

    resident.page.goto(f"/en{CLAUSE}")
    expect(resident.page.locator("article.said")).to_contain_text("handed in on paper, 18 Nov")
    with live.database.transaction() as session:
        comment = session.scalars(select(Comment)).one()
        found = consultation(session, "pemakaian-sumur")
        city.session = session
        city.answer(found, comment, "Kami buka pukul lima.")
    judge(resident, f"/k/{code}", "answered")
    expect(resident.page.get_by_text("Kami buka pukul lima.")).to_be_visible()
    judge(typist, f"/desk/intake/codes/{code}/letter", "letter")
    assert not typist.wrong
    assert not checker.wrong
    assert not resident.wrong


def test_a_resident_looks_a_code_up_on_a_phone(city, device_of):
    resident = device_of()
    judge(resident, "/k", "lookup")
    resident.page.get_by_label("Code on the form").fill("7k3m qxwa 9dfz")
    resident.press("Look")
    expect(resident.page.locator("#code-error")).to_be_visible()
    judge(resident, "/k?code=7k3m", "slip")
