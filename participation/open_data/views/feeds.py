"""Atom feeds: new consultations, what happens in one, meetings, votes."""

from collections.abc import Iterator

from flask import Response, request

from participation.areas import queries as areas
from participation.areas.rules import title_of
from participation.consultations import queries as consultations
from participation.consultations.finding import Wanted
from participation.consultations.models import Consultation
from participation.consultations.rules import Phase
from participation.core.events import Event, EventTag
from participation.meetings import queries as meetings
from participation.meetings.models import Meeting
from participation.open_data import atom, queries
from participation.open_data.addresses import absolute
from participation.open_data.views.blueprints import data_pages, kept
from participation.topics import queries as topics
from participation.topics.rules import name_in
from participation.votes.models import Vote
from participation.web.database import session
from participation.web.guard import public
from participation.web.language import _, language
from participation.web.site import now, site

_MOST = 30
_SECONDS = 300


@data_pages.get("/data/consultations.atom")
@public
def consultations_feed() -> Response:
    """New consultations."""
    entries = tuple(map(_announced, queries.consultations(session(), limit=_MOST)))
    return _feed(_("Consultations"), ("consultations",), absolute("consultations.index"), entries)


@data_pages.get("/data/areas/<code>.atom")
@public
def area_feed(code: str) -> Response:
    """New consultations that concern an area."""
    found = areas.area(session(), code)
    wanted = Wanted(tuple(Phase), area=code)
    title, page = title_of(code, found.name), absolute("areas.area", code=code)
    return _feed(title, ("area", code), page, _new(wanted))


@data_pages.get("/data/topics/<slug>.atom")
@public
def topic_feed(slug: str) -> Response:
    """New consultations about a topic."""
    found = topics.topic(session(), slug)
    wanted = Wanted(tuple(Phase), topic=found.id)
    title, page = name_in(found.names, language()), absolute("topics.topic", slug=slug)
    return _feed(title, ("topic", found.id), page, _new(wanted))


@data_pages.get("/data/consultations/<slug>.atom")
@public
def consultation_feed(slug: str) -> Response:
    """What happens in one consultation: published, opened, answered, decided."""
    found = consultations.announced_consultation(session(), slug)
    page = absolute("consultations.consultation", slug=slug)
    told = [*_steps(found, page), *_answers(found, page)]
    entries = tuple(sorted(told, key=lambda each: each.at, reverse=True))
    return _feed(found.title, ("consultation", found.id, "events"), page, entries)


@data_pages.get("/data/meetings.atom")
@public
def meetings_feed() -> Response:
    """Meetings: announced, cancelled, minuted."""
    found = [each.meeting for each in meetings.latest(session(), limit=_MOST)]
    told = [entry for meeting in found for entry in _meeting_entries(meeting)]
    entries = tuple(sorted(told, key=lambda each: each.at, reverse=True))
    return _feed(_("Meetings"), ("meetings",), absolute("meetings.index"), entries)


@data_pages.get("/data/votes.atom")
@public
def votes_feed() -> Response:
    """Votes: announced, opened, counted."""
    found = queries.votes(session(), limit=_MOST)
    told = [entry for vote in found for entry in _votes(vote)]
    entries = tuple(sorted(told, key=lambda each: each.at, reverse=True))
    return _feed(_("Votes"), ("votes",), absolute("votes.index"), entries)


def _feed(
    title: str, name: tuple[object, ...], page: str, entries: tuple[atom.Entry, ...]
) -> Response:
    origin = site().origin
    feed = atom.Feed(
        id=atom.tag(origin, *name),
        title=f"{title} · {site().name}",
        author=site().name,
        address=f"{origin}{request.script_root}{request.path}",
        page=page,
        language=language(),
        entries=entries,
    )
    response = Response(atom.write(feed, now=now()), mimetype=atom.MEDIA_TYPE)
    response.vary.update(["Accept-Language", "Cookie"])
    return kept(response, seconds=_SECONDS)


def _new(wanted: Wanted) -> tuple[atom.Entry, ...]:
    return tuple(map(_announced, consultations.announced(session(), wanted, limit=_MOST)))


def _announced(found: Consultation) -> atom.Entry:
    return atom.Entry(
        id=atom.tag(site().origin, "consultation", found.id),
        title=found.title,
        address=absolute("consultations.consultation", slug=found.slug),
        at=found.announced_at or found.created_at,
        summary=f"{found.document} · {found.office}",
    )


def _steps(found: Consultation, page: str) -> Iterator[atom.Entry]:
    for event in queries.happened(session(), found.id):
        title = _step_title(event)
        if title:
            name = atom.tag(site().origin, "event", event.id)
            summary = found.outcome if event.details.get("phase") == Phase.DECIDED else ""
            yield atom.Entry(name, f"{title}: {found.title}", page, event.at, summary)


def _step_title(event: Event) -> str:
    """What a step is called; empty for one that is not told."""
    if event.tag == EventTag.CONSULTATIONS_DRAFT_PUBLISH:
        return str(_("Draft published"))
    titles = {
        Phase.OPEN: _("Open for comments"),
        Phase.ANSWERING: _("Comments closed, answers follow"),
        Phase.DECIDED: _("Decided"),
    }
    return str(titles.get(event.details.get("phase", ""), ""))


def _answers(found: Consultation, page: str) -> Iterator[atom.Entry]:
    for answer in queries.answers(session(), found.id):
        name = atom.tag(site().origin, "answer", answer.id)
        title = _("Answer by %(name)s, %(office)s", name=answer.name, office=answer.office)
        yield atom.Entry(name, title, page, answer.written_at, answer.body)


def _meeting_entries(found: Meeting) -> Iterator[atom.Entry]:
    page, where = absolute("meetings.meeting", slug=found.slug), f"{found.place} {found.address}"
    steps = [("announced", _("Meeting announced"), found.announced_at, where.strip())]
    if found.cancelled_because:
        steps.append(("cancelled", _("Cancelled"), found.changed_at, found.cancelled_because))
    if found.minuted_at is not None:
        steps.append(("minutes", _("Minutes published"), found.minuted_at, ""))
    for step, label, at, summary in steps:
        if at is not None:
            name = atom.tag(site().origin, "meeting", found.id, step)
            yield atom.Entry(name, f"{label}: {found.title}", page, at, summary)


def _votes(found: Vote) -> Iterator[atom.Entry]:
    title = found.title.get(language()) or next(iter(found.title.values()), "")
    page = absolute("votes.vote", slug=found.slug)
    for step, label, at in (
        ("announced", _("Vote announced"), found.announced_at),
        ("opened", _("Voting has begun"), found.opened_at),
        ("counted", _("Result published"), found.published_at),
    ):
        if at is not None:
            name = atom.tag(site().origin, "vote", found.id, step)
            yield atom.Entry(name, f"{label}: {title}", page, at)
