"""Feeds and calendars, read back as readers and calendars read them."""

from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from participation.consultations.rules import Step
from participation.open_data.atom import ATOM
from participation.votes import services
from tests.factories.consultations import CALENDAR

NAMES = {"a": ATOM}
MARKED = "Sumur & timba <b>\x07</b>"


def feed(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return ET.fromstring(answer.data)  # noqa: S314 - our own feed


def texts(found, path):
    return [each.text for each in found.findall(path, NAMES)]


def events(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    calendar = Calendar.from_ical(answer.data)
    return calendar, {str(each["uid"]): each for each in calendar.walk("VEVENT")}


def test_a_new_consultation_is_told_and_a_draft_is_not(town, session, client):
    found = town.announced(title=MARKED)
    town.drafted(title="Masih rahasia")
    session.commit()
    read = feed(client, "/data/consultations.atom")
    assert texts(read, "a:entry/a:title") == [MARKED.replace("\x07", "")]
    assert texts(read, "a:entry/a:id") == [f"tag:127.0.0.1,2026:consultation:{found.id}"]
    assert read.find("a:entry/a:link", NAMES).get("href").endswith(f"/consultations/{found.slug}")


def test_what_a_feed_must_have_is_there_and_moments_are_rfc_3339(town, session, client):
    town.announced()
    session.commit()
    read = feed(client, "/en/data/consultations.atom")
    for name in ("id", "title", "updated", "author/a:name"):
        assert len(read.findall(f"a:{name}", NAMES)) == 1
    moments = texts(read, ".//a:updated")
    assert len(moments) == 2
    assert all(each.endswith("Z") and datetime.fromisoformat(each).tzinfo for each in moments)
    assert (
        read.find("a:link[@rel='self']", NAMES).get("href").endswith("/en/data/consultations.atom")
    )


def test_one_consultation_tells_its_steps_and_answers(town, session, client):
    found = town.opened()
    town.answer(found, town.comment(found), "Sudah kami ubah.")
    town.step(found, Step.CLOSE, today=date(2026, 12, 3))
    town.step(found, Step.DECIDE, today=date(2026, 12, 4), outcome="Disetujui.")
    session.commit()
    read = feed(client, f"/en/data/consultations/{found.slug}.atom")
    said = " ".join(texts(read, "a:entry/a:title"))
    for step in ("Draft published", "Open for comments", "answers follow", "Decided", "Answer by"):
        assert step in said
    assert "Sudah kami ubah." in texts(read, "a:entry/a:summary")
    assert len(set(texts(read, "a:entry/a:id"))) == len(read.findall("a:entry", NAMES)) == 5


def test_ids_stay_in_every_language(town, session, client):
    town.announced()
    session.commit()
    ids = [
        texts(feed(client, f"{each}/data/consultations.atom"), ".//a:id") for each in ("/id", "/en")
    ]
    assert ids[0] == ids[1]


def test_votes_are_told_when_announced_and_never_before(site_hall, client):
    site_hall.draw_up()
    assert texts(feed(client, "/en/data/votes.atom"), "a:entry/a:title") == []
    site_hall.do(services.announce)
    assert texts(feed(client, "/en/data/votes.atom"), "a:entry/a:title") == [
        "Vote announced: Jalan Kenanga without cars"
    ]


def test_whoever_has_a_feed_already_is_told_so(town, session, client):
    town.announced()
    session.commit()
    first = client.get("/data/consultations.atom")
    again = client.get("/data/consultations.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_days_of_a_consultation_are_whole_days(town, session, client):
    found = town.announced()
    session.commit()
    _, read = events(client, f"/data/consultations/{found.slug}.ics")
    last = read[f"tag:127.0.0.1,2026:consultation:{found.id}:last-day"]
    assert last["dtstart"].dt == CALENDAR.closes_on
    assert (last["dtend"].dt - last["dtstart"].dt).days == 1
    assert len(read) == 4


def test_changed_dates_keep_their_uid_and_raise_their_sequence(town, session, client):
    found = town.announced()
    session.commit()
    address = f"/data/consultations/{found.slug}.ics"
    _, before = events(client, address)
    town.step(found, Step.OPEN)
    session.commit()
    _, after = events(client, address)
    assert before.keys() == after.keys()
    assert all(after[uid]["sequence"] > before[uid]["sequence"] for uid in before)


def test_hours_of_votes_carry_the_zone_of_the_city(site_hall, client):
    site_hall.draw_up().do(services.announce)
    calendar, read = events(client, "/data/calendar.ics")
    assert len(read) == 2
    zones = [str(each["tzid"]) for each in calendar.walk("VTIMEZONE")]
    assert zones == ["Asia/Jakarta"]
    for each in read.values():
        assert each["dtstart"].params["TZID"] == "Asia/Jakarta"


@pytest.mark.parametrize("end", [".atom", ".ics", "/comments.csv", "/comments.ndjson"])
def test_nothing_of_a_draft_is_handed_out(town, session, client, end):
    found = town.drafted()
    session.commit()
    assert client.get(f"/data/consultations/{found.slug}{end}").status_code == 404


def test_pages_name_their_feeds(town, session, browser):
    found = town.announced()
    session.commit()
    for page in ("/consultations", f"/consultations/{found.slug}", "/votes"):
        links = browser.visit(page).all("link")
        assert [each for each in links if each.attributes.get("type") == "application/atom+xml"]
