"""Acts on meetings, on both databases: drawn up, announced, moved, cancelled, minuted."""

from datetime import timedelta

import pytest
from sqlmodel import select

from participation.core.access import READER, Role
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound
from participation.core.events import Event
from participation.meetings import queries, services
from participation.meetings.models import Coming, Meeting
from participation.meetings.rules import Span, Stage
from participation.meetings.services import NewItem
from tests.factories.consultations import NOW
from tests.factories.meetings import AFTER, BEGINS, ENDS, refused

DAY = timedelta(days=1)


def tags(hall):
    return [each.tag for each in hall.session.scalars(select(Event).order_by(Event.at))]


def titles(hall, meeting):
    return [each.title for each in queries.agenda(hall.session, meeting.id)]


def test_a_meeting_is_public_once_it_is_announced(hall):
    meeting = hall.drawn_up()
    with pytest.raises(NotFound):
        queries.public_meeting(hall.session, meeting.slug)
    assert (
        refused(Conflict, services.announce, hall.session, hall.officer, meeting, hall.found, NOW)
        == "no-agenda"
    )
    hall.item(meeting)
    services.announce(hall.session, hall.officer, meeting, hall.found, NOW)
    assert queries.public_meeting(hall.session, meeting.slug).announced_at == NOW
    assert "meetings:meeting:announce" in tags(hall)


def test_nothing_is_announced_in_the_past(hall):
    meeting = hall.drawn_up()
    hall.item(meeting)
    code = refused(
        Conflict, services.announce, hall.session, hall.officer, meeting, hall.found, BEGINS
    )
    assert code == "in-the-past"
    announced = hall.announced()
    past = hall.facts(span=Span(NOW - DAY, NOW - DAY / 2))
    assert (
        refused(Invalid, services.change, hall.session, hall.officer, announced, past, NOW)
        == "begins_at"
    )


def test_residents_draw_up_announce_and_minute_nothing(hall):
    meeting, resident = hall.announced(), hall.city.resident
    for act in (
        lambda: services.draw_up(hall.session, resident, hall.found, hall.facts(), NOW),
        lambda: services.change(hall.session, resident, meeting, hall.facts(), NOW),
        lambda: services.add_item(hall.session, resident, meeting, NewItem("x", 1), NOW),
        lambda: services.cancel(hall.session, resident, meeting, "x", NOW),
        lambda: services.begin_minutes(hall.session, resident, meeting, AFTER),
        lambda: services.take_name_out(hall.session, resident, meeting, meeting.id, AFTER),
        lambda: services.come(hall.session, READER, meeting, NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"place": ""}, "place"),
        ({"address": "", "link": ""}, "address"),
        ({"about": "x" * 2001}, "about"),
        ({"access": "x" * 601}, "access"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://e.id/" + "x" * 500}, "link"),
    ],
)
def test_facts_that_cannot_be_told_are_refused_by_field(hall, changes, field):
    assert refused(Invalid, hall.drawn_up, **changes) == field


def test_each_change_after_the_announcement_raises_the_revision(hall):
    meeting = hall.drawn_up()
    hall.item(meeting)
    assert not services.change(hall.session, hall.officer, meeting, hall.facts(place="Aula"), NOW)
    assert meeting.revision == 0
    services.announce(hall.session, hall.officer, meeting, hall.found, NOW)
    later = hall.facts(span=Span(BEGINS + DAY, ENDS + DAY))
    assert services.change(hall.session, hall.officer, meeting, later, NOW)
    assert not services.change(hall.session, hall.officer, meeting, later, NOW + DAY)
    assert (meeting.revision, meeting.changed_at) == (1, NOW)
    only_words = hall.facts(span=later.span, about="Lain.")
    assert not services.change(hall.session, hall.officer, meeting, only_words, NOW)
    hall.item(meeting, "Lain-lain")
    services.cancel(hall.session, hall.officer, meeting, "Banjir.", NOW)
    assert meeting.revision == 4


def test_a_cancelled_meeting_keeps_its_reason_and_takes_nothing_more(hall):
    meeting = hall.announced()
    assert (
        refused(Invalid, services.cancel, hall.session, hall.officer, meeting, "", NOW) == "reason"
    )
    services.cancel(hall.session, hall.officer, meeting, "Banjir.", NOW)
    assert queries.stage(meeting, AFTER) is Stage.CANCELLED
    assert queries.public_meeting(hall.session, meeting.slug).cancelled_because == "Banjir."
    for act in (services.come, services.stay_away):
        assert (
            refused(Conflict, act, hall.session, hall.city.resident, meeting, NOW) == "not-coming"
        )
    assert (
        refused(Conflict, services.cancel, hall.session, hall.officer, meeting, "x", NOW)
        == "not-to-cancel"
    )
    assert (
        refused(Conflict, services.begin_minutes, hall.session, hall.officer, meeting, AFTER)
        == "no-minutes-now"
    )


def test_only_what_nobody_was_told_is_deleted(hall):
    meeting = hall.drawn_up()
    hall.item(meeting)
    services.discard(hall.session, hall.officer, meeting, NOW)
    assert hall.session.scalars(select(Meeting)).all() == []
    announced = hall.announced()
    code = refused(Conflict, services.discard, hall.session, hall.officer, announced, NOW)
    assert code == "announced-already"


