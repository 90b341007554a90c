"""Officers' pages: create, import, preview, publish, open, answer, decide."""

import io

import pytest
from sqlmodel import select

from participation.comments.models import Answer
from participation.consultations.models import Consultation
from participation.core.access import Role
from tests.factories.consultations import TEXT
from tests.places import shared

DESK = "/desk/consultations"
SUMUR = f"{DESK}/pemakaian-sumur"
FACTS = {
    "title": "Pemakaian sumur",
    "document": "Rancangan Peraturan Wali Kota",
    "office": "Dinas Air",
    "decider": "Wali Kota Lembayung",
    "summary": "Sumur untuk semua.",
    "opens_on": "2026-11-20",
    "closes_on": "2026-12-02",
    "answers_by": "2026-12-20",
    "decides_by": "2027-01-31",
}


@pytest.fixture
def officer(browser_of):
    browser, _actor = browser_of("Ratna Wulandari", Role.OFFICER)
    return browser


def upload(browser, content: bytes, status: int = 200):
    """Sends a file with the form for the text."""
    token = browser.page.one("form", id="text-form").one("input", name="csrf_token")
    response = browser.client.post(
        f"{SUMUR}/text",
        data={
            "csrf_token": token.attributes["value"],
            "source": "",
            "file": (io.BytesIO(content), "rancangan.txt"),
        },
    )
    return browser._show(response, f"{SUMUR}/text", status)


def test_from_a_title_to_an_answer_in_one_sitting(officer, browser_of):
    officer.visit(DESK)
    officer.click("New consultation")
    officer.send("details-form", **FACTS)
    page = officer.send("text-form", source=TEXT)
    assert "Every line found its place." in page.words
    assert page.one("ul", class_="figures num").words.startswith("3 articles")
    officer.click("To publishing")
    page = officer.send("step-form")
    assert "Published." in page.words
    page = officer.send("step-form")
    assert page.one("li", aria_current="step").words.startswith("Comments")

    resident, _actor = browser_of("Sri Hartati")
    resident.visit("/consultations/pemakaian-sumur/clauses/pasal-3")
    resident.send("comment-form", stance="question", body="Anak-anak juga?")

    officer.visit(SUMUR)
    officer.click("Answer 1 comment")
    page = officer.click("Answer this Sri Hartati")
    assert page.one("input", name="name").attributes["value"] == "Ratna Wulandari"
    page = officer.send("answer-form", reason="question-answered", body="Ya, demi keselamatan.")
    assert "Every comment has its answer." in page.words
    page = resident.visit("/consultations/pemakaian-sumur/clauses/pasal-3")
    assert "Ya, demi keselamatan." in page.one("div", class_="answer").words


def test_days_in_the_wrong_order_come_back_beside_the_field(officer):
    officer.visit(f"{DESK}/new")
    page = officer.send("details-form", 422, **(FACTS | {"closes_on": "2026-11-01"}))
    assert page.one("input", name="closes_on").attributes["aria-invalid"] == "true"
    assert "must not be before 20 November 2026" in page.words
    assert page.one("input", name="title").attributes["value"] == "Pemakaian sumur"


def test_missing_facts_are_all_named_at_once(officer):
    officer.visit(f"{DESK}/new")
    page = officer.send("details-form", 422)
    assert len(page.one("div", class_="summary").all("a")) == 9


def test_doubtful_lines_are_shown_with_number_and_expectation(officer, town):
    town.drafted(TEXT.replace("Pasal 3", "Pasal 4"))
    town.session.commit()
    page = officer.visit(f"{SUMUR}/text")
    (row,) = page.one("table").one("tbody").all("tr")
    line = TEXT.split("\n").index("Pasal 3") + 1
    assert row.words == f"{line} Pasal 4 Expected Pasal 3, found Pasal 4."
    assert page.one("section", aria_labelledby="tree").one("span", class_="chip now num")


def test_a_text_without_articles_cannot_be_published_and_says_why(officer, town):
    town.drafted("Undangan rapat warga.")
    town.session.commit()
    assert "No article was found." in officer.visit(f"{SUMUR}/text").words
    page = officer.visit(SUMUR)
    assert "There is no draft text with articles yet." in page.words
    assert "disabled" in page.one("form", id="step-form").one("button").attributes
    assert "no draft text" in officer.send("step-form", 409).words


