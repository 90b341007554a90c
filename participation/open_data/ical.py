"""Calendars (RFC 5545): days are all-day events, hours carry their time zone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event. `uid` never changes; `revision` grows whenever what it says may have changed.

    Between days (the last one counts too) or between moments (aware).
    """

    uid: str
    title: str
    address: str
    begins: date
    ends: date
    changed_at: datetime
    revision: int = 0
    place: str = ""
    words: str = ""
    is_cancelled: bool = False


def write(name: str, appointments: tuple[Appointment, ...], zone: ZoneInfo) -> bytes:
    """The calendar as a file, with the definition of the zone that its hours are in."""
    calendar = Calendar()
    calendar.add("prodid", "-//Suara//Suara//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for each in appointments:
        calendar.add_component(_event(each, zone))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(found: Appointment, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", found.uid)
    event.add("sequence", found.revision)
    event.add("dtstamp", found.changed_at)
    event.add("last-modified", found.changed_at)
    event.add("summary", found.title)
    event.add("url", found.address)
    for name, said in (("location", found.place), ("description", found.words)):
        if said:
            event.add(name, said)
    if found.is_cancelled:
        event.add("status", "CANCELLED")
    if isinstance(found.begins, datetime) and isinstance(found.ends, datetime):
        event.add("dtstart", found.begins.astimezone(zone))
        event.add("dtend", found.ends.astimezone(zone))
    else:
        event.add("dtstart", found.begins)
        event.add("dtend", found.ends + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event
