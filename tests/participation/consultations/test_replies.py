"""One comment's pages: quoting, mentioning, long threads, former wordings. Without scripts."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from participation.comments.rules import Stance
from participation.comments.standing import services as standing
from participation.consultations import services
from tests.factories.consultations import NOW

HOME = "/consultations/pemakaian-sumur"


@pytest.fixture
def found(town):
    made = town.opened()
    town.session.commit()
    return made


@pytest.fixture
def said(town, found):
    written = town.comment(found, "Airnya keruh sejak *pagi*.", stance=Stance.CONCERN)
    town.session.commit()
    return written


@pytest.fixture
def resident(browser_of):
    browser, _actor = browser_of("Yoga Pratama")
    return browser


def here(comment):
    return f"{HOME}/comments/{comment.id}"


def typed(page):
    return page.one("textarea").words


def test_quote_opens_the_form_with_the_words_and_their_author(resident, said):
    resident.visit(f"{HOME}/clauses/pasal-2-ayat-1")
    page = resident.click("Quote")
    assert typed(page) == "> Airnya keruh sejak *pagi*."
    assert page.one("h2", id="reply").words == "Reply to Sri Hartati"
    page = resident.send("reply-form", body="> Airnya keruh sejak *pagi*.\n\nDi RT 3 juga.")
    assert "Airnya keruh sejak pagi" in page.one("blockquote").words
    cited = page.one("p", class_="to").one("a")
    assert cited.words == "Sri Hartati"
    assert cited.attributes["href"] == f"{here(said)}#comment-{said.id}"


def test_a_part_can_be_quoted_but_never_words_that_nobody_said(resident, said):
    page = resident.visit(f"{here(said)}?{urlencode({'quote': 'yes', 'words': 'keruh sejak'})}")
    assert typed(page) == "> keruh sejak"
    page = resident.visit(f"{here(said)}?{urlencode({'quote': 'yes', 'words': 'Bohong'})}")
    assert "Bohong" not in page.words


def test_withheld_words_cannot_be_quoted(resident, town, said):
    standing.withdraw_comment(town.session, town.resident, said, NOW)
    town.session.commit()
    page = resident.visit(f"{here(said)}?quote=yes")
    assert typed(page) == ""
    assert "Quote" not in [link.words for link in page.all("a")]


def test_a_quote_alone_is_refused_and_nothing_is_lost(resident, said):
    resident.visit(f"{here(said)}?quote=yes")
    page = resident.send("reply-form", 422)
    assert "your own" in page.one("div", role="alert").words
    assert typed(page).startswith("> Airnya")


def test_who_is_signed_out_keeps_the_quote_through_signing_in(browser, said):
    browser.visit(f"{here(said)}?quote=yes")
    page = browser.send("reply-form", 401, body="> Airnya\n\nSetuju.")
    assert "Setuju." in page.one("input", name="kept").attributes["value"] or page.one("form")


def test_those_who_take_part_can_be_ticked(resident, town, found, said):
    page = resident.visit(here(said))
    box = page.one("fieldset", id="mentions").one("input")
    assert box.attributes["value"] == str(said.id)
    page = resident.send("reply-form", body="Kapan?", mentions=[str(said.id)])
    assert page.one("p", class_="to").words == "To: Sri Hartati"


def test_of_two_with_one_name_the_writer_is_asked_which(resident, town, found, said):
    other = town.person("Sri Hartati")
    theirs = town.comment(found, "Saya yang lain.", by=other, minutes=3)
    theirs.thread_id, theirs.stance = said.id, None
    town.session.add(theirs)
    town.session.commit()
    resident.visit(here(said))
    page = resident.send("reply-form", 422, body="@Sri Hartati, kapan?")
    assert "Several people here are called Sri Hartati" in page.one("div", role="alert").words
    choices = page.one("fieldset", id="mentions").all("label")
    assert any("Saya yang lain." in choice.words for choice in choices)
    assert typed(page) == "@Sri Hartati, kapan?"
    page = resident.send("reply-form", mentions=[str(theirs.id)])
    assert f"#comment-{theirs.id}" in page.one("p", class_="to").one("a").attributes["href"]


def test_a_form_with_odd_names_is_refused_in_words(resident, said):
    resident.visit(here(said))
    page = resident.send("reply-form", 422, body="Halo", mentions=["bukan-id"])
    assert page.one("div", role="alert")


@pytest.fixture
def long_thread(town, found, said):
    replies = [town.reply(found, said, f"Nomor {each}", minutes=each) for each in range(1, 61)]
    town.session.commit()
    return replies


def shown(page):
    return [each.attributes["id"] for each in page.all("article", class_="said")]


def test_the_link_of_a_late_reply_opens_the_page_that_holds_it(browser, said, long_thread):
    page = browser.visit(here(long_thread[40]))
    assert f"comment-{long_thread[40].id}" in shown(page)
    page = browser.click("Earlier replies")
    assert f"comment-{long_thread[0].id}" in shown(page)


def test_from_one_reply_to_the_last_nothing_is_missed(browser, said, long_thread):
    seen = shown(browser.visit(here(said)))
    for _page in range(2):
        seen += shown(browser.click("More replies"))
    assert {f"comment-{reply.id}" for reply in long_thread} < set(seen)


def test_a_new_reply_is_shown_at_once_even_at_the_end(resident, said, long_thread, clock):
    clock.moment = NOW + timedelta(hours=2)
    resident.visit(here(said))
    page = resident.send("reply-form", body="Yang terakhir.")
    assert "Yang terakhir." in page.words
    assert page.one("h2", id="reply").words == "Reply to Sri Hartati", "nobody answers themselves"


def test_a_reply_to_a_reply_says_to_whom(resident, said, long_thread):
    page = resident.visit(here(long_thread[2]))
    assert page.one("h2", id="reply").words == "Reply to Sri Hartati"
    page = resident.send("reply-form", body="Betul, nomor 3.")
    cited = page.one("p", class_="to").one("a")
    assert cited.attributes["href"].endswith(f"#comment-{long_thread[2].id}")


def test_edited_leads_to_everything_it_said_before(town, found, said, browser):
    services.correct_comment(
        town.session, town.resident, found, said, "Airnya bening.", now=NOW + timedelta(minutes=4)
    )
    town.session.commit()
    browser.visit(here(said))
    page = browser.click("edited")
    headings = [each.words for each in page.all("h3")]
    assert [each.split(":")[0] for each in headings] == ["Corrected", "First written"]
    assert "keruh" in page.all("del")[-1].words
    assert "bening" in page.all("ins")[-1].words
    standing.withdraw_comment(town.session, town.resident, said, NOW)
    town.session.commit()
    browser.visit(f"{here(said)}/wordings", 404)


def test_a_comment_that_was_never_corrected_says_so(browser, said):
    assert "Nothing else is kept" in browser.visit(f"{here(said)}/wordings").words
