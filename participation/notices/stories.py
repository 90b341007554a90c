"""Notices told in sentences: what stands behind them is looked up when they are read.

So nobody is told words that were removed, withheld or erased since. A handful of queries for any
number of notices, of one person or of many.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from participation.comments.models import Answer
from participation.consultations.models import Consultation
from participation.core.words import Words, plural_words, words
from participation.meetings.models import Meeting
from participation.notices.models import Notice
from participation.notices.rules import COMMENT, MEETING, SURVEY, VOTE, Kind
from participation.notices.shelf import Ref, Said, Shelf, Where, shelf_of
from participation.surveys.models import Survey
from participation.votes.models import Vote


@dataclass(frozen=True, slots=True)
class Story:
    """A notice as it is told; `title` says of what, in the languages it has (or under "").

    `answer` are the office's words to one's own comment. `is_hidden`: what it told of is withheld
    by now, so no letter mentions it.
    """

    notice: Notice
    said: Words
    where: Where
    title: Mapping[str, str]
    answer: Answer | None = None
    is_hidden: bool = False


def stories_of(session: Session, notices: Sequence[Notice]) -> list[Story]:
    """Every notice whose subject is still there, told; in the same order."""
    refs = [Ref(each.subject_kind, each.subject_id, each.place) for each in notices]
    shelf = shelf_of(session, refs)
    told = (_tell(each, shelf) for each in notices)
    return [story for story in told if story is not None]


def _tell(notice: Notice, shelf: Shelf) -> Story | None:
    kind = Kind(notice.kind)
    if notice.subject_kind == COMMENT:
        said = shelf.comments.get(notice.subject_id)
        found = shelf.consultations.get(said.consultation_id) if said else None
        return _about_comment(notice, kind, said, found, shelf) if said and found else None
    if notice.subject_kind in _OF_OTHERS:
        row = shelf.row(notice.subject_kind, notice.subject_id)
        return _OF_OTHERS[notice.subject_kind](notice, kind, row) if row else None
    found = shelf.consultations.get(notice.subject_id)
    return _about_consultation(notice, kind, found, shelf) if found else None


def _about_comment(
    notice: Notice, kind: Kind, said: Said, found: Consultation, shelf: Shelf
) -> Story:
    clause = shelf.cite(found.id, said.place)
    is_own = said.author_id == notice.account_id
    on_own = said.thread_author_id == notice.account_id
    is_hidden = not said.is_shown and kind in _QUOTING
    sentence = _OF_COMMENTS[kind](_Told(said, clause, is_own=is_own, on_own=on_own))
    if is_hidden:
        sentence = words("What somebody wrote on %(clause)s is not shown any more", clause=clause)
    anchor = {"slug": found.slug, "comment_id": said.id, "_anchor": f"comment-{said.id}"}
    is_answer = kind is Kind.ANSWERED and is_own and said.answer_id is not None
    return Story(
        notice=notice,
        said=sentence,
        where=Where("consultations.thread", anchor),
        title={"": found.title},
        answer=shelf.answers.get(said.answer_id) if is_answer and said.answer_id else None,
        is_hidden=is_hidden,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What a sentence about a comment needs."""

    said: Said
    clause: str
    is_own: bool
    on_own: bool


def _answered(told: _Told) -> Words:
    if told.is_own:
        return words("Your comment on %(clause)s was answered", clause=told.clause)
    return words(
        "The comment of %(name)s on %(clause)s was answered",
        name=told.said.author, clause=told.clause,
    )  # fmt: skip


def _replied(told: _Told) -> Words:
    values = {"name": told.said.author, "clause": told.clause}
    if told.on_own:
        return words("%(name)s replied to your comment on %(clause)s", **values)
    return words("%(name)s replied in a conversation on %(clause)s", **values)


_QUOTING = frozenset({Kind.REPLIED, Kind.MENTIONED})
"""Notices that name somebody because of words that may be withheld since."""

_OF_COMMENTS: Mapping[Kind, Callable[[_Told], Words]] = {
    Kind.ANSWERED: _answered,
    Kind.CONSIDERED: lambda told: words(
        "%(name)s considers your comment on %(clause)s",
        name=told.said.officer, clause=told.clause,
    ),
    Kind.REPLIED: _replied,
    Kind.MENTIONED: lambda told: words(
        "%(name)s mentioned you in a comment on %(clause)s",
        name=told.said.author, clause=told.clause,
    ),
    Kind.REMOVED: lambda told: words(
        "Your comment on %(clause)s was removed; you can appeal", clause=told.clause
    ),
    Kind.REDACTED: lambda told: words(
        "Personal data was taken out of your comment on %(clause)s", clause=told.clause
    ),
    Kind.RESTORED: lambda told: words(
        "Your comment on %(clause)s is shown again", clause=told.clause
    ),
    Kind.RELEASED: lambda told: words(
        "Everybody can read your comment on %(clause)s now", clause=told.clause
    ),
}  # fmt: skip


