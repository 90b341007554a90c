"""Pages of moderation, without scripts: flag, preview, remove, appeal, decide, log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from participation.accounts.models import Account
from participation.comments.models import Comment
from participation.comments.standing.models import Agreement
from participation.comments.standing.rules import Rule
from participation.core.access import Role
from participation.core.ids import new_id
from participation.core.mail import Letter
from participation.moderation import services
from participation.moderation.models import Appeal, ModerationAct
from participation.moderation.services import Ruling
from participation.web.paging import PER_PAGE
from tests.factories.consultations import NOW
from tests.participation.browser import Browser
from tests.participation.desk import figures_of, rows_behind
from tests.participation.moderation.conftest import REASON
from tests.participation.people import sign_in

BAD = "Dasar bodoh!"
HOME = "/consultations/pemakaian-sumur"
CLAUSE = f"{HOME}/clauses/pasal-2-ayat-1"


@pytest.fixture
def as_(app, place, clock) -> Callable[..., Browser]:
    """The browser of one of the people who are there already."""

    def make(actor) -> Browser:
        client = app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        sign_in(client, place.session, actor, clock())
        return Browser(client)

    return make


@pytest.fixture
def said(place):
    """A comment that breaks a rule."""
    written = place.said(BAD)
    place.session.commit()
    return written


@contextmanager
def counted(app) -> Iterator[Callable[[], int]]:
    """Counts what the site asks of its database."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    engine = app.extensions["suara"].database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield lambda: len([one for one in seen if one.lstrip().upper().startswith("SELECT")])
    finally:
        event.remove(engine, "before_cursor_execute", note)


def flag(as_, place, said):
    browser = as_(place.neighbour)
    browser.visit(f"/moderation/comments/{said.id}/flag")
    return browser.send("flag-form", rule="insult", body="Kasar.")


def remove(as_, place, said):
    browser = as_(place.moderator)
    browser.visit(f"/desk/moderation/comments/{said.id}")
    browser.send("removal-form", rule="insult", reason=REASON)
    assert "What the public will see" in browser.page.words
    assert place.session.scalars(select(Comment.body).where(Comment.id == said.id)).one() == BAD
    return browser.send("removal-form")


def letters(place) -> list[Letter]:
    place.session.expire_all()
    return list(place.session.exec(select(Letter)))


def test_a_reader_signs_in_before_flagging(browser, said):
    page = browser.visit(CLAUSE)
    assert "Flag" in page.words
    assert "Sign in" in browser.click("Flag").words


def test_a_flag_asks_for_a_rule_and_comes_into_the_queue(as_, place, said):
    browser = as_(place.neighbour)
    browser.visit(f"/moderation/comments/{said.id}/flag")
    assert "Choose one of these." in browser.send("flag-form", 422).words
    assert "A moderator looks at it" in browser.send("flag-form", rule="insult").words
    queue = as_(place.moderator).visit("/desk/moderation")
    assert "1 flag" in queue.words
    assert BAD in queue.words


@pytest.mark.parametrize("path", ["/desk/moderation", "/desk/moderation/comments/{id}"])
def test_only_moderators_see_the_desk(as_, place, said, path):
    for actor in (place.city.resident, place.city.officer):
        as_(actor).visit(path.format(id=said.id), 403)


def test_a_removal_is_previewed_confirmed_and_seen_by_everybody(as_, place, said, browser):
    flag(as_, place, said)
    remove(as_, place, said)
    words = browser.visit(CLAUSE).words
    assert BAD not in words
    assert REASON in words
    assert "Insults and threats" in words
    assert "The author can appeal until" in words
    assert BAD not in browser.visit(f"{HOME}/comments/{said.id}").words
    assert BAD not in browser.visit(HOME).words
    (letter,) = letters(place)
    assert letter.recipient == "p2@example.id"
    assert f"/moderation/comments/{said.id}/appeal" in letter.body
    assert BAD not in letter.body


def test_a_removal_without_a_reason_is_refused_beside_the_field(as_, place, said):
    browser = as_(place.moderator)
    browser.visit(f"/desk/moderation/comments/{said.id}")
    page = browser.send("removal-form", 422, rule="insult")
    assert "This must be filled in." in page.words


