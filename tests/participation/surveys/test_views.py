"""Answering surveys, without scripts: on one page and one question at a time."""

import pytest
from sqlmodel import func, select

from participation.accounts.models import Account
from participation.surveys.models import SurveySheet
from tests.participation.people import PASSWORD
from tests.participation.surveys.conftest import AFTER, FULL

HERE = "/surveys/sampah-di-rumah"


def sheets(place) -> int:
    place.session.expire_all()
    return place.session.scalars(select(func.count()).select_from(SurveySheet)).one()


def test_everybody_sees_the_questions_and_who_sees_the_answers(browser, found):
    page = browser.visit(HERE)
    assert "Apakah Anda memilah?" in page.words
    assert "Only if you chose “Ya” in question 1." in page.words
    assert "It never sees who answered what." in page.words
    assert "fewer than 5 people are hidden" in page.words
    assert "open until 2 December 2026" in browser.visit("/surveys").words


def test_the_front_page_names_a_survey_while_it_takes_answers(browser, found, clock):
    assert "Sampah di rumah" in browser.visit("/").words
    clock.moment = AFTER
    assert "Sampah di rumah" not in browser.visit("/").words


def test_a_sheet_is_sent_on_one_page_and_may_be_changed(as_, place, found):
    browser = as_(place.person())
    browser.visit(HERE)
    page = browser.send("sheet-form", **FULL)
    assert "Your answers have arrived." in page.words
    assert "Pasar: Tidak puas" in page.words
    page = browser.visit(HERE)
    assert "You sent your answers on" in page.words
    assert page.one("input", id="q5-4").attributes["checked"] == ""
    page = browser.send("sheet-form", q5="0")
    assert "These answers take the place of those you sent before." in page.words
    assert sheets(place) == 1


def test_a_missing_answer_is_named_beside_its_question_and_nothing_is_lost(as_, place, found):
    browser = as_(place.person())
    browser.visit(HERE)
    page = browser.send("sheet-form", 422, **(FULL | {"q5": None, "q4_1": None}))
    assert page.one("span", id="q5-error").words == "Question 5 still needs an answer."
    assert "for “Sekolah”" in page.one("span", id="q4_1-error").words
    links = [each.attributes["href"] for each in page.one("div", class_="summary").all("a")]
    assert links == ["#q4_1-0", "#q5-0"]
    assert page.one("textarea", name="q6").words == "Jemput sampah lebih pagi."
    assert "checked" in page.one("input", id="q3-1").attributes
    assert sheets(place) == 0


def test_a_sheet_filled_in_before_signing_in_is_there_afterwards(browser, place, found):
    browser.visit(HERE)
    browser.send("sheet-form", 401, **FULL)
    account = place.session.get_one(Account, place.person().id)
    page = browser.send(email=account.email, password=PASSWORD)
    assert page.one("textarea", name="q6").words == "Jemput sampah lebih pagi."
    assert "checked" in page.one("input", id="q4_1-0").attributes
    assert sheets(place) == 0
    assert "Your answers have arrived." in browser.send("sheet-form").words


def test_an_answer_that_was_not_asked_for_is_left_out_and_said(as_, place, found):
    browser = as_(place.person())
    browser.visit(HERE)
    page = browser.send("sheet-form", **(FULL | {"q1": "1"}))
    assert "Left out, because it is asked only after another choice: question 2." in page.words
    assert "Seberapa sering?" not in page.words


def test_one_question_at_a_time_the_next_follows_from_the_answers(as_, place, found):
    browser = as_(place.person())
    page = browser.visit(f"{HERE}/questions/1")
    assert "Question 1 of 6" in page.words
    page = browser.send("question-form", 422)
    assert "Question 1 still needs an answer." in page.words
    assert "Question 3 of 6" in browser.send("question-form", q1="1").words
    assert "Question 1 of 6" in browser.send("question-form", button="Back").words
    assert "Question 2 of 6" in browser.send("question-form", q1="0").words
    assert "Question 3 of 6" in browser.send("question-form", q2="2").words
    assert "choose at most 2" in browser.send("question-form", 422, q3=["0", "1", "2"]).words
    browser.send("question-form", q3=["0", "1"])
    browser.send("question-form", q4_0="1", q4_1="0")
    browser.send("question-form", q5="4")
    page = browser.send("question-form", q6="Terima kasih.")
    assert "Check your answers" in page.words
    assert "Terima kasih." in page.words
    assert sheets(place) == 0
    assert "Your answers have arrived." in browser.send("sheet-form").words
    assert sheets(place) == 1


