"""Routes of officers: writing, publishing and correcting minutes."""

from collections.abc import Sequence
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from participation.core.access import Permission
from participation.core.errors import Conflict
from participation.core.words import plural_words, words
from participation.meetings import pages, queries, services
from participation.meetings.forms import (
    SUMMARY,
    MinutesForm,
    PublishForm,
    StepForm,
    digest,
    minutes_form,
)
from participation.meetings.models import AgendaItem, Meeting, Minutes
from participation.meetings.rules import Kind, Stage, check_minutes_open, check_over
from participation.meetings.services import Attendance
from participation.meetings.views import present
from participation.meetings.views.blueprints import desk_pages
from participation.meetings.views.differences import differences
from participation.meetings.views.refusals import refusals_beside
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _, local_date
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

_WRITE = Permission.MEETINGS_MINUTES_WRITE


@desk_pages.route("/desk/meetings/<slug>/minutes", methods=["GET", "POST"])
@requires(_WRITE)
def minutes(slug: str) -> ResponseReturnValue:
    """How many came, a summary of each item, what was said; unfinished is good enough."""
    found = queries.meeting(session(), slug)
    check_minutes_open(queries.stage(found, now()))
    agenda = queries.agenda(session(), found.id)
    attendance, summaries = _written(found)
    filled = {f"{SUMMARY}{place}": summaries.get(each.id, "") for place, each in enumerate(agenda)}
    came = "" if attendance.came is None else str(attendance.came)
    seen = digest(attendance, summaries)
    form = minutes_form(agenda, came=came, groups=attendance.groups, seen=seen, **filled)
    if form.is_sent():
        with refusals_beside(form):
            _check_unchanged(form, seen)
            sent = form.summaries(agenda)
            services.write_minutes(session(), actor(), found, form.attendance(), sent, now=now())
            return go("meetings_desk.minutes", slug=slug, saved="minutes", notice=_("Saved."))
    return show(_minutes_page(found, agenda, form), form.status)


@desk_pages.post("/desk/meetings/<slug>/minutes/correct")
@requires(_WRITE)
def correct(slug: str) -> ResponseReturnValue:
    """Begins a correction of published minutes."""
    services.begin_minutes(session(), actor(), queries.meeting(session(), slug), now())
    notice = _("This is a copy. Everybody reads the published minutes until you publish it.")
    return go("meetings_desk.minutes", slug=slug, notice=notice)


@desk_pages.post("/desk/meetings/<slug>/minutes/give-up")
@requires(_WRITE)
def give_up(slug: str) -> ResponseReturnValue:
    """Gives a correction up."""
    services.drop_correction(session(), actor(), queries.meeting(session(), slug), now())
    return go("meetings_desk.minutes", slug=slug, notice=_("The correction is given up."))


@desk_pages.route("/desk/meetings/<slug>/minutes/publish", methods=["GET", "POST"])
@requires(_WRITE)
def publish(slug: str) -> ResponseReturnValue:
    """Shows what everybody will read; confirmed, publishes it."""
    found, form = queries.meeting(session(), slug), PublishForm()
    check_over(queries.stage(found, now()))
    begun = queries.unpublished(session(), found.id)
    if begun is None:
        raise Conflict("nothing-written", words("There is nothing new to publish."))
    if form.is_sent():
        with refusals_beside(form):
            return _publish(found, form)
    return show(_publish_page(found, begun, form), form.status)


def _publish(found: Meeting, form: PublishForm) -> ResponseReturnValue:
    handed = services.publish_minutes(
        session(),
        actor(),
        found,
        form.reason.data or "",
        present.moment(),
        held_on=local_date(found.begins_at),
    )
    waits = plural_words(
        "Published. %(count)s contribution waits for a second person at the desk.",
        "Published. %(count)s contributions wait for a second person at the desk.",
        handed,
    )
    notice = waits if handed else words("Published. Everybody can read the minutes.")
    return go("meetings_desk.manage", slug=found.slug, notice=notice)


def _publish_page(found: Meeting, begun: Minutes, form: PublishForm) -> pages.PublishPage:
    view, published = present.minutes_of(found, begun), queries.versions(session(), found.id)
    return pages.PublishPage(
        head=present.head(found, queries.consultation_of(session(), found)),
        minutes=view,
        changed=differences(present.minutes_of(found, published[0]), view) if published else (),
        form=form,
    )


def _written(found: Meeting) -> tuple[Attendance, dict[UUID, str]]:
    """What is written so far: in the version at work, else in the published one."""
    published = queries.versions(session(), found.id)
    here = queries.unpublished(session(), found.id) or next(iter(published), None)
    if here is None:
        return Attendance(None), {}
    rows = queries.lines(session(), here.id)
    summaries = {each.item_id: each.body for each in rows if each.kind == Kind.SUMMARY}
    return Attendance(here.came, here.groups), summaries


def _check_unchanged(form: MinutesForm, seen: str) -> None:
    """Nothing unless a colleague saved the minutes after this form was opened."""
    if form.seen.data != seen:
        form.seen.data = seen
        message = words(
            "A colleague has saved these minutes after you opened them. Your words stand below."
            " Open the minutes in another window, take over what is there, then save again."
        )
        raise Conflict("saved-meanwhile", message)


def _minutes_page(
    found: Meeting, agenda: Sequence[AgendaItem], form: MinutesForm
) -> pages.MinutesPage:
    begun, published = (
        queries.unpublished(session(), found.id),
        queries.versions(session(), found.id),
    )
    here = begun or next(iter(published), None)
    items = (
        present.minutes_of(found, here).items
        if here
        else present.minuted(present.agenda_of(found), {}, ())
    )
    said = [each.line_id for item in items for each in item.said]
    saved = request.args.get("saved", "")
    return pages.MinutesPage(
        head=present.head(found, queries.consultation_of(session(), found)),
        items=items,
        number=here.number if here else 1,
        is_fixed=begun is None and bool(published),
        is_over=queries.stage(found, now()) is not Stage.RUNNING,
        is_written=begun is not None,
        form=form,
        step=StepForm(formdata=None),
        fixed_lines=frozenset(each for each in said if queries.is_fixed(session(), each)),
        saved=saved if saved in {"minutes", *(str(each.id) for each in agenda)} else "",
    )
