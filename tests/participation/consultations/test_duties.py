"""What the office owes: figures that lead to their rows, days, loads, the one thing to do."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import event

from participation.comments.ledger import figures
from participation.comments.ledger.figures import Load, Numbers, Point
from participation.comments.ledger.queries import Wanted
from participation.comments.rules import Stance
from participation.consultations import duties
from participation.consultations.duties import Due
from participation.consultations.pages.standing import Course
from participation.consultations.queries import subject_of
from participation.consultations.rules import SUBJECT_KIND, Step
from participation.core.access import Role
from tests.factories.consultations import CALENDAR, NOW
from tests.participation.desk import figures_of, rows_behind

DESK = "/desk/consultations/pemakaian-sumur"
SAME = "Sumur jangan dibuka sebelum pukul tujuh pagi karena banyak warga yang masih tidur."


@pytest.fixture
def officer(browser_of):
    return browser_of("Ratna Wulandari", Role.OFFICER)


@pytest.fixture
def busy(town, officer):
    """Two consultations with seven waiting comments: four of one family, two of them given away."""
    _browser, actor = officer
    first = town.opened()
    calendar = CALENDAR.__class__(*(getattr(CALENDAR, day) - timedelta(days=16)
                                    for day in ("opens_on", "closes_on")),
                                  date(2026, 11, 19), date(2026, 12, 1))  # fmt: skip
    second = town.announced(title="Pasar malam", calendar=CALENDAR)
    town.step(second, Step.OPEN)
    same = [
        town.comment(first, f"{SAME} Begitu kata saya yang ke-{number}.", minutes=number)
        for number in range(4)
    ]
    town.comment(first, "Denda terlalu tinggi.", clause_id="pasal-3", stance=Stance.CONCERN)
    answered = town.comment(first, "Sudah dijawab.", clause_id="pasal-3", minutes=9)
    for number in range(2):
        town.comment(second, f"Pasar {number}.", minutes=number)
    town.consider(first, same[0], to=actor)
    town.consider(first, same[1])
    town.answer(first, answered)
    second.closes_on, second.answers_by = calendar.closes_on, calendar.answers_by
    town.session.add(second)
    town.session.commit()
    return first, second


def test_every_figure_of_the_desk_leads_to_exactly_the_rows_that_it_counts(busy, officer):
    browser, _actor = officer
    found = figures_of(browser.visit("/desk"))
    assert {label: number for label, (number, _address) in found.items()} == {
        "wait for an answer": 7,
        "given to you": 1,
        "given to nobody yet": 5,
        "are overdue": 2,
    }
    for number, address in found.values():
        assert len(list(rows_behind(browser, address))) == number
        noun = "comment waits" if number == 1 else "comments wait"
        assert f"{number} {noun}" in browser.page.words


def test_every_figure_of_a_consultation_leads_to_exactly_the_rows_that_it_counts(busy, officer):
    browser, _actor = officer
    found = figures_of(browser.visit(DESK))
    assert {label: number for label, (number, _address) in found.items()} == {
        "wait for an answer": 5,
        "given to you": 1,
        "given to nobody yet": 3,
        "group says nearly the same": 1,
    }
    number, address = found.pop("group says nearly the same")
    assert len(browser.visit(address).one("main").all("article", class_="said")) == number
    assert "1 group" in browser.page.words
    for number, address in found.values():
        assert len(list(rows_behind(browser, address))) == number
    assert "in this choice" in browser.page.words


def test_each_clause_and_each_officer_lead_to_what_waits_there(busy, officer):
    browser, _actor = officer
    page = browser.visit(DESK)
    standing = page.one("div", id="standing")
    tables = {table.one("caption").words: table for table in standing.all("table")}
    clauses = tables["Waiting comments by clause"]
    assert [row.words for row in clauses.one("tbody").all("tr")] == [
        "Pasal 2 ayat (1) 4 on Pasal 2 ayat (1)", "Pasal 3 1 on Pasal 3",
    ]  # fmt: skip
    officers = tables["Comments by officer"].one("tbody").all("tr")
    assert len(officers) == 2
    links = [link for table in (clauses, tables["Comments by officer"]) for link in table.all("a")]
    assert len(links) == 4
    for link in links:
        number = int(link.words.split()[0])
        assert len(list(rows_behind(browser, link.attributes["href"]))) == number


def test_days_stand_in_plain_words_and_there_is_one_thing_to_do(busy, officer):
    browser, _actor = officer
    page = browser.visit(DESK)
    days = page.one("section", **{"aria-labelledby": "days"}).words
    assert "All answers until 20 December 2026 in 29 days" in days
    buttons = [each.words for each in page.one("main").all("a", class_="button")]
    assert buttons == ["Answer 5 comments"]
    late = browser.visit("/desk/consultations/pasar-malam")
    assert "overdue for 2 days" in late.one("section", **{"aria-labelledby": "days"}).words


def test_before_there_is_a_text_the_one_thing_to_do_is_to_import_it(town, officer, session):
    browser, _actor = officer
    browser.visit("/desk/consultations/new")
    browser.send(
        "details-form", title="Taman", document="Rancangan", office="Dinas", decider="Wali Kota",
        summary="Taman.", opens_on="2026-11-21", closes_on="2026-12-02", answers_by="2026-12-20",
        decides_by="2027-01-31",
    )  # fmt: skip
    page = browser.visit("/desk/consultations/taman")
    assert [each.words for each in page.one("main").all("a", class_="button")] == [
        "Import the text"
    ]


def test_pages_of_the_desk_ask_a_fixed_number_of_questions(app, town, busy, officer):
    browser, _actor = officer
    engine, seen = app.extensions["suara"].database.engine, []
    event.listen(engine, "before_cursor_execute", lambda *_args: seen.append(1))
    few = {}
    for path in ("/desk", "/desk/waiting", DESK):
        seen.clear()
        browser.visit(path)
        few[path] = len(seen)
    for number in range(40):
        town.comment(busy[0], f"Satu lagi {number}.", clause_id="pasal-3", minutes=20 + number)
    town.session.commit()
    for path, count in few.items():
        seen.clear()
        browser.visit(path)
        assert len(seen) == count, path


def test_a_comment_that_is_withheld_or_decided_about_waits_for_nobody(store, city):
    found = city.opened()
    said = [city.comment(found, f"Kata {number}", minutes=number) for number in range(3)]
    city.consider(found, said[0])
    city.answer(found, said[1])
    ids = [found.id]
    counted = figures.waiting_numbers(store, SUBJECT_KIND, ids, city.officer.id)
    assert counted == {found.id: Numbers(waiting=2, mine=1, untaken=1)}
    assert figures.number_waiting(store, SUBJECT_KIND, ids) == 2
    lines = figures.waiting_lines(store, SUBJECT_KIND, ids, limit=9)
    assert [(line.body, line.officer) for line in lines] == [
        ("Kata 0", "Ratna Wulandari"), ("Kata 2", ""),
    ]  # fmt: skip
    untaken = figures.waiting_lines(store, SUBJECT_KIND, ids, Wanted(is_taken=False), limit=9)
    assert [line.body for line in untaken] == ["Kata 2"]
    assert figures.loads(store, subject_of(found)) == [
        Load(city.officer.id, "Ratna Wulandari", considering=1, answered=1)
    ]


def test_the_course_counts_what_had_been_said_and_answered_by_each_moment(store, city):
    found = city.opened()
    first, *_rest = [city.comment(found, f"Kata {day}", minutes=day * 1440) for day in range(3)]
    city.answer(found, first)
    moments = [NOW + timedelta(days=day, minutes=1) for day in (-1, 0, 2)]
    points = figures.course(store, subject_of(found), moments)
    assert points == [Point(0, 0), Point(1, 1), Point(3, 1)]
    assert figures.course(store, subject_of(found), []) == []


def test_citations_are_told_apart_by_consultation(store, city):
    first, second = city.opened(), city.opened(title="Pasar malam")
    cited = duties.citations_in(store, {first.id: {"pasal-3"}, second.id: {"pasal-2-ayat-1"}})
    assert cited[first.id, "pasal-3"] == "Pasal 3"
    assert cited[second.id, "pasal-2-ayat-1"] == "Pasal 2 ayat (1)"


@pytest.mark.parametrize(
    ("day", "near"),
    [(19, Due.OVERDUE), (20, Due.SOON), (27, Due.SOON), (28, Due.LATER)],
)
def test_answers_are_due_soon_for_a_week_and_overdue_from_the_day_after(day, near):
    assert duties.due(date(2026, 11, day), date(2026, 11, 20)) is near


@pytest.mark.parametrize("length", [0, 1, 9, 10, 29, 400])
def test_the_course_has_few_points_and_ends_today(length):
    opens = date(2026, 1, 1)
    days = duties.days_of_course(opens, opens + timedelta(days=length))
    assert 1 <= len(days) <= 10
    assert days[-1] == opens + timedelta(days=length)
    assert len({b - a for a, b in pairwise(days)}) <= 1


def test_before_the_opening_there_is_no_course():
    assert duties.days_of_course(date(2026, 1, 2), date(2026, 1, 1)) == ()


def test_the_picture_rises_with_the_numbers():
    days = [datetime(2026, 1, day, tzinfo=UTC).date() for day in (1, 2)]
    course = Course.of(days, [Point(1, 0), Point(4, 2)])
    assert course.written == "0,100 0,75.0 1000,0.0 1000,100"
    assert course.answered == "0,100 0,100.0 1000,50.0 1000,100"
