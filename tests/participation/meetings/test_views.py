"""Pages of meetings without scripts: from the desk to the calendar, the minutes, the correction."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import event as sql
from sqlmodel import select

from participation.comments.standing.rules import Withheld
from participation.comments.standing.services import Grounds, withhold
from participation.core.access import Role
from participation.core.mail import Letter
from participation.meetings import services
from participation.meetings.forms import read_moment, write_moment
from tests.factories.consultations import NOW
from tests.factories.meetings import AFTER, BEGINS, ENDS, confirm, entries

DRAFT = "/consultations/pemakaian-sumur"
FACTS = {
    "consultation": "pemakaian-sumur",
    "title": "Rembuk sumur",
    "place": "Balai RW 3",
    "address": "Jalan Melati 7",
    "link": "https://temu.example.id/sumur",
    "about": "Bawa **timba**.",
    "access": "Tanpa tangga.",
    "begins_at": "2026-11-25T09:00",
    "ends_at": "2026-11-25T11:00",
}


@pytest.fixture(autouse=True)
def before(clock):
    """The day on which the meetings of these tests are drawn up."""
    clock.moment = NOW


@pytest.fixture
def officer(as_, place):
    return as_(place.officer)


@pytest.fixture
def meeting(place):
    made = place.announced()
    place.session.commit()
    return made


@pytest.fixture
def minuted(place):
    made = place.announced()
    place.write(made)
    place.said(made)
    place.publish(made)
    place.session.commit()
    return made


def event(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    return Calendar.from_ical(answer.data).walk("VEVENT")[-1]


def draw_up(officer, **changes):
    officer.visit("/desk/meetings/new")
    return officer.send("facts-form", **(FACTS | changes))


def test_from_a_draft_to_the_page_that_residents_read(officer, place, browser):
    assert "There is no agenda yet" in draw_up(officer).words
    address = officer.here.replace("/desk", "")
    browser.visit(address, 404)
    words = officer.send("item-form", title="Waktu", minutes="45", place="pasal-2-ayat-1").words
    assert "09:00\N{EN DASH}09:45" in words
    assert "75 minutes of the meeting have no item yet." in words
    officer.send("announce-form")
    told = browser.visit(address).words
    for each in ("Wednesday", "25 November 2026", "09:00\N{EN DASH}11:00 WIB", "Balai RW 3",
                 "Jalan Melati 7", "Tanpa tangga.", "Pasal 2 ayat (1)", "coming"):  # fmt: skip
        assert each in told
    assert browser.page.one("a", href="https://temu.example.id/sumur")
    assert "Meeting: Rembuk sumur" in browser.visit(DRAFT).words
    assert "Rembuk sumur" in browser.visit("/meetings").words


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"link": "javascript:alert(1)"}, "A web address is expected here"),
        ({"ends_at": "2026-11-25T08:00"}, "It must end after it begins."),
        ({"begins_at": "besok"}, "A day and a time are expected here"),
        ({"begins_at": "0001-01-01T00:00"}, "A day and a time are expected here"),
        ({"begins_at": "9999-12-31T23:59", "ends_at": "9999-12-31T23:59"}, "must end after"),
        ({"title": "x" * 200}, "At most 120 characters."),
        ({"consultation": "lain"}, "Choose the draft that it is about."),
        ({"address": "", "link": ""}, "Say where it is"),
    ],
)
def test_a_refused_meeting_comes_back_filled_in(officer, place, changes, said):
    officer.visit("/desk/meetings/new")
    page = officer.send("facts-form", 422, **(FACTS | changes))
    assert said in page.words
    assert page.one("input", id="place").attributes["value"] == "Balai RW 3"


def test_a_change_and_a_cancellation_are_told_to_those_who_wanted_to_come(
    officer, place, meeting, browser
):
    place.coming(meeting, place.city.resident)
    place.session.commit()
    officer.visit(f"/desk/meetings/{meeting.slug}/facts")
    officer.send("facts-form", place="Aula kecamatan")
    officer.visit(f"/desk/meetings/{meeting.slug}/cancel")
    assert "This must be filled in." in officer.send("cancel-form", 422, reason=" ").words
    officer.send("cancel-form", reason="Banjir di Jalan Melati.")
    words = browser.visit(f"/meetings/{meeting.slug}").words
    assert "This meeting is cancelled. Banjir di Jalan Melati." in words
    assert "I will come" not in words
    letters = place.session.scalars(select(Letter).order_by(Letter.subject)).all()
    assert [each.subject.split(":")[0] for each in letters] == ["Cancelled", "Changed"]
    assert "Banjir di Jalan Melati." in letters[0].body
    assert "Aula kecamatan" in letters[1].body


def test_a_resident_says_that_they_come_and_takes_it_back(as_, place, meeting, browser):
    address = f"/meetings/{meeting.slug}"
    assert "Sign in" in browser.visit(f"{address}/coming").words
    sri = as_(place.city.resident)
    sri.visit(address)
    words = sri.send("coming-form").words
    assert "You will come. 1 person wants to come so far." in words
    sri.send("coming-form")
    assert "wants to come" not in sri.page.words
    assert place.city.resident.name not in browser.visit(address).words


def test_a_late_yes_is_refused_with_the_reason(as_, place, meeting, clock):
    sri = as_(place.city.resident)
    sri.visit(f"/meetings/{meeting.slug}")
    clock.moment = BEGINS
    assert "not ahead of us any more" in sri.send("coming-form", 409).words


def test_items_are_ordered_by_buttons(officer, place):
    meeting = place.drawn_up()
    for name in ("Pertama", "Kedua"):
        place.item(meeting, name)
    place.session.commit()
    officer.visit(f"/desk/meetings/{meeting.slug}")
    forms = [each.attributes["action"] for each in officer.page.all("form")]
    up = next(each for each in forms if each.endswith("/up"))
    token = officer.page.all("input", name="csrf_token")[0].attributes["value"]
    officer.client.post(up, data={"csrf_token": token})
    words = officer.visit(f"/desk/meetings/{meeting.slug}").words
    assert words.index("Kedua") < words.index("Pertama")


def test_minutes_are_written_previewed_and_published(officer, place, meeting, browser, clock):
    clock.moment = AFTER
    desk, public = f"/desk/meetings/{meeting.slug}", f"/meetings/{meeting.slug}"
    assert "The minutes are promised by 2 December 2026" in browser.visit(public).words
    assert "1 meeting without minutes" in officer.visit("/desk").words
    officer.visit(f"{desk}/minutes")
    officer.send("minutes-form", came="", groups="warga", summary_0="Setengah")
    assert "Setengah" in officer.visit(f"{desk}/minutes").words
    officer.click("Write down what somebody said")
    officer.send("said-form", 422, body="Buka malam.")
    officer.send("said-form", body="Buka malam.", stance="idea", name="Pak Joko")
    officer.click("See what everybody will read")
    assert "Nobody has counted yet" in officer.page.words
    assert "Say first how many people came" in officer.send("publish-form", 422).words
    officer.visit(f"{desk}/minutes")
    officer.send("minutes-form", came="17", groups="warga", summary_0="Disepakati.")
    officer.click("See what everybody will read")
    assert "1 contribution waits for a second person" in officer.send("publish-form").words
    words = browser.visit(public).words
    for each in ("17 people came", "Disepakati.", "Buka malam.", "Pak Joko",
                 "once a second person has compared it"):  # fmt: skip
        assert each in words
    second = place.city.person("Wulan", Role.OFFICER)
    comment = confirm(place, entries(place)[0], second)
    place.session.commit()
    assert "What became of it: waiting for an answer" in browser.visit(public).words
    place.city.answer(place.found, comment)
    place.session.commit()
    browser.visit(public)
    assert "Diterima." in browser.click("answered").words


def test_a_correction_says_what_changed_when_and_why(officer, place, minuted, browser, clock):
    clock.moment = AFTER + timedelta(days=1)
    desk, public = f"/desk/meetings/{minuted.slug}", f"/meetings/{minuted.slug}"
    officer.visit(f"{desk}/minutes")
    officer.send("correct-form")
    officer.send("minutes-form", summary_0="Ditolak.")
    assert "Ditolak." not in browser.visit(public).words
    officer.click("See what everybody will read")
    assert "This must be filled in." in officer.send("publish-form", 422).words
    officer.send("publish-form", reason="Salah tulis.")
    assert "Corrected: Salah tulis." in browser.visit(public).words
    words = browser.click("Version 2").words
    assert "Salah tulis." in words
    assert re.search(r"\[ ?gone: Disepakati\. ?\] \[ ?added: Ditolak\. ?\]", words)
    assert "There is a later version." in browser.visit(f"{public}/minutes/1").words
    browser.visit(f"{public}/minutes/3", 404)


def test_unpublished_minutes_are_read_by_nobody_else(place, meeting, browser, clock):
    place.write(meeting, summary="Masih rahasia.")
    place.session.commit()
    clock.moment = AFTER
    assert "Masih rahasia." not in browser.visit(f"/meetings/{meeting.slug}").words
    browser.visit(f"/meetings/{meeting.slug}/minutes/1", 404)


def test_nobody_overwrites_a_colleague_unseen(as_, officer, place, meeting, clock):
    clock.moment = AFTER
    address = f"/desk/meetings/{meeting.slug}/minutes"
    other = as_(place.city.person("Wulan", Role.OFFICER))
    place.session.commit()
    officer.visit(address)
    other.visit(address)
    other.send("minutes-form", came="9", summary_0="Dari Wulan.")
    page = officer.send("minutes-form", 422, came="8", summary_0="Dari Ratna.")
    assert "A colleague has saved these minutes" in page.words
    assert "Dari Ratna." in page.words
    officer.send("minutes-form")
    assert "Dari Ratna." in other.visit(address).words


def test_moderators_reach_the_words_in_the_minutes_too(place, minuted, browser):
    """What is removed from the thread is not read in the minutes instead."""
    comment = confirm(place, entries(place)[0])
    place.session.commit()
    address = f"/meetings/{minuted.slug}"
    assert "Bukalah sampai malam." in browser.visit(address).words
    withhold(place.session, comment, Withheld.REMOVED, AFTER, Grounds("insult", "Kasar.", None))
    place.session.commit()
    for each in (address, f"{address}/minutes/1"):
        words = browser.visit(each).words
        assert "Bukalah sampai malam." not in words
        assert "not shown any more" in words


def test_scripts_in_words_stay_words(officer, place, browser):
    draw_up(officer, title="<script>alert(1)</script>", about="<img src=x onerror=alert(1)>")
    officer.send("item-form", title="<b>x</b>", minutes="5")
    address = officer.here.replace("/desk", "")
    officer.send("announce-form")
    page = browser.visit(address)
    assert "<script>alert(1)</script>" in page.words
    assert page.all("img", src="x") == []


@pytest.mark.parametrize(
    "path",
    ["", "/new", "/{slug}", "/{slug}/facts", "/{slug}/cancel", "/{slug}/minutes"],
)
def test_only_officers_see_the_desk(as_, place, meeting, path):
    address = "/desk/meetings" + path.format(slug=meeting.slug)
    as_(place.city.resident).visit(address, 403)


def test_the_desk_finds_what_is_outstanding(officer, place, meeting, clock):
    clock.moment = ENDS + timedelta(days=8)
    page = officer.visit("/desk/meetings?show=outstanding")
    assert "overdue: Write the minutes" in page.words
    clock.moment = NOW
    assert "Nothing is outstanding" in officer.visit("/desk/meetings?show=outstanding").words


def test_a_meeting_is_one_calendar_file(client, place, meeting, session):
    found = event(client, f"/data/meetings/{meeting.slug}.ics")
    zone = ZoneInfo("Asia/Jakarta")
    assert found["dtstart"].dt == datetime(2026, 11, 25, 9, 0, tzinfo=zone)
    assert found["dtstart"].params["TZID"] == "Asia/Jakarta"
    assert (found["location"], found["sequence"]) == ("Balai RW 3, Jalan Melati 7", 0)
    assert "status" not in found
    before, same = found["uid"], f"/data/meetings/{meeting.slug}.ics"
    services.change(session, place.officer, meeting, place.facts(title="Lain"), NOW)
    services.cancel(session, place.officer, meeting, "Banjir. " * 30, NOW)
    session.commit()
    again = event(client, same)
    assert (again["uid"], again["sequence"], again["status"]) == (before, 2, "CANCELLED")
    assert "Banjir." in again["description"]


def test_the_calendars_of_consultation_and_site_hold_meetings(client, place, meeting, session):
    place.drawn_up(title="Masih rahasia")
    session.commit()
    for address in ("/data/calendar.ics", "/data/consultations/pemakaian-sumur.ics"):
        told = [str(each["summary"]) for each in
                Calendar.from_ical(client.get(address).data).walk("VEVENT")]  # fmt: skip
        assert told.count("Rembuk sumur") == 1
        assert "Masih rahasia" not in told
    assert client.get(f"/data/meetings/{place.drawn_up().slug}.ics").status_code == 404


def test_the_feed_tells_what_happened_to_meetings(client, place, minuted, session):
    gone = place.announced(title="Batal")
    services.cancel(session, place.officer, gone, "Banjir.", NOW)
    session.commit()
    told = client.get("/en/data/meetings.atom").get_data(as_text=True)
    for words in ("Meeting announced: Rembuk sumur", "Minutes published", "Cancelled: Batal"):
        assert words in told


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2027-03-28T01:59", "2027-03-28T00:59:00+00:00"),
        ("2027-03-28T03:00", "2027-03-28T01:00:00+00:00"),
        ("2026-10-25T02:30", "2026-10-25T00:30:00+00:00"),
        ("2026-12-01T10:00+09:00", "2026-12-01T01:00:00+00:00"),
    ],
)
def test_clock_times_are_those_of_the_city_also_when_clocks_change(app, said, moment):
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Berlin"
    with app.app_context():
        assert read_moment(said).isoformat() == moment
        if "+" not in said:
            assert write_moment(read_moment(said)) == said
        with pytest.raises(ValueError, match="02:30"):
            read_moment("2027-03-28T02:30")


def test_hours_in_a_city_with_summer_time_are_right_in_calendars(app, client, place, meeting):
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Berlin"
    found = event(client, f"/data/meetings/{meeting.slug}.ics")
    assert found["dtstart"].dt == BEGINS
    assert found["dtstart"].dt.hour == 3


def test_past_meetings_come_in_pages(browser, place, clock):
    for number in range(27):
        place.announced(title=f"Rembuk {number:02}")
    place.session.commit()
    clock.moment = AFTER
    page = browser.visit("/meetings")
    shown = len(page.all("h3"))
    browser.click("Earlier meetings")
    assert shown + len(browser.page.all("h3")) == 28  # the empty list has a heading too
    browser.visit("/meetings?after=kaput", 422)


def test_the_list_needs_few_queries_however_long_it_is(app, browser, place):
    seen: list[str] = []
    engine = app.extensions["suara"].database.engine
    sql.listen(engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
    counts = []
    for _round in range(2):
        for _number in range(5):
            place.announced()
        place.session.commit()
        seen.clear()
        browser.visit("/meetings")
        counts.append(len([each for each in seen if each.lstrip().startswith("SELECT")]))
    assert counts[0] == counts[1] < 6


def test_the_front_page_names_a_meeting_until_it_is_over(browser, meeting, clock):
    assert meeting.title in browser.visit("/").words
    clock.moment = ENDS + timedelta(minutes=1)
    assert meeting.title not in browser.visit("/").words
