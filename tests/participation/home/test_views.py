"""The front page and the general pages."""

from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus

import pytest

from participation.comments.models import Answer, Comment
from participation.consultations.models import (
    Consultation,
    DraftChapter,
    DraftClause,
    DraftVersion,
)
from participation.consultations.rules import SUBJECT_KIND, Phase
from participation.core.ids import new_token
from tests.participation.people import MORNING, make_person
from tests.participation.votes.hall import PROPOSAL, WORDING, Hall

OTHER = replace(WORDING, title={"id": "Jalan lain", "en": "Another street"})
THIRD = replace(WORDING, title={"id": "Jalan ketiga", "en": "A third street"})
TODAY = date(2026, 11, 21)


@pytest.fixture
def site_hall(app, session, clock):
    """Votes on the site's own database."""
    return Hall.of(session, app.extensions["suara-ballots"], clock)


@pytest.fixture
def talk(session):
    """An open consultation with three comments, two of them answered together."""
    sri = make_person(session)
    held = Consultation(
        slug="sampah", title="Pengelolaan sampah", document="Rancangan Peraturan Wali Kota",
        office="Dinas Lingkungan Hidup", decider="Wali Kota", summary="Tiga tempat sampah.",
        phase=Phase.OPEN, opens_on=TODAY - timedelta(days=20), closes_on=TODAY + timedelta(days=10),
        answers_by=TODAY + timedelta(days=30), decides_by=TODAY + timedelta(days=60),
        created_by=sri.id, created_at=MORNING, announced_at=MORNING,
    )  # fmt: skip
    answer = Answer(author_id=sri.id, name="Ratna Wulandari", office="Dinas Lingkungan Hidup",
                    body="Diterima. Ayat (2) menambahkan jam tutup pasar.",
                    written_at=MORNING)  # fmt: skip
    version = DraftVersion(
        consultation_id=held.id, number=1, source="x", source_sha256="0" * 64, article_count=1,
        opening="", closing="", imported_by=sri.id, imported_at=MORNING, published_by=sri.id,
        published_at=MORNING,
    )  # fmt: skip
    session.add_all([held, answer])
    session.flush()
    session.add(version)
    session.flush()
    session.add(DraftChapter(version_id=version.id, number=1, citation="", title="", piece=1,
                             first_article="7", last_article="7"))  # fmt: skip
    session.flush()
    session.add(DraftClause(version_id=version.id, position=0, clause_id="pasal-7", kind="article",
                            label="Pasal 7", citation="Pasal 7", title="", text="Sampah.",
                            indent=0, chapter=1, block=0))  # fmt: skip
    for number in range(3):
        session.add(Comment(subject_kind=SUBJECT_KIND, subject_id=held.id, place="pasal-7",
                            edition=1, author_id=sri.id, stance="concern", body=f"Kata {number}",
                            written_at=MORNING, form_key=new_token(),
                            answer_id=answer.id if number else None))  # fmt: skip
    session.commit()
    return held


def test_an_empty_city_says_honestly_that_nothing_is_open(browser):
    page = browser.visit("/")
    assert "Nothing is open at the moment" in page.words
    assert page.all("ul", class_="figures num") == []


def test_the_front_page_says_what_is_open_for_how_long_and_how_much_is_answered(browser, talk):
    page = browser.visit("/")
    row = page.one("section", **{"aria-labelledby": "open-now"}).one("li")
    assert "Pengelolaan sampah" in row.words
    assert "11 days left" in row.words
    assert "3 comments, 67 % answered" in row.words


def test_one_answer_to_several_people_is_one_line_that_leads_to_its_clause(browser, talk):
    page = browser.visit("/")
    row = page.one("section", **{"aria-labelledby": "answers"}).one("li")
    assert row.words.startswith("Pasal 7 Diterima. Ayat (2) menambahkan jam tutup pasar.")
    assert "From 2 comments. Answered by Ratna Wulandari" in row.words
    assert row.one("a").attributes["href"] == "/consultations/sampah/clauses/pasal-7"


def test_figures_stand_in_the_readers_language(browser, talk):
    words = browser.visit("/id/").one("ul", class_="figures num").words
    assert words == "3 pendapat dalam setahun 67 % sudah dijawab"


def test_with_one_open_consultation_the_button_leads_into_it(browser, talk):
    browser.visit("/")
    browser.click("Have your say now")
    assert browser.here == "/consultations/sampah"


@pytest.mark.parametrize(
    "path", ["/verify", "/second-device", "/accessibility", "/privacy", "/data"]
)
@pytest.mark.parametrize("language", ["en", "id"])
def test_the_general_pages_stand_in_both_languages(browser, path, language):
    page = browser.visit(f"/{language}{path}")
    assert len(page.one("main").words) > 500
    text = page.one("main").words
    assert ("dan" in text.split()) is (language == "id")


def records(page) -> list[str]:
    """The elections that the verifier offers, the chosen one first; "" is a file."""
    offered = [each.attributes for each in page.all("input") if each.attributes.get("name")]
    found = [each["value"] for each in offered if each["name"] == "record"]
    chosen = [each["value"] for each in offered if "checked" in each]
    assert chosen == found[:1]
    return found


def test_the_verifier_offers_every_vote_with_a_record_and_begins_with_the_asked_one(
    browser, site_hall
):
    assert records(browser.visit("/verify")) == [""]
    first = site_hall.freeze().vote.eid
    second = site_hall.freeze(replace(PROPOSAL, wording=OTHER)).vote.eid
    site_hall.draw_up(replace(PROPOSAL, wording=THIRD))
    assert set(records(browser.visit("/verify"))) == {first, second, ""}
    assert records(browser.visit(f"/verify?eid={second}")) == [second, first, ""]
    assert records(browser.visit(f"/verify?eid={first}")) == [first, second, ""]
    browser.visit("/verify?eid=nothing", status=HTTPStatus.NOT_FOUND)


def test_the_front_page_asks_the_database_a_fixed_number_of_questions(
    app, browser, talk, questions
):
    browser.visit("/")
    few = questions()
    assert 0 < few <= 14
