"""Events: enumerated, stored with the act."""

from sqlmodel import select

from participation.core.events import Event, EventTag, record
from tests.participation.people import MORNING, make_person


def test_an_event_says_who_did_what_to_which_thing_and_when(database):
    with database.transaction() as session:
        actor = make_person(session)
        record(session, EventTag.VOTES_VOTE_OPEN, at=MORNING, actor=actor,
               subject=("vote", "jalan-kenanga"), details={"round": 1})  # fmt: skip
    with database.session() as session:
        event = session.exec(select(Event)).one()
    assert (event.tag, event.actor_id, event.at) == ("votes:vote:open", actor.id, MORNING)
    assert (event.subject_kind, event.subject_id) == ("vote", "jalan-kenanga")
    assert event.details == {"round": 1}


def test_tags_read_feature_thing_act_and_stand_in_order():
    assert all(len(tag.split(":")) == 3 for tag in EventTag)
    assert list(EventTag) == sorted(EventTag)
