"""The desk's pages without scripts: typing, comparing, printing; and the page of a code."""

import csv
import io
import json
from datetime import timedelta

import pytest
from sqlmodel import select

from participation.comments.models import Comment
from participation.comments.rules import Reason, Source
from participation.consultations.rules import Step
from participation.core.access import Role
from participation.intake import queries, services
from participation.intake.codes import new_code, spaced
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.rules import LOOKS_PER_PLACE, MOST_FORMS
from tests.factories.intake import MOMENT

DESK = "/desk/intake/pemakaian-sumur"
HOME = "/consultations/pemakaian-sumur"
ROW = {"clause": "ps 2 (1)", "stance": "concern", "body": "Sumur kami kering.",
       "name": "Mbah Karto"}  # fmt: skip


@pytest.fixture
def office(desk):
    """An open consultation that the site shows."""
    desk.session.commit()
    return desk


@pytest.fixture
def typist(office, browser_of):
    return browser_of("Dewi Lestari", Role.OFFICER)[0]


@pytest.fixture
def checker(office, browser_of):
    return browser_of("Wahyu Nugroho", Role.OFFICER)[0]


def begin(browser, source="paper", title="Balai RW 03"):
    browser.visit(DESK)
    browser.send("begin-form", source=source, received_on="2026-11-18", title=title)
    return browser.here.split("?")[0]


def handed_over(browser, *rows):
    """A pile with these rows, handed over; its address."""
    pile = begin(browser)
    for row in rows or ({},):
        browser.send("entry-form", **(ROW | row))
    browser.send("hand-over-form")
    return pile


def published(office, body="Sumur kami kering.", source=Source.PAPER, **more):
    comment = office.published(body, source, **more)
    office.session.commit()
    return comment


def code_of(office, comment):
    found = office.session.exec(
        select(IntakeEntry).where(IntakeEntry.comment_id == comment.id)
    ).one()
    return spaced(found.code)


def test_from_the_paper_to_the_thread(typist, checker, browser):
    pile = handed_over(typist)
    checker.visit(f"{pile}/check")
    assert "Sumur kami kering." in checker.page.words
    checker.send("check-1", button="The same as on the paper: publish")
    page = browser.visit(f"{HOME}/clauses/pasal-2-ayat-1")
    assert "Mbah Karto" in page.words
    assert "handed in on paper, 18 Nov" in page.words


def test_the_typist_sees_nothing_to_confirm(typist):
    pile = handed_over(typist)
    page = typist.visit(f"{pile}/check")
    assert "1 entry is yours" in page.words
    assert not page.all("form", id="check-1")


def test_the_typist_who_sends_the_form_of_the_check_is_refused(office, typist, checker):
    """The form copied from a colleague's page does not help."""
    pile = handed_over(typist)
    checker.visit(f"{pile}/check")
    address = checker.page.one("form", id="check-1").attributes["action"]
    typist.visit(DESK)
    token = typist.page.all("input", name="csrf_token")[0].attributes["value"]
    answer = typist.client.post(address, data={"act": "confirm", "seen": "1", "csrf_token": token})
    assert answer.status_code == 403
    assert not office.session.exec(select(Comment)).all()


def test_a_stale_page_confirms_nothing(office, typist, checker):
    pile = handed_over(typist)
    checker.visit(f"{pile}/check")
    stale = checker.page
    checker.send("check-1", button="Send back", reason="Pasal 3, bukan 2.")
    typist.visit(pile)
    typist.click("Correct number 1")
    typist.send("entry-form", clause="Pasal 3")
    checker.page = stale
    page = checker.send("check-1", 422, button="The same as on the paper: publish")
    assert "changed after you opened the page" in page.words
    assert "Pasal 3" in page.words
    assert not office.session.exec(select(Comment)).all()


def test_sending_back_needs_a_reason(typist, checker):
    pile = handed_over(typist)
    checker.visit(f"{pile}/check")
    page = checker.send("check-1", 422, button="Send back", reason="")
    assert "Say why" in page.words


def test_what_is_sent_back_tells_why_and_can_be_set_aside(office, typist, checker, browser):
    pile = handed_over(typist)
    checker.visit(f"{pile}/check")
    checker.send("check-1", button="Send back", reason="Tidak terbaca.")
    page = typist.visit(pile)
    assert "Tidak terbaca." in page.words
    typist.click("Correct number 1")
    typist.send("aside-form", reason="Tulisan tidak terbaca.")
    entry = office.session.exec(select(IntakeEntry)).one()
    page = browser.visit(f"/k/{entry.code}")
    assert "Tulisan tidak terbaca." in page.words
    assert "Mbah Karto" not in page.words


def test_a_refused_row_keeps_everything_typed(typist):
    begin(typist)
    page = typist.send("entry-form", 422, **(ROW | {"clause": "Pasal 99"}))
    assert "This draft has no “Pasal 99”." in page.words
    form = page.one("form", id="entry-form")
    assert form.one("textarea").words == "Sumur kami kering."
    assert form.one("input", name="name").attributes["value"] == "Mbah Karto"


