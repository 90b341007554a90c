"""Minutes, on both databases: written, published, corrected, and what becomes of what was said."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from participation.comments.models import Comment
from participation.comments.rules import Source, Stance
from participation.consultations.rules import Calendar, Step
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound
from participation.intake.rules import State as EntryState
from participation.meetings import queries, services
from participation.meetings.models import MinutesLine
from participation.meetings.rules import MINUTES_WITHIN, MOST_PEOPLE, Stage
from participation.meetings.services import Attendance, Said
from tests.factories.consultations import NOW
from tests.factories.meetings import AFTER, BEGINS, ENDS, confirm, entries, refused

DAY = timedelta(days=1)


def test_minutes_begin_with_the_meeting_and_are_public_after_it(hall):
    meeting = hall.announced()
    begin = services.begin_minutes
    assert refused(Conflict, begin, hall.session, hall.officer, meeting, NOW) == "no-minutes-now"
    begun = begin(hall.session, hall.officer, meeting, BEGINS)
    assert begin(hall.session, hall.officer, meeting, BEGINS).id == begun.id
    assert refused(Conflict, hall.publish, meeting, now=BEGINS) == "still-running"
    assert refused(Conflict, hall.publish, meeting) == "not-counted"
    hall.write(meeting, summary="")
    assert refused(Conflict, hall.publish, meeting) == "no-summary"
    assert queries.versions(hall.session, meeting.id) == []
    hall.write(meeting)
    hall.publish(meeting)
    assert queries.stage(meeting, AFTER) is Stage.MINUTED
    assert [each.number for each in queries.versions(hall.session, meeting.id)] == [1]


@pytest.mark.parametrize(
    ("attendance", "field"),
    [
        (Attendance(-1), "came"),
        (Attendance(MOST_PEOPLE + 1), "came"),
        (Attendance(1, "x" * 301), "groups"),
    ],
)
def test_attendance_is_a_number_with_a_few_words(hall, attendance, field):
    meeting = hall.announced()
    act = services.write_minutes
    assert (
        refused(Invalid, act, hall.session, hall.officer, meeting, attendance, {}, now=AFTER)
        == field
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said(Stance.IDEA, ""), "body"),
        (Said(Stance.IDEA, "x" * 5001), "body"),
        (Said(Stance.IDEA, "x", name="x" * 81), "name"),
        (Said(Stance.IDEA, "x", place="pasal-99"), "place"),
    ],
)
def test_what_was_said_has_words_and_a_clause_of_this_draft(hall, said, field):
    meeting = hall.announced()
    item = queries.agenda(hall.session, meeting.id)[0]
    act = services.add_said
    assert (
        refused(Invalid, act, hall.session, hall.officer, meeting, item, said, now=AFTER) == field
    )


def test_a_correction_says_why_and_leaves_the_earlier_version(hall):
    meeting = hall.announced()
    hall.write(meeting, summary="Lama.")
    hall.publish(meeting)
    assert refused(Conflict, hall.publish, meeting, "Salah.") == "nothing-written"
    services.begin_minutes(hall.session, hall.officer, meeting, AFTER)
    assert refused(Conflict, hall.publish, meeting, "Salah.") == "nothing-changed"
    hall.write(meeting, summary="Baru.")
    assert refused(Invalid, hall.publish, meeting) == "reason"
    hall.publish(meeting, "Salah tulis.", AFTER + DAY)
    new, old = queries.versions(hall.session, meeting.id)
    assert (new.number, new.reason, new.published_at) == (2, "Salah tulis.", AFTER + DAY)
    assert [line.body for line in queries.lines(hall.session, old.id)] == ["Lama."]
    assert [line.body for line in queries.lines(hall.session, new.id)] == ["Baru."]
    assert meeting.minuted_at == AFTER


def test_a_correction_may_be_given_up_and_the_first_version_not(hall):
    meeting = hall.announced()
    hall.write(meeting)
    drop = services.drop_correction
    assert refused(Conflict, drop, hall.session, hall.officer, meeting, AFTER) == "no-correction"
    hall.publish(meeting)
    hall.write(meeting, summary="Lain.")
    drop(hall.session, hall.officer, meeting, AFTER)
    assert queries.unpublished(hall.session, meeting.id) is None
    assert len(queries.versions(hall.session, meeting.id)) == 1


def test_published_lines_do_not_change(hall):
    meeting = hall.announced()
    hall.write(meeting)
    line = hall.said(meeting, place="")
    hall.publish(meeting)
    said = Said(Stance.SUPPORT, "Lain.")
    for act in (
        lambda: services.change_said(hall.session, hall.officer, meeting, line, said, now=AFTER),
        lambda: services.remove_said(hall.session, hall.officer, meeting, line, AFTER),
    ):
        assert refused(Conflict, act) == "published-already"


def test_a_name_can_be_taken_out_of_every_version(hall):
    meeting = hall.announced()
    hall.write(meeting)
    line = hall.said(meeting)
    hall.publish(meeting)
    hall.write(meeting, summary="Lain.")
    services.take_name_out(hall.session, hall.officer, meeting, line.line_id, AFTER)
    names = hall.session.scalars(select(MinutesLine.name).where(MinutesLine.kind == "said")).all()
    assert names == ["", ""]
    other = hall.announced()
    with pytest.raises(NotFound):
        services.take_name_out(hall.session, hall.officer, other, line.line_id, AFTER)


def test_what_was_said_waits_for_a_second_person_and_becomes_a_contribution(hall):
    meeting = hall.announced()
    hall.write(meeting)
    line = hall.said(meeting)
    hall.said(meeting, "Umum saja.", place="")
    assert hall.publish(meeting) == 1
    (entry,) = entries(hall)
    assert (entry.state, entry.body, entry.name) == (
        EntryState.WAITING, "Bukalah sampai malam.", "Pak Joko",
    )  # fmt: skip
    assert hall.session.scalars(select(Comment)).all() == []
    with pytest.raises(NotAllowed):
        confirm(hall, entry, by=hall.officer)
    comment = confirm(hall, entry)
    assert (comment.source, comment.received_on) == (Source.MEETING, date(2026, 11, 25))
    assert comment.place == "pasal-2-ayat-1"
    fate = queries.fates(hall.session, meeting)[line.line_id]
    assert (fate.comment.id, fate.is_shown) == (comment.id, True)


def test_a_line_is_handed_over_once_and_stays_then(hall):
    meeting = hall.announced()
    hall.write(meeting)
    hall.said(meeting)
    hall.publish(meeting)
    begun = services.begin_minutes(hall.session, hall.officer, meeting, AFTER)
    line = next(each for each in queries.lines(hall.session, begun.id) if each.kind == "said")
    assert (
        refused(Conflict, services.remove_said, hall.session, hall.officer, meeting, line, AFTER)
        == "handed-over"
    )
    hall.said(meeting, "Yang terlupa.")
    assert hall.publish(meeting, "Satu orang terlewat.") == 1
    assert [each.body for each in entries(hall)][-1] == "Yang terlupa."
    assert len(entries(hall)) == 2


def test_minutes_after_the_comment_phase_stay_minutes(hall):
    """The phase decides: what comes too late is read, and is no contribution."""
    meeting = hall.announced()
    hall.write(meeting)
    hall.said(meeting)
    hall.city.step(hall.found, Step.CLOSE, today=date(2026, 12, 3))
    late = AFTER + timedelta(days=20)
    assert hall.publish(meeting, now=late) == 0
    assert entries(hall) == []
    assert queries.stage(meeting, late) is Stage.MINUTED


def test_a_meeting_before_the_opening_makes_no_contributions(hall):
    days = Calendar(date(2026, 11, 26), date(2026, 12, 2), date(2026, 12, 20), date(2027, 1, 31))
    hall.found = hall.city.announced(title="Nanti", calendar=days)
    meeting = hall.announced()
    hall.write(meeting)
    hall.said(meeting)
    assert hall.publish(meeting) == 0


def test_outstanding_minutes_are_counted_and_overdue_after_a_week(hall):
    hall.drawn_up()
    meeting, cancelled = hall.announced(), hall.announced()
    services.cancel(hall.session, hall.officer, cancelled, "Banjir.", NOW)
    assert queries.outstanding(hall.session, NOW).all == 0
    soon, late = (queries.outstanding(hall.session, at) for at in (ENDS, ENDS + MINUTES_WITHIN))
    assert ((soon.all, soon.overdue), (late.all, late.overdue)) == ((1, 0), (1, 1))
    hall.write(meeting)
    hall.publish(meeting)
    assert queries.outstanding(hall.session, ENDS + MINUTES_WITHIN).all == 0
