"""The section on the page of settings: signing up, refusals in words, removing."""

import pytest
from sqlalchemy import select

from participation.notices.push.models import PushSubscription
from participation.notices.push.rules import MOST_DEVICES
from tests.participation.browser import Browser
from tests.participation.notices.push.twin import Receiver
from tests.participation.people import sign_in

PAGE = "/account/notices"
HERE = "https://push.example.net/send/one"


@pytest.fixture
def reader(app, town, clock):
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Android 15) Firefox/140.0"
    sign_in(client, town.session, town.follower, clock())
    return Browser(client)


def rows(town) -> list[PushSubscription]:
    town.session.rollback()
    town.session.expire_all()
    return list(town.session.scalars(select(PushSubscription)))


def test_a_device_is_signed_up_listed_and_removed_without_scripts(town, reader):
    page = reader.visit(PAGE)
    assert "scripts are off" in page.words
    assert len(page.one(id="on-devices").attributes["data-key"]) == 87
    page = reader.send("device-form", **Receiver(HERE).fields)
    assert "This device shows your news now." in page.words
    (row,) = rows(town)
    assert (row.account_id, row.endpoint, row.name) == (town.follower.id, HERE, "Firefox, Android")
    assert "Firefox, Android" in page.words
    (form,) = [each for each in page.all("form") if "devices/" in each.attributes["action"]]
    sent = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    assert reader.client.post(form.attributes["action"]).status_code == 400
    assert reader.client.post(form.attributes["action"], data=sent).status_code == 303
    assert rows(town) == []


@pytest.mark.parametrize("changed", [
    {"endpoint": "ftp://push.example.net/x"}, {"endpoint": HERE + "x" * 2000},
    {"endpoint": ""}, {"p256dh": "AAAA"}, {"auth": "A" * 24},
])  # fmt: skip
def test_what_no_browser_makes_is_refused_in_words(town, reader, changed):
    reader.visit(PAGE)
    page = reader.send("device-form", 422, **(Receiver(HERE).fields | changed))
    assert "Your browser gave no address that messages could be sent to." in page.words
    assert page.one("input", id="rhythm-1").attributes["checked"] is not None
    assert rows(town) == []


def test_nobody_signs_up_a_device_from_another_site(town, reader):
    reader.visit(PAGE)
    fields = Receiver(HERE).fields
    assert reader.client.post(f"{PAGE}/devices", data=fields).status_code == 303  # asked again
    assert rows(town) == []


def test_there_is_room_for_so_many_devices_and_no_more(town, reader):
    for number in range(MOST_DEVICES):
        reader.visit(PAGE)
        reader.send("device-form", **Receiver(f"{HERE}{number}").fields)
    page = reader.send("device-form", 422, **Receiver(HERE).fields)
    assert "10 devices show your news already." in page.words
    assert len(rows(town)) == MOST_DEVICES
    reader.visit(PAGE)
    reader.send("device-form", **Receiver(f"{HERE}0").fields)  # the same again takes no room
    assert len(rows(town)) == MOST_DEVICES


def test_somebody_elses_device_stays(app, town, reader, clock):
    reader.visit(PAGE)
    reader.send("device-form", **Receiver(HERE).fields)
    (row,) = rows(town)
    client = app.test_client()
    sign_in(client, town.session, town.author, clock())
    other = Browser(client)
    assert HERE not in str(other.visit(PAGE))
    token = other.page.one("form", id="device-form").one("input", name="csrf_token")
    sent = {"csrf_token": token.attributes["value"]}
    client.post(f"{PAGE}/devices/{row.id}/remove", data=sent)
    assert len(rows(town)) == 1


def test_the_worker_stands_at_the_root_under_the_same_policy(app, reader):
    answer = reader.client.get("/push.js")
    if "push/worker.js" not in app.extensions["suara"].assets:
        assert answer.status_code == 404
        return
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
