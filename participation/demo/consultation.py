"""The consultation of the demonstration: a draft regulation, comments, replies, answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from sqlmodel import Session

from participation.comments.models import Comment
from participation.comments.quoting import quote
from participation.comments.rules import Reason, Stance
from participation.comments.services import NewAnswer, NewComment, NewReply
from participation.consultations import services
from participation.consultations.models import Consultation
from participation.consultations.rules import Calendar, Step
from participation.consultations.services import Details, Moment
from participation.core.access import Actor
from participation.core.ids import new_token
from participation.demo import texts
from participation.demo.hours import Hours

_EDITION = 1
_MINUTE = timedelta(minutes=1)
_PACE = timedelta(minutes=19)
"""Everything said is so much later in its day than what stands before it in the file."""

Words = Mapping[str, Any]
People = Mapping[str, Actor]


def hold(session: Session, people: People, hours: Hours) -> Consultation:
    """Imports the draft, opens the consultation and lets people talk."""
    told = texts.table("consultation")
    officer = people[told["officer"]]
    found = _publish(session, officer, told, hours)
    hours.set(hours.at(told["days"]["opens"], "06:00"))
    services.take_step(session, officer, found, Step.OPEN, _moment(hours))
    talk, number = _Talk(session, people, officer, found), count()
    for words in told["comments"]:
        comment = talk.comment(words, _at(hours, words, next(number)))
        said = comment
        for reply in words.get("replies", ()):
            to = said if reply.get("quotes") else comment
            said = talk.reply(to, reply, _at(hours, reply, next(number)))
        if "answer" in words:
            talk.answer(comment, words["answer"], _at(hours, words["answer"], next(number)))
    hours.set(hours.now)
    return found


@dataclass(frozen=True, slots=True)
class _Talk:
    """Who says what in a consultation."""

    session: Session
    people: People
    officer: Actor
    found: Consultation

    def comment(self, words: Words, moment: Moment) -> Comment:
        """A comment on a clause."""
        new = NewComment(Stance(words["stance"]), words["body"], new_token())
        return services.comment_on_clause(
            self.session,
            self.people[words["by"]],
            self.found,
            new,
            moment,
            clause_id=words["clause"],
            edition=_EDITION,
        )

    def reply(self, to: Comment, words: Words, moment: Moment) -> Comment:
        """A reply, with a quote or corrected after a minute where the words say so."""
        actor, quotes = self.people[words["by"]], bool(words.get("quotes"))
        body = (quote(to.body) if quotes else "") + words.get("first_written", words["body"])
        new = NewReply(body, new_token(), is_quoting=quotes)
        made = services.reply_to_comment(self.session, actor, self.found, to, new, moment=moment)
        if "first_written" in words:
            later = moment.now + _MINUTE
            services.correct_comment(
                self.session, actor, self.found, made, words["body"], now=later
            )
        return made

    def answer(self, comment: Comment, words: Words, moment: Moment) -> None:
        """The office's answer."""
        new = NewAnswer(
            self.officer.name, self.found.office, words["body"], Reason(words["reason"])
        )
        services.answer_residents(
            self.session, self.officer, self.found, [comment], new, now=moment.now
        )


def _publish(session: Session, officer: Actor, told: Words, hours: Hours) -> Consultation:
    days = told["days"]
    hours.set(hours.at(days["announced"], "10:00"))
    steps = (hours.day(days[step]) for step in ("opens", "closes", "answers", "decides"))
    details = Details(
        title=told["title"],
        document=told["document"],
        office=told["office"],
        decider=told["decider"],
        summary=texts.text("summary.md"),
        calendar=Calendar(*steps),
    )
    found = services.create_consultation(session, officer, details, hours())
    services.import_draft(session, officer, found, texts.text("draft.md"), hours())
    services.publish_draft(session, officer, found, _moment(hours))
    return found


def _at(hours: Hours, words: Words, number: int) -> Moment:
    hours.set(hours.at(words["day"], "06:40") + number * _PACE)
    return _moment(hours)


def _moment(hours: Hours) -> Moment:
    return Moment(hours(), hours.today)
