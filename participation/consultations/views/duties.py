"""What the office owes, put together: the desk's figures, the list of all that waits."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.comments.ledger import figures
from participation.comments.ledger.figures import Line, Numbers
from participation.comments.ledger.queries import EVERYTHING, Wanted
from participation.consultations import duties
from participation.consultations.duties import Due
from participation.consultations.forms import STANCES
from participation.consultations.models import Consultation
from participation.consultations.pages import standing as pages
from participation.consultations.pages.parts import CHIPS
from participation.consultations.rules import SUBJECT_KIND
from participation.consultations.views.blueprints import desk_pages
from participation.consultations.views.present import place_after, today
from participation.core.access import Actor, Permission
from participation.core.headlines import opening_words
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import LazyString, _l, local_date, ngettext, say
from participation.web.page import show
from participation.web.paging import PER_PAGE, Key, cut
from participation.web.session import actor
from participation.web.site import DeskFigure

_CHOICES: dict[str, tuple[LazyString, Callable[[UUID], Wanted], frozenset[Due]]] = {
    "": (_l("Everything"), lambda _id: EVERYTHING, frozenset(Due)),
    "mine": (_l("Given to me"), lambda own: Wanted(assignee_id=own), frozenset(Due)),
    "nobody": (_l("Given to nobody yet"), lambda _id: Wanted(is_taken=False), frozenset(Due)),
    "soon": (_l("Due within 7 days"), lambda _id: EVERYTHING, frozenset({Due.SOON})),
    "overdue": (_l("Overdue"), lambda _id: EVERYTHING, frozenset({Due.OVERDUE})),
}
"""What may be listed: its words, which comments, of consultations how near their day."""


@desk_pages.get("/desk/waiting")
@requires(Permission.COMMENTS_ANSWER_WRITE)
def all_waiting() -> ResponseReturnValue:
    """Comments that wait in all consultations, the longest waiting first."""
    shown = request.args.get("show", "")
    shown = shown if shown in _CHOICES else ""
    _label, wanted, dues = _CHOICES[shown]
    held = [each for each in duties.answerable(session()) if _due(each, today()) in dues]
    ids, asked = [each.id for each in held], wanted(actor().id)
    lines = figures.waiting_lines(
        session(),
        SUBJECT_KIND,
        ids,
        asked,
        after=place_after(request.args.get("after", "")),
        limit=PER_PAGE + 1,
    )
    part = cut(lines, _key)
    page = pages.AllWaitingPage(
        choices=_choices(shown),
        number=figures.number_waiting(session(), SUBJECT_KIND, ids, asked),
        rows=_rows(part.items, held),
        after=url_for("consultations_desk.all_waiting", show=shown or None, after=part.after)
        if part.after
        else "",
    )
    return show(page)


def desk_figures(opened: Session, who: Actor, at: datetime) -> tuple[DeskFigure, ...]:
    """What waits for answers, in all consultations together: two queries."""
    day = local_date(at)
    held = duties.answerable(opened)
    counted = figures.waiting_numbers(opened, SUBJECT_KIND, [each.id for each in held], who.id)
    near: defaultdict[Due, int] = defaultdict(int)
    for each in held:
        near[_due(each, day)] += counted.get(each.id, Numbers()).waiting
    waiting, mine, untaken = (
        sum(getattr(each, name) for each in counted.values())
        for name in ("waiting", "mine", "untaken")
    )
    told = (
        (near[Due.OVERDUE], ngettext("is overdue", "are overdue", near[Due.OVERDUE]), "overdue"),
        (
            near[Due.SOON],
            ngettext("due within 7 days", "due within 7 days", near[Due.SOON]),
            "soon",
        ),
        (mine, ngettext("given to you", "given to you", mine), "mine"),
        (untaken, ngettext("given to nobody yet", "given to nobody yet", untaken), "nobody"),
        (waiting, ngettext("waits for an answer", "wait for an answer", waiting), ""),
    )
    return tuple(
        DeskFigure(label, number, _address(shown), is_urgent=shown in {"overdue", "soon"})
        for number, label, shown in told
        if number
    )


def _address(shown: str) -> str:
    return url_for("consultations_desk.all_waiting", show=shown or None)


def _choices(shown: str) -> tuple[pages.Choice, ...]:
    return tuple(
        pages.Choice(say(label), _address(value), is_here=value == shown)
        for value, (label, _wanted, _dues) in _CHOICES.items()
    )


def _rows(lines: Sequence[Line], held: Sequence[Consultation]) -> tuple[pages.WaitingRow, ...]:
    by_id = {each.id: each for each in held}
    places: defaultdict[UUID, set[str]] = defaultdict(set)
    for line in lines:
        places[line.subject_id].add(line.place)
    cited = duties.citations_in(session(), places)
    return tuple(
        _row(line, by_id[line.subject_id], cited.get((line.subject_id, line.place), line.place))
        for line in lines
    )


def _row(line: Line, found: Consultation, citation: str) -> pages.WaitingRow:
    return pages.WaitingRow(
        title=opening_words(line.body),
        address=url_for("consultations_desk.answer", slug=found.slug, comment_id=line.id),
        consultation=found.title,
        citation=citation,
        author=line.author,
        stance=say(STANCES[line.stance]),
        chip=CHIPS[line.stance],
        written_at=line.written_at,
        officer=line.officer,
        answers_by=found.answers_by,
        is_overdue=_due(found, today()) is Due.OVERDUE,
    )


def _due(found: Consultation, day: date) -> Due:
    return duties.due(found.answers_by, day)


def _key(line: Line) -> Key:
    return line.written_at.isoformat(), line.id.hex
