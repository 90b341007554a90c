"""Announced days move in public, later only, with a reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from participation.consultations.extending.queries import calendar_at, extensions
from participation.consultations.extending.services import extend_days
from participation.consultations.queries import calendar_of
from participation.consultations.rules import Phase, Step
from participation.consultations.services import Moment
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid, NotAllowed
from participation.core.events import Event, EventTag
from tests.factories.consultations import CALENDAR, NOW, TODAY

HERE = "/consultations/pemakaian-sumur"
DAYS = "/desk/consultations/pemakaian-sumur/days"
MOMENT = Moment(NOW, TODAY)
WEEK = timedelta(days=7)


def move(city, found, reason="Masa panen.", moment=MOMENT, **days):
    new = replace(calendar_of(found), **days)
    return extend_days(city.session, city.officer, found, new, reason, moment=moment)


def test_a_later_day_is_kept_with_its_reason_and_one_event_without_words(city, store):
    found = city.opened()
    made = move(city, found, closes_on=CALENDAR.closes_on + WEEK)
    assert found.closes_on == CALENDAR.closes_on + WEEK
    [kept] = extensions(store, found.id)
    assert (kept.old, kept.new, kept.reason) == (CALENDAR, calendar_of(found), "Masa panen.")
    query = select(Event).where(Event.tag == EventTag.CONSULTATIONS_DAYS_EXTEND)
    [event] = store.exec(query).all()
    assert event.details == {"phase": "open", "extension": str(made.id)}


@pytest.mark.parametrize("name", ["closes_on", "answers_by", "decides_by"])
def test_no_day_moves_closer(city, name):
    found = city.opened()
    with pytest.raises(Invalid) as refused:
        move(city, found, **{name: getattr(CALENDAR, name) - timedelta(days=1)})
    assert refused.value.field == name
    assert calendar_of(found) == CALENDAR


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({}, None),
        ({"closes_on": date(2026, 12, 25)}, "answers_by"),
        ({"opens_on": date(2026, 11, 10)}, "opens_on"),
    ],
    ids=["nothing moved", "past the answers", "what has begun"],
)
def test_days_that_make_no_sense_are_refused(city, days, field):
    found = city.opened()
    with pytest.raises(Invalid) as refused:
        move(city, found, **days)
    assert refused.value.field == field


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501])
def test_nothing_moves_without_a_reason_that_one_can_read(city, store, reason):
    found = city.opened()
    with pytest.raises(Invalid) as refused:
        move(city, found, reason, closes_on=CALENDAR.closes_on + WEEK)
    assert refused.value.field == "reason"
    assert not extensions(store, found.id)


def test_a_last_day_that_passed_moves_into_the_future_only(city):
    found = city.opened()
    late = Moment(NOW + 4 * WEEK, TODAY + 4 * WEEK)
    with pytest.raises(Invalid) as refused:
        move(city, found, moment=late, closes_on=CALENDAR.closes_on + timedelta(days=1))
    assert refused.value.field == "closes_on"
    move(city, found, moment=late, closes_on=late.today)
    assert found.closes_on == late.today


def test_before_opening_the_first_day_moves_with_the_last(city):
    coming = replace(CALENDAR, opens_on=TODAY + WEEK)
    found = city.announced(calendar=coming)
    with pytest.raises(Invalid) as refused:
        move(city, found, opens_on=TODAY + 2 * WEEK)
    assert refused.value.field == "opens_on"
    with pytest.raises(Invalid):
        move(city, found, opens_on=TODAY - WEEK)
    move(city, found, opens_on=TODAY)
    move(city, found, opens_on=TODAY + WEEK, closes_on=CALENDAR.closes_on + WEEK)
    assert found.opens_on == TODAY + WEEK


def test_while_answering_only_the_answers_and_the_decision_move(city):
    found = city.opened()
    city.step(found, Step.CLOSE, CALENDAR.closes_on + timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        move(city, found, closes_on=CALENDAR.closes_on + WEEK)
    assert refused.value.field == "closes_on"
    move(city, found, answers_by=CALENDAR.answers_by + WEEK)
    assert found.answers_by == CALENDAR.answers_by + WEEK


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.DECIDED, Phase.ARCHIVED])
def test_drafts_and_what_is_decided_have_no_days_to_move(city, phase):
    found = city.drafted()
    found.phase = phase.value
    with pytest.raises(Conflict):
        move(city, found, closes_on=CALENDAR.closes_on + WEEK)


def test_residents_move_nothing(city):
    found = city.opened()
    new = replace(CALENDAR, closes_on=CALENDAR.closes_on + WEEK)
    with pytest.raises(NotAllowed):
        extend_days(city.session, city.resident, found, new, "Mau saja.", moment=MOMENT)


def test_what_people_were_told_at_a_moment_can_be_asked(city, store):
    found = city.opened()
    for count in (1, 2):
        moment = Moment(NOW + count * timedelta(minutes=10), TODAY)
        move(city, found, moment=moment, decides_by=CALENDAR.decides_by + count * WEEK)
    told = [
        calendar_at(store, found, NOW + timedelta(minutes=minutes)).decides_by - CALENDAR.decides_by
        for minutes in (0, 9, 10, 19, 20, 30)
    ]
    assert told == [0 * WEEK, 0 * WEEK, WEEK, WEEK, 2 * WEEK, 2 * WEEK]


@pytest.fixture
def officer(browser_of):
    browser, _actor = browser_of("Ratna Wulandari", Role.OFFICER)
    return browser


@pytest.fixture
def opened(town):
    found = town.opened()
    town.session.commit()
    return found


def test_everybody_reads_every_move_with_its_reason(officer, opened, browser):
    for day, reason in (("2026-12-09", "Banjir di timur."), ("2026-12-11", "Listrik padam.")):
        officer.visit("/desk/consultations/pemakaian-sumur")
        officer.click("Move announced days")
        page = officer.send("days-form", closes_on=day, reason=reason)
        assert "The new days stand on the page" in page.words
    page = browser.visit(HERE)
    assert "Last day for comments: 11 December 2026 instead of 9 December 2026" in page.words
    told = {each.words for each in page.one("ul", class_="moved").all("q")}
    assert told == {"Banjir di timur.", "Listrik padam."}
    assert "Banjir di timur." in officer.visit(DAYS).words


def test_a_refused_move_comes_back_with_its_words(officer, opened):
    officer.visit(DAYS)
    page = officer.send("days-form", 422, closes_on="2026-11-25", reason="Terlalu lama.")
    assert "may only move later" in page.one("div", class_="summary").words
    assert "Terlalu lama." in page.one("form", id="days-form").words


def test_the_form_for_facts_has_no_announced_days(officer, opened, town):
    page = officer.visit("/desk/consultations/pemakaian-sumur/details")
    assert not page.all("input", name="closes_on")
    officer.send("details-form", title="Sumur kita", closes_on="2026-12-30")
    town.session.expire_all()
    assert (opened.title, opened.closes_on) == ("Sumur kita", CALENDAR.closes_on)


def test_where_nothing_may_move_the_page_says_so(officer, town):
    town.drafted()
    town.session.commit()
    assert "Nothing is announced yet" in officer.visit(DAYS, 409).words
