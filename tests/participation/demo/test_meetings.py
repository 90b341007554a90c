"""The demonstration's meetings: one to come, one with minutes that became contributions."""

from sqlmodel import select

from participation.comments.models import Comment
from participation.intake.models import IntakeEntry
from participation.meetings import queries
from participation.meetings.models import Meeting
from participation.meetings.rules import Stage
from tests.participation.demo.conftest import PREPARED_AT
from tests.participation.html import read


def test_one_meeting_comes_and_one_has_corrected_minutes(rows):
    found = {queries.stage(each, PREPARED_AT): each for each in rows.exec(select(Meeting))}
    assert set(found) == {Stage.COMING, Stage.MINUTED}
    assert queries.counted_coming(rows, found[Stage.COMING]) == 4
    versions = queries.versions(rows, found[Stage.MINUTED].id)
    assert [each.number for each in versions] == [2, 1]
    assert all(each.published_at < PREPARED_AT for each in versions)


def test_what_was_said_was_compared_by_a_second_person_or_still_waits(rows):
    entries = rows.exec(select(IntakeEntry)).all()
    said = [each for each in entries if each.comment_id is not None]
    assert said
    assert len(said) < len(entries)
    assert all(each.checked_by != each.typed_by for each in said)
    sources = {rows.get_one(Comment, each.comment_id).source for each in said}
    assert "meeting" in sources


def test_both_stand_beside_the_draft(city):
    address = "/consultations/pengelolaan-sampah-dari-rumah"
    page = city.test_client().get(address, headers={"Accept-Language": "en"})
    words = read(page.get_data(as_text=True)).words
    assert "Meeting: Rembuk warga Kelurahan Melati" in words
    assert "minutes published" in words
