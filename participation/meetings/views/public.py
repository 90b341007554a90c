"""Routes for everybody: the list, one meeting, saying that one comes, versions of the minutes."""

from datetime import UTC, datetime
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from participation.accounts.queries import account
from participation.core.errors import Invalid, NotFound
from participation.core.words import words
from participation.meetings import pages, queries, services
from participation.meetings.forms import ComingForm
from participation.meetings.models import Meeting, Minutes
from participation.meetings.rules import MINUTES_WITHIN
from participation.meetings.views import present
from participation.meetings.views.blueprints import public_pages
from participation.meetings.views.differences import differences
from participation.web.database import session
from participation.web.guard import public, signed_in
from participation.web.language import _
from participation.web.page import go, show
from participation.web.paging import PER_PAGE, cut, read_cursor
from participation.web.session import actor
from participation.web.site import now

_MOST_COMING = 50


@public_pages.get("/meetings")
@public
def index() -> ResponseReturnValue:
    """What comes, the next first; then what was, the latest first."""
    after = _after(request.args.get("after", ""))
    coming = [] if after else queries.coming(session(), now(), limit=_MOST_COMING)
    found = queries.past(session(), now(), after=after, limit=PER_PAGE + 1)
    past = cut(found, lambda each: (each.meeting.begins_at.isoformat(), each.meeting.id.hex))
    page = pages.ListPage(
        coming=tuple(map(present.row, coming)),
        past=tuple(map(present.row, past.items)),
        after=past.after,
        is_first=after is None,
    )
    return show(page)


@public_pages.get("/meetings/<slug>")
@public
def meeting(slug: str) -> ResponseReturnValue:
    """One meeting: before it where and when, afterwards what was said and what became of it."""
    return show(_page(queries.public_meeting(session(), slug), ComingForm(formdata=None)))


@public_pages.route("/meetings/<slug>/coming", methods=["GET", "POST"])
@signed_in
def coming(slug: str) -> ResponseReturnValue:
    """Says that one comes, or takes it back; opened after signing in, leads to the meeting."""
    found, form = queries.public_meeting(session(), slug), ComingForm()
    if not form.is_sent():
        return go("meetings.meeting", slug=slug)
    if form.undo.data:
        services.stay_away(session(), actor(), found, now())
        return go("meetings.meeting", slug=slug, notice=_("Noted: you will not come."))
    services.come(session(), actor(), found, now())
    return go("meetings.meeting", slug=slug, notice=_("Noted: you will come. Until then!"))


@public_pages.get("/meetings/<slug>/minutes/<int:number>")
@public
def version(slug: str, number: int) -> ResponseReturnValue:
    """One version of the minutes, with what changed since the one before."""
    found = queries.public_meeting(session(), slug)
    all_of_them = queries.versions(session(), found.id)
    here = next((each for each in all_of_them if each.number == number), None)
    if here is None:
        raise NotFound(words("There is no such version of the minutes."))
    view = present.minutes_of(found, here)
    before = next((each for each in all_of_them if each.number == number - 1), None)
    changed = differences(present.minutes_of(found, before), view) if before else ()
    page = pages.VersionPage(
        head=present.head(found, queries.consultation_of(session(), found)),
        row=_version(here),
        minutes=view,
        changed=changed,
        is_latest=here is all_of_them[0],
    )
    return show(page)


def _page(found: Meeting, form: ComingForm) -> pages.MeetingPage:
    published = queries.versions(session(), found.id)
    who = actor()
    is_coming = who.is_signed_in and queries.is_coming(session(), found.id, who.id)
    form.undo.data = "yes" if is_coming else ""
    return pages.MeetingPage(
        head=present.head(found, queries.consultation_of(session(), found)),
        about=found.about,
        place=found.place,
        address=found.address,
        link=found.link,
        access=found.access,
        agenda=present.agenda_of(found),
        coming=queries.counted_coming(session(), found),
        is_coming=is_coming,
        form=form,
        minutes=present.minutes_of(found, published[0]) if published else None,
        versions=tuple(map(_version, published)),
        promised_by=found.ends_at + MINUTES_WITHIN,
    )


def _version(found: Minutes) -> pages.VersionRow:
    if found.published_at is None or found.published_by is None:
        raise NotFound(words("There is no such version of the minutes."))
    by = account(session(), found.published_by).name
    return pages.VersionRow(found.number, found.published_at, by, found.reason)


def _after(cursor: str) -> queries.ListedPlace | None:
    key = read_cursor(cursor, 2)
    if key is None:
        return None
    try:
        at = datetime.fromisoformat(str(key[0])).astimezone(UTC)
        return queries.ListedPlace(at, UUID(str(key[1])))
    except (ValueError, OverflowError) as error:
        raise Invalid(words("This address is incomplete.")) from error
