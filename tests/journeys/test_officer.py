"""Journey 3: an officer brings a draft from a file to an official answer."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from participation.core.access import Role
from participation.demo import texts
from tests.participation.people import make_person
from tests.places import shared

pytestmark = pytest.mark.browser

FACTS = {
    "Title": "Sampah dari rumah",
    "Kind of document": "Rancangan Peraturan Wali Kota",
    "Office in charge": "Dinas Lingkungan Hidup",
    "Who decides": "Wali Kota Lembayung",
    "Summary in plain words": "Setiap rumah memilah sampah menjadi **tiga**.",
    "Comments open on": "2026-11-20",
    "Last day for comments": "2026-12-02",
    "Answers until": "2026-12-20",
    "Decision until": "2027-01-31",
}
HERE = "/en/consultations/sampah-dari-rumah"
DESK = "/en/desk/consultations/sampah-dari-rumah"
ARTICLES = re.compile(r"^Pasal \d+$|^#+ Pasal \d+", re.MULTILINE)


@pytest.fixture
def people(live):
    """An officer and a resident, with accounts."""
    with live.database.transaction() as session:
        for name, role in (("Ratna", Role.OFFICER), ("Sri", Role.RESIDENT)):
            make_person(session, name, role)


@pytest.fixture
def officer(people, device_of):
    """The officer's computer, signed in, with a consultation begun from the front page."""
    device = device_of(viewport={"width": 1280, "height": 900}).sign_in("ratna@example.id")
    device.page.goto("/en/")
    device.press("Desk")
    if device.page.url.endswith("/desk"):
        device.page.get_by_role("main").get_by_role("link", name="Consultations").first.click()
    device.press("New consultation")
    for label, words in FACTS.items():
        device.page.get_by_label(label).fill(words)
    device.press("Save")
    return device.sees("Text of the draft")


def hand_in(officer, file: Path):
    """Imports a file and waits for the preview."""
    officer.page.get_by_label("Or a file").set_input_files(file)
    officer.press("Import and preview")
    officer.sees("What was found")


def number_of_articles(officer) -> int:
    """What the preview says was found."""
    return int(officer.page.locator(".figures b").first.inner_text())


@pytest.mark.parametrize(("law", "articles"), [("uu-2008-14", 64), ("uu-2022-27", 76)])
def test_a_real_law_is_understood(officer, law, articles):
    hand_in(officer, shared(f"law-id/{law}.md"))
    assert number_of_articles(officer) == articles
    tree = officer.page.locator(".tree")
    tree.get_by_text("Bab II", exact=False).first.click()
    expect(tree.get_by_role("heading", name=re.compile(r"^Pasal 3\b")).first).to_be_visible()
    assert not officer.wrong


def test_a_file_that_is_no_text_is_refused_with_its_line(officer, tmp_path):
    odd = tmp_path / "rancangan.txt"
    odd.write_bytes(b"Pasal 1\nSatu.\nPasal \xff2\n")
    officer.page.get_by_label("Or a file").set_input_files(odd)
    officer.press("Import and preview")
    expect(officer.page.get_by_role("alert")).to_contain_text("line 3 holds signs")


def test_from_a_file_over_publishing_to_an_answer(officer, device_of, tmp_path):
    draft = tmp_path / "rancangan.md"
    draft.write_text(texts.text("draft.md"), encoding="utf-8")
    hand_in(officer, draft)
    assert number_of_articles(officer) == len(ARTICLES.findall(draft.read_text())) > 10
    expect(officer.page.get_by_text("Every line found its place.")).to_be_visible()
    assert device_of().page.goto(HERE).status == 404  # nobody outside sees it yet

    officer.press("To publishing").press("Publish and announce").press("Open for comments")
    expect(officer.page.locator("li[aria-current=step]")).to_contain_text("Comments")
    resident = device_of().sign_in("sri@example.id")
    comment(resident, "pasal-3-ayat-1", "Siapa yang membayar wadahnya?")
    expect(resident.page.locator("#said")).to_have_text("1 comment")

    officer.page.goto(DESK)
    expect(officer.page.locator(".coverage-figure")).to_contain_text("0 answered")
    officer.press("Answer 1 comment")
    officer.page.get_by_role("link", name="Answer this Sri").click()
    assert officer.page.get_by_label("Your name").input_value() == "Ratna"
    officer.page.get_by_text("Question answered", exact=True).click()
    officer.page.get_by_label("Answer", exact=True).fill("Kota yang membayar.")
    officer.press("Publish answer")
    expect(officer.page.get_by_role("heading", name="Nothing waits")).to_be_visible()

    resident.page.reload()
    answer = resident.page.locator("article.said .answer")
    expect(answer).to_contain_text("Ratna, Dinas Lingkungan Hidup")
    expect(answer).to_contain_text("Kota yang membayar.")
    resident.page.goto(HERE)
    expect(resident.page.locator(".coverage-figure")).to_contain_text("1 comment: 1 answered")


def comment(resident, clause, words):
    """Writes a question about a clause."""
    resident.page.goto(f"{HERE}/clauses/{clause}")
    resident.page.get_by_text("Question", exact=True).click()
    resident.page.get_by_label("Your comment").fill(words)
    resident.press("Send comment")
    expect(resident.page.locator("article.said", has_text=words)).to_be_visible()
