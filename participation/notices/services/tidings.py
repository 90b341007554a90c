"""From events to tidings: what each act means to whom. Pure.

A tiding names its audience by what people follow and wrote, never one by one, but for those whose
own words it is about. Nobody is told of their own acts.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from uuid import UUID

from participation.consultations.rules import SUBJECT_KIND, Phase
from participation.core.events import Event, EventTag
from participation.notices.rules import COMMENT, Kind, cause_of
from participation.notices.services.facts import Facts, Said, Thing


@dataclass(frozen=True, slots=True)
class Tiding:
    """Something to be told, and to whom.

    `whose`: the people whose own words it is about. `follows`: a thing whose followers are told,
    those of the whole or of one of `places`; with `all_places` those of any part. `authors`: also
    who wrote at these places. `by` is whose act it was.
    """

    cause: UUID
    kind: Kind
    about: Thing
    at: datetime
    by: UUID | None
    place: str = ""
    number: int = 0
    whose: frozenset[UUID] = frozenset()
    follows: Thing | None = None
    places: tuple[str, ...] = ("",)
    all_places: bool = False
    authors: bool = False


Maker = Callable[[Event, Facts, tzinfo], Iterator[Tiding]]


def tidings_of(event: Event, facts: Facts, zone: tzinfo) -> Iterator[Tiding]:
    """What an event means to people; those first whose notice says the most."""
    return MAKERS[event.tag](event, facts, zone)


def closes_soon(consultation_id: UUID, closes_on: date, now: datetime) -> Tiding:
    """The reminder before the last day for comments."""
    cause = cause_of("closes", consultation_id, closes_on)
    thing = (SUBJECT_KIND, consultation_id)
    return Tiding(cause, Kind.CLOSES_SOON, thing, now, None, follows=thing)


def _own(event: Event, said: Said, kind: Kind) -> Tiding:
    """A tiding about a comment, for its author."""
    about = (COMMENT, said.id)
    return Tiding(
        event.id, kind, about, event.at, event.actor_id, whose=frozenset({said.author_id})
    )


def _thread(said: Said) -> Thing:
    return COMMENT, said.thread_id


def _written(event: Event, facts: Facts, zone: tzinfo) -> Iterator[Tiding]:
    said = facts.said.get(UUID(event.subject_id))
    if said is None or not said.is_shown:
        return
    if "released" in event.details:
        yield _own(event, said, Kind.RELEASED)
    by = said.author_id
    if said.is_reply:
        whose = {said.thread_author_id, said.replied_to or said.thread_author_id}
        tiding = Tiding(event.id, Kind.REPLIED, (COMMENT, said.id), event.at, by)
        named = facts.mentioned.get(said.id, frozenset())
        yield replace(tiding, kind=Kind.MENTIONED, whose=named)
        yield replace(tiding, whose=frozenset(whose), follows=_thread(said))
        return
    # A clause that many write about is told of once a day, not a hundred times.
    day = event.at.astimezone(zone).date()
    thing = (said.subject_kind, said.subject_id)
    cause = cause_of("commented", *thing, said.place, day)
    tiding = Tiding(cause, Kind.COMMENTED, thing, event.at, by, place=said.place)
    yield replace(tiding, follows=thing, places=(said.place,))


def _answered(event: Event, facts: Facts, _zone: tzinfo) -> Iterator[Tiding]:
    said = facts.said.get(UUID(event.subject_id))
    if said is not None:
        # One answer to many comments of one person is told once.
        cause = UUID(event.details["answer"]) if "answer" in event.details else event.id
        yield replace(_own(event, said, Kind.ANSWERED), cause=cause, follows=_thread(said))


def _considered(event: Event, facts: Facts, _zone: tzinfo) -> Iterator[Tiding]:
    said = facts.said.get(UUID(event.subject_id))
    if said is not None:
        # Given to a colleague it is still being considered: told once.
        yield replace(_own(event, said, Kind.CONSIDERED), cause=cause_of("considered", said.id))


def _moderated(kind: Kind) -> Maker:
    def make(event: Event, facts: Facts, _zone: tzinfo) -> Iterator[Tiding]:
        said = facts.said.get(UUID(event.subject_id))
        if said is not None:
            yield _own(event, said, kind)

    return make


def _published(event: Event, facts: Facts, _zone: tzinfo) -> Iterator[Tiding]:
    number = int(event.details.get("version", 1))
    thing = (SUBJECT_KIND, UUID(event.subject_id))
    tiding = Tiding(event.id, Kind.VERSION, thing, event.at, event.actor_id, follows=thing)
    if number == 1:
        for each in facts.belongs.get(thing[1], ()):
            yield replace(tiding, kind=Kind.ANNOUNCED, follows=each)
        return
    changed = facts.changed.get((thing[1], number), [])
    if changed:
        yield replace(tiding, kind=Kind.CLAUSE_CHANGED, places=tuple(changed), authors=True)
    yield replace(tiding, number=number)


def _moved(event: Event, _facts: Facts, _zone: tzinfo) -> Iterator[Tiding]:
    kind = _PHASES.get(str(event.details.get("phase", "")))
    if kind is None:
        return
    thing = (SUBJECT_KIND, UUID(event.subject_id))
    tiding = Tiding(event.id, kind, thing, event.at, event.actor_id, follows=thing)
    is_decided = kind is Kind.DECIDED
    yield replace(tiding, all_places=is_decided, authors=is_decided)


def _followed(kind: Kind) -> Maker:
    """Something about a thing, for those who follow it or what it stands beside."""

    def make(event: Event, facts: Facts, _zone: tzinfo) -> Iterator[Tiding]:
        thing = (event.subject_kind, UUID(event.subject_id))
        cause = cause_of(kind, *thing) if kind in _TOLD_ONCE else event.id
        tiding = Tiding(cause, kind, thing, event.at, event.actor_id, follows=thing)
        yield tiding
        if thing[1] in facts.beside:
            yield replace(tiding, follows=facts.beside[thing[1]])

    return make


_TOLD_ONCE = frozenset({Kind.MEETING_MINUTED})
"""Published again, only corrected: nobody is told a second time."""

_PHASES = {
    Phase.OPEN.value: Kind.OPENED,
    Phase.ANSWERING.value: Kind.CLOSED,
    Phase.DECIDED.value: Kind.DECIDED,
}
MAKERS: Mapping[str, Maker] = {
    EventTag.COMMENTS_ANSWER_WRITE: _answered,
    EventTag.COMMENTS_COMMENT_CONSIDER: _considered,
    EventTag.COMMENTS_COMMENT_REDACT: _moderated(Kind.REDACTED),
    EventTag.COMMENTS_COMMENT_REMOVE: _moderated(Kind.REMOVED),
    EventTag.COMMENTS_COMMENT_RESTORE: _moderated(Kind.RESTORED),
    EventTag.COMMENTS_COMMENT_WRITE: _written,
    EventTag.CONSULTATIONS_DAYS_EXTEND: _followed(Kind.EXTENDED),
    EventTag.CONSULTATIONS_DRAFT_PUBLISH: _published,
    EventTag.CONSULTATIONS_PHASE_CHANGE: _moved,
    EventTag.MEETINGS_MEETING_ANNOUNCE: _followed(Kind.MEETING_ANNOUNCED),
    EventTag.MEETINGS_MEETING_CANCEL: _followed(Kind.MEETING_CANCELLED),
    EventTag.MEETINGS_MINUTES_PUBLISH: _followed(Kind.MEETING_MINUTED),
    EventTag.SURVEYS_SURVEY_OPEN: _followed(Kind.SURVEY_OPENED),
    EventTag.SURVEYS_SURVEY_PUBLISH: _followed(Kind.SURVEY_PUBLISHED),
    EventTag.VOTES_VOTE_CLOSE: _followed(Kind.VOTE_CLOSED),
    EventTag.VOTES_VOTE_OPEN: _followed(Kind.VOTE_OPENED),
    EventTag.VOTES_VOTE_PUBLISH: _followed(Kind.VOTE_COUNTED),
}
"""For each tag that anybody is told of, what is told."""