def _about_consultation(notice: Notice, kind: Kind, found: Consultation, shelf: Shelf) -> Story:
    slug = {"slug": found.slug}
    where = Where("consultations.consultation", slug)
    if kind in {Kind.COMMENTED, Kind.CLAUSE_CHANGED}:
        anchor = "said" if kind is Kind.COMMENTED else "context"
        values = slug | {"clause_id": notice.place, "_anchor": anchor}
        where = Where("consultations.clause", values)
    elif kind is Kind.VERSION:
        where = Where("consultations.versions", slug)
    elif kind is Kind.DECIDED:
        where = Where("consultations.outcome", slug)
    clause = shelf.cite(found.id, notice.place) if notice.place else ""
    sentence = _OF_CONSULTATIONS[kind](notice, found, clause)
    return Story(notice, sentence, where, {"": found.title})


def _changed(notice: Notice, _found: Consultation, clause: str) -> Words:
    if not notice.number:
        return words("A new version of the draft changed %(clause)s", clause=clause)
    return plural_words(
        "A new version of the draft changed %(clause)s and %(count)s more that concerns you",
        "A new version of the draft changed %(clause)s and %(count)s more that concern you",
        notice.number,
        clause=clause,
    )


_OF_CONSULTATIONS: Mapping[Kind, Callable[[Notice, Consultation, str], Words]] = {
    Kind.COMMENTED: lambda _notice, _found, clause: words(
        "There are new comments on %(clause)s", clause=clause
    ),
    Kind.CLAUSE_CHANGED: _changed,
    Kind.VERSION: lambda notice, _found, _clause: words(
        "Version %(number)s of the draft is published", number=notice.number
    ),
    Kind.ANNOUNCED: lambda _notice, found, _clause: words(
        "A new consultation: comments open on %(day)s", day=found.opens_on
    ),
    Kind.OPENED: lambda _notice, found, _clause: words(
        "Comments are open until %(day)s", day=found.closes_on
    ),
    Kind.CLOSES_SOON: lambda _notice, found, _clause: words(
        "Comments close at the end of %(day)s", day=found.closes_on
    ),
    Kind.EXTENDED: lambda _notice, found, _clause: words(
        "More time: comments are open until %(day)s", day=found.closes_on
    ),
    Kind.CLOSED: lambda _notice, found, _clause: words(
        "Comments are closed; the office answers by %(day)s", day=found.answers_by
    ),
    Kind.DECIDED: lambda _notice, _found, _clause: words(
        "It is decided: read what you said, and what changed because of it"
    ),
}


def _about_vote(notice: Notice, kind: Kind, vote: Vote) -> Story:
    endpoint = "votes.result" if kind is Kind.VOTE_COUNTED else "votes.vote"
    sentence = {
        Kind.VOTE_OPENED: words("The vote is open until %(moment)s", moment=vote.voting_closes_at),
        Kind.VOTE_CLOSED: words("The vote is closed and will be counted"),
        Kind.VOTE_COUNTED: words("The votes are counted: see the result"),
    }[kind]
    return Story(notice, sentence, Where(endpoint, {"slug": vote.slug}), vote.title)


def _about_survey(notice: Notice, kind: Kind, survey: Survey) -> Story:
    is_out = kind is Kind.SURVEY_PUBLISHED
    endpoint = "surveys.results" if is_out else "surveys.survey"
    sentence = (
        words("The results of a survey are published")
        if is_out
        else words("A survey is open until %(day)s", day=survey.closes_on)
    )
    return Story(notice, sentence, Where(endpoint, {"slug": survey.slug}), {"": survey.title})


def _about_meeting(notice: Notice, kind: Kind, meeting: Meeting) -> Story:
    sentence = {
        Kind.MEETING_ANNOUNCED: words("A meeting: %(moment)s", moment=meeting.begins_at),
        Kind.MEETING_CANCELLED: words(
            "The meeting of %(moment)s is cancelled", moment=meeting.begins_at
        ),
        Kind.MEETING_MINUTED: words("The minutes of a meeting are published"),
    }[kind]
    where = Where("meetings.meeting", {"slug": meeting.slug})
    return Story(notice, sentence, where, {"": meeting.title})


_OF_OTHERS: Mapping[str, Callable[[Notice, Kind, Any], Story]] = {
    MEETING: _about_meeting,
    SURVEY: _about_survey,
    VOTE: _about_vote,
}
