"""The desk of surveys, without scripts: drawing up, order, opening, texts one by one."""

import pytest
from sqlmodel import select

from participation.surveys import queries
from participation.surveys.models import SurveyQuestion, SurveyText
from participation.surveys.rules import Step
from tests.participation.surveys.conftest import AFTER, FULL

HERE = "/surveys/sampah-di-rumah"
DESK = "/desk/surveys/sampah-di-rumah"


@pytest.mark.parametrize("path", ["", "/new", "/sampah-di-rumah", "/sampah-di-rumah/preview",
                                  "/sampah-di-rumah/results"])  # fmt: skip
def test_only_officers_see_the_desk(as_, place, found, path):
    as_(place.person()).visit(f"/desk/surveys{path}", 403)


def test_an_officer_draws_it_up_previews_opens_and_publishes(as_, place, clock):
    browser = as_(place.city.officer)
    browser.visit("/desk/surveys/new")
    assert "This must be filled in." in browser.send("details-form", 422).words
    browser.send("details-form", title="Sampah di rumah", about="Untuk apa.", office="Dinas",
                 opens_on="2026-11-01", closes_on="2026-12-02")  # fmt: skip
    assert browser.here == DESK
    browser.click("One choice")
    page = browser.send("question-form", 422, wording="Memilah?", choices="Ya")
    assert "one for each" in page.words
    browser.send("question-form", wording="Memilah?", choices="Ya\nTidak\n")
    browser.click("Own words")
    question = place.session.scalars(select(SurveyQuestion.id)).one()
    browser.send("question-form", wording="Mengapa?", is_required=None, only_if=f"{question}:1")
    browser.click("Scale")
    browser.send("question-form", wording="Puas?", points="7", low="tidak", high="sangat")
    assert "Only if you chose “Tidak” in question 1." in browser.page.words
    browser.send("questions-form", button="Up")
    assert [each.words for each in browser.page.all("h3")][:3] == [
        "1. Memilah?", "2. Puas?", "3. Mengapa?"]  # fmt: skip
    browser.click("Preview of the form")
    assert "7: sangat" in browser.page.words
    assert not browser.page.all("form", method="post")
    browser.visit(DESK)
    assert "stay as they are" in browser.page.words
    browser.send("step-form")
    assert not browser.page.all("form", id="questions-form")
    assert "Closing earlier would break that promise." in browser.page.words
    clock.moment = AFTER
    browser.visit("/desk/surveys?show=over")
    assert "Sampah di rumah" in browser.page.words
    browser.visit(DESK)
    browser.send("step-form")
    browser.send("step-form")
    assert "This survey is over." in browser.page.words
    assert "Fewer than 5" in browser.visit(f"{HERE}/results").words


def test_an_officer_changes_and_removes_questions(as_, place):
    found = place.six()
    first = queries.question_rows(place.session, found.id)[0]
    last = queries.question_rows(place.session, found.id)[5]
    place.session.commit()
    browser = as_(place.city.officer)
    browser.visit(f"{DESK}/questions/{first.id}")
    assert browser.page.one("textarea", name="choices").words == "Ya Tidak Kadang"
    page = browser.send("question-form", 200, wording="Anda memilah?")
    assert "1. Anda memilah?" in page.words
    browser.client.post(f"{DESK}/questions/{last.id}/remove", data=_token(browser))
    assert "Apa lagi?" not in browser.visit(DESK).words
    browser.client.post(f"{DESK}/questions/{last.id}/remove", data=_token(browser))
    answer = browser.client.post(f"{DESK}/questions/{first.id}/remove", data=_token(browser))
    assert answer.status_code == 409


def test_texts_are_released_one_by_one(as_, place, browser, clock):
    found = place.opened()
    for number in range(6):
        place.send(found, FULL | {"q6": [f"Usul {number}"]}, by=number)
    place.step(found, Step.CLOSE)
    place.session.commit()
    clock.moment = AFTER
    desk = as_(place.city.officer)
    desk.visit(DESK)
    page = desk.click("Read 6 texts and release them")
    assert "Warga" not in page.words
    first = page.all(
        "li",
        id=next(
            e.attributes["id"]
            for e in page.all("li")
            if "id" in e.attributes and e.attributes["id"].startswith("text-")
        ),
    )[0]
    desk.client.post(first.one("form").attributes["action"], data=_token(desk))
    assert "1 released" in desk.visit(desk.here).words
    assert "5 texts were not released" in desk.visit(f"{DESK}/results").words


def test_a_text_of_another_survey_is_not_found(as_, place):
    found = place.opened()
    place.opened(place.six(title="Lain"))
    place.send(found)
    place.step(found, Step.CLOSE)
    text = place.session.scalars(select(SurveyText)).one()
    place.session.commit()
    desk = as_(place.city.officer)
    desk.visit(DESK)
    answer = desk.client.post(f"/desk/surveys/lain/texts/{text.id}/release", data=_token(desk))
    assert answer.status_code == 404


def _token(browser) -> dict[str, str]:
    return {"csrf_token": browser.page.all("input", name="csrf_token")[0].attributes["value"]}
