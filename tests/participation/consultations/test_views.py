"""Residents' pages, without scripts: reading, commenting, replying, correcting."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from participation.accounts.models import LoginSession
from participation.comments.models import Comment
from participation.comments.rules import Stance
from participation.comments.standing import services as standing
from participation.consultations.rules import Step
from participation.core.access import Role
from tests.factories.consultations import CALENDAR, NOW
from tests.participation.people import PASSWORD

HOME = "/consultations/pemakaian-sumur"
CLAUSE = f"{HOME}/clauses/pasal-2-ayat-1"
WORDS = "Kami dari *RT 5* setuju."
MOST_QUERIES = 24
"""What a page of a consultation may ask: every feature beside the draft asks once or twice."""


@pytest.fixture
def found(town):
    """An open consultation that the pages can see."""
    made = town.opened()
    town.session.commit()
    return made


@pytest.fixture
def said(town, found):
    """A comment that stands there already."""
    written = town.comment(found, "Airnya keruh.", stance=Stance.CONCERN)
    town.session.commit()
    return written


@pytest.fixture
def resident(browser_of):
    browser, _actor = browser_of("Yoga Pratama")
    return browser


def bodies(town) -> list[str]:
    return sorted(town.session.exec(select(Comment.body)))


@contextmanager
def counted(app) -> Iterator[Callable[[], int]]:
    """Counts the statements that the site sends to its database."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    engine = app.extensions["suara"].database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield lambda: len([one for one in seen if one.lstrip().upper().startswith("SELECT")])
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_the_list_shows_what_is_announced_and_hides_drafts(browser, town):
    town.opened(title="Sumur kota")
    town.drafted(title="Rahasia")
    town.session.commit()
    page = browser.visit("/consultations")
    assert "Sumur kota" in page.words
    assert "comments until" in page.words
    assert "Rahasia" not in page.words


def test_an_empty_list_says_what_will_stand_there(browser, found):
    assert "Nothing here at the moment" in browser.visit("/consultations?show=finished").words


def test_the_list_goes_on_to_the_rest(browser, town):
    for number in range(27):
        town.announced(title=f"Nomor {number}")
    town.session.commit()
    first = browser.visit("/consultations")
    rest = browser.click("Show more")
    titles = [each.words for page in (first, rest) for each in page.all("h3")]
    assert len(titles) == len(set(titles)) == 27


def test_a_broken_cursor_is_told_and_not_a_fault(browser, found):
    assert "incomplete" in browser.visit("/consultations?after=nonsense", 422).words


def test_a_consultation_shows_where_it_stands_and_its_chapters(browser, found):
    page = browser.visit(HOME)
    assert page.one("li", aria_current="step").words.startswith("Comments")
    assert "Sumur untuk semua ." in page.words
    links = [link.words for link in page.one("nav", aria_label="Chapters of the draft").all("a")]
    assert links == ["Preamble", "Bab I Ketentuan umum", "Bab II Pemakaian"]


def test_from_the_consultation_to_a_clause_by_links_alone(browser, found):
    browser.visit(HOME)
    browser.click("Bab II Pemakaian")
    page = browser.click("Pasal 2 ayat (1): (1)")
    assert browser.here == CLAUSE
    assert page.one(id="pasal-2-ayat-1").attributes["class"].split()[1] == "here"
    assert page.one("form", id="comment-form")


def test_the_preamble_and_the_end_of_the_text_can_be_read(browser, found):
    assert "bahwa air harus bersih" in browser.visit(f"{HOME}/chapters/0").words
    assert "Ditetapkan di Lembayung" in browser.visit(f"{HOME}/chapters/2").words


def test_the_whole_text_can_be_taken_away(client, found):
    response = client.get(f"{HOME}/text")
    assert response.mimetype == "text/plain"
    assert response.text.startswith("RANCANGAN PERATURAN WALI KOTA TENTANG SUMUR")


@pytest.mark.parametrize(
    "address",
    [
        "/consultations/tidak-ada",
        f"{HOME}/chapters/9",
        f"{HOME}/clauses/pasal-99",
        f"{HOME}/comments/7c0d1f5e-0000-4000-8000-000000000000",
    ],
)
def test_what_is_not_there_is_told_in_words(browser, found, address):
    assert "This page is not here" in browser.visit(address, 404).words


def test_a_draft_is_hidden_from_everybody_but_the_desk(browser, town):
    town.drafted()
    town.session.commit()
    browser.visit(HOME, 404)


def test_a_resident_writes_a_comment_and_sees_it_under_the_clause(resident, town, found):
    resident.visit(CLAUSE)
    page = resident.send("comment-form", stance="idea", body=WORDS)
    assert resident.here.partition("#")[0] == CLAUSE
    (shown,) = page.all("article", class_="said")
    assert shown.words.startswith("Yoga Pratama idea")
    assert shown.one("em").words == "RT 5"
    assert "Thank you" in page.words
    assert bodies(town) == [WORDS]


