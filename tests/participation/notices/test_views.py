"""Pages: the button, news, settings; for readers, for people signed in, and without scripts."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select
from sqlmodel import col

from participation.core.access import Role
from participation.notices.models import Follow, Notice
from tests.factories.consultations import NOW
from tests.participation.browser import Browser
from tests.participation.people import PASSWORD, sign_in

HOME = "/consultations/pemakaian-sumur"
CLAUSE = f"{HOME}/clauses/pasal-2-ayat-1"
NOBODY = UUID(int=7)


@pytest.fixture
def reader(app, town, clock):
    """The follower's browser."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    sign_in(client, town.session, town.follower, clock())
    return Browser(client)


def followed(town) -> list[tuple[str, str]]:
    town.session.expire_all()
    rows = town.session.scalars(select(Follow).order_by(col(Follow.since), col(Follow.kind)))
    return [(row.kind, row.place) for row in rows]


def news(town, number: int = 1) -> None:
    """So many replies to the follower's comment."""
    first = town.city.comment(town.found, "Milik Yoga", by=town.follower)
    for minutes in range(number):
        town.city.reply(town.found, first, f"Balasan {minutes}", minutes=minutes)
    town.hear()
    town.session.commit()


@pytest.mark.parametrize(("address", "expected"), [
    (HOME, ("consultation", "")),
    (CLAUSE, ("consultation", "pasal-2-ayat-1")),
])  # fmt: skip
def test_one_press_follows_and_the_next_stops(town, reader, address, expected):
    page = reader.visit(address)
    form = page.one("form", class_="follow")
    sent = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    where = form.attributes["action"]
    assert reader.client.post(where, data=sent).status_code == 303
    assert followed(town) == [expected]
    page = reader.visit(address)
    assert "You follow this" in page.words
    form = page.one("form", class_="follow")
    sent = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    reader.client.post(where, data=sent)
    assert followed(town) == []


def test_a_reader_signs_in_on_the_way(town, browser):
    browser.visit(CLAUSE)
    browser.click("Follow")
    assert "/sign-in" in browser.here
    town.session.commit()
    browser.send(email="p3@example.id", password=PASSWORD)
    assert "Pasal 2 ayat (1)" in browser.page.words
    assert followed(town) == []  # a link changes nothing
    browser.send("follow-form")
    assert browser.here.endswith(CLAUSE)
    assert followed(town) == [("consultation", "pasal-2-ayat-1")]


def test_one_follows_an_own_comment_without_pressing_and_can_stop(town, reader):
    first = town.city.comment(town.found, by=town.follower)
    town.session.commit()
    thread = f"{HOME}/comments/{first.id}"
    assert "You follow this" in reader.visit(thread).words
    form = reader.page.one("form", class_="follow")
    sent = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    reader.client.post(form.attributes["action"], data=sent)
    assert "You follow this" not in reader.visit(thread).words
    assert reader.visit("/account/notices").all("form", method="post")
    assert "Nothing yet" in reader.page.words


@pytest.mark.parametrize("address", [
    f"/follow/consultation/{NOBODY}", f"/follow/account/{NOBODY}", f"/follow/vote/{NOBODY}",
    f"/follow/comment/{NOBODY}",
])  # fmt: skip
def test_what_is_not_public_cannot_be_followed(reader, address):
    reader.visit(address, 404)


def test_drafts_replies_and_clauses_that_never_were_cannot_be_followed(town, reader):
    draft = town.city.drafted(title="Rahasia")
    reply = town.city.reply(town.found, town.city.comment(town.found))
    town.session.commit()
    reader.visit(f"/follow/consultation/{draft.id}", 404)
    reader.visit(f"/follow/comment/{reply.id}", 404)
    reader.visit(f"/follow/consultation/{town.found.id}?place=pasal-99", 404)


