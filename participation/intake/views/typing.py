"""Routes for typing: rows of a pile, one after the other; typing again; handing over."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from participation.comments.rules import Source
from participation.core.access import Permission
from participation.intake import pages, queries, services
from participation.intake.codes import spaced
from participation.intake.forms import SOURCES, AsideForm, EntryForm
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.pages import Row
from participation.intake.queries import Typed
from participation.intake.rules import State, check_typeable
from participation.intake.views.blueprints import desk_pages
from participation.intake.views.present import (
    draft_of_batch,
    moment,
    notice_of_fragment,
    refusals_beside,
)
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor

_TYPES = Permission.INTAKE_BATCH_WRITE
_DONE, _ALL = "done", "all"
_AT_ONCE = 10


@desk_pages.get("/desk/intake/batches/<uuid:batch_id>")
@requires(_TYPES)
def typing(batch_id: UUID) -> ResponseReturnValue:
    """A pile: the row to type, and what is typed."""
    batch = queries.batch(session(), batch_id)
    return show(_typing_page(batch, EntryForm.for_batch(batch)))


@desk_pages.post("/desk/intake/batches/<uuid:batch_id>")
@requires(_TYPES)
def add(batch_id: UUID) -> ResponseReturnValue:
    """Adds a row; the next one begins with the same day."""
    batch = queries.batch(session(), batch_id)
    form = EntryForm.for_batch(batch)
    if form.is_sent():
        with refusals_beside(form):
            new = [form.command()]
            (added,) = services.add_entries(session(), actor(), batch, new, moment())
            told = _("Number %(number)s is kept. Code: %(code)s",
                     number=added.number, code=spaced(added.code))  # fmt: skip
            return go("intake_desk.typing", batch_id=batch_id, notice=told, **{_DONE: added.number})
    return show(_typing_page(batch, form), form.status)


@desk_pages.route(
    "/desk/intake/batches/<uuid:batch_id>/entries/<uuid:entry_id>", methods=["GET", "POST"]
)
@requires(_TYPES)
def correct(batch_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Types an entry again."""
    batch, entry = _found(batch_id, entry_id)
    form = EntryForm.for_entry(entry, _citation(batch, entry), spaced(entry.code))
    if form.is_sent():
        with refusals_beside(form):
            new = form.command()
            services.correct_entry(session(), actor(), batch, entry, new, moment=moment())
            return go("intake_desk.typing", batch_id=batch_id, notice=_("It is typed again."))
    if not form.errors:
        check_typeable(State(entry.state))
    aside = AsideForm(formdata=None) if entry.state == State.RETURNED else None
    return show(_correct_page(batch, entry, form, aside), form.status)


@desk_pages.post("/desk/intake/batches/<uuid:batch_id>/entries/<uuid:entry_id>/deletion")
@requires(_TYPES)
def delete(batch_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Deletes an entry that is not handed over."""
    _batch, entry = _found(batch_id, entry_id)
    services.delete_entry(session(), actor(), entry, moment())
    return go("intake_desk.typing", batch_id=batch_id, notice=_("It is deleted."))


@desk_pages.post("/desk/intake/batches/<uuid:batch_id>/entries/<uuid:entry_id>/aside")
@requires(_TYPES)
def set_aside(batch_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Decides that an entry that was sent back is not published."""
    batch, entry = _found(batch_id, entry_id)
    form = AsideForm()
    if form.is_sent():
        with refusals_beside(form):
            services.set_aside(session(), actor(), entry, form.reason.data, moment())
            told = _("It is set aside. Whoever holds the code reads why.")
            return go("intake_desk.typing", batch_id=batch_id, notice=told)
    citation, code = _citation(batch, entry), spaced(entry.code)
    typed = EntryForm.for_entry(entry, citation, code, formdata=None)
    return show(_correct_page(batch, entry, typed, form), form.status)


@desk_pages.post("/desk/intake/batches/<uuid:batch_id>/handing-over")
@requires(_TYPES)
def hand_over(batch_id: UUID) -> ResponseReturnValue:
    """Gives a pile to a second person."""
    batch = queries.batch(session(), batch_id)
    services.hand_over(session(), actor(), batch, moment())
    told = _("Handed over. Give the papers to a colleague, who compares them with what you typed.")
    return go("intake_desk.typing", batch_id=batch_id, notice=told)


def _found(batch_id: UUID, entry_id: UUID) -> tuple[IntakeBatch, IntakeEntry]:
    return queries.batch(session(), batch_id), queries.entry(session(), batch_id, entry_id)


def _citation(batch: IntakeBatch, entry: IntakeEntry) -> str:
    clauses = dict(queries.clauses(session(), batch.consultation_id, batch.edition))
    return clauses.get(entry.place, entry.place)


def _typing_page(batch: IntakeBatch, form: EntryForm) -> pages.TypingPage:
    typed = queries.entries(session(), batch)
    mine = actor().id
    to_check = [each for each in typed if each.entry.state == State.WAITING]
    done = request.args.get(_DONE, "")
    return pages.TypingPage(
        draft=draft_of_batch(batch),
        batch=batch,
        source=SOURCES[Source(batch.source)],
        rows=tuple(map(Row.of, _shown(batch, typed))),
        total=len(typed),
        form=None if batch.handed_at and not form.errors else form,
        to_check=sum(each.entry.typed_by != mine for each in to_check),
        done=kept_name(batch) if done else "",
        notice=notice_of_fragment(),
    )


def _shown(batch: IntakeBatch, typed: list[Typed]) -> list[Typed]:
    """The newest first; while somebody types only a few, so that the page stays quick."""
    newest = typed[::-1]
    return newest if batch.handed_at or _ALL in request.args else newest[:_AT_ONCE]


def _correct_page(
    batch: IntakeBatch, entry: IntakeEntry, form: EntryForm, aside: AsideForm | None
) -> pages.CorrectPage:
    typed = Typed(entry, _citation(batch, entry), "")
    return pages.CorrectPage(
        draft=draft_of_batch(batch), batch=batch, row=Row.of(typed), form=form, aside=aside
    )


def kept_name(batch: IntakeBatch) -> str:
    """By which name the browser keeps the half-typed row of a batch."""
    return f"intake/{batch.id}"
