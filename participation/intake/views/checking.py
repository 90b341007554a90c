"""Routes of the second person: what was typed, to be compared with the paper in hand."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from participation.comments.rules import Source
from participation.core.access import Permission
from participation.core.errors import Invalid
from participation.core.words import words
from participation.intake import pages, queries, services
from participation.intake.forms import SOURCES, CheckForm
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.pages import Row
from participation.intake.rules import State
from participation.intake.views.blueprints import desk_pages
from participation.intake.views.present import draft_of_batch, moment, refusals_beside
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor

_AT_ONCE = 20
_CONFIRM, _RETURN = "confirm", "return"


@desk_pages.get("/desk/intake/batches/<uuid:batch_id>/check")
@requires(Permission.COMMENTS_COMMENT_RECEIVE)
def check(batch_id: UUID) -> ResponseReturnValue:
    """What waits in a pile, to be compared with the paper."""
    batch = queries.batch(session(), batch_id)
    return show(_check_page(batch, CheckForm(formdata=None)))


@desk_pages.post("/desk/intake/batches/<uuid:batch_id>/entries/<uuid:entry_id>/check")
@requires(Permission.COMMENTS_COMMENT_RECEIVE)
def decide(batch_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Confirms an entry, or sends it back."""
    batch = queries.batch(session(), batch_id)
    entry = queries.entry(session(), batch_id, entry_id)
    form = CheckForm()
    if form.is_sent():
        with refusals_beside(form):
            told = _decide(batch, entry, form)
            return go("intake_desk.check", batch_id=batch_id, notice=told)
    return show(_check_page(batch, form, refused=entry_id), form.status)


def _decide(batch: IntakeBatch, entry: IntakeEntry, form: CheckForm) -> str:
    """Does what the pressed button says, and tells so."""
    act, seen = request.form.get("act", ""), form.seen.data or 0
    who, when, number = actor(), moment(), entry.number
    if act == _CONFIRM:
        services.confirm_entry(session(), who, batch, entry, seen=seen, moment=when)
        return str(_("Number %(number)s is published.", number=number))
    if act == _RETURN:
        reason = form.reason.data or ""
        services.return_entry(session(), who, entry, reason, seen=seen, moment=when)
        return str(_("Number %(number)s is sent back.", number=number))
    raise Invalid(words("Choose one of the two buttons."))


def _check_page(
    batch: IntakeBatch, form: CheckForm, refused: UUID | None = None
) -> pages.CheckPage:
    waiting = queries.entries(session(), batch, [State.WAITING])
    mine = [each for each in waiting if each.entry.typed_by == actor().id]
    others = [each for each in waiting if each.entry.typed_by != actor().id]
    shown = others[:_AT_ONCE]
    return pages.CheckPage(
        draft=draft_of_batch(batch),
        batch=batch,
        source=SOURCES[Source(batch.source)],
        rows=tuple(map(Row.of, shown)),
        form=form,
        refused=refused,
        rest=len(others) - len(shown),
        own=len(mine),
    )
