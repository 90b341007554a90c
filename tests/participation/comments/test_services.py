from datetime import timedelta

import pytest
from sqlmodel import select

from participation.comments import queries, services
from participation.comments.ledger import queries as ledger
from participation.comments.models import Comment
from participation.comments.rules import (
    EDIT_WINDOW,
    Coverage,
    Order,
    Passage,
    Reason,
    Stance,
    Subject,
)
from participation.comments.services import NewAnswer, NewComment, NewReply
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid, NotAllowed
from participation.core.events import Event
from participation.core.ids import new_id
from tests.participation.people import MORNING, make_person


@pytest.fixture
def store(database):
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def resident(store):
    return make_person(store, "Sri Hartati")


@pytest.fixture
def officer(store):
    return make_person(store, "Ratna Wulandari", Role.OFFICER)


@pytest.fixture
def passage():
    return Passage(Subject("consultation", new_id()), "pasal-7-ayat-2", 1)


@pytest.fixture
def say(store, resident, passage):
    def write(body="Kami setuju.", *, minutes=0, token="t", by=None, stance=Stance.SUPPORT):
        new = NewComment(stance, body, token)
        moment = MORNING + timedelta(minutes=minutes)
        return services.write_comment(store, by or resident, passage, new, moment)

    return write


def threads(store, passage, **how):
    how = {"order": Order.NEWEST, "limit": 10} | how
    return queries.threads(store, passage.subject, passage.place, **how)


def test_a_comment_stands_under_its_passage_with_author_and_stance(store, passage, say):
    say("Jam lima terlalu pagi.", stance=Stance.CONCERN)
    (thread,) = threads(store, passage)
    assert (thread.first.author, thread.first.stance, thread.first.body) == (
        "Sri Hartati",
        Stance.CONCERN,
        "Jam lima terlalu pagi.",
    )
    assert thread.first.written_at == MORNING


def test_sending_the_same_form_twice_makes_one_comment_and_one_event(store, say):
    assert say().id == say(minutes=1).id
    assert len(store.exec(select(Comment)).all()) == 1
    assert store.exec(select(Event.tag)).all() == ["comments:comment:write"]


def test_an_old_form_sent_with_other_words_is_not_lost(store, say):
    assert say("Satu.").id != say("Dua.").id


@pytest.mark.parametrize("body", ["", "x" * 5001])
def test_a_text_that_is_empty_or_too_long_is_refused_beside_its_field(say, body):
    with pytest.raises(Invalid) as refused:
        say(body)
    assert refused.value.field == "body"


def test_a_comment_of_five_thousand_characters_is_taken(say):
    assert len(say("x" * 5000).body) == 5000


def test_an_officer_does_not_comment_as_a_resident(say, officer):
    with pytest.raises(NotAllowed):
        say(by=officer)


def test_a_reply_to_a_reply_joins_the_same_thread(store, resident, passage, say):
    first = say()
    reply = services.write_reply(store, resident, first, NewReply("Benar.", "r1"), MORNING)
    again = services.write_reply(store, resident, reply, NewReply("Setuju.", "r2"), MORNING)
    assert (reply.thread_id, again.thread_id) == (first.id, first.id)
    assert again.reply_to_id == reply.id
    (thread,) = threads(store, passage)
    assert {said.body for said in thread.replies} == {"Benar.", "Setuju."}


def test_a_thread_shows_its_first_replies_and_counts_them_all(store, resident, passage, say):
    first = say()
    for number in range(5):
        at = MORNING + timedelta(minutes=number)
        services.write_reply(store, resident, first, NewReply(f"Nomor {number}.", "r"), at)
    (thread,) = threads(store, passage)
    assert [said.body for said in thread.replies] == ["Nomor 0.", "Nomor 1.", "Nomor 2."]
    assert thread.reply_count == 5


@pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST])
def test_pages_of_a_thread_join_without_gap_or_repetition(store, passage, say, order):
    for number in range(7):
        say(f"Nomor {number}.", minutes=number // 3)  # several share a moment
    seen, after = [], None
    for _ in range(4):
        page = threads(store, passage, order=order, after=after, limit=2)
        seen += page
        if page:
            after = queries.Place(page[-1].first.written_at, page[-1].first.id)
    moments = [thread.first.written_at for thread in seen]
    assert len({thread.first.id for thread in seen}) == 7
    assert moments == sorted(moments, reverse=order is Order.NEWEST)


def test_the_author_corrects_a_comment_within_fifteen_minutes(store, resident, passage, say):
    written = say()
    at = MORNING + EDIT_WINDOW - timedelta(seconds=1)
    services.edit_comment(store, resident, written, "Kami sangat setuju.", at)
    (thread,) = threads(store, passage)
    assert (thread.first.body, thread.first.edited_at) == ("Kami sangat setuju.", at)


def test_a_correction_without_change_leaves_no_mark(store, resident, say):
    written = say()
    services.edit_comment(store, resident, written, written.body, MORNING)
    assert written.edited_at is None


def test_after_fifteen_minutes_a_comment_stays(store, resident, say):
    with pytest.raises(Conflict) as refused:
        services.edit_comment(store, resident, say(), "Lain.", MORNING + EDIT_WINDOW)
    assert refused.value.code == "edit-window-over"


def test_only_the_author_corrects_a_comment(store, say):
    other = make_person(store, "Yoga Pratama")
    with pytest.raises(NotAllowed) as refused:
        services.edit_comment(store, other, say(), "Lain.", MORNING)
    assert refused.value.code == "not-the-author"


def test_an_answer_stands_under_its_comment_with_name_and_office(store, officer, passage, say):
    new = NewAnswer("Ratna Wulandari", "Dinas Lingkungan Hidup", "Diterima.", Reason.ADOPTED)
    services.answer_comments(store, officer, [say()], new, MORNING)
    (thread,) = threads(store, passage)
    assert thread.first.answer == queries.OfficialAnswer(
        "Ratna Wulandari", "Dinas Lingkungan Hidup", "Diterima.", MORNING, Reason.ADOPTED
    )


def test_a_comment_is_answered_once(store, officer, say):
    new, written = NewAnswer("Ratna", "Dinas", "Diterima.", Reason.ADOPTED), say()
    services.answer_comments(store, officer, [written], new, MORNING)
    with pytest.raises(Conflict) as refused:
        services.answer_comments(store, officer, [written], new, MORNING)
    assert refused.value.code == "answered-already"


def test_a_reply_is_not_answered_officially(store, resident, officer, say):
    reply = services.write_reply(store, resident, say(), NewReply("Benar.", "r"), MORNING)
    with pytest.raises(Conflict) as refused:
        services.answer_comments(
            store, officer, [reply], NewAnswer("R", "D", "Ya.", Reason.EXPLAINED), MORNING
        )
    assert refused.value.code == "answer-to-a-reply"


def test_residents_do_not_answer_officially(store, resident, say):
    with pytest.raises(NotAllowed):
        services.answer_comments(
            store, resident, [say()], NewAnswer("R", "D", "Ya.", Reason.EXPLAINED), MORNING
        )


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewAnswer("", "Dinas", "Ya.", Reason.COST), "name"),
        (NewAnswer("Ratna", "", "Ya.", Reason.COST), "office"),
        (NewAnswer("Ratna", "D" * 121, "Ya.", Reason.COST), "office"),
        (NewAnswer("Ratna", "Dinas", "", Reason.COST), "body"),
    ],
)
def test_an_answer_is_signed_and_has_words(store, officer, say, new, field):
    with pytest.raises(Invalid) as refused:
        services.answer_comments(store, officer, [say()], new, MORNING)
    assert refused.value.field == field


def test_coverage_counts_first_comments_and_their_answers(store, resident, officer, passage, say):
    one = say("Satu.")
    say("Dua.")
    services.write_reply(store, resident, one, NewReply("Benar.", "r"), MORNING)
    services.answer_comments(
        store, officer, [one], NewAnswer("R", "D", "Ya.", Reason.EXPLAINED), MORNING
    )
    assert queries.coverage(store, passage.subject) == Coverage(2, 1)
    places = queries.counts_by_place(store, passage.subject, [passage.place, "pasal-1"])
    assert places == {passage.place: Coverage(2, 1)}
    assert queries.stances_at(store, passage.subject, passage.place)[Stance.SUPPORT] == 2


def test_a_subject_without_comments_has_nothing_to_answer(store, passage):
    assert queries.coverage(store, passage.subject) == Coverage(0, 0)


def test_the_longest_waiting_comment_is_first_in_the_list_of_unanswered(
    store, officer, passage, say
):
    early, late = say("Satu.", minutes=0), say("Dua.", minutes=5)
    say("Tiga.", minutes=9)
    services.answer_comments(
        store, officer, [late], NewAnswer("R", "D", "Ya.", Reason.EXPLAINED), MORNING
    )
    waiting = ledger.waiting(store, passage.subject, limit=10)
    assert [said.body for said in waiting] == ["Satu.", "Tiga."]
    after = queries.Place(early.written_at, early.id)
    rest = ledger.waiting(store, passage.subject, after=after, limit=10)
    assert [said.body for said in rest] == ["Tiga."]


def test_comments_on_other_subjects_are_not_shown(store, passage, say):
    say()
    assert queries.latest(store, Subject("consultation", new_id()), limit=3) == []
    assert len(queries.latest(store, passage.subject, limit=3)) == 1
