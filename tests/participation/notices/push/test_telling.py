"""Devices are told once a minute that there is news, in their owner's language, and no more."""

import json
from datetime import timedelta

import http_ece
import pytest
from sqlalchemy import select

from participation.accounts.models import Account
from participation.core.limits import CountedTries
from participation.features import FEATURES
from participation.notices.push import services
from participation.notices.push.models import PushSubscription
from participation.notices.views import push_news
from tests.factories.consultations import NOW
from tests.participation.notices.push.twin import PushService, Receiver

LATER = NOW + timedelta(hours=1)


def add(town, receiver: Receiver, *, to=None) -> None:
    services.add_device(town.session, to or town.follower, receiver.device, "Firefox", NOW)
    town.session.commit()


def reply(town, words: str = "Rahasia sekali") -> None:
    first = town.city.comment(town.found, "Milik Yoga", by=town.follower)
    town.city.reply(town.found, first, words)
    town.hear()
    town.session.commit()


def tick(app, town) -> None:
    with app.app_context():
        push_news(town.session, LATER)
    town.session.expire_all()


def opened(receiver: Receiver, service: PushService) -> list[dict[str, str]]:
    return [
        json.loads(
            http_ece.decrypt(
                body, private_key=receiver.key, auth_secret=receiver.auth, version="aes128gcm"
            )
        )
        for path, _, body in service.heard
        if receiver.endpoint.endswith(path)
    ]


def left(town) -> list[str]:
    town.session.rollback()
    return [each.endpoint for each in town.session.scalars(select(PushSubscription))]


def test_much_news_is_one_message_without_a_word_of_it(app, town, service):
    phone = service.receiver()
    town.session.get_one(Account, town.follower.id).language = "id"
    add(town, phone)
    reply(town)
    reply(town, "Rahasia lagi")
    assert len(town.notices(town.follower)) > 1
    tick(app, town)
    (said,) = opened(phone, service)
    assert said == {
        "title": "Suara Lembayung",
        "body": "Ada kabar untuk Anda.",
        "address": "http://127.0.0.1:8000/id/news",
    }
    tick(app, town)
    assert len(service.heard) == 1


def test_every_device_is_told_in_its_owners_language_and_nobody_elses(app, town, service):
    phone, desk, other = (service.receiver(name=name) for name in ("phone", "desk", "other"))
    town.session.get_one(Account, town.follower.id).language = "en"
    for each in (phone, desk):
        add(town, each)
    add(town, other, to=town.city.person("Diam", "resident"))
    reply(town)
    tick(app, town)
    assert [each["body"] for each in opened(phone, service)] == ["There is news for you."]
    assert len(opened(desk, service)) == 1
    assert opened(other, service) == []


def test_later_news_is_told_again(app, town, service):
    add(town, service.receiver())
    for number in (1, 2):
        reply(town, f"Balasan {number}")
        tick(app, town)
        assert len(service.heard) == number


def test_what_was_read_or_is_older_than_the_device_is_not_told(app, town, service):
    reply(town)
    add(town, service.receiver())
    tick(app, town)
    reply(town, "Balasan kedua")
    told = town.notices(town.follower)
    assert [each.is_pushed for each in told] == [True, False]
    for each in told:
        each.is_read = True
    town.session.commit()
    tick(app, town)
    assert service.heard == []


@pytest.mark.parametrize(("answer", "is_kept"), [
    ("201", True), ("404", False), ("410", False), ("500", True),
])  # fmt: skip
def test_only_a_device_that_is_gone_is_forgotten(app, town, service, answer, is_kept):
    phone = service.receiver(answer)
    add(town, phone)
    reply(town)
    tick(app, town)
    assert left(town) == ([phone.endpoint] if is_kept else [])
    tick(app, town)
    assert len(service.heard) == 1


def test_no_transaction_is_open_while_services_are_waited_for(app, town, service):
    """Another process writes meanwhile: SQLite has one writer."""
    add(town, service.receiver())
    reply(town)
    seen = []

    class Watching:
        may_be_private = True

        def send(self, message) -> int:
            with app.extensions["suara"].database.transaction() as opened:
                opened.add(CountedTries(bucket="x", tries=1, window_ends_at=LATER))
            seen.append(message.endpoint)
            return 201

    town.session.rollback()
    app.extensions["suara-push"] = Watching()
    tick(app, town)
    assert len(seen) == 1


def test_a_browser_that_changes_hands_tells_only_its_last_owner(app, town, service):
    phone = service.receiver()
    add(town, phone)
    add(town, phone, to=town.author)
    (row,) = town.session.scalars(select(PushSubscription))
    assert row.account_id == town.author.id


def test_devices_go_along_in_the_copy_and_go_with_the_account(town, service):
    phone = service.receiver()
    add(town, phone)
    rows = [
        row
        for feature in FEATURES
        for given in feature.remember
        for row in given(town.session, town.follower.id)
    ]
    assert phone.endpoint in [row.get("address") for row in rows]
    for feature in FEATURES:
        for erase in feature.erase:
            erase(town.session, town.follower, LATER)
    town.session.commit()
    assert left(town) == []