def test_the_address_after_sending_points_at_the_new_comment(resident, found):
    page = resident.visit(CLAUSE)
    page = resident.send("comment-form", stance="idea", body=WORDS)
    anchor = resident.here.partition("#")[2]
    assert page.one(id=anchor).attributes["class"] == "said"


def test_pressing_send_twice_makes_one_comment(resident, town, found):
    resident.visit(CLAUSE)
    form = resident.page
    resident.send("comment-form", stance="idea", body=WORDS)
    resident.page, resident.here = form, CLAUSE
    resident.send("comment-form", stance="idea", body=WORDS)
    assert bodies(town) == [WORDS]


def test_a_comment_without_stance_comes_back_with_its_words(resident, town, found):
    resident.visit(CLAUSE)
    page = resident.send("comment-form", 422, body=WORDS)
    assert "Choose what it is" in page.one("div", class_="summary").words
    assert page.one("textarea").words == WORDS
    assert bodies(town) == []
    resident.send("comment-form", stance="support")
    assert bodies(town) == [WORDS]


def test_too_long_a_comment_comes_back_whole(resident, town, found):
    resident.visit(CLAUSE)
    page = resident.send("comment-form", 422, stance="idea", body="a" * 5001)
    assert "At most 5000 characters." in page.words
    assert len(page.one("textarea").words) == 5001
    assert bodies(town) == []


def test_markup_in_a_comment_does_no_harm(resident, found):
    resident.visit(CLAUSE)
    body = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    page = resident.send("comment-form", stance="idea", body=body)
    (shown,) = page.all("article", class_="said")
    assert not shown.all("script")
    assert not shown.all("img")
    assert not [a for a in shown.all("a") if a.attributes["href"].startswith("javascript")]


def test_words_written_while_signed_out_survive_signing_in(browser, town, found):
    browser.visit(CLAUSE)
    browser.send("comment-form", 401, stance="concern", body=WORDS)
    page = browser.send("", email="p2@example.id", password=PASSWORD)
    assert browser.here.partition("?")[0] == CLAUSE
    assert page.one("textarea").words == WORDS
    assert page.one("input", value="concern").attributes.get("checked") == ""
    assert bodies(town) == []
    browser.send("comment-form")
    assert bodies(town) == [WORDS]


def test_words_survive_a_sign_in_that_ended_meanwhile(browser_of, town, found):
    browser, _actor = browser_of("Yoga Pratama")
    browser.visit(CLAUSE)
    for one in town.session.exec(select(LoginSession)):
        town.session.delete(one)
    town.session.commit()
    browser.send("comment-form", 401, stance="concern", body=WORDS)
    page = browser.send("", email="yoga.pratama@example.id", password=PASSWORD)
    assert page.one("textarea").words == WORDS


def test_words_written_when_comments_closed_are_shown_with_the_reason(resident, town, found, clock):
    resident.visit(CLAUSE)
    clock.move(days=12)
    page = resident.send("comment-form", 422, stance="idea", body=WORDS)
    assert "Comments closed on 2 December 2026." in page.words
    assert page.one("textarea").words == WORDS
    assert bodies(town) == []


def test_after_the_last_day_there_is_no_form_but_the_reason(browser, said, clock):
    clock.move(days=12)
    page = browser.visit(CLAUSE)
    assert not page.all("form", id="comment-form")
    assert "Comments closed on 2 December 2026." in page.words
    assert "Airnya keruh." in page.words


def test_an_officer_is_told_why_there_is_no_form(browser_of, found):
    browser, _actor = browser_of("Ratna Wulandari", Role.OFFICER)
    page = browser.visit(CLAUSE)
    assert not page.all("form", id="comment-form")
    assert "you answer from the desk" in page.words


def test_a_resident_replies_to_another(resident, town, said):
    resident.visit(CLAUSE)
    resident.click("Reply")
    page = resident.send("reply-form", body="Di tempat kami juga.")
    assert "Your reply stands here now." in page.words
    assert page.words.index("Airnya keruh.") < page.words.index("Di tempat kami juga.")
    assert "Di tempat kami juga." in resident.visit(CLAUSE).words
    assert resident.page.one("h3", id="said").words == "1 comment"


def test_an_empty_reply_is_refused_beside_its_field(resident, town, said):
    resident.visit(f"{HOME}/comments/{said.id}")
    page = resident.send("reply-form", 422, body="  ")
    assert page.one("textarea").attributes["aria-invalid"] == "true"


def test_the_link_of_a_reply_leads_to_its_thread(browser, town, found, said):
    reply = town.reply(found, said, "Benar.")
    town.session.commit()
    page = browser.visit(f"{HOME}/comments/{reply.id}")
    assert page.one(id=f"comment-{said.id}")
    assert page.one(id=f"comment-{reply.id}")


