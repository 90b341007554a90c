"""Typing, handing over, comparing: two people, one comment, and whose it is."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from participation.accounts import services as accounts
from participation.accounts.models import Account, AccountRole
from participation.accounts.offline.rules import UNNAMED
from participation.comments.models import Comment
from participation.comments.rules import Source, Stance
from participation.comments.standing.queries import withheld
from participation.comments.standing.rules import PER_HOUR, Withheld
from participation.comments.standing.services import withdraw_comment
from participation.consultations.rules import Step
from participation.consultations.services import Moment
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid, NotAllowed
from participation.core.events import Event, EventTag
from participation.intake import queries, services
from participation.intake.models import IntakeEntry
from participation.intake.rules import MOST_FORMS, State
from participation.intake.services import NewBatch, NewEntry
from tests.factories.consultations import CALENDAR, NOW, TODAY
from tests.factories.intake import MOMENT, RECEIVED, Counter

AFTER = date(2026, 12, 3)


def later(days: int) -> Moment:
    """So many days after the last day for comments."""
    day = CALENDAR.closes_on + timedelta(days)
    return Moment(NOW + (day - TODAY), day)


def comments(counter) -> list[Comment]:
    return list(counter.session.exec(select(Comment)))


def events(counter, tag: EventTag) -> list[Event]:
    return list(counter.session.exec(select(Event).where(Event.tag == tag.value)))


def test_what_two_people_saw_becomes_a_comment(counter):
    comment = counter.published("Sumur kami *kering*.")
    assert (comment.place, comment.stance) == ("pasal-2-ayat-1", "concern")
    assert (comment.body, comment.source) == ("Sumur kami *kering*.", "paper")
    assert comment.received_on == RECEIVED
    assert comment.written_at == NOW
    author = counter.session.get(Account, comment.author_id)
    assert author.name == "Mbah Karto"


def test_nothing_is_public_before_a_second_person_has_compared_it(counter):
    counter.waiting()
    assert not comments(counter)


def test_who_typed_it_cannot_confirm_it(counter):
    """One officer alone puts words into people's mouths."""
    batch, entry = counter.waiting()
    with pytest.raises(NotAllowed) as refused:
        counter.confirm(batch, entry, by=counter.typist)
    assert refused.value.code == "own-typing"
    assert not comments(counter)


def test_who_typed_it_cannot_send_it_back_either(counter):
    _batch, entry = counter.waiting()
    with pytest.raises(NotAllowed):
        services.return_entry(
            counter.session, counter.typist, entry, "Keliru.", seen=1, moment=MOMENT
        )


def test_who_corrected_it_cannot_confirm_it_and_the_first_typist_can(counter):
    batch, entry = counter.returned()
    new = NewEntry("Pasal 3", Stance.CONCERN, "Sumur kami kering.")
    services.correct_entry(counter.session, counter.checker, batch, entry, new, moment=MOMENT)
    with pytest.raises(NotAllowed):
        counter.confirm(batch, entry, by=counter.checker)
    assert counter.confirm(batch, entry, by=counter.typist).place == "pasal-3"


def test_words_changed_after_they_were_seen_are_not_confirmed(counter):
    """The page was open while the typist corrected the entry: what was compared is gone."""
    batch, entry = counter.returned()
    seen = entry.revision
    new = NewEntry("Pasal 3", Stance.SUPPORT, "Kami setuju sekali.")
    services.correct_entry(counter.session, counter.typist, batch, entry, new, moment=MOMENT)
    with pytest.raises(Conflict) as refused:
        counter.confirm(batch, entry, seen=seen)
    assert refused.value.code == "typed-again"
    assert not comments(counter)


def test_an_entry_is_confirmed_once(counter):
    batch, entry = counter.waiting()
    counter.confirm(batch, entry)
    with pytest.raises(Conflict):
        counter.confirm(batch, entry)
    assert len(comments(counter)) == 1


def test_an_entry_that_waits_stays_as_it_is(counter):
    batch, entry = counter.waiting()
    new = NewEntry("Pasal 3", Stance.CONCERN, "Lain.")
    with pytest.raises(Conflict):
        services.correct_entry(counter.session, counter.typist, batch, entry, new, moment=MOMENT)
    with pytest.raises(Conflict):
        services.delete_entry(counter.session, counter.typist, entry, MOMENT)


def test_only_what_was_sent_back_is_set_aside_and_its_words_are_deleted(counter):
    _batch, entry = counter.waiting()
    with pytest.raises(Conflict):
        services.set_aside(counter.session, counter.typist, entry, "Tidak terbaca.", MOMENT)
    _batch, entry = counter.returned()
    services.set_aside(counter.session, counter.typist, entry, "Tidak terbaca.", MOMENT)
    assert (entry.state, entry.body, entry.name) == (State.ASIDE, "", "")
    assert entry.reason == "Tidak terbaca."


