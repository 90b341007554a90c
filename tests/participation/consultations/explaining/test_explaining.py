"""Plain words and glossary: written at the desk, made at publication, read by everybody."""

from datetime import timedelta

import pytest
from sqlmodel import select

from participation.consultations.explaining import queries, services
from participation.consultations.explaining.models import ClauseMarks, DraftGlossary
from participation.consultations.queries import chapter_clauses, edition
from participation.consultations.rules import Phase
from participation.consultations.services import Moment, publish_draft
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound
from participation.core.events import Event
from tests.factories.consultations import NOW, TEXT, TODAY
from tests.participation.consultations.test_versions import hand_in, publish

HERE = "/consultations/pemakaian-sumur"
DESK = "/desk/consultations/pemakaian-sumur"
LATER = Moment(NOW + timedelta(minutes=1), TODAY)
DEFINING = TEXT.replace(
    "Sumur adalah lubang yang berisi air.",
    "Dalam Peraturan ini yang dimaksud dengan:\n"
    "1. Sumur adalah lubang yang berisi air.\n"
    "2. Pemakai Sumur yang selanjutnya disebut Pemakai adalah warga yang mengambil air.",
)
EDITED = TEXT.replace("Dilarang mandi di sumur.", "Dilarang keras mencuci di dekat sumur.")


def explain(city, found, clause_id="pasal-3", body="Jangan mandi di sini."):
    services.explain_clause(city.session, city.officer, found, clause_id, body, now=NOW)


def plain(city, found):
    newest = edition(city.session, found.id)
    rows = [row for number in range(3)
            for row in chapter_clauses(city.session, newest.id, number)]  # fmt: skip
    return dict(queries.aids(city.session, found.id, newest, rows).plain)


def test_plain_words_stand_for_the_clause_in_this_version(city, store):
    found = city.opened()
    explain(city, found)
    explain(city, found, "bab-ii", "Tentang pemakaian.")
    assert plain(city, found) == {
        "pasal-3": "Jangan mandi di sini.",
        "bab-ii": "Tentang pemakaian.",
    }
    event = store.exec(select(Event).where(Event.tag == "consultations:clause:explain")).first()
    assert event.details == {"clause": "pasal-3", "version": 1}


def test_they_go_over_to_a_version_that_left_the_clause_alone_only(city):
    found = city.opened()
    explain(city, found, "pasal-2", "Buka tiap hari.")
    explain(city, found, "pasal-3")
    explain(city, found, "bab-ii", "Tentang pemakaian.")
    publish(city, found, hand_in(city, found, EDITED), moment=LATER)
    assert plain(city, found) == {"pasal-2": "Buka tiap hari."}
    explain(city, found, "pasal-3", "Jangan mencuci.")
    assert plain(city, found)["pasal-3"] == "Jangan mencuci."


def test_a_stale_explanation_does_not_come_back_by_itself(city):
    """It was about other words; a later version with the old ones has been checked by nobody."""
    found = city.opened()
    explain(city, found)
    publish(city, found, hand_in(city, found, EDITED), moment=LATER)
    assert plain(city, found) == {}
    explain(city, found, body="")
    after = Moment(NOW + timedelta(minutes=2), TODAY)
    publish(city, found, hand_in(city, found, TEXT + "Pasal 4\nSelesai.\n"), moment=after)
    assert plain(city, found) == {}


def test_words_written_before_the_announcement_stand_with_it(city, store):
    found = city.drafted()
    explain(city, found)
    publish_draft(store, city.officer, found, Moment(NOW, TODAY))
    assert plain(city, found) == {"pasal-3": "Jangan mandi di sini."}


@pytest.mark.parametrize("clause_id", ["pasal-2-ayat-1", "menimbang", "pasal-99", "", "bagian"])
def test_only_chapters_and_articles_are_explained(city, clause_id):
    found = city.opened()
    with pytest.raises(NotFound):
        explain(city, found, clause_id)


def test_what_is_decided_is_explained_no_more(city):
    found = city.opened()
    found.phase = Phase.DECIDED.value
    with pytest.raises(Conflict):
        explain(city, found)
    with pytest.raises(Conflict):
        services.add_term(city.session, city.officer, found, "Timba", "Ember.", now=NOW)


def test_residents_explain_nothing(city):
    found = city.opened()
    with pytest.raises(NotAllowed):
        services.explain_clause(city.session, city.resident, found, "pasal-3", "Hm.", now=NOW)
    with pytest.raises(NotAllowed):
        services.add_term(city.session, city.resident, found, "Timba", "Ember.", now=NOW)


def names(city, found):
    return [
        term.name for term in queries.glossary(city.session, edition(city.session, found.id).id)
    ]


def test_the_glossary_is_made_when_a_version_is_published(city, store):
    found = city.opened(DEFINING)
    assert names(city, found) == ["Sumur", "Pemakai Sumur"]
    newest = edition(store, found.id)
    rows = chapter_clauses(store, newest.id, 2)
    marks = queries.aids(store, found.id, newest, rows).marks
    told = {row.clause_id: [(m.start, m.end, m.key) for m in marks.get(row.position, ())]
            for row in rows}  # fmt: skip
    assert told["pasal-2-ayat-1"] == [(0, 5, "sumur")]
    assert told["pasal-2-ayat-2"] == [(0, 7, "pemakai-sumur")]
    assert told["pasal-3"] == []


