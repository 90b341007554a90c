"""What happened reaches those whom it concerns: each once, nobody else, nobody of their own act."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from participation.accounts.leaving.services import leave
from participation.comments.standing.rules import Rule, Withheld
from participation.comments.standing.services import show_again, withhold
from participation.consultations.history import all_changes
from participation.consultations.queries import unpublished
from participation.consultations.rules import Step
from participation.consultations.services import Moment, import_draft
from participation.consultations.services.versioning import (
    correct_matching,
    key_of,
    publish_version,
)
from participation.core.access import READER, Role
from participation.core.db import Database
from participation.core.events import EventTag, record
from participation.moderation import queries as moderation
from participation.moderation import services as moderators
from participation.moderation.services import Ruling
from participation.notices import services
from participation.notices.models import Follow, Notice, NoticeHeard
from participation.notices.rules import Followed
from tests.factories.consultations import NOW, TEXT, City
from tests.participation.notices.conftest import SOON, ZONE, Ears
from tests.participation.notices.crowds import gather
from tests.participation.people import PASSWORD

CLAUSE = "pasal-2-ayat-1"
LATER = SOON + timedelta(minutes=5)


def test_an_author_hears_that_a_comment_is_considered_and_answered(ears):
    said = ears.city.comment(ears.found)
    ears.city.consider(ears.found, said)
    ears.city.answer(ears.found, said)
    ears.hear()
    assert set(ears.told(ears.author)) == {
        "Ratna Wulandari considers your comment on Pasal 2 ayat (1)",
        "Your comment on Pasal 2 ayat (1) was answered",
    }
    assert ears.told(ears.city.officer) == []


def test_one_answer_to_many_comments_of_one_person_is_told_once(ears):
    said = [ears.city.comment(ears.found, f"Saya setuju {n}.", minutes=n) for n in range(3)]
    ears.follow("comment", said[0].id)
    ears.follow("comment", said[1].id)
    ears.city.answer(ears.found, *said)
    ears.hear()
    assert ears.told(ears.author) == ["Your comment on Pasal 2 ayat (1) was answered"]
    assert ears.told(ears.follower) == [
        "The comment of Sri Hartati on Pasal 2 ayat (1) was answered"
    ]


def test_who_follows_and_wrote_is_told_of_their_own_words(ears):
    """Own words first, whatever order the events of one answer have."""
    other = ears.city.comment(ears.found, "Setuju sekali.", by=ears.person("Wati"))
    own = ears.city.comment(ears.found)
    ears.follow("comment", other.id, by=ears.author)
    ears.city.answer(ears.found, other, own)
    ears.hear()
    assert ears.told(ears.author) == ["Your comment on Pasal 2 ayat (1) was answered"]


def test_replies_are_told_to_the_author_the_one_replied_to_and_followers(ears):
    first = ears.city.comment(ears.found, by=ears.person("Wati"))
    ears.follow("comment", first.id)
    ears.city.reply(ears.found, first)
    ears.hear()
    assert ears.told(ears.follower) == ["Sri Hartati replied in a conversation on Pasal 2 ayat (1)"]
    assert ears.told(ears.author) == []
    wati = next(each.account_id for each in ears.session.scalars(select(Notice))
                if each.account_id != ears.follower.id)  # fmt: skip
    assert wati == first.author_id


def test_who_stops_hearing_of_an_own_comment_hears_no_more(ears):
    first = ears.city.comment(ears.found)
    own = Followed("comment", first.id, is_own=True)
    services.stop_following(ears.session, ears.author, own, NOW)
    ears.city.answer(ears.found, first)
    ears.hear()
    assert ears.told(ears.author) == []
    services.follow(ears.session, ears.author, own, NOW)
    assert ears.session.scalars(select(Follow)).all() == []


def test_a_clause_that_many_write_about_is_told_of_once_a_day(ears):
    ears.follow("consultation", ears.found.id, CLAUSE)
    for minutes in range(5):
        ears.city.comment(ears.found, f"Pendapat {minutes}", minutes=minutes)
    ears.city.comment(ears.found, "Tentang yang lain", clause_id="pasal-3")
    ears.hear()
    assert ears.told(ears.follower) == ["There are new comments on Pasal 2 ayat (1)"]
    tomorrow = NOW + timedelta(days=1)
    ears.city.comment(ears.found, "Besok", minutes=24 * 60)
    ears.hear(tomorrow + timedelta(minutes=1))
    assert len(ears.told(ears.follower)) == 2


def test_a_held_comment_is_told_of_only_once_it_is_shown(ears):
    ears.follow("consultation", ears.found.id, CLAUSE)
    links = " ".join(f"https://iklan{n}.example" for n in range(5))
    said = ears.city.comment(ears.found, links)
    ears.hear()
    assert ears.told(ears.follower) == []
    moderator = ears.city.person("Bagas", Role.MODERATOR)
    moderators.release(ears.session, moderator, moderation.case(ears.session, said.id), SOON)
    ears.hear(LATER)
    assert ears.told(ears.follower) == ["There are new comments on Pasal 2 ayat (1)"]
    assert ears.told(ears.author) == ["Everybody can read your comment on Pasal 2 ayat (1) now"]


def test_words_withheld_since_are_in_no_notice(ears):
    first = ears.city.comment(ears.found, by=ears.follower)
    reply = ears.city.reply(ears.found, first, "Kata kasar")
    ears.hear()
    assert ears.told(ears.follower) == ["Sri Hartati replied to your comment on Pasal 2 ayat (1)"]
    withhold(ears.session, reply, Withheld.REMOVED, SOON)
    hidden = "What somebody wrote on Pasal 2 ayat (1) is not shown any more"
    assert ears.told(ears.follower) == [hidden]
    show_again(ears.session, reply)
    assert ears.told(ears.follower) != [hidden]


def test_a_removal_is_told_without_a_second_letter(ears):
    said = ears.city.comment(ears.found, "Dasar bodoh!")
    moderator = ears.city.person("Bagas", Role.MODERATOR)
    ruling = Ruling(Rule.INSULT, "Ejekan terhadap seseorang, bukan pendapat.")
    moderators.remove(ears.session, moderator, moderation.case(ears.session, said.id), ruling, SOON)
    ears.hear(LATER)
    (told,) = ears.notices(ears.author)
    assert told.kind == "removed"
    assert told.mail_due_at is None


def test_a_new_version_is_told_to_those_whose_clause_it_changed(ears):
    wati, joko = ears.person("Wati"), ears.person("Joko")
    ears.city.comment(ears.found)
    ears.follow("consultation", ears.found.id, CLAUSE)
    ears.follow("consultation", ears.found.id, "pasal-3")
    ears.follow("consultation", ears.found.id, by=wati)
    ears.follow("consultation", ears.found.id, "pasal-1", by=joko)
    ears.hear()
    new_version(ears)
    ears.hear(LATER)
    assert ears.told(ears.author) == ["A new version of the draft changed Pasal 2 ayat (1)"]
    both = "changed Pasal 2 ayat (1) and 1 more that concerns you"
    assert ears.told(ears.follower)[-1].endswith(both)
    assert ears.told(wati) == ["Version 2 of the draft is published"]
    assert ears.told(joko) == []


def new_version(ears: Ears) -> None:
    text = TEXT.replace("setiap hari", "pada hari kerja saja").replace("mandi", "mencuci")
    moment = Moment(SOON, SOON.date())
    import_draft(ears.session, ears.city.officer, ears.found, text, SOON)
    version = unpublished(ears.session, ears.found.id)
    doubts = [each for each in all_changes(ears.session, version.id) if each.is_doubtful]
    chosen = {key_of(each): each.old_id or each.new_id for each in doubts}
    correct_matching(ears.session, ears.city.officer, ears.found, chosen, moment)
    waiting = unpublished(ears.session, ears.found.id)
    publish_version(ears.session, ears.city.officer, ears.found, waiting.source_sha256, moment)


def test_the_phase_is_told_to_followers_and_the_decision_also_to_all_who_wrote(ears):
    ears.follow("consultation", ears.found.id)
    said = ears.city.comment(ears.found)
    ears.city.answer(ears.found, said)
    after = date(2026, 12, 3)
    ears.city.step(ears.found, Step.CLOSE, after)
    ears.city.step(ears.found, Step.DECIDE, after, outcome="Diterima.")
    ears.hear()
    decided = "It is decided: read what you said, and what changed because of it"
    assert decided in ears.told(ears.author)
    assert decided in ears.told(ears.follower)
    closed = [each for each in ears.told(ears.follower) if each.startswith("Comments are closed")]
    assert len(closed) == 1


def test_three_days_before_the_end_followers_are_reminded_once(ears):
    ears.follow("consultation", ears.found.id)
    day = datetime(2026, 11, 29, 0, 30, tzinfo=ZONE)
    for hours in (0, 7, 8, 20, 30):
        ears.hear(day + timedelta(hours=hours))
    (told,) = ears.notices(ears.follower)
    assert told.kind == "closes-soon"
    assert told.at == day + timedelta(hours=7)


def test_nothing_is_told_twice_and_nothing_that_was_before_the_beginning(ears):
    services.begin(ears.session, SOON)
    said = ears.city.comment(ears.found, by=ears.follower)
    ears.city.reply(ears.found, said, minutes=40)
    assert ears.hear(LATER + timedelta(hours=1)) == 1
    assert ears.hear(LATER + timedelta(hours=1)) == 0
    assert ears.hear(LATER + timedelta(hours=9)) == 0
    services.sweep(ears.session, LATER)
    assert ears.session.scalars(select(NoticeHeard)).all() == []


def test_what_was_committed_late_is_heard_all_the_same(database: Database):
    """Two transactions, the earlier of which commits last."""
    with database.transaction() as session:
        ears = Ears(City(session))
        ears.follow("consultation", ears.found.id)
        ears.hear()
    subject = ("consultation", ears.found.id)
    tag, details = EventTag.CONSULTATIONS_PHASE_CHANGE, {"phase": "answering"}
    slow = database.session()
    if not database.is_sqlite:  # SQLite has one writer: there nobody overtakes
        record(slow, tag, at=SOON, actor=READER, subject=subject, details=details)
    with database.transaction() as quick:
        record(quick, tag, at=LATER, actor=READER, subject=subject, details=details)
    assert heard(database, LATER + timedelta(minutes=1)) == 1
    if not database.is_sqlite:
        slow.commit()
        assert heard(database, LATER + timedelta(minutes=2)) == 1
    slow.close()
    assert heard(database, LATER + timedelta(minutes=3)) == 0


def heard(database: Database, now: datetime) -> int:
    with database.transaction() as session:
        return services.hear(session, now, ZONE)


def test_a_batch_that_is_full_is_continued_in_the_next_minute(ears, monkeypatch):
    monkeypatch.setattr("participation.notices.services.hearing.MOST_EVENTS", 3)
    for minutes in range(8):
        said = ears.city.comment(ears.found, f"Baru {minutes}", minutes=1, by=ears.author)
        ears.city.answer(ears.found, said)
    assert sum(ears.hear() for _ in range(8)) == 8


def test_who_leaves_follows_nothing_any_more(ears):
    ears.follow("consultation", ears.found.id)
    leave(ears.session, ears.follower, SOON, password=PASSWORD, forget=(services.forget,))
    assert ears.session.scalars(select(Follow)).all() == []


def test_what_somebody_follows_and_was_told_is_erased_at_once(ears):
    ears.follow("comment", ears.city.comment(ears.found, by=ears.follower).id)
    ears.city.reply(ears.found, ears.city.comment(ears.found, "Dua", by=ears.follower))
    ears.hear()
    assert ears.notices(ears.follower)
    services.erase_notices(ears.session, ears.follower.id)
    assert ears.notices(ears.follower) == []
    assert ears.session.scalars(select(Follow)).all() == []


@pytest.mark.parametrize(("days", "is_read", "stays"),
                         [(179, True, True), (181, True, False), (181, False, True),
                          (731, False, False)])  # fmt: skip
def test_old_notices_are_swept(ears, days, is_read, stays):
    ears.city.reply(ears.found, ears.city.comment(ears.found, by=ears.follower))
    ears.hear()
    if is_read:
        services.mark_read(ears.session, ears.follower)
    services.sweep(ears.session, NOW + timedelta(days=days))
    assert bool(ears.notices(ears.follower)) == stays


def test_ten_thousand_followers_cost_few_queries(ears, counted):
    people = gather(ears.session, ears.found.id, 10_000)
    ears.city.step(ears.found, Step.CLOSE, date(2026, 12, 3))
    with counted() as queries:
        assert ears.hear() == people
    assert len(queries) < 30