def test_residents_and_moderators_take_nothing_in(counter):
    batch, entry = counter.waiting()
    for role in (Role.RESIDENT, Role.MODERATOR, Role.ORGANISER):
        stranger = counter.city.person(f"Orang {role}", role)
        with pytest.raises(NotAllowed):
            counter.confirm(batch, entry, by=stranger)
        with pytest.raises(NotAllowed):
            services.make_codes(counter.session, stranger, counter.found, 1, MOMENT)
        new = NewBatch(Source.SMS, RECEIVED, "SMS")
        with pytest.raises(NotAllowed):
            services.open_batch(counter.session, stranger, counter.found, new, MOMENT)


def test_who_does_not_want_to_be_named_is_not(counter):
    comment = counter.published(name="")
    assert counter.session.get(Account, comment.author_id).name == UNNAMED


def test_an_author_without_internet_has_no_way_in(counter):
    comment = counter.published()
    author = counter.session.get(Account, comment.author_id)
    assert author.confirmed_at is None
    assert not counter.session.exec(
        select(AccountRole).where(AccountRole.account_id == author.id)
    ).all()
    for password in ("", "-", author.name):
        with pytest.raises(Invalid):
            accounts.check_sign_in(counter.session, author.email, password)


def test_the_officers_gain_no_right_of_the_author(counter):
    comment = counter.published()
    for officer in (counter.typist, counter.checker):
        with pytest.raises(NotAllowed):
            withdraw_comment(counter.session, officer, comment, NOW)


def test_one_form_with_two_clauses_has_one_author(counter):
    batch = counter.batch()
    first = counter.entry(batch, "Satu.")
    second = counter.entry(batch, "Dua.", clause="Pasal 3", code=first.code)
    other = counter.entry(batch, "Tiga.", clause="Pasal 3", code=first.code, name="Bu Karto")
    services.hand_over(counter.session, counter.typist, batch, MOMENT)
    one, two, three = (counter.confirm(batch, each) for each in (first, second, other))
    assert one.author_id == two.author_id
    assert three.author_id != one.author_id


def test_a_pile_of_many_keeps_no_pace(counter):
    batch = counter.batch()
    new = [NewEntry("Pasal 3", Stance.IDEA, f"Usul nomor {n}.") for n in range(PER_HOUR + 5)]
    added = services.add_entries(counter.session, counter.typist, batch, new, MOMENT)
    services.hand_over(counter.session, counter.typist, batch, MOMENT)
    for entry in added:
        counter.confirm(batch, entry)
    assert len(comments(counter)) == PER_HOUR + 5


def test_many_links_wait_for_a_moderator_on_paper_too(counter):
    comment = counter.published("www.a.id www.b.id www.c.id www.d.id")
    assert withheld(counter.session, comment.id) is Withheld.WAITING


def test_once_published_the_words_live_in_the_comment_alone(counter):
    """Erasing the comment must leave no second copy of name and words."""
    batch, entry = counter.waiting()
    comment = counter.confirm(batch, entry)
    assert (entry.name, entry.body, entry.comment_id) == ("", "", comment.id)
    for event in counter.session.exec(select(Event)):
        assert "kering" not in str(event.details)
        assert "Karto" not in str(event.details)


def test_the_same_form_sent_twice_is_one_entry(counter):
    """The connection was lost after the first sending: the second one adds nothing."""
    batch = counter.batch()
    first = counter.entry(batch, token="satu")
    again = counter.entry(batch, token="satu")
    other = counter.entry(batch, "Lain.", token="satu")
    assert first.id == again.id
    assert other.id != first.id


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"clause": "Pasal 99"}, "clause"),
        ({"clause": ""}, "clause"),
        ({"body": ""}, "body"),
        ({"body": "x" * 5001}, "body"),
        ({"name": "x" * 81}, "name"),
        ({"code": "7K3M"}, "code"),
        ({"received_on": date(2026, 10, 31)}, "received_on"),
        ({"received_on": TODAY + timedelta(1)}, "received_on"),
    ],
)
def test_a_wrong_row_is_refused_beside_its_field(counter, values, field):
    batch = counter.batch()
    good = NewEntry("Pasal 3", Stance.IDEA, "Baik.")
    wrong = NewEntry(**({"clause": "Pasal 3", "stance": Stance.IDEA, "body": "Ada."} | values))
    with pytest.raises(Invalid) as refused:
        services.add_entries(counter.session, counter.typist, batch, [wrong, good], MOMENT)
    assert refused.value.field == field


def test_a_clause_of_another_consultation_is_none_here(counter):
    other = counter.city.opened(
        "Menimbang :\na. bahwa;\n\nPasal 1\nPasar.\nPasal 7\nPedagang.\n", title="Pasar"
    )
    new = NewBatch(Source.PAPER, RECEIVED, "Pasar")
    theirs = services.open_batch(counter.session, counter.typist, other, new, MOMENT)
    assert counter.entry(theirs, clause="Pasal 7").place == "pasal-7"
    with pytest.raises(Invalid):
        counter.entry(counter.batch(), clause="Pasal 7")


