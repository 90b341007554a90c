"""Routes of officers: drawing up, announcing, changing and cancelling meetings."""

from flask import request
from flask.typing import ResponseReturnValue

from participation.consultations import queries as consultations
from participation.consultations.rules import Phase
from participation.core.access import Permission
from participation.core.errors import Conflict, Invalid
from participation.core.words import words
from participation.meetings import pages, queries, services
from participation.meetings.forms import CancelForm, FactsForm, ItemForm, StepForm, write_moment
from participation.meetings.models import Meeting
from participation.meetings.rules import MINUTES_WITHIN, Stage, check_announcement
from participation.meetings.views import letters, present
from participation.meetings.views.blueprints import desk_pages
from participation.meetings.views.refusals import refusals_beside
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _, say
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

_DRAFT, _ANNOUNCE = Permission.MEETINGS_MEETING_DRAFT, Permission.MEETINGS_MEETING_ANNOUNCE
_MOST = 200
_CHANGEABLE = (Stage.DRAFT, Stage.COMING)
_MINUTABLE = (Stage.RUNNING, Stage.HELD, Stage.MINUTED)
_PHASES_DONE = {Phase.DECIDED, Phase.ARCHIVED}


@desk_pages.get("/desk/meetings")
@requires(_DRAFT)
def index() -> ResponseReturnValue:
    """All meetings, or those whose minutes are outstanding."""
    is_outstanding = request.args.get("show") == "outstanding"
    found = (
        queries.without_minutes(session(), now(), limit=_MOST)
        if is_outstanding
        else queries.every(session(), limit=_MOST)
    )
    page = pages.DeskListPage(
        rows=tuple(map(_row, found)),
        outstanding=queries.outstanding(session(), now()).all,
        is_outstanding=is_outstanding,
    )
    return show(page)


@desk_pages.route("/desk/meetings/new", methods=["GET", "POST"])
@requires(_DRAFT)
def create() -> ResponseReturnValue:
    """A new meeting."""
    form = FactsForm(consultation=request.args.get("about", ""))
    form.consultation.choices = _drafts()
    if form.is_sent():
        with refusals_beside(form):
            about = consultations.consultation(session(), _chosen(form))
            found = services.draw_up(session(), actor(), about, form.command(), now())
            notice = _("Drawn up. Now the agenda.")
            return go("meetings_desk.manage", slug=found.slug, notice=notice)
    return show(_facts_page(form), form.status)


@desk_pages.get("/desk/meetings/<slug>")
@requires(_DRAFT)
def manage(slug: str) -> ResponseReturnValue:
    """One meeting: its facts, its agenda, the next step."""
    return show(manage_page(queries.meeting(session(), slug), ItemForm(formdata=None)))


@desk_pages.route("/desk/meetings/<slug>/facts", methods=["GET", "POST"])
@requires(_DRAFT)
def facts(slug: str) -> ResponseReturnValue:
    """Changes what people are told."""
    found = queries.meeting(session(), slug)
    form = FactsForm(**_filled(found))
    if form.is_sent():
        with refusals_beside(form):
            must_hear = services.change(session(), actor(), found, form.command(), now())
            told = letters.tell_of_change(found) if must_hear else 0
            notice = _("Saved. Those who wanted to come get a letter.") if told else _("Saved.")
            return go("meetings_desk.manage", slug=slug, notice=notice)
    return show(_facts_page(form, found), form.status)


@desk_pages.post("/desk/meetings/<slug>/announce")
@requires(_ANNOUNCE)
def announce(slug: str) -> ResponseReturnValue:
    """Makes a meeting public."""
    found = queries.meeting(session(), slug)
    about = queries.consultation_of(session(), found)
    services.announce(session(), actor(), found, about, now())
    notice = _("Announced. It stands beside the draft and in the calendars.")
    return go("meetings_desk.manage", slug=slug, notice=notice)


