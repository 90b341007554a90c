"""Pages of surveys, without scripts: on one page and one question at a time, before and after."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, insert
from sqlmodel import func, select

from participation.accounts.models import Account
from participation.core.ids import new_id
from participation.surveys import queries, services
from participation.surveys.asked import Kind
from participation.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveySheet,
    SurveyText,
)
from participation.surveys.rules import Step
from tests.factories.consultations import NOW
from tests.participation.people import PASSWORD, PASSWORD_HASH
from tests.participation.surveys.conftest import FULL

HERE = "/surveys/sampah-di-rumah"
DESK = "/desk/surveys/sampah-di-rumah"
AFTER = datetime(2026, 12, 10, 3, 0, tzinfo=UTC)


@pytest.fixture
def found(place) -> Survey:
    """An open survey of six questions."""
    made = place.opened()
    place.person()
    place.session.commit()
    return made


@contextmanager
def counted(app) -> Iterator[Callable[[], int]]:
    """Counts what the site asks of its database."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    engine = app.extensions["suara"].database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield lambda: len([one for one in seen if one.lstrip().upper().startswith("SELECT")])
    finally:
        event.remove(engine, "before_cursor_execute", note)


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


@pytest.mark.parametrize("path", ["", "/new", "/sampah-di-rumah", "/sampah-di-rumah/preview",
                                  "/sampah-di-rumah/results"])  # fmt: skip
def test_only_officers_see_the_desk(as_, place, found, path):
    as_(place.person()).visit(f"/desk/surveys{path}", 403)


def test_a_survey_that_is_not_opened_is_not_there(browser, place):
    place.six()
    place.session.commit()
    browser.visit(HERE, 404)
    browser.visit(f"{HERE}/results", 404)


def test_results_are_not_there_before_they_are_published(browser, found):
    assert "once the survey is closed and counted" in browser.visit(f"{HERE}/results", 409).words
    browser.visit(f"{HERE}/results.csv", 409)


def test_everybody_reads_results_in_which_few_are_hidden(browser, place, clock):
    published = place.finished(12)
    texts = place.session.scalars(select(SurveyText)).all()
    services.release_text(place.session, place.city.officer, published, texts[0], NOW)
    place.session.commit()
    clock.moment = AFTER
    page = browser.visit(f"{HERE}/results")
    assert "12 people took part." in page.words
    assert "Why are some numbers hidden?" in page.words
    scale = page.one("section", aria_labelledby="question-5")
    assert [row.words for row in scale.all("tr")][1:] == [
        "1: buruk hidden hidden", "2 hidden hidden", "3 hidden hidden", "4 hidden hidden",
        "5: baik hidden hidden"]  # fmt: skip
    matrix = page.one("section", aria_labelledby="question-4")
    assert "Pasar: 12 people answered" in matrix.words
    words = page.one("section", aria_labelledby="question-6").words
    assert words.count("Jemput sampah lebih pagi.") == 1
    assert "11 texts were not released by the office." in words
    for number in range(12):
        assert f"Warga {number}" not in page.words


def test_of_fewer_than_five_nothing_is_told(browser, place, clock):
    place.finished(4)
    place.session.commit()
    clock.moment = AFTER
    page = browser.visit(f"{HERE}/results")
    assert "Fewer than 5 people took part" in page.words
    assert not page.all("table")
    lines = browser.client.get(f"{HERE}/results.ndjson").text.splitlines()
    assert lines
    assert {(json.loads(line)["people"], json.loads(line)["answered"]) for line in lines} == {
        (None, None)}  # fmt: skip


def test_files_hold_what_the_page_shows_and_name_nobody(browser, place, clock):
    place.finished(12)
    place.session.commit()
    clock.moment = AFTER
    csv = browser.client.get(f"{HERE}/results.csv")
    assert csv.headers["Content-Type"].startswith("text/csv")
    lines = csv.text.splitlines()
    assert lines[0] == "question,wording,row,choice,people,answered"
    assert "1,Apakah Anda memilah?,,Ya,,12" in lines
    assert "Warga" not in csv.text
    assert "Jemput sampah" not in csv.text
    rows = [
        json.loads(line)
        for line in browser.client.get(f"{HERE}/results.ndjson").text.split("\n")
        if line
    ]
    assert len(rows) == len(lines) - 1
    assert {row["people"] for row in rows if row["question"] == 5} == {None}


def test_a_cell_begins_no_formula(browser, place, clock):
    found = place.survey()
    place.ask(found, Kind.SINGLE, wording="=1+1?", choices=("=A1", "b"))
    place.opened(found)
    place.session.commit()
    clock.moment = AFTER
    place.step(found, Step.CLOSE)
    place.step(found, Step.PUBLISH)
    place.session.commit()
    text = browser.client.get(f"{HERE}/results.csv").text
    assert "'=1+1?" in text
    assert "'=A1" in text


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


def many_sheets(place, found: Survey, number: int) -> None:
    """So many sheets at once, without the acts."""
    at = {"created_at": NOW, "password_hash": PASSWORD_HASH, "language": "id"}
    people = [{"id": new_id(), "email": f"m{each}@example.id", "name": "Warga"} | at
              for each in range(number)]  # fmt: skip
    dates = {"sent_at": NOW, "changed_at": NOW, "form_key": ""}
    sent = [{"id": new_id(), "survey_id": found.id, "account_id": each["id"]} | dates
            for each in people]  # fmt: skip
    asked = place.asked(found)
    answers = [
        {"sheet_id": sheet["id"], "question_id": each.id, "row": row,
         "choice": (at + row + each.number) % len(each.choices)}
        for at, sheet in enumerate(sent) for each in asked if each.choices
        for row in range(each.row_count)
    ]  # fmt: skip
    texts = [
        {
            "id": new_id(),
            "sheet_id": sheet["id"],
            "question_id": asked[5].id,
            "body": "Usul",
            "released_at": NOW if at < 50 else None,
        }
        for at, sheet in enumerate(sent)
    ]
    for table, rows in ((Account, people), (SurveySheet, sent), (SurveyAnswer, answers),
                        (SurveyText, texts)):  # fmt: skip
        place.session.execute(insert(table), rows)


@pytest.mark.parametrize("number", [10, 1000])
def test_the_results_cost_the_same_queries_for_ten_and_a_thousand(
    app, browser, place, clock, number
):
    found = place.opened()
    many_sheets(place, found, number)
    place.step(found, Step.CLOSE)
    place.step(found, Step.PUBLISH)
    place.session.commit()
    clock.moment = AFTER
    with counted(app) as asked:
        browser.visit(f"{HERE}/results")
        assert asked() == 5


def _token(browser) -> dict[str, str]:
    return {"csrf_token": browser.page.all("input", name="csrf_token")[0].attributes["value"]}