def test_news_leads_to_its_place_and_is_read_by_that(town, reader):
    news(town)
    page = reader.visit("/news")
    assert "1 unread" in page.words
    reader.click("Sri Hartati replied to your comment on Pasal 2 ayat (1)")
    place = reader.here.split("#")[1]
    assert reader.page.one(id=place).words
    assert "unread" not in reader.visit("/news").words


def test_the_unread_stands_first_page_by_page_and_all_can_be_marked(town, reader):
    news(town, 30)
    told = town.notices(town.follower)
    for each in told[-3:]:
        each.is_read = True
    town.session.commit()
    first = reader.visit("/news")
    assert len([x for x in first.all("span") if x.attributes.get("class") == "chip now"]) == 25
    second = reader.click("Older news")
    assert len([x for x in second.all("span") if x.attributes.get("class") == "chip now"]) == 2
    reader.visit("/news")
    reader.send("read-all")
    assert "unread" not in reader.page.words
    assert "Mark everything as read" not in reader.page.words


def test_a_hundred_are_enough_to_count(town, reader):
    news(town)
    told = town.notices(town.follower)[0]
    for _ in range(120):
        town.session.add(Notice(**(told.model_dump() | {"cause_id": uuid4()})))
    town.session.commit()
    assert "99+ unread" in reader.visit("/").words


def test_news_of_somebody_else_is_not_found(town, browser_of):
    news(town)
    stranger, _actor = browser_of("Joko", Role.RESIDENT)
    (told,) = town.notices(town.follower)
    stranger.visit(f"/news/{told.cause_id}", 404)
    town.session.expire_all()
    assert not town.notices(town.follower)[0].is_read


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJhIiwiYiIsImMiXQ", "WzEsImIiLCJjIl0"])
def test_a_broken_cursor_is_refused_in_words(reader, cursor):
    reader.visit(f"/news?after={cursor}", 422)
    reader.visit(f"/account/notices?after={cursor}", 422)


def test_settings_are_chosen_and_told_in_the_account(town, reader):
    town.follow("consultation", town.found.id)
    town.follow("consultation", town.found.id, "pasal-3")
    town.session.commit()
    page = reader.visit("/account/notices")
    assert {"Pemakaian sumur", "Pasal 3"} <= {each.words for each in page.all("a")}
    reader.send("mail-form", rhythm="weekly", answers_at_once=None)
    page = reader.visit("/account")
    assert "You follow 2 things. Letters with news: once a week." in page.words
    page = reader.click("What you follow, and news by mail")
    chosen = [e for e in page.all("input", name="rhythm") if "checked" in e.attributes]
    assert [each.attributes["value"] for each in chosen] == ["weekly"]


def test_following_ends_in_the_settings(town, reader):
    town.follow("consultation", town.found.id)
    town.session.commit()
    page = reader.visit("/account/notices")
    form = next(each for each in page.all("form") if "/follow/" in each.attributes["action"])
    sent = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    answer = reader.client.post(form.attributes["action"], data=sent)
    assert answer.headers["Location"].endswith("/account/notices")
    assert followed(town) == []


def test_a_thousand_notices_cost_as_many_queries_as_one(app, town, reader):
    """The page and the count in the header stay cheap."""
    engine = app.extensions["suara"].database.engine
    seen: list[str] = []
    news(town)
    reader.visit("/news")
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    reader.visit("/news")
    few = len(seen)
    told = town.notices(town.follower)[0]
    for number in range(1000):
        at = NOW + timedelta(seconds=number)
        town.session.add(Notice(**(told.model_dump() | {"cause_id": uuid4(), "at": at})))
    town.session.commit()
    seen.clear()
    reader.visit("/news")
    assert len(seen) <= few


def test_the_copy_of_ones_data_holds_what_one_follows(town, reader):
    town.follow("consultation", town.found.id)
    news(town)
    copy = reader.client.get("/account/copy").get_json()
    kinds = {each.get("kind") for each in copy} if isinstance(copy, list) else str(copy)
    assert "follows" in kinds
    assert "notice" in kinds