@desk_pages.route("/desk/meetings/<slug>/cancel", methods=["GET", "POST"])
@requires(_ANNOUNCE)
def cancel(slug: str) -> ResponseReturnValue:
    """Cancels an announced meeting, with a reason for everybody."""
    found, form = queries.meeting(session(), slug), CancelForm()
    if form.is_sent():
        with refusals_beside(form):
            services.cancel(session(), actor(), found, form.reason.data, now())
            letters.tell_of_change(found)
            notice = _("Cancelled. Those who wanted to come get a letter.")
            return go("meetings_desk.manage", slug=slug, notice=notice)
    page = pages.CancelPage(
        head=present.head(found, queries.consultation_of(session(), found)),
        coming=queries.counted_coming(session(), found),
        form=form,
    )
    return show(page, form.status)


@desk_pages.post("/desk/meetings/<slug>/discard")
@requires(_DRAFT)
def discard(slug: str) -> ResponseReturnValue:
    """Deletes a meeting that nobody was told of."""
    services.discard(session(), actor(), queries.meeting(session(), slug), now())
    return go("meetings_desk.index", notice=_("The draft of the meeting is deleted."))


def manage_page(found: Meeting, form: ItemForm) -> pages.ManagePage:
    """The page of one meeting at the desk."""
    about = queries.consultation_of(session(), found)
    form.place.choices = present.clause_choices(about)
    stage, agenda = queries.stage(found, now()), present.agenda_of(found)
    spare = queries.span_of(found).minutes - sum(each.minutes for each in agenda)
    return pages.ManagePage(
        head=present.head(found, about),
        place=found.place,
        address=found.address,
        agenda=agenda,
        spare=spare,
        coming=queries.counted_coming(session(), found),
        refusal=_refusal(found, Phase(about.phase), len(agenda)) if stage is Stage.DRAFT else "",
        may_change=stage in _CHANGEABLE,
        may_cancel=stage in {Stage.COMING, Stage.RUNNING, Stage.HELD},
        may_minute=stage in _MINUTABLE,
        form=form,
        step=StepForm(formdata=None),
    )


def _refusal(found: Meeting, phase: Phase, items: int) -> str:
    """Why it cannot be announced now, in words; empty when it can."""
    stage = queries.stage(found, now())
    try:
        check_announcement(stage, queries.span_of(found), phase, items, now())
    except Conflict as conflict:
        return say(conflict.message)
    return ""


def _row(found: queries.Listed) -> pages.DeskRow:
    stage = queries.stage(found.meeting, now())
    is_overdue = stage is Stage.HELD and found.meeting.ends_at + MINUTES_WITHIN <= now()
    waits = {
        Stage.DRAFT: _("Announce it"),
        Stage.RUNNING: _("Write the minutes"),
        Stage.HELD: _("Write the minutes"),
    }
    return pages.DeskRow(present.row(found), str(waits.get(stage, "")), is_overdue)


def _drafts() -> list[tuple[str, str]]:
    """The consultations that a meeting may still be about."""
    found = consultations.recent(session(), limit=_MOST)
    return [(each.slug, each.title) for each in found if Phase(each.phase) not in _PHASES_DONE]


def _chosen(form: FactsForm) -> str:
    slug = str(form.consultation.data or "")
    if slug not in dict(form.consultation.choices):
        raise Invalid(words("Choose the draft that it is about."), field="consultation")
    return slug


def _filled(found: Meeting) -> dict[str, str]:
    names = ("title", "about", "place", "address", "link", "access")
    times = {name: write_moment(getattr(found, name)) for name in ("begins_at", "ends_at")}
    return {name: getattr(found, name) for name in names} | times


def _facts_page(form: FactsForm, found: Meeting | None = None) -> pages.FactsPage:
    return pages.FactsPage(
        form=form,
        slug=found.slug if found else "",
        is_announced=found is not None and found.announced_at is not None,
        zone=present.zone_words(now()),
    )
