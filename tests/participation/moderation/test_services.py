"""Flags, removals, appeals, redactions: who may do what, and what the public then sees."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from participation.comments import queries as comments
from participation.comments.models import Comment
from participation.comments.rules import Order
from participation.comments.services import edit_comment
from participation.comments.standing import services as standing
from participation.comments.standing.rules import PER_HOUR, Rule, Withheld
from participation.consultations.queries import subject_of
from participation.core.errors import Conflict, Invalid, NotAllowed, TooMany
from participation.core.events import Event, EventTag
from participation.moderation import queue, services
from participation.moderation.models import Flag, ModerationAct
from participation.moderation.rules import APPEAL_WITHIN, DECIDE_WITHIN, TAKEN_OUT, Outcome
from participation.moderation.services import Ruling, Verdict
from tests.factories.consultations import NOW
from tests.participation.moderation.conftest import REASON

LATER = NOW + timedelta(hours=5)
PLACE = "pasal-2-ayat-1"
LINKS = "https://a.id https://b.id https://c.id https://d.id"


def tags(square) -> list[str]:
    return list(square.session.scalars(select(Event.tag).order_by(Event.at, Event.id)))


def shown(square, comment):
    return comments.said(square.session, comment.id)


def appealed(square, comment, now=NOW):
    return services.appeal(
        square.session, square.city.resident, square.case(comment), "Itu kutipan.", now
    )


def decide(square, made, comment, outcome, by):
    verdict = Verdict(outcome, "Kutipan dari naskah, bukan ejekan.")
    services.decide(square.session, by, made, square.case(comment), verdict, now=LATER)


def test_a_person_flags_a_comment_once(square):
    said = square.said()
    square.flag(said)
    square.flag(said)
    assert len(square.session.exec(select(Flag)).all()) == 1
    assert tags(square).count(EventTag.MODERATION_FLAG_RAISE) == 1


def test_nobody_flags_their_own_comment(square):
    with pytest.raises(NotAllowed):
        square.flag(square.said(), by=square.city.resident)


def test_the_most_flagged_stand_first_and_the_newest_among_equals(square):
    once, twice, late = square.said("satu"), square.said("dua"), square.said("tiga")
    square.flag(once)
    square.flag(twice)
    square.flag(twice, by=square.other)
    square.flag(late, now=LATER)
    piles = queue.flagged(square.session, limit=10)
    assert [(each.body, each.flags) for each in piles] == [("dua", 2), ("tiga", 1), ("satu", 1)]


def test_a_removed_text_is_nowhere_but_with_moderators_and_its_replies_stay(square):
    said = square.said()
    reply = square.city.reply(square.found, said)
    square.flag(said)
    square.remove(said)
    assert square.session.scalars(select(Comment.body).where(Comment.id == said.id)).one() == ""
    gone = shown(square, said).gone
    assert (gone.kind, gone.rule, gone.reason) == (Withheld.REMOVED, Rule.INSULT, REASON)
    assert gone.appeal_until == NOW + APPEAL_WITHIN
    assert shown(square, reply).body == "Benar."
    assert square.case(said).body == "Dasar bodoh!"
    assert queue.flagged(square.session, limit=10) == []


def test_what_is_withheld_waits_for_no_answer_and_is_not_counted(square):
    said = square.said()
    subject = subject_of(square.found)
    assert comments.coverage(square.session, subject).total == 1
    square.remove(said)
    assert comments.coverage(square.session, subject).total == 0
    assert comments.latest(square.session, subject, limit=5) == []


def test_a_removed_comment_cannot_be_filled_again_by_correcting_it(square):
    said = square.said()
    square.remove(said)
    with pytest.raises(Conflict):
        edit_comment(square.session, square.city.resident, said, "Dasar bodoh!", NOW)
    assert shown(square, said).body == ""


def test_only_moderators_remove_and_never_their_own_words(square):
    said = square.said()
    for actor in (square.city.resident, square.city.officer, square.neighbour):
        with pytest.raises(NotAllowed):
            services.remove(
                square.session, actor, square.case(said), Ruling(Rule.INSULT, REASON), NOW
            )
    said.author_id = square.moderator.id
    square.session.flush()
    with pytest.raises(NotAllowed):
        square.remove(said)


@pytest.mark.parametrize("reason", ["", "Jelek.", "Sri Hartati menghina tetangganya."])
def test_the_public_reason_is_needed_and_names_nobody(square, reason):
    with pytest.raises(Invalid) as refused:
        services.remove(
            square.session,
            square.moderator,
            square.case(square.said()),
            Ruling(Rule.INSULT, reason),
            NOW,
        )
    assert refused.value.field == "reason"


def test_an_event_holds_neither_the_words_nor_the_appeal(square):
    said = square.said()
    square.flag(said)
    square.remove(said)
    appealed(square, said)
    told = str([event.details for event in square.session.exec(select(Event))])
    assert "Dasar bodoh" not in told
    assert "Kasar" not in told
    assert "kutipan" not in told


def test_another_moderator_decides_and_the_words_come_back(square):
    said = square.said()
    square.flag(said, now=NOW)
    square.remove(said, now=LATER)
    made = appealed(square, said)
    assert shown(square, said).gone.decide_by == NOW + DECIDE_WITHIN
    decide(square, made, said, Outcome.RESTORED, square.other)
    assert (shown(square, said).body, shown(square, said).gone) == ("Dasar bodoh!", None)
    assert EventTag.COMMENTS_COMMENT_RESTORE in tags(square)
    removal = square.session.exec(select(ModerationAct).where(col(ModerationAct.kind) == "removed"))
    assert removal.one().waited_seconds == 5 * 3600


def test_the_moderator_who_removed_cannot_decide_the_appeal(square):
    said = square.said()
    square.remove(said)
    made = appealed(square, said)
    with pytest.raises(NotAllowed) as refused:
        decide(square, made, said, Outcome.UPHELD, square.moderator)
    assert refused.value.code == "own-removal"


def test_an_appeal_is_decided_once_and_made_once(square):
    said = square.said()
    square.remove(said)
    made = appealed(square, said)
    with pytest.raises(Conflict):
        appealed(square, said)
    decide(square, made, said, Outcome.UPHELD, square.other)
    with pytest.raises(Conflict):
        decide(square, made, said, Outcome.RESTORED, square.other)
    with pytest.raises(Conflict):
        appealed(square, said)
    assert shown(square, said).gone.decide_by is None


def test_only_the_author_appeals_and_only_in_time(square):
    said = square.said()
    square.remove(said)
    with pytest.raises(NotAllowed):
        services.appeal(square.session, square.neighbour, square.case(said), "Kasihan.", NOW)
    with pytest.raises(Conflict):
        appealed(square, said, NOW + APPEAL_WITHIN)


def test_overdue_appeals_stand_first(square):
    first, second = square.said("satu"), square.said("dua")
    square.remove(first)
    square.remove(second)
    appealed(square, second, NOW)
    appealed(square, first, LATER)
    due = [each.due_at for each in queue.open_appeals(square.session, limit=10)]
    assert due == [NOW + DECIDE_WITHIN, LATER + DECIDE_WITHIN]


def test_a_withdrawn_comment_leaves_the_queue_and_cannot_come_back(square):
    said = square.said()
    square.remove(said)
    made = appealed(square, said)
    standing.withdraw_comment(square.session, square.city.resident, said, LATER)
    assert queue.open_appeals(square.session, limit=10) == []
    with pytest.raises(Conflict):
        decide(square, made, said, Outcome.RESTORED, square.other)
    assert square.case(said).body == ""


def test_personal_data_is_taken_out_and_repeated_nowhere(square):
    said = square.said("Hubungi 0812-000-111 atau datang. 0812-000-111!")
    services.redact(
        square.session, square.moderator, square.case(said), "0812-000-111", REASON, now=NOW
    )
    assert shown(square, said).body == f"Hubungi {TAKEN_OUT} atau datang. {TAKEN_OUT}!"
    acts = square.session.exec(select(ModerationAct)).all()
    assert [(act.kind, act.rule) for act in acts] == [("redacted", "privacy")]
    with pytest.raises(Invalid):
        services.redact(
            square.session, square.moderator, square.case(said), "bukan di sini", REASON, now=NOW
        )


def test_a_comment_with_many_links_waits_and_enters_the_record_when_it_is_shown(square):
    said = square.said(LINKS)
    assert shown(square, said).gone.kind is Withheld.WAITING
    assert EventTag.COMMENTS_COMMENT_HOLD in tags(square)
    assert EventTag.COMMENTS_COMMENT_WRITE not in tags(square)
    (waiting,) = queue.held(square.session, limit=10)
    assert waiting.body == LINKS
    services.release(square.session, square.moderator, square.case(said), LATER)
    assert shown(square, said).body == LINKS
    assert EventTag.COMMENTS_COMMENT_WRITE in tags(square)


def test_one_person_writes_at_most_so_often_and_is_told_when_it_goes_on(square):
    for number in range(PER_HOUR):
        square.city.comment(square.found, f"kata {number}", minutes=number)
    moment = NOW + timedelta(minutes=30)
    with pytest.raises(TooMany) as refused:
        standing.check_may_write(square.session, square.city.resident, moment)
    assert "30 minutes" in str(refused.value.message)
    standing.check_may_write(square.session, square.neighbour, moment)
    standing.check_may_write(square.session, square.city.resident, NOW + timedelta(minutes=61))


def test_everybody_agrees_once_may_take_it_back_and_never_with_themselves(square):
    said = square.said("Pasar tutup sore.")
    for _ in range(2):
        standing.agree(square.session, square.neighbour, said, NOW)
    assert shown(square, said).agreements == 1
    for _ in range(2):
        standing.stop_agreeing(square.session, square.neighbour, said, NOW)
    assert shown(square, said).agreements == 0
    with pytest.raises(NotAllowed):
        standing.agree(square.session, square.city.resident, said, NOW)
    square.remove(said)
    with pytest.raises(Conflict):
        standing.agree(square.session, square.neighbour, said, NOW)


def pages_of(square, order) -> list[str]:
    """All bodies in this order, read two at a time."""
    found, after = [], None
    while True:
        some = comments.threads(
            square.session, subject_of(square.found), PLACE, order=order, after=after, limit=2
        )
        if not some:
            return found
        found += [thread.first.body for thread in some]
        last = some[-1].first
        after = comments.Place(last.written_at, last.id, comments.rank_of(last, order))


def test_threads_are_ordered_by_agreement_and_by_answer_over_several_pages(square):
    said = [square.city.comment(square.found, f"{n}", minutes=n) for n in range(5)]
    for comment, people in ((said[1], 2), (said[3], 1)):
        for actor in [square.neighbour, square.city.person("Tini")][:people]:
            standing.agree(square.session, actor, comment, NOW)
    square.city.answer(square.found, said[4])
    square.session.flush()
    assert pages_of(square, Order.AGREED) == ["1", "3", "4", "2", "0"]
    assert pages_of(square, Order.UNANSWERED) == ["3", "2", "1", "0", "4"]


def test_only_the_author_withdraws(square):
    said = square.said()
    with pytest.raises(NotAllowed):
        standing.withdraw_comment(square.session, square.neighbour, said, NOW)
    standing.withdraw_comment(square.session, square.city.resident, said, NOW)
    assert shown(square, said).gone.kind is Withheld.WITHDRAWN
    with pytest.raises(Conflict):
        standing.withdraw_comment(square.session, square.city.resident, said, NOW)