def test_many_replies_stand_behind_a_link_and_on_their_own_page(browser, town, found, said):
    for number in range(30):
        town.reply(found, said, f"Balasan {number}.", minutes=number)
    town.session.commit()
    browser.visit(CLAUSE)
    first = browser.click("27 more replies")
    rest = browser.click("More replies")
    assert "Balasan 24." in first.words
    assert "Balasan 29." in rest.words
    assert "Balasan 24." not in rest.words


def test_an_author_corrects_a_comment_and_readers_see_it(resident, town, found):
    resident.visit(CLAUSE)
    resident.send("comment-form", stance="idea", body=WORDS)
    resident.click("Correct")
    page = resident.send("", body="Kami sangat setuju.")
    assert "· edited" in page.words
    assert bodies(town) == ["Kami sangat setuju."]


def test_after_fifteen_minutes_the_words_of_a_correction_are_not_lost(resident, found, clock):
    resident.visit(CLAUSE)
    resident.send("comment-form", stance="idea", body=WORDS)
    resident.click("Correct")
    clock.move(minutes=16)
    page = resident.send("", 422, body="Kami sangat setuju.")
    assert "within 15 minutes" in page.words
    assert page.one("textarea").words == "Kami sangat setuju."
    assert "Correct" not in [link.words for link in resident.visit(CLAUSE).all("a")]


def test_nobody_corrects_a_strangers_comment(resident, said):
    page = resident.visit(f"{HOME}/comments/{said.id}/edit", 403)
    assert "Only its author" in page.words


def test_comments_stand_newest_first_or_oldest_first(browser, town, found):
    for number in range(3):
        town.comment(found, f"Nomor {number}.", minutes=number)
    town.session.commit()
    newest = browser.visit(CLAUSE).words
    oldest = browser.click("Oldest first").words
    assert newest.index("Nomor 2.") < newest.index("Nomor 0.")
    assert oldest.index("Nomor 0.") < oldest.index("Nomor 2.")


def test_an_answer_stands_under_the_comment_and_counts(browser, town, found, said):
    town.answer(found, said, "Sumur dibersihkan bulan depan.")
    town.comment(found, "Satu lagi.", minutes=1)
    town.session.commit()
    page = browser.visit(CLAUSE)
    assert "Ratna Wulandari , Dinas Air" in page.one("div", class_="answer").words
    assert "2 comments: 1 answered" in browser.visit(HOME).words


def test_the_decision_stands_at_the_top(browser, town, found):
    late = CALENDAR.closes_on + timedelta(days=1)
    town.step(found, Step.CLOSE, today=late)
    town.step(found, Step.DECIDE, today=late, outcome="Ditetapkan **tanpa** perubahan.")
    town.session.commit()
    page = browser.visit(HOME)
    decided = page.one("section", aria_labelledby="outcome")
    assert "Ditetapkan tanpa perubahan." in decided.words
    assert decided.one("a").words == "What we asked, what you said, what we did"


def test_a_script_gets_the_thread_alone_and_errors_with_422(browser_of, found):
    browser, _actor = browser_of("Yoga Pratama")
    page = browser.visit(CLAUSE)
    hidden = page.one("form", id="comment-form").all("input", type="hidden")
    sent = {each.attributes["name"]: each.attributes.get("value", "") for each in hidden}
    asked = {"HX-Request": "true"}
    faulty = browser.client.post(CLAUSE, data=sent | {"body": WORDS}, headers=asked)
    assert (faulty.status_code, faulty.text.strip()[:17]) == (422, '<div id="thread">')
    good = browser.client.post(CLAUSE, data=sent | {"body": WORDS, "stance": "idea"}, headers=asked)
    assert good.status_code == 303
    fragment = browser.client.get(good.headers["Location"], headers=asked)
    assert fragment.text.strip().startswith('<div id="thread">')
    assert "<html" not in fragment.text
    assert "Thank you" in fragment.text
    assert "HX-Request" in fragment.headers["Vary"]


@pytest.mark.parametrize(
    "address", [HOME, f"{HOME}/chapters/2", CLAUSE, "/consultations"], ids=lambda a: a[-12:]
)
def test_the_number_of_queries_does_not_grow_with_what_is_said(browser_of, town, found, address):
    browser, _actor = browser_of("Yoga Pratama")
    app = browser.client.application

    def queries() -> int:
        with counted(app) as count:
            browser.visit(address)
            return count()

    town.reply(found, town.comment(found, "Satu."), "Benar.")
    town.session.commit()
    few = queries()
    for number in range(40):
        first = town.comment(found, f"Nomor {number}.", minutes=number)
        town.reply(found, first, "Benar.", minutes=number)
        town.answer(found, first)
        town.announced(title=f"Lain {number}")
    town.session.commit()
    assert queries() == few
    assert few <= MOST_QUERIES


def test_a_clause_with_withheld_comments_only_does_not_say_that_nobody_wrote(
    browser, town, found, said
):
    standing.withdraw_comment(town.session, town.resident, said, NOW)
    town.session.commit()
    page = browser.visit(CLAUSE)
    assert "No comment to read here now" in page.words
    assert "No comments yet" not in page.one("div", id="thread").words
