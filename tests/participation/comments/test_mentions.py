"""Whom a reply addresses: nobody is guessed."""

from datetime import timedelta

import pytest
from sqlmodel import select

from participation.comments import services
from participation.comments.mentions.models import Mention
from participation.comments.mentions.queries import addressed, mentions_of, participants
from participation.comments.mentions.rules import MOST, Participant, named
from participation.comments.models import Comment
from participation.comments.rules import Passage, Stance, Subject
from participation.comments.services import NewComment, NewReply
from participation.comments.standing.services import forget, withdraw_comment
from participation.core.errors import Invalid
from participation.core.ids import new_id
from tests.participation.people import MORNING, make_person


@pytest.fixture
def store(database):
    with database.transaction() as opened:
        yield opened


class Talk:
    """A thread, and people who talk in it, a minute after each other."""

    def __init__(self, store) -> None:
        self.store = store
        self.minute = 0
        self.people = 0
        self.passage = Passage(Subject("consultation", new_id()), "pasal-7", 1)

    def person(self, name):
        self.people += 1
        return make_person(self.store, name, email=f"t{self.people}@example.id")

    def now(self):
        self.minute += 1
        return MORNING + timedelta(minutes=self.minute)

    def begin(self, who, body="Air keruh."):
        new = NewComment(Stance.CONCERN, body, f"t{self.minute}")
        return services.write_comment(self.store, who, self.passage, new, self.now())

    def reply(self, who, to, body="Benar.", **more):
        new = NewReply(body, f"t{self.minute}", **more)
        return services.write_reply(self.store, who, to, new, self.now())

    def addressed(self, reply):
        return [each.name for each in addressed(self.store, [reply.id]).get(reply.id, ())]


@pytest.fixture
def talk(store):
    return Talk(store)


@pytest.fixture
def sri(talk):
    return talk.person("Sri Hartati")


@pytest.fixture
def yoga(talk):
    return talk.person("Yoga Pratama")


@pytest.fixture
def first(talk, sri):
    return talk.begin(sri)


def test_a_plain_reply_addresses_nobody_in_particular(talk, first, yoga):
    assert talk.addressed(talk.reply(yoga, first)) == []


def test_a_quote_addresses_its_author_and_leads_to_what_was_quoted(talk, first, yoga):
    reply = talk.reply(yoga, first, "> Air keruh.\n\nSejak kapan?", is_quoting=True)
    (row,) = talk.store.exec(select(Mention)).all()
    assert (row.comment_id, row.said_id) == (reply.id, first.id)


def test_a_reply_to_a_reply_addresses_its_author(talk, first, sri, yoga):
    reply = talk.reply(yoga, first)
    assert talk.addressed(talk.reply(sri, reply)) == ["Yoga Pratama"]


def test_nobody_addresses_themselves(talk, first, sri, yoga):
    own = talk.reply(sri, first)
    assert talk.addressed(talk.reply(sri, own, "> x\n\n@Sri juga", is_quoting=True)) == []


def test_a_name_after_an_at_sign_is_found_among_those_who_take_part(talk, first, yoga):
    for body in ("@Sri Hartati benar?", "Kata @sri hartati, ya.", "Setuju, @Sri."):
        assert talk.addressed(talk.reply(yoga, first, body)) == ["Sri Hartati"]


def test_other_at_signs_are_only_words(talk, first, yoga):
    for body in ("surel: a@sri.example", "@Sriwijaya juara", "@Presiden", "> @Sri\n\nBukan.", "@"):
        assert talk.addressed(talk.reply(yoga, first, body)) == []


def test_a_name_that_two_have_is_asked_about_and_not_guessed(talk, first, yoga):
    other = talk.person("Sri Hartati")
    theirs = talk.reply(other, first)
    with pytest.raises(Invalid, match="called") as refused:
        talk.reply(yoga, first, "@Sri Hartati, kapan?")
    assert refused.value.field == "mentions"
    reply = talk.reply(yoga, first, "@Sri Hartati, kapan?", mentions=(theirs.id,))
    (row,) = talk.store.exec(select(Mention).where(Mention.comment_id == reply.id)).all()
    assert row.account_id == other.id


def test_a_first_name_that_two_share_is_asked_about_too():
    people = [Participant(new_id(), name, new_id()) for name in ("Sri Hartati", "Sri Wahyuni")]
    with pytest.raises(Invalid):
        named("@Sri benar", [], people)
    assert named("@Sri Wahyuni benar", [], people) == (people[1],)


def test_ticked_people_are_addressed_each_once(talk, first, yoga):
    reply = talk.reply(yoga, first, "@Sri Hartati", mentions=(first.id,))
    assert talk.addressed(reply) == ["Sri Hartati"]


def test_only_those_who_take_part_can_be_mentioned(talk, first, yoga):
    """A form cannot make the site write to a stranger."""
    elsewhere = talk.begin(talk.person("Orang Lain"))
    with pytest.raises(Invalid):
        talk.reply(yoga, first, mentions=(elsewhere.id,))


def test_a_reply_mentions_five_people_at_most(talk, first, yoga):
    said = [talk.reply(talk.person(f"Warga {each}"), first) for each in range(MOST)]
    with pytest.raises(Invalid, match="most"):
        talk.reply(yoga, first, "@Sri", mentions=tuple(each.id for each in said))


def test_the_same_form_sent_twice_mentions_once(talk, first, yoga):
    new = NewReply("@Sri Hartati", "same")
    one = services.write_reply(talk.store, yoga, first, new, MORNING)
    two = services.write_reply(talk.store, yoga, first, new, MORNING)
    assert one.id == two.id
    assert talk.addressed(one) == ["Sri Hartati"]


def test_participants_are_the_latest_to_speak_with_what_they_said_last(talk, first, sri, yoga):
    talk.reply(yoga, first, "Satu.")
    latest = talk.reply(yoga, first, "Dua.")
    talk.reply(sri, first, "Tiga.")
    found = participants(talk.store, first.id, limit=9)
    assert [(each.name, each.begins) for each in found] == [
        ("Sri Hartati", "Tiga."),
        ("Yoga Pratama", "Dua."),
    ]
    (other,) = participants(talk.store, first.id, but=sri.id, limit=9)
    assert other.said_id == latest.id


def test_somebody_finds_where_they_are_mentioned_while_it_is_shown(talk, first, sri, yoga):
    reply = talk.reply(yoga, first, "@Sri Hartati")
    (found,) = mentions_of(talk.store, sri.id, since=MORNING, limit=9)
    assert (found.comment_id, found.author) == (reply.id, "Yoga Pratama")
    withdraw_comment(talk.store, yoga, reply, talk.now())
    assert mentions_of(talk.store, sri.id, since=MORNING, limit=9) == []


def test_those_who_say_nothing_that_is_shown_take_no_part(talk, first, sri, yoga):
    reply = talk.reply(yoga, first)
    withdraw_comment(talk.store, yoga, reply, talk.now())
    assert [each.name for each in participants(talk.store, first.id, limit=9)] == ["Sri Hartati"]


def test_whoever_leaves_is_mentioned_no_more(talk, first, sri, yoga):
    talk.reply(yoga, first, "@Sri Hartati")
    forget(talk.store, sri, talk.now())
    assert talk.store.exec(select(Mention)).all() == []


def test_a_reply_of_nothing_but_a_quote_is_refused(talk, first, yoga):
    with pytest.raises(Invalid, match="your own"):
        talk.reply(yoga, first, "> Air keruh.", is_quoting=True)
    assert len(talk.store.exec(select(Comment)).all()) == 1