def test_items_move_up_and_down_and_stay_at_the_ends(hall):
    meeting = hall.drawn_up()
    items = [hall.item(meeting, name) for name in ("A", "B", "C")]
    for item, steps, order in (
        (items[2], -1, ["A", "C", "B"]),
        (items[2], -1, ["C", "A", "B"]),
        (items[2], -1, ["C", "A", "B"]),
        (items[0], 1, ["C", "B", "A"]),
        (items[0], 1, ["C", "B", "A"]),
    ):
        services.move_item(hall.session, hall.officer, meeting, item, steps=steps, now=NOW)
        assert titles(hall, meeting) == order


def test_an_item_of_another_meeting_is_not_found(hall):
    item, other = hall.item(hall.drawn_up()), hall.drawn_up()
    with pytest.raises(NotFound):
        queries.item(hall.session, other.id, item.id)


@pytest.mark.parametrize("place", ["pasal-9", "pasal-2-ayat-1' OR 1=1", "pasal-77"])
def test_an_item_points_only_at_clauses_of_its_own_draft(hall, place):
    other = "BAB I\nUMUM\nPasal 77\nLain.\n"
    hall.city.opened(other, title="Rancangan lain")
    assert refused(Invalid, hall.item, hall.drawn_up(), place=place) == "place"


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewItem("", 5), "title"),
        (NewItem("x" * 161, 5), "title"),
        (NewItem("x", 0), "minutes"),
        (NewItem("x", 121), "minutes"),
    ],
)
def test_an_item_has_a_name_and_fits_into_the_meeting(hall, new, field):
    meeting = hall.drawn_up()
    assert (
        refused(Invalid, services.add_item, hall.session, hall.officer, meeting, new, NOW) == field
    )


def test_a_meeting_does_not_become_shorter_than_its_agenda(hall):
    meeting = hall.drawn_up()
    hall.item(meeting, minutes=120)
    shorter = hall.facts(span=Span(BEGINS, BEGINS + timedelta(minutes=119)))
    assert (
        refused(Invalid, services.change, hall.session, hall.officer, meeting, shorter, NOW)
        == "ends_at"
    )


def test_the_agenda_stays_once_the_meeting_has_begun(hall):
    meeting = hall.announced()
    item = queries.agenda(hall.session, meeting.id)[0]
    assert (
        refused(Conflict, services.remove_item, hall.session, hall.officer, meeting, item, NOW)
        == "no-agenda"
    )
    assert (
        refused(Conflict, services.remove_item, hall.session, hall.officer, meeting, item, BEGINS)
        == "facts-fixed"
    )


def test_one_person_comes_once_and_may_take_it_back(hall):
    meeting, sri = hall.announced(), hall.city.resident
    hall.coming(meeting, sri, sri, hall.city.person("Yoga", Role.RESIDENT))
    assert queries.counted_coming(hall.session, meeting) == 2
    services.stay_away(hall.session, sri, meeting, NOW)
    services.stay_away(hall.session, sri, meeting, NOW)
    assert queries.counted_coming(hall.session, meeting) == 1
    assert not queries.is_coming(hall.session, meeting.id, sri.id)
    told = [tag for tag in tags(hall) if ":coming:" in tag]
    assert sorted(told) == [*["meetings:coming:say"] * 2, "meetings:coming:withdraw"]


def test_no_event_says_who_wanted_to_come(hall):
    """Attendance is a count: the trace of an act would be a list of names."""
    meeting = hall.announced()
    hall.coming(meeting, hall.city.resident)
    found = hall.session.scalars(select(Event).where(Event.tag == "meetings:coming:say")).one()
    assert found.actor_id is None
    assert str(hall.city.resident.id) not in str(found.details)


def test_after_the_meeting_only_the_number_is_kept(hall):
    meeting, sri = hall.announced(), hall.city.resident
    hall.coming(meeting, sri)
    assert services.forget_who_came(hall.session, ENDS) == 0
    assert services.forget_who_came(hall.session, ENDS + DAY) == 1
    hall.session.refresh(meeting)
    assert hall.session.scalars(select(Coming)).all() == []
    assert queries.counted_coming(hall.session, meeting) == 1
    assert services.forget_who_came(hall.session, ENDS + 2 * DAY) == 0


def test_a_draft_that_is_moved_later_still_counts(hall):
    meeting = hall.drawn_up()
    hall.item(meeting)
    services.forget_who_came(hall.session, ENDS + DAY)
    hall.session.refresh(meeting)
    services.announce(hall.session, hall.officer, meeting, hall.found, NOW)
    hall.coming(meeting, hall.city.resident)
    assert queries.counted_coming(hall.session, meeting) == 1


def test_erasing_a_person_forgets_where_they_wanted_to_be(hall):
    sri, yoga = hall.city.resident, hall.city.person("Yoga", Role.RESIDENT)
    for meeting in (hall.announced(), hall.announced()):
        hall.coming(meeting, sri, yoga)
    assert len(list(queries.remember(hall.session, sri.id))) == 2
    assert services.erase_attendance(hall.session, sri.id) == 2
    assert list(queries.remember(hall.session, sri.id)) == []
    assert len(list(queries.remember(hall.session, yoga.id))) == 2