def test_the_letter_speaks_the_language_of_its_reader(as_, place, said):
    author = place.session.get(Account, place.city.resident.id)
    author.language = "id"
    place.session.commit()
    remove(as_, place, said)
    (letter,) = letters(place)
    assert letter.subject == "Pendapat Anda dihapus"
    assert "keberatan" in letter.body


def test_the_author_appeals_and_another_moderator_shows_it_again(as_, place, said, browser):
    remove(as_, place, said)
    author = as_(place.city.resident)
    author.visit(f"/moderation/comments/{said.id}/appeal")
    assert BAD in author.page.words
    assert "Another moderator decides by" in author.send("appeal-form", body="Kutipan.").words
    assert "another moderator decides by" in browser.visit(CLAUSE).words
    (made,) = place.session.exec(select(Appeal))
    first = as_(place.moderator).visit(f"/desk/moderation/appeals/{made.id}")
    assert "another moderator decides the appeal" in first.words
    second = as_(place.other)
    second.visit(f"/desk/moderation/appeals/{made.id}")
    second.send("verdict-form", outcome="restored", reason="Itu kutipan dari naskah.")
    assert BAD in browser.visit(CLAUSE).words
    assert {"Your appeal is decided", "Your comment was removed"} == {
        letter.subject for letter in letters(place)
    }


def test_strangers_cannot_read_a_removed_text_on_the_appeal_page(as_, place, said):
    remove(as_, place, said)
    assert (
        BAD not in as_(place.neighbour).visit(f"/moderation/comments/{said.id}/appeal", 403).words
    )


def test_the_log_tells_every_act_but_neither_words_nor_names(as_, place, said, browser):
    flag(as_, place, said)
    remove(as_, place, said)
    words = browser.visit("/moderation/log").words
    assert REASON in words
    assert "Pasal 2 ayat (1)" in words
    for hidden in (BAD, "Sri Hartati", "Bagas Nugroho", "Kasar."):
        assert hidden not in words
    assert "1" in browser.page.one("table").words


def test_the_log_goes_on_to_earlier_acts(place, said, browser):
    for number in range(PER_PAGE + 3):
        place.session.add(act(place, said, f"Alasan nomor {number}.", number))
    place.session.commit()
    page = browser.visit("/moderation/log")
    assert "Alasan nomor 27." in page.words
    assert "Alasan nomor 2." not in page.words
    assert "Alasan nomor 2." in browser.click("Earlier acts").words
    browser.visit("/moderation/log?after=nonsense", 422)


def act(place, said, reason, number) -> ModerationAct:
    return ModerationAct(
        kind="kept",
        rule="insult",
        reason=reason,
        comment_id=said.id,
        consultation_id=place.found.id,
        place=said.place,
        citation="Pasal 2 ayat (1)",
        moderator_id=place.moderator.id,
        at=NOW + timedelta(minutes=number),
        waited_seconds=3600,
    )


def test_the_rules_say_the_limits(browser, place):
    words = browser.visit("/moderation/rules").words
    assert "within 14 days" in words
    assert "20 times an hour" in words
    assert "more than 3 links" in words


def test_personal_data_is_taken_out(as_, place, browser):
    written = place.said("Hubungi 0812-000-111.")
    place.session.commit()
    desk = as_(place.moderator)
    desk.visit(f"/desk/moderation/comments/{written.id}")
    fields = {"passage": "0812-000-111", "redacted_because": "Nomor telepon pribadi."}
    desk.send("redaction-form", **fields)
    words = browser.visit(CLAUSE).words
    assert "[removed: personal data]" in words
    assert "0812" not in words
    assert "0812" not in browser.visit("/moderation/log").words


