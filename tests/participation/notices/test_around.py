"""What stands around consultations: names in replies, surveys, meetings, topics, offices, areas."""

from datetime import date, timedelta

import pytest

from participation.areas.models import Area
from participation.areas.rules import id_of
from participation.comments.services import NewReply, write_reply
from participation.consultations.models import (
    ConsultationArea,
    ConsultationOrganisation,
    ConsultationTopic,
)
from participation.consultations.services import Moment, publish_draft
from participation.core.access import READER
from participation.core.events import EventTag, record
from participation.meetings import services as meetings
from participation.notices.rules import Followed
from participation.notices.things import things_of
from participation.organisations.models import Organisation
from participation.surveys.models import Survey
from participation.topics.models import Topic
from tests.factories.consultations import NOW, TODAY
from tests.factories.meetings import Hall
from tests.participation.notices.conftest import SOON

AREAS = {"34": "DI Yogyakarta", "34.71": "Kota Yogyakarta", "34.71.13": "Tegalrejo",
         "34.71.13.1001": "Kricak", "34.04": "Kabupaten Sleman"}  # fmt: skip


def test_who_is_addressed_is_told_so_and_only_once(ears):
    first = ears.city.comment(ears.found, by=ears.follower)
    wati, joko = ears.person("Wati"), ears.person("Joko")
    earlier = write_reply(ears.session, wati, first, NewReply("Setuju.", "a"), NOW)
    new = NewReply("@Wati, @Yoga Pratama, kapan?", "b", mentions=(earlier.id, first.id))
    write_reply(ears.session, joko, first, new, NOW + timedelta(minutes=1))
    ears.hear()
    assert ears.told(wati) == ["Joko mentioned you in a comment on Pasal 2 ayat (1)"]
    assert len(ears.told(ears.follower)) == 2
    assert ears.told(joko) == []


def test_followers_of_a_consultation_hear_of_its_surveys(ears):
    ears.follow("consultation", ears.found.id)
    found = Survey(slug="survei", title="Survei sumur", about="", office="Dinas Air",
                   subject_kind="consultation", subject_id=ears.found.id, state="open",
                   opens_on=TODAY, closes_on=date(2026, 12, 1), created_by=ears.city.officer.id,
                   created_at=NOW, opened_at=NOW)  # fmt: skip
    ears.session.add(found)
    ears.session.flush()
    ears.follow("survey", found.id)
    for tag in (EventTag.SURVEYS_SURVEY_OPEN, EventTag.SURVEYS_SURVEY_PUBLISH):
        record(ears.session, tag, at=NOW, actor=READER, subject=("survey", found.id))
    ears.hear()
    told = {"A survey is open until 2026-12-01", "The results of a survey are published"}
    assert set(ears.told(ears.follower)) == told


def test_followers_of_a_consultation_hear_of_its_meetings(ears):
    hall = Hall(ears.city)
    ears.found = hall.found
    ears.hear()
    ears.follow("consultation", ears.found.id)
    meeting = hall.announced()
    ears.follow("meeting", meeting.id)
    ears.hear()
    (told,) = ears.told(ears.follower)
    assert told.startswith("A meeting: ")
    meetings.cancel(ears.session, ears.city.officer, meeting, "Hujan lebat.", SOON)
    ears.hear(SOON)
    assert ears.told(ears.follower)[-1].endswith("is cancelled")


@pytest.fixture
def areas(ears):
    for code, name in AREAS.items():
        parent = code.rpartition(".")[0] or None
        ears.session.add(Area(code=code, id=id_of(code), name=name, parent=parent))
        ears.session.flush()


def announced(ears, *rows) -> None:
    """A new consultation with these links, announced."""
    found = ears.city.drafted(title="Taman kota")
    for table, values in rows:
        ears.session.add(table(consultation_id=found.id, **values))
    ears.session.flush()
    publish_draft(ears.session, ears.city.officer, found, Moment(SOON, TODAY))


def test_a_new_consultation_is_told_to_those_who_follow_its_topic_or_office(ears):
    topic = Topic(slug="air", names={"id": "Air", "en": "Water"})
    office = Organisation(slug="dinas-air", name="Dinas Air", contact="", created_at=NOW)
    ears.session.add_all((topic, office))
    ears.session.flush()
    wati = ears.person("Wati")
    ears.follow("topic", topic.id)
    ears.follow("organisation", office.id)
    ears.follow("organisation", office.id, by=wati)
    links = ((ConsultationTopic, {"topic_id": topic.id}),
             (ConsultationOrganisation, {"organisation_id": office.id}))  # fmt: skip
    announced(ears, *links)
    ears.hear(SOON)
    for each in (ears.follower, wati):
        assert ears.told(each) == ["A new consultation: comments open on 2026-11-01"]
    names = things_of(ears.session, [Followed("topic", topic.id),
                                     Followed("organisation", office.id)])  # fmt: skip
    assert [each.title for each in names] == [{"id": "Air", "en": "Water"}, {"": "Dinas Air"}]


@pytest.mark.parametrize(("concerned", "told"), [
    ("34.71", {"34", "34.71", "34.71.13.1001"}), ("34.04", {"34", "34.04"}),
    ("", {"34", "34.71", "34.71.13.1001", "34.04"}),
])  # fmt: skip
def test_it_is_told_in_areas_around_and_within_those_it_concerns(ears, areas, concerned, told):
    people = {code: ears.person(code) for code in AREAS if code != "34.71.13"}
    for code, person in people.items():
        ears.follow("area", id_of(code), by=person)
    announced(ears, *([(ConsultationArea, {"area_code": concerned})] if concerned else []))
    ears.hear(SOON)
    assert {code for code, person in people.items() if ears.told(person)} == told
    (thing,) = things_of(ears.session, [Followed("area", id_of("34.71.13.1001"))])
    assert thing.where.values == {"code": "34.71.13.1001"}
