"""Finding a consultation by area, topic, office, state and words."""

from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, insert
from sqlmodel import select

from participation.areas.services import choose_area
from participation.consultations.belonging import Links
from participation.consultations.models import (
    Consultation,
    ConsultationArea,
    ConsultationTopic,
)
from participation.consultations.rules import Step
from tests.factories.areas import lay_areas, make_chief, make_office, make_topic
from tests.factories.consultations import NOW

LIST = "/consultations"


@pytest.fixture
def held(town, session):
    """One for the kota, one for a kelurahan elsewhere, one for everybody."""
    lay_areas(session)
    chief = make_chief(session)
    water, streets = make_topic(session, chief), make_topic(session, chief, "Jalan", "Streets")
    office = make_office(session, chief)
    links = {
        "Sumur kota": Links(("98.71",), (water.id,), office.id),
        "Jalan desa": Links(("98.01.01.2001",), (streets.id,)),
        "Untuk semua": Links(),
    }
    made = {title: town.opened(title=title, links=each) for title, each in links.items()}
    session.commit()
    return made


def listed(page):
    """The titles on the list."""
    return {each.words for each in page.all("h3") if each.all("a")}


@contextmanager
def questions(app):
    """The statements sent to the database inside the block."""
    sent, engine = [], app.extensions["suara"].database.engine

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("area", "titles"),
    [
        ("98.71.01.1001", {"Sumur kota", "Untuk semua"}),
        ("98.71", {"Sumur kota", "Untuk semua"}),
        ("98", {"Sumur kota", "Jalan desa", "Untuk semua"}),
        ("98.01", {"Jalan desa", "Untuk semua"}),
        ("Kecamatan Legi", {"Sumur kota", "Untuk semua"}),
        ("sumber", {"Jalan desa", "Untuk semua"}),
    ],
)
def test_an_area_shows_what_concerns_it_from_above_below_and_everywhere(
    browser, held, area, titles
):
    assert len(held) == 3
    assert listed(browser.visit(f"{LIST}?area={area}")) == titles


def test_one_name_of_several_areas_is_asked_back(browser, held):
    page = browser.visit(f"{LIST}?area=randu&words=jalan")
    assert "Which area is meant?" in page.words
    assert listed(page) == set()
    page = browser.click("Kecamatan Randu")
    assert listed(page) == {"Jalan desa"}


def test_what_the_form_shows_leads_to_the_same_list_again(browser, held):
    page = browser.visit(f"{LIST}?area=98.71.01.1001&topic=air&words=sumur&show=open")
    form = page.one("form", id="finder")
    said = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    assert said["area"] == "Kelurahan Randu, Kecamatan Legi, Kota Lembayung, Senja"
    again = browser.visit(f"{LIST}?area={said['area']}&topic=air&words={said['words']}&show=open")
    assert listed(again) == listed(page) == {"Sumur kota"}


def test_topic_office_state_and_words_narrow_the_list(browser, held, town, session):
    assert listed(browser.visit(f"{LIST}?topic=jalan")) == {"Jalan desa"}
    assert listed(browser.visit(f"{LIST}?organisation=dinas-air")) == {"Sumur kota"}
    assert listed(browser.visit(f"{LIST}?words=DESA jalan")) == {"Jalan desa"}
    assert listed(browser.visit(f"{LIST}?words=100%")) == set()
    assert listed(browser.visit(f"{LIST}?topic=no-such-topic")) == set(held)
    town.step(held["Jalan desa"], Step.CLOSE, date(2026, 12, 3))
    session.commit()
    assert listed(browser.visit(f"{LIST}?area=98.01&show=answering")) == {"Jalan desa"}
    browser.visit(f"{LIST}?organisation=nobody", status=404)


def test_an_empty_list_says_which_condition_to_take_away(browser, held):
    page = browser.visit(f"{LIST}?words=zebra&topic=air&show=coming")
    assert "Nothing fits all of this" in page.words
    assert "Look for “zebra” in drafts and comments too" in page.words
    browser.click("without “zebra”")
    page = browser.click("in every state")
    assert listed(page) == {"Sumur kota"}
    page = browser.visit(f"{LIST}?area=nirwana")
    assert "No area is called “nirwana”" in page.words
    assert len(listed(browser.click("Search everywhere"))) == 3