def test_a_code_of_another_consultation_is_none_here(counter):
    other = counter.city.opened(title="Pasar")
    series = services.make_codes(counter.session, counter.typist, other, 1, MOMENT)
    code = queries.series(counter.session, series)[0].code
    with pytest.raises(Invalid) as refused:
        counter.entry(counter.batch(), code=code)
    assert refused.value.field == "code"


def test_a_form_is_typed_in_one_batch_only(counter):
    code = counter.entry(counter.batch()).code
    with pytest.raises(Invalid) as refused:
        counter.entry(counter.batch(), code=code)
    assert refused.value.field == "code"


def test_forms_are_printed_in_bounded_numbers_each_with_its_own_code(counter):
    for count in (0, -1, MOST_FORMS + 1):
        with pytest.raises(Invalid):
            services.make_codes(counter.session, counter.typist, counter.found, count, MOMENT)
    series = services.make_codes(counter.session, counter.typist, counter.found, MOST_FORMS, MOMENT)
    codes = {each.code for each in queries.series(counter.session, series)}
    assert len(codes) == MOST_FORMS


def test_a_paper_that_came_in_time_is_published_within_a_week_after_closing(counter):
    batch, entry = counter.waiting()
    counter.city.step(counter.found, Step.CLOSE, AFTER)
    comment = counter.confirm(batch, entry, moment=later(7))
    assert comment.received_on == RECEIVED
    event = events(counter, EventTag.INTAKE_ENTRY_CONFIRM)[0]
    assert event.details["received_on"] == RECEIVED.isoformat()


def test_after_a_week_it_is_too_late(counter):
    batch, entry = counter.waiting()
    counter.city.step(counter.found, Step.CLOSE, AFTER)
    with pytest.raises(Conflict) as refused:
        counter.confirm(batch, entry, moment=later(8))
    assert refused.value.code == "intake-closed"
    assert not comments(counter)


def test_a_paper_that_came_after_the_last_day_is_too_late(counter):
    counter.city.step(counter.found, Step.CLOSE, AFTER)
    late = NewBatch(Source.PAPER, AFTER, "Terlambat")
    with pytest.raises(Invalid) as refused:
        services.open_batch(counter.session, counter.typist, counter.found, late, later(2))
    assert refused.value.field == "received_on"


def test_nothing_is_taken_in_before_the_opening_or_after_the_decision(counter):
    announced = counter.city.announced(title="Besok")
    new = NewBatch(Source.PAPER, RECEIVED, "Besok")
    with pytest.raises(Conflict) as refused:
        services.open_batch(counter.session, counter.typist, announced, new, MOMENT)
    assert refused.value.code == "not-open-yet"
    batch, entry = counter.waiting()
    counter.city.step(counter.found, Step.CLOSE, AFTER)
    counter.city.step(counter.found, Step.DECIDE, AFTER, outcome="Selesai.")
    with pytest.raises(Conflict):
        counter.confirm(batch, entry, moment=later(2))


def test_a_batch_is_handed_over_once_and_not_empty(counter):
    batch = counter.batch()
    with pytest.raises(Conflict):
        services.hand_over(counter.session, counter.typist, batch, MOMENT)
    counter.entry(batch)
    services.hand_over(counter.session, counter.typist, batch, MOMENT)
    with pytest.raises(Conflict):
        services.hand_over(counter.session, counter.typist, batch, MOMENT)
    with pytest.raises(Conflict):
        counter.entry(batch, "Menyusul.")


def test_every_act_leaves_its_trace(counter):
    counter.published()
    counter.returned()
    assert len(events(counter, EventTag.INTAKE_BATCH_OPEN)) == 2
    assert len(events(counter, EventTag.INTAKE_ENTRY_TYPE)) == 2
    assert len(events(counter, EventTag.INTAKE_BATCH_HAND_OVER)) == 2
    assert len(events(counter, EventTag.INTAKE_ENTRY_CONFIRM)) == 1
    assert len(events(counter, EventTag.INTAKE_ENTRY_RETURN)) == 1
    wrote = events(counter, EventTag.COMMENTS_COMMENT_WRITE)
    assert [each.details["source"] for each in wrote] == ["paper"]
    assert wrote[0].actor_id == counter.checker.id


def test_two_who_confirm_at_once_publish_once(database):
    """The second finds that the first was there, though both read that it waits."""
    with database.transaction() as session:
        counter = Counter(session)
        batch, entry = counter.waiting()
        third = counter.city.person("Wahyu", Role.OFFICER)
    with database.session() as one, database.session() as two:
        stale = two.get(IntakeEntry, entry.id)
        other = two.get(type(batch), batch.id)
        mine = one.get(IntakeEntry, entry.id)
        services.confirm_entry(
            one, counter.checker, one.get(type(batch), batch.id), mine, seen=1, moment=MOMENT
        )
        one.commit()
        with pytest.raises(Conflict):
            services.confirm_entry(two, third, other, stale, seen=1, moment=MOMENT)
        two.rollback()
    with database.session() as session:
        assert len(session.exec(select(Comment)).all()) == 1