def test_half_a_survey_waits_for_its_person(as_, place, found):
    """A lost connection or a closed tab loses nothing that was sent on."""
    first = as_(place.person())
    first.visit(f"{HERE}/questions/1")
    first.send("question-form", q1="0")
    first.send("question-form", q2="1")
    again = as_(place.person())
    page = again.visit(HERE)
    assert "What you had filled in is here again." in page.words
    assert "checked" in page.one("input", id="q2-1").attributes
    page = again.visit(f"{HERE}/check")
    assert "Question 3 still needs an answer." in again.send("sheet-form", 422).words
    assert sheets(place) == 0


def test_what_is_filled_in_on_one_page_can_wait_too(as_, place, found):
    browser = as_(place.person())
    browser.visit(HERE)
    page = browser.send("sheet-form", button="Go on later", q1="0", q6="Nanti.")
    assert "It counts only once you send it." in page.words
    assert page.one("textarea", name="q6").words == "Nanti."


def test_a_question_that_is_not_asked_leads_to_the_next(as_, place, found):
    browser = as_(place.person())
    browser.visit(f"{HERE}/questions/2")
    assert browser.here.endswith("/questions/3")
    browser.visit(f"{HERE}/questions/99")
    assert browser.here.endswith("/check")


@pytest.mark.parametrize("fields", [
    {"q1": "9"}, {"q1": ["0", "1"]}, {"q3": ["0", "1", "2"]}, {"q6": "a" * 1_000_000},
])  # fmt: skip
def test_hostile_sheets_are_refused_in_words(as_, place, found, fields):
    browser = as_(place.person())
    browser.visit(HERE)
    page = browser.send("sheet-form", 422, **(FULL | fields))
    assert "Please look at this again" in page.words
    assert sheets(place) == 0


def test_after_the_last_day_nothing_is_taken_and_nothing_lost(as_, place, found, clock):
    browser = as_(place.person())
    browser.visit(HERE)
    clock.moment = AFTER
    page = browser.send("sheet-form", 422, **FULL)
    assert "This survey closed on 2 December 2026." in page.words
    assert page.one("textarea", name="q6").words == "Jemput sampah lebih pagi."
    page = browser.visit(HERE)
    assert not page.all("form", id="sheet-form")
    assert "results follow" in page.words
    assert sheets(place) == 0


def test_answers_can_be_deleted_and_found_in_the_account(as_, place, found):
    browser = as_(place.person())
    browser.visit(f"{HERE}/sent", 404)
    browser.visit(f"{HERE}/withdraw", 404)
    browser.visit(HERE)
    browser.send("sheet-form", **FULL)
    assert "Sampah di rumah" in browser.visit("/account/surveys").words
    browser.visit(f"{HERE}/withdraw")
    assert "Your answers are deleted." in browser.send("withdraw-form").words
    assert sheets(place) == 0


def test_an_officer_sees_the_survey_but_no_form(as_, place, found):
    page = as_(place.city.officer).visit(HERE)
    assert "Residents answer here" in page.words
    assert not page.all("form", id="sheet-form")


def test_a_survey_that_is_not_opened_is_not_there(browser, place):
    place.six()
    place.session.commit()
    browser.visit(HERE, 404)
    browser.visit(f"{HERE}/results", 404)


def test_it_stands_beside_its_consultation_and_in_the_account(as_, place, browser):
    consultation = place.city.opened()
    place.opened(consultation_id=consultation.id)
    place.person()
    place.session.commit()
    page = browser.visit(f"/consultations/{consultation.slug}")
    assert "Survey: Sampah di rumah" in page.words
    mine = as_(place.person())
    mine.visit(HERE)
    mine.send("sheet-form", **FULL)
    assert "Surveys you answered" in mine.visit("/account").words