def test_a_comment_with_many_links_says_that_it_waits_until_it_is_shown(as_, place, browser):
    author = as_(place.neighbour)
    author.visit(CLAUSE)
    links = "https://a.id https://b.id https://c.id https://d.id"
    page = author.send("comment-form", stance="idea", body=links)
    assert "a moderator looks at it before everybody can read it" in page.words
    (written,) = place.session.exec(select(Comment))
    desk = as_(place.moderator)
    assert "many links" in desk.visit("/desk/moderation").words
    desk.visit(f"/desk/moderation/comments/{written.id}")
    desk.send("release-form")
    assert "https://d.id" in browser.visit(CLAUSE).words


def test_the_limit_of_an_hour_keeps_the_words(as_, place, clock):
    for number in range(20):
        place.city.comment(place.found, f"kata {number}", by=place.neighbour)
    for comment in place.session.exec(select(Comment)):
        comment.written_at = clock()
    place.session.commit()
    author = as_(place.neighbour)
    author.visit(CLAUSE)
    page = author.send("comment-form", 429, stance="idea", body="Satu lagi.")
    assert "You have written 20 times within the last hour" in page.words
    assert "Satu lagi." in page.words


def test_one_button_agrees_and_takes_it_back(as_, place, said):
    reader = as_(place.neighbour)
    for expected in (True, False):
        reader.visit(CLAUSE)
        form = reader.page.one("form", action=f"{HOME}/comments/{said.id}/agree")
        sent = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
        reader.client.post(f"{HOME}/comments/{said.id}/agree", data=sent)
        assert ("1 agrees" in reader.visit(CLAUSE).words) is expected


def test_withdrawing_deletes_the_words_and_keeps_the_place(as_, place, said, browser):
    place.city.reply(place.found, said)
    place.session.commit()
    author = as_(place.city.resident)
    author.visit(f"{HOME}/comments/{said.id}/withdraw")
    assert "Withdrawn by its author" in author.send("withdrawal-form").words
    words = browser.visit(CLAUSE).words
    assert BAD not in words
    assert "Benar." in words
    as_(place.neighbour).visit(f"{HOME}/comments/{said.id}/withdraw", 403)


@pytest.mark.parametrize("order", ["newest", "oldest", "agreed", "unanswered"])
def test_a_thread_of_a_thousand_costs_as_many_queries_as_one_of_ten(app, as_, place, order):
    reader, costs = as_(place.neighbour), []
    for number in (10, 990):
        fill(place, number)
        reader.visit(f"{CLAUSE}?order={order}")
        with counted(app) as asked:
            reader.visit(f"{CLAUSE}?order={order}")
            costs.append(asked())
    assert costs[1] <= costs[0]


def fill(place, number) -> None:
    """Comments by many, some withheld, some agreed with."""
    first = place.said(f"permulaan {number}")
    for each in range(number):
        copy = first.model_dump() | {"id": new_id(), "form_key": str(new_id()), "agreements": each}
        place.session.add(Comment(**copy))
    place.session.flush()
    place.session.add(Agreement(comment_id=first.id, account_id=place.neighbour.id, at=NOW))
    place.remove(first)
    place.session.commit()


def test_every_figure_of_moderation_leads_to_exactly_the_rows_that_it_counts(
    place, browser_of, clock
):
    browser, judge = browser_of("Rini Astuti", Role.MODERATOR, Role.OFFICER)
    flagged, removed, own = (place.said(f"{BAD} {number}") for number in range(3))
    place.flag(flagged)
    for comment, moderator in ((removed, place.moderator), (own, judge)):
        services.remove(
            place.session, moderator, place.case(comment), Ruling(Rule.INSULT, REASON), NOW
        )
        services.appeal(place.session, place.city.resident, place.case(comment), "Mengapa?", NOW)
    place.said("http://a.id http://b.id http://c.id http://d.id")
    place.session.commit()
    clock.moment = NOW + timedelta(days=6)
    found = figures_of(browser.visit("/desk"))
    ours = {label: each for label, each in found.items() if "moderation" in each[1]}
    assert {label: number for label, (number, _address) in ours.items()} == {
        "appeal near its end": 1,
        "appeal to decide": 1,
        "comment held": 1,
        "comment flagged": 1,
    }
    for number, address in ours.values():
        assert len(list(rows_behind(browser, address))) == number
    assert len(list(rows_behind(browser, "/desk/moderation"))) == 4
