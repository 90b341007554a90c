"""Results of surveys: what everybody reads, what is hidden, files, and what it costs."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, insert
from sqlmodel import select

from participation.accounts.models import Account
from participation.core.ids import new_id
from participation.surveys import services
from participation.surveys.asked import Kind
from participation.surveys.models import Survey, SurveyAnswer, SurveySheet, SurveyText
from participation.surveys.rules import Step
from tests.factories.consultations import NOW
from tests.participation.people import PASSWORD_HASH
from tests.participation.surveys.conftest import AFTER

HERE = "/surveys/sampah-di-rumah"


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