def test_a_file_is_imported_as_it_is(officer, town):
    town.drafted("Lama.")
    town.session.commit()
    officer.visit(f"{SUMUR}/text")
    page = upload(officer, b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert page.one("ul", class_="figures num").words.startswith("3 articles")


def test_a_file_that_is_no_text_is_refused_with_its_line(officer, town):
    town.drafted("Lama.")
    town.session.commit()
    officer.visit(f"{SUMUR}/text")
    assert "line 2 holds signs" in upload(officer, b"Pasal 1\n\xff\xfe\n", 422).words
    assert "no Word document" in upload(officer, b"PK\x03\x04\0\0", 422).words


def test_a_real_law_is_imported_through_the_page(officer, town):
    law = (shared("law-id") / "pp-2019-12.md").read_bytes()
    town.drafted("Lama.")
    town.session.commit()
    officer.visit(f"{SUMUR}/text")
    page = upload(officer, law)
    assert page.one("ul", class_="figures num").words.startswith("224 articles")
    assert "Expected Pasal 111, found Pasal 112." in page.words


def test_a_published_text_has_no_import_any_more(officer, town):
    town.announced()
    town.session.commit()
    page = officer.visit(f"{SUMUR}/text")
    page = officer.send("text-form", 422, source="Pasal 1\nLain.")
    assert "The text was published and stays as it is" in page.words


def test_a_step_too_early_is_refused_with_the_date(officer, town):
    town.opened()
    town.session.commit()
    page = officer.visit(SUMUR)
    assert "until the end of 2 December 2026" in page.words
    page = officer.send("step-form", 422)
    assert "until the end of 2 December 2026" in page.one("div", class_="summary").words


def test_the_decision_is_written_on_the_desk(officer, town, clock):
    town.opened()
    town.session.commit()
    clock.move(days=13)
    officer.visit(SUMUR)
    officer.send("step-form")
    page = officer.send("step-form", 422)
    assert "Write down what was decided first" in page.words
    officer.send("step-form", outcome="Ditetapkan.")
    page = officer.send("step-form")
    assert "This consultation is over." in page.words


def test_an_answer_without_words_or_signature_is_refused(officer, town):
    said = town.comment(town.opened())
    town.session.commit()
    officer.visit(f"{SUMUR}/comments/{said.id}/answer")
    page = officer.send("answer-form", 422, body="", name="")
    assert len(page.one("div", class_="summary").all("a")) == 3
    assert town.session.exec(select(Answer)).all() == []


def test_a_second_answer_is_refused_with_its_words_kept(officer, town):
    found = town.opened()
    said = town.comment(found)
    town.session.commit()
    officer.visit(f"{SUMUR}/comments/{said.id}/answer")
    town.answer(found, said)
    town.session.commit()
    page = officer.send("answer-form", 422, reason="adopted", body="Terlambat.")
    assert "has an answer already" in page.words
    assert page.one("textarea").words == "Terlambat."


def test_facts_may_change_before_opening(officer, town):
    town.announced()
    town.session.commit()
    officer.visit(f"{SUMUR}/details")
    officer.send("details-form", title="Sumur kita")
    town.session.expire_all()
    (found,) = town.session.exec(select(Consultation))
    assert found.title == "Sumur kita"


@pytest.mark.parametrize(
    "address",
    ["", "/new", "/pemakaian-sumur", "/pemakaian-sumur/details", "/pemakaian-sumur/text",
     "/pemakaian-sumur/waiting"],
)  # fmt: skip
def test_the_desk_is_closed_to_residents(browser_of, town, address):
    town.announced()
    town.session.commit()
    resident, _actor = browser_of("Sri Hartati")
    assert "not open to you" in resident.visit(f"{DESK}{address}", 403).words


def test_the_desk_asks_strangers_to_sign_in(browser):
    browser.visit(DESK)
    assert browser.here.startswith("/sign-in")


def test_half_typed_facts_are_kept_in_the_browser_until_they_arrive(officer):
    page = officer.visit(f"{DESK}/new")
    kept = page.one("form", id="details-form").attributes["data-keep-draft"]
    page = officer.send("details-form", **FACTS)
    assert page.one("span", data_draft_done=kept)
    page = officer.visit(f"{SUMUR}/details")
    kept = page.one("form", id="details-form").attributes["data-keep-draft"]
    page = officer.send("details-form", title="Sumur kita")
    assert page.one("span", data_draft_done=kept)