def test_a_row_needs_a_name_or_the_tick(typist):
    begin(typist)
    page = typist.send("entry-form", 422, **(ROW | {"name": ""}))
    assert "Type the name as signed" in page.words
    page = typist.send("entry-form", name="", is_unnamed="y")
    assert "not to be named" in page.words


def test_a_ticked_row_forgets_a_name_that_stands_there_too(office, typist):
    begin(typist)
    typist.send("entry-form", **(ROW | {"is_unnamed": "y"}))
    assert office.session.exec(select(IntakeEntry)).one().name == ""


def test_a_row_survives_an_expired_sign_in(office, typist, clock):
    pile = begin(typist)
    cookies = typist.client
    clock.move(days=31)
    page = typist.send("entry-form", 401, **ROW)
    assert page.all("input", name="kept")
    assert cookies is typist.client
    page = typist.send(email="dewi.lestari@example.id", password="pisang goreng hangat")
    assert typist.here.startswith(pile)
    form = page.one("form", id="entry-form")
    assert form.one("textarea").words == "Sumur kami kering."
    assert form.one("input", name="clause").attributes["value"] == "ps 2 (1)"


def test_a_row_survives_the_end_of_the_intake(typist, clock):
    begin(typist)
    clock.move(days=20)
    page = typist.send("entry-form", 422, **ROW)
    assert "Comments closed on" in page.words
    assert page.one("form", id="entry-form").one("textarea").words == "Sumur kami kering."


def test_an_entry_can_be_deleted_until_it_is_handed_over(office, typist):
    begin(typist)
    page = typist.send("entry-form", **ROW)
    form = next(each for each in page.all("form") if "deletion" in each.attributes["action"])
    token = form.one("input").attributes["value"]
    typist.client.post(form.attributes["action"], data={"csrf_token": token})
    assert not office.session.exec(select(IntakeEntry)).all()


def test_a_long_pile_stays_quick_to_type(office, browser_of, typist):
    batch = office.batch()
    for number in range(25):
        office.entry(batch, f"Usul nomor {number}.")
    office.session.commit()
    page = typist.visit(f"/desk/intake/batches/{batch.id}")
    assert "25 entries are typed" in page.words
    assert len(page.all("article")) == 10
    assert "Usul nomor 24." in page.words
    typist.click("Show all that is typed")
    assert len(typist.page.all("article")) == 25


def test_residents_find_no_door_to_the_desk(office, browser_of):
    resident, _ = browser_of("Sri Rahayu")
    batch = office.batch()
    office.session.commit()
    for address in ("/desk/intake", DESK, f"/desk/intake/batches/{batch.id}"):
        resident.visit(address, 403)


def test_the_desk_counts_what_waits_for_whom(typist, checker):
    handed_over(typist)
    assert "to compare with the paper" not in typist.visit("/desk").words
    assert "1 to compare with the paper" in checker.visit("/desk").words


def test_a_page_of_forms_bears_a_fresh_code_each(office, typist):
    typist.visit(DESK)
    page = typist.send("print-form", count="3")
    codes = {each.words for each in page.all("p", class_="code")}
    assert len(codes) == 3
    assert len(page.all("article")) == 3
    assert page.one("html").attributes["lang"] == "id"
    assert "Serahkan paling lambat" in page.words
    again = typist.visit(typist.here)
    assert {each.words for each in again.all("p", class_="code")} == codes


@pytest.mark.parametrize("count", ["0", "-4", str(MOST_FORMS + 1), "banyak", ""])
def test_the_number_of_forms_is_bounded(office, typist, count):
    typist.visit(DESK)
    typist.send("print-form", 422, count=count)


def test_the_code_shows_how_far_it_is(office, typist, checker, browser):
    series = services.make_codes(office.session, office.typist, office.found, 1, MOMENT)
    code = spaced(queries.series(office.session, series)[0].code)
    office.session.commit()
    assert "not typed yet" in browser.visit(f"/k/{code}").words
    begin(typist)
    typist.send("entry-form", **(ROW | {"code": code.lower()}))
    assert "Received" in browser.visit(f"/k/{code}").words
    typist.send("hand-over-form")
    assert "Being checked" in browser.visit(f"/k/{code}").words
    batch = office.session.exec(select(IntakeBatch)).one()
    checker.visit(f"/desk/intake/batches/{batch.id}/check")
    checker.send("check-1", button="The same as on the paper: publish")
    page = browser.visit(f"/k/{code}")
    assert "Published" in page.words
    browser.click("See it among the other comments")
    assert "Sumur kami kering." in browser.page.words


def test_the_code_shows_the_answer_and_no_name(office, browser):
    comment = published(office)
    office.city.answer(office.found, comment, "Kami gali lebih dalam.", reason=Reason.ADOPTED)
    office.session.commit()
    page = browser.visit(f"/k/{code_of(office, comment)}")
    assert "Kami gali lebih dalam." in page.words
    assert "Adopted" in page.words
    assert "Karto" not in page.words
    assert "Sumur kami kering" not in page.words
    assert browser.response.headers["Cache-Control"] == "no-store"
    assert browser.response.headers["X-Robots-Tag"] == "noindex"


