"""What happened is written down once, whoever writes, whenever it was committed."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from participation.accounts.services import change_profile
from participation.comments.models import Comment
from participation.comments.services import edit_comment
from participation.consultations import services as consultations
from participation.consultations.extending.services import extend_days
from participation.consultations.queries import calendar_of
from participation.consultations.rules import Step
from participation.core.clock import system_clock
from participation.core.db import Database
from participation.core.events import Event, EventTag
from participation.record import queries
from participation.record.entries import Extended, parse_entry
from participation.record.models import (
    RecordCheckpoint,
    RecordedEvent,
    RecordEntry,
    RecordOpening,
)
from participation.record.services import keep_records, keeping, keyring_of
from tests.factories.consultations import CALENDAR, NOW
from tests.participation.record.conftest import AUTHORITY, SECRETS, Town, failing


def tags(town: Town) -> list[str]:
    """The tags of the entries in the log, in order."""
    log = town.log()
    entries = queries.entries(town.session, town.found.id, 0, log.size)
    return [parse_entry(each[32:]).tag for each in entries]


def test_a_log_begins_with_what_people_were_told(town):
    town.tick()
    assert tags(town) == ["consult-begun", "consult-phase", "consult-version", "consult-phase"]
    assert town.log().origin == f"{AUTHORITY}/suara/consultations/{town.found.id.hex}"


def test_a_draft_has_no_record_until_it_is_announced(town):
    drafted = town.city.drafted(title="Belum diumumkan")
    town.tick()
    assert queries.log_of(town.session, drafted.id) is None
    consultations.publish_draft(
        town.session, town.city.officer, drafted, consultations.Moment(NOW, NOW.date())
    )
    town.tick()
    assert queries.log_of(town.session, drafted.id) is not None


def test_each_event_is_written_down_once_however_often_the_minute_comes(town):
    comment = town.comment()
    town.city.reply(town.found, comment, minutes=2)
    town.city.answer(town.found, comment)
    for _ in range(3):
        town.tick()
    assert tags(town)[4:] == ["contribution", "contribution-answered", "contribution"]
    assert town.session.scalar(select(func.count()).select_from(RecordCheckpoint)) == 1


def test_a_minute_in_which_nothing_happened_signs_nothing(town):
    town.tick()
    size = town.log().size
    town.tick()
    assert queries.checkpoint_sizes(town.session, town.found.id) == [size]


def test_an_event_that_was_committed_late_with_an_earlier_moment_is_not_lost(town):
    town.comment("Ditulis belakangan.", minutes=30)
    town.tick()
    with town.database.session() as late:
        event = Event(
            at=NOW - timedelta(hours=1),
            tag=EventTag.COMMENTS_COMMENT_EDIT.value,
            subject_kind="comment",
            subject_id=str(town.session.scalars(select(col(Comment.id))).one()),
            details={"of": f"consultation:{town.found.id}"},
        )
        late.add(event)
        late.commit()
    town.tick()
    assert tags(town)[-2:] == ["contribution", "contribution-edited"]


def test_two_keepers_at_once_write_one_log(town):
    """Two processes whose minute comes at the same moment must not fork a log."""
    for number in range(12):
        town.comment(f"Usul {number}", minutes=number)
    begin, faults = threading.Barrier(2), []

    def keep() -> None:
        own = Database(town.database.url.render_as_string(hide_password=False))
        try:
            begin.wait()
            with own.transaction() as session:
                keep_records(session, keyring_of(SECRETS), AUTHORITY)
        except Exception as error:  # noqa: BLE001 - told by the assertion below
            faults.append(error)
        finally:
            own.close()

    town.session.commit()
    keepers = [threading.Thread(target=keep) for _ in range(2)]
    for each in keepers:
        each.start()
    for each in keepers:
        each.join()
    assert faults == []
    assert tags(town).count("contribution") == 12
    assert queries.checkpoint_sizes(town.session, town.found.id) == [town.log().size]
    places = town.session.scalars(select(col(RecordEntry.place)).order_by(col(RecordEntry.place)))
    assert list(places) == list(range(town.log().size))


def test_more_than_a_minute_s_work_is_done_in_the_minutes_after(village, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_EVENTS", 5)
    for number in range(12):
        village.comment(f"Usul {number}", minutes=number)
    for _ in range(4):
        village.tick()
    assert tags(village).count("contribution") == 12
    assert len(queries.checkpoint_sizes(village.session, village.found.id)) == 3


def test_what_cannot_be_written_of_one_consultation_hinders_no_other(town, capsys):
    other = town.city.opened(title="Pasar malam")
    town.comment()
    town.happen(EventTag.COMMENTS_COMMENT_REMOVE, town.comment("b"), reason="x" * 70_000)
    town.tick()
    assert queries.log_of(town.session, town.found.id) is None
    assert queries.log_of(town.session, other.id) is not None
    assert "record-not-kept" in capsys.readouterr().out


def test_events_of_other_features_are_none_of_its_business(town):
    town.happen("petitions:petition:sign", town.comment())
    town.happen(EventTag.COMMENTS_COMMENT_ENDORSE, town.comment("b"))
    town.tick()
    assert tags(town)[4:] == ["contribution", "contribution"]


def test_a_comment_on_something_else_enters_no_record(town):
    town.tick()
    before = town.log().size
    town.happen(EventTag.COMMENTS_COMMENT_EDIT, town.comment(), of="petition:" + "0" * 32)
    town.tick()
    assert town.log().size == before + 1
    dealt = town.session.scalar(select(func.count()).select_from(RecordedEvent))
    town.tick()
    assert town.session.scalar(select(func.count()).select_from(RecordedEvent)) == dealt


def test_an_answer_without_a_known_comment_brings_the_comment_with_it(town):
    """What stood there before there were records is taken in with the first thing that happens."""
    comment = town.comment()
    written = select(Event).where(col(Event.tag) == EventTag.COMMENTS_COMMENT_WRITE.value)
    town.session.delete(town.session.scalars(written).one())
    town.city.answer(town.found, comment)
    town.tick()
    assert tags(town)[4:] == ["contribution", "contribution-answered"]


def test_a_correction_is_a_new_commitment_and_the_old_words_are_gone(town):
    comment = town.comment("Sumur yang lama.")
    town.tick()
    edit_comment(town.session, town.city.resident, comment, "Sumur yang baru.", NOW)
    town.tick()
    assert tags(town)[-1] == "contribution-edited"
    opened = queries.opening(town.session, comment.id)
    assert b"Sumur yang baru." in opened.content
    assert b"lama" not in b"".join(town.files().values())


def test_another_name_of_the_author_is_committed_to_anew(town, folder_of):
    mine, other = town.comment(), town.comment("Orang lain.", by=town.city.person("Budi"))
    town.tick()
    change_profile(town.session, town.city.resident, NOW, name="Sri H.", language="id")
    town.tick()
    assert tags(town)[-1] == "contribution-edited"
    assert queries.opening(town.session, mine.id).author == "Sri H."
    assert queries.opening(town.session, other.id).author == "Budi"
    assert failing(folder_of(town.files())) == set()


def extend(town: Town, days: int, reason: str, *, minutes: int = 0) -> None:
    """The last day for comments moves."""
    old = calendar_of(town.found)
    new = replace(old, closes_on=old.closes_on + timedelta(days=days))
    moment = consultations.Moment(NOW + timedelta(minutes=minutes), NOW.date())
    extend_days(town.session, town.city.officer, town.found, new, reason, moment=moment)
    town.session.commit()


def extended(town: Town) -> list[tuple[str, str, str]]:
    """What the log says of moved last days."""
    entries = queries.entries(town.session, town.found.id, 0, town.log().size)
    read = [parse_entry(each[32:]) for each in entries]
    return [(each.old, each.new, each.reason) for each in read if isinstance(each, Extended)]


def test_the_last_day_moves_by_an_entry_of_its_own_with_its_reason(town, folder_of):
    town.tick()
    extend(town, 5, "Banjir di Lembayung Timur.")
    town.tick()
    assert tags(town)[-1] == "consult-extended"
    assert extended(town) == [("2026-12-02", "2026-12-07", "Banjir di Lembayung Timur.")]
    assert failing(folder_of(town.files())) == set()


def test_every_move_within_one_minute_keeps_its_own_days_and_reason(town, folder_of):
    """A correction before and after does not swallow what moved, nor say it without a reason."""
    town.tick()
    for minute, title in ((1, "Sumur kita"), (5, "Sumur bersama")):
        at = NOW + timedelta(minutes=minute)
        told = replace(town.city.details(title=title), calendar=calendar_of(town.found))
        consultations.edit_consultation(town.session, town.city.officer, town.found, told, at)
        extend(town, 3, f"Alasan {minute}", minutes=minute + 1)
    town.tick()
    moved = [("2026-12-02", "2026-12-05", "Alasan 1"), ("2026-12-05", "2026-12-08", "Alasan 5")]
    assert extended(town) == moved
    assert b'"closes_on":"2026-12-08"' in town.files()["consultation.json"]
    assert failing(folder_of(town.files())) == set()


def test_a_log_that_begins_late_tells_the_days_as_they_were_announced(town, folder_of):
    extend(town, 4, "Masa libur.", minutes=3)
    town.tick()
    assert extended(town) == [("2026-12-02", "2026-12-06", "Masa libur.")]
    assert failing(folder_of(town.files())) == set()


def test_later_answers_are_told_in_the_record_too(town, folder_of):
    town.tick()
    old = calendar_of(town.found)
    new = replace(old, decides_by=old.decides_by + timedelta(days=9))
    moment = consultations.Moment(NOW, NOW.date())
    extend_days(town.session, town.city.officer, town.found, new, "Libur.", moment=moment)
    town.tick()
    assert tags(town)[-1] == "consult-changed"
    assert failing(folder_of(town.files())) == set()


def test_the_decision_stands_in_the_record(town, folder_of):
    comment = town.comment()
    town.city.answer(town.found, comment)
    town.tick()
    after = CALENDAR.closes_on + timedelta(days=1)
    town.city.step(town.found, Step.CLOSE, after)
    town.city.step(town.found, Step.DECIDE, after, outcome="Disetujui dengan perubahan.")
    town.tick()
    assert "consult-changed" in tags(town)
    assert b"Disetujui dengan perubahan." in town.files()["consultation.json"]
    assert failing(folder_of(town.files())) == set()


def test_held_words_are_committed_to_and_shown_once_released(town, folder_of):
    comment = town.comment("Tautan.")
    town.happen(EventTag.COMMENTS_COMMENT_HOLD, comment)
    town.tick()
    assert tags(town)[-2:] == ["contribution", "contribution-held"]
    assert b"Tautan" not in town.files()["contributions"]
    town.happen(EventTag.COMMENTS_COMMENT_WRITE, comment, minutes=7, released="yes")
    town.tick()
    assert tags(town)[-1] == "contribution-restored"
    assert b"Tautan" in town.files()["contributions"]
    assert failing(folder_of(town.files())) == set()


def test_words_that_are_being_taken_away_are_shown_no_more_at_once(town, folder_of):
    comment = town.comment("Nomor telepon 0812.")
    town.tick()
    town.happen(EventTag.COMMENTS_COMMENT_REMOVE, comment, rule="privacy", reason="Nomor orang.")
    files = town.files()
    assert b"0812" not in b"".join(files.values())
    assert b'"pending":true' in files["contributions"]
    assert failing(folder_of(files)) == set()


@pytest.mark.parametrize(
    "act", [EventTag.COMMENTS_COMMENT_ERASE, EventTag.COMMENTS_COMMENT_WITHDRAW]
)
def test_erased_words_and_names_are_really_gone(town, act, folder_of):
    """Nothing of them stays in the record or its tables; the entry does, and verifies."""
    comment = town.comment("Alamat rumah saya Jalan Melati 5.")
    town.tick()
    assert b"Melati" in town.files()["contributions"]
    town.happen(act, comment)
    town.tick()
    files = town.files()
    assert b"Melati" not in b"".join(files.values())
    assert town.session.scalar(select(func.count()).select_from(RecordOpening)) == 0
    stored = b"".join(queries.entries(town.session, town.found.id, 0, town.log().size))
    assert b"Melati" not in stored
    assert b"Hartati" not in stored
    assert comment.id.bytes in stored
    assert failing(folder_of(files)) == set()


def test_on_sqlite_erased_words_leave_no_trace_in_the_file(village):
    comment = village.comment("Rahasia xyzzy-plugh.")
    village.tick()
    village.happen(EventTag.COMMENTS_COMMENT_ERASE, comment)
    village.tick()
    comment.body = ""
    village.session.add(comment)
    village.session.commit()
    place = village.database.url.database
    with village.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(place, "rb") as file:  # noqa: PTH123 - the database's own name for it
        assert b"xyzzy-plugh" not in file.read()


def test_a_long_log_has_full_tiles_and_every_width_of_its_last_one(village, folder_of):
    for number in range(255):
        village.comment(f"Usul {number}", minutes=number)
    village.tick()
    for number in range(300, 560):
        village.comment(f"Usul {number}", minutes=number)
    village.tick()
    files = village.files()
    assert {"tile/entries/000", "tile/entries/001", "tile/1/000.p/2"} <= files.keys()
    assert failing(folder_of(files)) == set()


def test_the_moments_of_entries_are_those_of_what_happened(town):
    town.comment(minutes=4)
    town.tick()
    entry = queries.entry_at(town.session, town.found.id, town.log().size - 1)
    assert parse_entry(entry[32:]).at == int((NOW + timedelta(minutes=4)).timestamp())
    assert system_clock() > NOW - timedelta(days=36500)