def test_a_term_of_officers_is_marked_at_once_and_gone_at_once(city, store):
    found = city.opened(DEFINING)
    made = services.add_term(store, city.officer, found, " bersih ", "Boleh diminum.", now=NOW)
    assert names(city, found) == ["Sumur", "Pemakai Sumur", "bersih"]
    newest = edition(store, found.id)
    marks = queries.aids(store, found.id, newest, chapter_clauses(store, newest.id, 0)).marks
    assert [mark.key for each in marks.values() for mark in each] == ["bersih"]
    services.remove_term(store, city.officer, found, made, now=NOW)
    assert names(city, found) == ["Sumur", "Pemakai Sumur"]


def test_the_draft_wins_over_officers(city, store):
    found = city.opened()
    services.add_term(store, city.officer, found, "Sumur", "Lubang.", now=NOW)
    with pytest.raises(Invalid) as refused:
        services.add_term(store, city.officer, found, "Sumur", "Lagi.", now=NOW)
    assert refused.value.field == "name"
    publish(city, found, hand_in(city, found, DEFINING), moment=LATER)
    terms = queries.glossary(store, edition(store, found.id).id)
    assert [(term.name, bool(term.place)) for term in terms] == [
        ("Sumur", True),
        ("Pemakai Sumur", True),
    ]


@pytest.mark.parametrize(
    ("name", "meaning", "field"),
    [("", "x", "name"), ("x" * 101, "x", "name"), ("Timba", " ", "meaning"),
     ("Timba", "x" * 1001, "meaning"), ("Pemakai", "x", "name")],
)  # fmt: skip
def test_words_that_explain_nothing_or_twice_are_refused(city, name, meaning, field):
    found = city.opened(DEFINING)
    with pytest.raises(Invalid) as refused:
        services.add_term(city.session, city.officer, found, name, meaning, now=NOW)
    assert refused.value.field == field


def test_after_an_upgrade_missing_glossaries_are_made(city, store):
    found = city.opened(DEFINING)
    for table in (DraftGlossary, ClauseMarks):
        for row in store.exec(select(table)).all():
            store.delete(row)
    store.flush()
    assert names(city, found) == []
    services.make_missing_glossaries(store, limit=5)
    assert names(city, found) == ["Sumur", "Pemakai Sumur"]


@pytest.fixture
def officer(browser_of):
    browser, _actor = browser_of("Ratna Wulandari", Role.OFFICER)
    return browser


@pytest.fixture
def opened(town):
    found = town.opened(DEFINING)
    town.session.commit()
    return found


def test_a_marked_word_leads_to_its_meaning_without_scripts(browser, opened):
    page = browser.visit(f"{HERE}/chapters/2")
    [link] = [each for each in page.all("a", class_="term") if each.words == "Pemakai"]
    assert link.attributes["title"] == "warga yang mengambil air."
    page = browser.visit(link.attributes["href"])
    assert "Pemakai Sumur (Pemakai)" in page.one("div", id="term-pemakai-sumur").words
    page = browser.click("Pasal 1 angka 2")
    assert "warga yang mengambil air" in page.words


def test_a_glossary_without_words_says_so(browser, town):
    town.opened()
    town.session.commit()
    assert "No word is explained here" in browser.visit(f"{HERE}/glossary").words


def test_the_desk_explains_and_takes_out_again(officer, opened, browser):
    officer.visit(DESK)
    officer.click("Words of this draft")
    page = officer.send("term-form", name="timba", meaning="Ember <b>kecil</b>.")
    assert "It is marked in the text now." in page.words
    page = browser.visit(f"{HERE}/glossary")
    assert "Ember <b>kecil</b>. Explained by the office" in page.words
    page = officer.send("term-form", 422, name="timba", meaning="Lagi.")
    assert "explained already" in page.words
    officer.visit(f"{DESK}/glossary")
    page = officer.send("take-out-1")
    assert "Taken out." in page.words
    assert "timba" not in browser.visit(f"{HERE}/glossary").words


def test_plain_words_stand_above_the_text_and_say_that_they_are_no_law(officer, opened, browser):
    officer.visit(DESK)
    officer.click("In plain words")
    officer.click("Pasal 3")
    page = officer.send("plain-form", body="Jangan mandi **di sini**.")
    assert "explained" in page.words
    officer.visit(f"{DESK}/plain/bab-ii")
    officer.send("plain-form", body="Siapa boleh memakai.")
    page = browser.visit(f"{HERE}/chapters/2")
    first, second = page.all("div", class_="in-plain")
    assert "Siapa boleh memakai." in first.words
    assert "The law is the text below." in second.words
    assert second.one("strong").words == "di sini"
    assert "Jangan mandi" in browser.visit(f"{HERE}/clauses/pasal-3").words


def test_the_desk_is_told_which_plain_words_are_stale(officer, opened, town, browser):
    explain(town, opened)
    changed = DEFINING.replace("Dilarang mandi di sumur.", "Dilarang keras mencuci di dekat sumur.")
    publish(town, opened, hand_in(town, opened, changed), moment=LATER)
    town.session.commit()
    assert "1 to check" in officer.visit(DESK).words
    page = officer.click("In plain words")
    assert "1 explanation is hidden" in page.words
    page = officer.click("Pasal 3")
    assert "The text changed since this was written" in page.words
    assert not browser.visit(f"{HERE}/chapters/2").all("div", class_="in-plain")
    page = officer.send("plain-form")
    assert "hidden" not in page.words
    assert browser.visit(f"{HERE}/chapters/2").all("div", class_="in-plain")
