"""A survey from the first question to its results: an officer asks, residents answer on phones."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from participation.core.access import Role
from participation.surveys.models import SurveySheet
from tests.factories.consultations import City
from tests.journeys import judging
from tests.journeys.crawl import LANGUAGES
from tests.participation.people import PASSWORD, Clock

pytestmark = pytest.mark.browser

HERE = "/surveys/sumur-di-kampung-anda"
DESK = f"/desk{HERE}"
OFFICER, RESIDENT = "p1@example.id", "p2@example.id"
BEFORE = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
AFTER = datetime(2026, 12, 10, 3, 0, tzinfo=UTC)
NEIGHBOURS = 5


@pytest.fixture
def clock() -> Clock:
    """The days of the consultation."""
    return Clock(BEFORE)


@pytest.fixture
def city(live):
    """An open consultation, an officer and residents."""
    with live.database.transaction() as session:
        made = City(session)
        for number in range(NEIGHBOURS):
            made.person(f"Warga {number}", Role.RESIDENT)
        made.opened()
    return made


def judge(device, path: str) -> None:
    """The page at an address is good in both languages, also on a narrow screen."""
    for language in LANGUAGES:
        device.page.goto(f"/{language}{path}")
        judging.learn_axe(device.page)
        found = [*judging.axe(device.page), *judging.narrow(device.page),
                 *judging.identity(device.page, language)]  # fmt: skip
        assert not found, f"{path} in {language}: {found}"


def add(device, kind: str, wording: str, **fields: str) -> None:
    """The officer writes one question."""
    device.press(kind)
    form = device.page.locator("#question-form")
    form.get_by_label("Question", exact=True).fill(wording)
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if name == "only_if":
            field.select_option(label=value)
        else:
            field.fill(value)
    device.press("Save").page.get_by_role("status").wait_for()


def draw_up(officer) -> None:
    """The officer draws the survey up beside the consultation, looks at it and opens it."""
    page = officer.page
    page.goto("/en/desk/consultations/pemakaian-sumur")
    officer.press("New survey beside it")
    page.get_by_label("Title", exact=True).fill("Sumur di kampung Anda")
    page.get_by_label("What it is for", exact=True).fill("Supaya jamnya cocok.")
    page.get_by_label("Office that asks", exact=True).fill("Dinas Air")
    page.get_by_label("First day for answers", exact=True).fill("2026-11-20")
    page.get_by_label("Last day for answers", exact=True).fill("2026-12-02")
    officer.press("Save").sees("Sumur di kampung Anda")
    add(officer, "One choice", "Memakai sumur?", choices="Ya\nTidak")
    add(officer, "Several choices", "Untuk apa?", choices="Minum\nMandi\nCuci", most="2",
        only_if="only after “Ya” in question 1")  # fmt: skip
    add(officer, "Scale", "Seberapa bersih?", low="kotor", high="bersih")
    add(officer, "Several rows, one choice in each", "Puas?", rows="Pagi\nMalam",
        choices="Ya\nTidak")  # fmt: skip
    add(officer, "Own words", "Apa lagi?")
    for path in (DESK, f"{DESK}/preview", f"{DESK}/details"):
        judge(officer, path)
    page.goto(f"/en{DESK}")
    officer.press("Open it").page.get_by_text("open until 2 December 2026").wait_for()


def answer(device, use: str, clean: int, words: str) -> None:
    """A resident without scripts goes through the survey, one question at a time."""
    page = device.page
    page.goto(f"/en{HERE}/questions/1")
    page.get_by_label(use, exact=True).check()
    device.press("Next")
    if use == "Ya":
        page.get_by_label("Mandi", exact=True).check()
        device.press("Next")
    page.locator(f"#q3-{clean}").check()
    device.press("Next")
    for row in range(2):
        page.locator(f"#q4_{row}-{row}").check()
    device.press("Next")
    page.locator("textarea").fill(words)
    device.press("Next").sees("Check your answers")


def answer_before_signing_in(phone) -> None:
    """A resident fills in all on one page, signs in on the way, and is told what is missing."""
    page = phone.page
    page.goto("/en/consultations/pemakaian-sumur")
    phone.press("Survey: Sumur di kampung Anda").sees("Sumur di kampung Anda")
    page.get_by_text("Tidak", exact=True).first.click()
    page.locator("#q3-1").check()
    phone.press("Send my answers")
    page.locator("#email").fill(RESIDENT)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("#q3-1")).to_be_checked()
    phone.press("Send my answers")
    expect(page.locator(".summary")).to_contain_text("Question 4 still needs an answer")
    for row in range(2):
        page.locator(f"#q4_{row}-1").check()
    page.locator("#q5").fill("Jam malam tolong dibuka.")
    phone.press("Send my answers").sees("Your answers")
    expect(page.get_by_role("status")).to_contain_text("Your answers have arrived.")


def publish(officer) -> None:
    """After the last day: closed and counted, one text released, published."""
    page = officer.page
    page.goto(f"/en{DESK}")
    officer.press("Close and count").page.get_by_role("status").wait_for()
    officer.press(f"Read {NEIGHBOURS + 1} texts and release them")
    page.get_by_role("button", name="Release", exact=True).first.click()
    expect(page.locator("main")).to_contain_text("1 released")
    page.goto(f"/en{DESK}")
    officer.press("Publish the results").page.get_by_role("status").wait_for()


def test_from_the_first_question_to_the_results(city, device_of, live):
    officer = device_of(viewport={"width": 1280, "height": 900}).sign_in(OFFICER)
    draw_up(officer)

    phone = device_of(java_script_enabled=False)
    answer_before_signing_in(phone)
    answer(phone, "Ya", 4, "Jam malam tolong dibuka!")
    phone.press("Send these answers again")
    replaced = "take the place of those you sent before"
    expect(phone.page.get_by_role("status")).to_contain_text(replaced)

    for number in range(NEIGHBOURS):
        neighbour = device_of(java_script_enabled=False).sign_in(f"p{number + 3}@example.id")
        answer(neighbour, "Ya", number % 2, f"Usul {number}")
        neighbour.press("Send my answers").sees("Your answers")
    with live.database.session() as session:
        assert len(session.scalars(select(SurveySheet.id)).all()) == NEIGHBOURS + 1

    live.clock.moment = AFTER
    phone.page.goto(f"/en{HERE}")
    closed = "closed on 2 December 2026, results follow"
    expect(phone.page.locator("main")).to_contain_text(closed)
    publish(officer)

    reader = device_of()
    judge(reader, f"{HERE}/results")
    seen = reader.page.locator("main")
    expect(seen).to_contain_text(f"{NEIGHBOURS + 1} people took part.")
    expect(seen).to_contain_text(f"{NEIGHBOURS} texts were not released by the office.")
    expect(seen.locator("section", has_text="Seberapa bersih?").locator("td.soft")).to_have_count(5)
    assert "Warga" not in seen.inner_text()
