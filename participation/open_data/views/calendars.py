"""Calendars of promised days and hours: of one meeting, of one consultation, of everything."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response, current_app

from participation.consultations import queries as consultations
from participation.consultations.models import Consultation
from participation.meetings import queries as meetings
from participation.meetings.models import Meeting
from participation.meetings.rules import State
from participation.open_data import atom, ical, queries
from participation.open_data.addresses import absolute
from participation.open_data.queries import Revised
from participation.open_data.views.blueprints import data_pages, kept
from participation.votes.models import Vote
from participation.web.database import session
from participation.web.guard import public
from participation.web.language import _, language
from participation.web.site import site

_MOST = 200
_SECONDS = 900


@data_pages.get("/data/calendar.ics")
@public
def calendar() -> Response:
    """The days of all consultations, the hours of all meetings and votes."""
    drafts = queries.consultations(session(), limit=_MOST)
    votes = queries.votes(session(), limit=_MOST)
    revised = queries.revised(
        session(), [*(each.id for each in drafts), *(each.id for each in votes)]
    )
    days = [day for each in drafts for day in _days(each, revised)]
    hours = [hour for each in votes for hour in _hours(each, revised)]
    met = [_meeting(each.meeting) for each in meetings.latest(session(), limit=_MOST)]
    return _file(site().name, (*days, *met, *hours))


@data_pages.get("/data/consultations/<slug>.ics")
@public
def consultation_calendar(slug: str) -> Response:
    """The days of one consultation, and its meetings."""
    found = consultations.announced_consultation(session(), slug)
    revised = queries.revised(session(), [found.id])
    met = map(_meeting, meetings.of_consultation(session(), found.id, limit=_MOST))
    return _file(found.title, (*_days(found, revised), *met))


@data_pages.get("/data/meetings/<slug>.ics")
@public
def meeting_calendar(slug: str) -> Response:
    """One meeting, to keep; a cancelled one says so to calendars that hold it."""
    found = meetings.public_meeting(session(), slug)
    response = _file(found.title, (_meeting(found),))
    response.headers["Content-Disposition"] = f'inline; filename="{found.slug}.ics"'
    return response


def _file(name: str, appointments: tuple[ical.Appointment, ...]) -> Response:
    zone = ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])
    response = Response(ical.write(name, appointments, zone), content_type=ical.MEDIA_TYPE)
    response.vary.update(["Accept-Language", "Cookie"])
    return kept(response, seconds=_SECONDS)


def _days(found: Consultation, revised: dict[UUID, Revised]) -> Iterator[ical.Appointment]:
    announced = found.announced_at or found.created_at
    last = revised.get(found.id, Revised(0, announced))
    for name, label, first, end in (
        ("comments", _("Open for comments"), found.opens_on, found.closes_on),
        ("last-day", _("Last day for comments"), found.closes_on, found.closes_on),
        ("answers", _("Answers promised by today"), found.answers_by, found.answers_by),
        ("decision", _("Decision promised by today"), found.decides_by, found.decides_by),
    ):
        yield ical.Appointment(
            uid=atom.tag(site().origin, "consultation", found.id, name),
            title=f"{label}: {found.title}",
            address=absolute("consultations.consultation", slug=found.slug),
            begins=first,
            ends=end,
            changed_at=last.at,
            revision=last.times,
        )


def _meeting(found: Meeting) -> ical.Appointment:
    is_cancelled = found.state == State.CANCELLED
    told = (found.cancelled_because if is_cancelled else found.about, found.link, found.access)
    return ical.Appointment(
        uid=atom.tag(site().origin, "meeting", found.id),
        title=_("Cancelled: %(title)s", title=found.title) if is_cancelled else found.title,
        address=absolute("meetings.meeting", slug=found.slug),
        begins=found.begins_at,
        ends=found.ends_at,
        changed_at=found.changed_at,
        revision=found.revision,
        place=", ".join(filter(None, (found.place, found.address))),
        words="\n\n".join(filter(None, told)),
        is_cancelled=is_cancelled,
    )


def _hours(found: Vote, revised: dict[UUID, Revised]) -> Iterator[ical.Appointment]:
    title = found.title.get(language()) or next(iter(found.title.values()), "")
    last = revised.get(found.id, Revised(0, found.created_at))
    spans: tuple[tuple[str, str, date, date], ...] = (
        ("check-in", _("Check-in"), found.check_in_opens_at, found.check_in_closes_at),
        ("voting", _("Voting"), found.voting_opens_at, found.voting_closes_at),
    )
    for name, label, begins, ends in spans:
        yield ical.Appointment(
            uid=atom.tag(site().origin, "vote", found.id, name),
            title=f"{label}: {title}",
            address=absolute("votes.vote", slug=found.slug),
            begins=begins,
            ends=ends,
            changed_at=last.at,
            revision=last.times,
        )