def test_a_code_is_looked_up_however_it_is_written(office, browser):
    code = code_of(office, published(office))
    browser.visit("/k")
    browser.visit(f"/k?code={code.lower().replace('-', '%20')}")
    assert browser.here.endswith(code)


def test_a_slip_in_a_code_is_told_and_costs_no_look(office, browser):
    code = code_of(office, published(office))
    wrong = ("3" if code[0] != "3" else "4") + code[1:]
    for _ in range(LOOKS_PER_PLACE.tries + 1):
        page = browser.visit(f"/k/{wrong}", 422)
    assert "There is a slip in this code" in page.words
    browser.visit(f"/k/{code}")


def test_guessing_codes_ends_soon_and_the_real_one_waits_too(office, client, clock):
    """Who tries one well-formed code after the other is told to wait; a hit tells nothing."""
    known = code_of(office, published(office))
    seen = [client.get(f"/k/{new_code()}").status_code for _ in range(LOOKS_PER_PLACE.tries)]
    assert set(seen) == {404}
    assert client.get(f"/k/{known}").status_code == 429
    clock.move(minutes=11)
    assert client.get(f"/k/{known}").status_code == 200


def test_the_desk_prints_the_answer_for_whoever_comes(office, typist):
    comment = published(office)
    office.city.answer(office.found, comment, "Kami gali lebih dalam.")
    office.session.commit()
    page = typist.visit(f"/desk/intake/codes/{code_of(office, comment)}/letter")
    for words in ("Mbah Karto", "Sumur kami kering.", "Kami gali lebih dalam.", "Ratna Wulandari"):
        assert words in page.words


def test_the_letter_is_for_the_desk_only(office, browser_of):
    code = code_of(office, published(office))
    resident, _ = browser_of("Sri Rahayu")
    resident.visit(f"/desk/intake/codes/{code}/letter", 403)


def test_html_in_words_and_names_stays_text(typist, checker, browser):
    """What stands on a paper is shown, never run."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    pile = handed_over(typist, {"body": evil, "name": "<b onclick=x>Mbah</b>"})
    page = checker.visit(f"{pile}/check")
    assert not page.all("b", onclick="x")
    checker.send("check-1", button="The same as on the paper: publish")
    for address in (pile, f"{HOME}/clauses/pasal-2-ayat-1"):
        checker.visit(address)
        assert "<script>alert" not in checker.response.get_data(as_text=True)
        assert "onerror=alert(2)>" not in checker.response.get_data(as_text=True)


def test_the_exports_say_how_it_came_and_no_cell_is_a_formula(office, client):
    """Words that look like a formula reach no spreadsheet as one."""
    published(office, '=HYPERLINK("http://x","y")', Source.SMS)
    office.city.comment(office.found)
    office.session.commit()
    text = client.get("/data/consultations/pemakaian-sumur/comments.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sorted(row["source"] for row in rows) == ["", "sms"]
    assert {row["received_on"] for row in rows} == {"", "2026-11-18"}
    assert all(not row["body"].startswith("=") for row in rows)
    lines = client.get("/data/consultations/pemakaian-sumur/comments.ndjson").get_data(as_text=True)
    assert {json.loads(line)["source"] for line in lines.splitlines()} == {"", "sms"}


def test_the_interface_and_its_description_say_how_it_came(office, client):
    published(office)
    found = client.get("/api/v1/consultations/pemakaian-sumur/comments").json
    assert [each["source"] for each in found["items"]] == ["paper"]
    described = client.get("/api/v1/openapi.json").json["components"]["schemas"]["CommentDocument"]
    assert described["properties"]["source"]["enum"] == ["", "paper", "counter", "meeting", "sms"]


def test_the_matrix_and_the_outcome_count_how_comments_came(office, browser):
    after = office.found.closes_on + timedelta(1)
    one, two = published(office), published(office, "Airnya keruh.", Source.SMS)
    three = office.city.comment(office.found)
    office.city.step(office.found, Step.CLOSE, after)
    office.city.answer(office.found, one, two, three)
    office.city.step(office.found, Step.DECIDE, after, outcome="Selesai.")
    office.session.commit()
    page = browser.visit(f"{HOME}/matrix")
    assert "handed in on paper" in page.words
    assert "by SMS" in page.words
    page = browser.visit(f"{HOME}/outcome")
    (told,) = (each.words for each in page.all("p") if each.words.startswith("How they came:"))
    assert (
        told.replace(" ,", ",")
        .replace(" .", ".")
        .endswith("on the site 1, handed in on paper 1, by SMS 1.")
    )
    assert browser.client.get(f"{HOME}/matrix.xlsx").status_code == 200
    assert browser.client.get(f"{HOME}/matrix.pdf").status_code == 200


def test_the_consultation_says_that_paper_counts_too(office, browser):
    browser.visit(HOME)
    browser.click("Taking part without internet")
    assert "Words on paper count exactly as much" in browser.page.words
