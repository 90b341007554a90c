"""Routes of the desk for a new version: check its matching, then publish it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from participation.consultations import history, queries
from participation.consultations.drafting.settling import Change
from participation.consultations.forms import ROW, MatchingForm, PublishVersionForm
from participation.consultations.models import (
    Consultation,
    DraftChange,
    DraftClause,
    DraftVersion,
)
from participation.consultations.pages import versions as pages
from participation.consultations.pages.parts import head_of
from participation.consultations.services import versioning
from participation.consultations.services.laying import clauses_of
from participation.consultations.views.blueprints import desk_pages
from participation.consultations.views.changes import change_view, position_after, told
from participation.consultations.views.present import is_open, moment, refusals_beside
from participation.core.access import Permission
from participation.core.errors import NotFound
from participation.core.words import words
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.paging import PER_PAGE, cut
from participation.web.session import actor

_WORDS_SHOWN = 60
_MOST_OTHERS = 30


@dataclass(frozen=True, slots=True)
class _Sides:
    """The clauses of both texts by id, and those of each side that have no partner."""

    old: Mapping[str, DraftClause]
    new: Mapping[str, DraftClause]
    lost: tuple[str, ...]
    fresh: tuple[str, ...]


@desk_pages.route("/desk/consultations/<slug>/matching", methods=["GET", "POST"])
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def matching(slug: str) -> ResponseReturnValue:
    """Shows which clause is which, and takes what the officer says about the doubtful ones."""
    found, form = queries.consultation(session(), slug), MatchingForm()
    place = request.args.get("after", "")
    if form.is_sent():
        with refusals_beside(form):
            versioning.correct_matching(session(), actor(), found, form.chosen(), moment())
            notice = _("Saved. These clauses count as checked.")
            return go("consultations_desk.matching", slug=slug, notice=notice)
    publish = PublishVersionForm(formdata=None, seen=_waiting(found).source_sha256)
    return show(_page(found, form, publish, place), form.status)


@desk_pages.post("/desk/consultations/<slug>/matching/publish")
@requires(Permission.CONSULTATIONS_DRAFT_PUBLISH)
def publish_version(slug: str) -> ResponseReturnValue:
    """Publishes the new version that was checked."""
    found, publish = queries.consultation(session(), slug), PublishVersionForm()
    if publish.is_sent():
        with refusals_beside(publish):
            seen = publish.seen.data or ""
            made = versioning.publish_version(session(), actor(), found, seen, moment())
            notice = _("Version %(number)s is published.", number=made.number)
            return go("consultations_desk.manage", slug=slug, notice=notice)
    return show(_page(found, MatchingForm(formdata=None), publish, ""), publish.status)


def _waiting(found: Consultation) -> DraftVersion:
    version = queries.unpublished(session(), found.id)
    if version is None or version.number == 1:
        raise NotFound(words("There is no new version that waits."))
    return version


def _page(
    found: Consultation, form: MatchingForm, publish: PublishVersionForm, place: str
) -> pages.MatchingPage:
    version = _waiting(found)
    rows = history.all_changes(session(), version.id)
    sides = _sides(found, version, rows)
    asked = [row for row in rows if row.is_doubtful or row.change != Change.SAME]
    asked.sort(key=lambda row: (not row.is_doubtful, row.position))
    start = max(position_after(place), 0)
    shown = cut(asked[start : start + PER_PAGE + 1], lambda _row: (start + PER_PAGE,))
    counts = history.change_counts(session(), [version.id])[version.id]
    return pages.MatchingPage(
        head=head_of(found, is_open=is_open(found)),
        number=version.number,
        told=told(counts),
        doubts=sum(row.is_doubtful for row in rows),
        rows=tuple(_matching_row(row, sides) for row in shown.items),
        form=form,
        publish=publish,
        place=place,
        after=shown.after,
    )


def _sides(found: Consultation, version: DraftVersion, rows: list[DraftChange]) -> _Sides:
    old = queries.all_clauses(session(), queries.edition(session(), found.id).id)
    return _Sides(
        old={row.clause_id: row for row in old},
        new={row.clause_id: row for row in clauses_of(version)},
        lost=tuple(row.old_id for row in rows if not row.new_id),
        fresh=tuple(row.new_id for row in rows if not row.old_id),
    )


def _matching_row(row: DraftChange, sides: _Sides) -> pages.MatchingRow:
    from_old = versioning.is_asked_from_old(Change(row.change))
    others, side = (sides.fresh, sides.new) if from_old else (sides.lost, sides.old)
    chosen = row.new_id if from_old else row.old_id
    ids = dict.fromkeys([*row.candidates, *filter(None, [chosen]), *others[:_MOST_OTHERS]])
    nothing = _("Nothing: it was removed") if from_old else _("None: it is new")
    choices = [pages.Choice("", nothing, is_chosen=not chosen)]
    choices += [
        pages.Choice(each, _choice_words(side[each]), is_chosen=each == chosen)
        for each in ids
        if each in side
    ]
    return pages.MatchingRow(
        change=change_view(row, sides.old.get(row.old_id), sides.new.get(row.new_id)),
        field=f"{ROW}{versioning.key_of(row)}",
        question=_("What became of it?") if from_old else _("Which clause was it?"),
        choices=tuple(choices),
        is_doubtful=row.is_doubtful,
    )


def _choice_words(clause: DraftClause) -> str:
    text = " ".join((clause.title or clause.text).split())
    short = text if len(text) <= _WORDS_SHOWN else f"{text[:_WORDS_SHOWN]}…"
    return f"{clause.citation}: {short}" if short else clause.citation