def test_a_resident_is_one_link_away_from_what_is_near(browser_of, held, session):
    browser, actor = browser_of("Yoga Pratama")
    choose_area(session, actor, "98.71.01.1002", NOW)
    session.commit()
    browser.visit(LIST)
    page = browser.click("Near me: Kelurahan Legi Lor")
    assert listed(page) == {"Sumur kota", "Untuk semua"}


def test_pages_of_areas_topics_and_offices_lead_to_their_consultations(
    browser, held, town, session
):
    town.comment(held["Sumur kota"])
    session.commit()
    browser.visit("/areas/98.71.02")
    page = browser.click("Sumur kota")
    assert "Kota Lembayung" in page.words
    browser.click("Water")
    browser.click("Sumur kota")
    page = browser.click("Dinas Air")
    assert "1 consultation · 1 comment, 0 % answered" in page.words
    assert listed(browser.click("All of them")) == {"Sumur kota"}


def test_the_front_page_begins_with_what_is_near(browser, browser_of, held, session):
    page = browser.visit("/?area=98.01.01.2001")
    near = page.one("section", **{"aria-labelledby": "near"})
    assert "Near you: Desa Sumber" in near.words
    assert "Jalan desa" in near.words
    assert "Sumur kota" not in near.words
    assert "Sumur kota" in page.one("section", **{"aria-labelledby": "open-now"}).words
    assert "Near you" not in browser.visit("/?area=nonsense").words
    person, actor = browser_of("Yoga Pratama")
    assert "Near me" in person.visit("/").words
    choose_area(session, actor, "98.71", NOW)
    session.commit()
    assert "Near you: Kota Lembayung" in person.visit("/").words


def test_links_are_handed_out_and_feeds_follow_areas_and_topics(client, held):
    rows = client.get("/data/consultations.csv").get_data(as_text=True)
    assert "areas,topics,organisation" in rows
    items = client.get("/api/v1/consultations").json["items"]
    found = {each["title"]: (each["areas"], each["topics"], each["organisation"]) for each in items}
    assert found == {
        "Sumur kota": (["98.71"], ["air"], "dinas-air"),
        "Jalan desa": (["98.01.01.2001"], ["jalan"], None),
        "Untuk semua": ([], [], None),
    }
    near = client.get("/data/areas/98.71.01.atom").get_data(as_text=True)
    assert "Sumur kota" in near
    assert "Jalan desa" not in near
    about = client.get("/data/topics/jalan.atom").get_data(as_text=True)
    assert "Jalan desa" in about
    assert "Untuk semua" not in about
    assert client.get("/data/areas/11.atom").status_code == 404


def test_a_thousand_consultations_cost_no_more_questions_than_three(app, client, held, session):
    address = f"{LIST}?area=98.71.01.1001&topic=air&words=sumur"
    with questions(app) as few:
        client.get(address)
    _write_many(session, held["Sumur kota"])
    with questions(app) as many:
        page = client.get(address).get_data(as_text=True)
    assert page.count("<li>") > 25
    assert len(many) == len(few) <= 9


def _write_many(session, like: Consultation) -> None:
    values = {name: getattr(like, name) for name in Consultation.model_fields}
    rows = [
        values | {"id": uuid4(), "slug": f"sumur-{n}", "announced_at": NOW + timedelta(minutes=n)}
        for n in range(1000)
    ]
    session.execute(insert(Consultation), rows)
    areas = [{"consultation_id": each["id"], "area_code": "98.71.01"} for each in rows]
    session.execute(insert(ConsultationArea), areas)
    own = select(ConsultationTopic).where(ConsultationTopic.consultation_id == like.id)
    topic_id = session.exec(own).one().topic_id
    topics = [{"consultation_id": each["id"], "topic_id": topic_id} for each in rows]
    session.execute(insert(ConsultationTopic), topics)
    session.commit()
