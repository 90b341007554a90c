"""The page of a clause with what people say about it, put together."""

from flask import request

from participation.comments import queries as comments
from participation.comments.rules import Stance
from participation.consultations import queries
from participation.consultations.drafting.comparing import compare
from participation.consultations.drafting.settling import Change
from participation.consultations.forms import STANCES, CommentForm
from participation.consultations.pages.parts import CHIPS, head_of
from participation.consultations.pages.talking import (
    ClauseContext,
    ClausePage,
    StanceCount,
    Talk,
)
from participation.consultations.pages.versions import ChangeView
from participation.consultations.queries import subject_of
from participation.consultations.views.assembly import (
    around,
    clause_views,
    outline_of,
    thread_views,
)
from participation.consultations.views.changes import LABELS
from participation.consultations.views.clause_history import notes_of
from participation.consultations.views.present import (
    is_open,
    notice_of_fragment,
    order_asked,
    ranked_after,
    ranked_key,
)
from participation.consultations.views.spots import Spot, closed_at
from participation.core.errors import Conflict
from participation.core.words import words
from participation.web.database import session
from participation.web.language import say
from participation.web.paging import PER_PAGE, cut

_SHORT_ARTICLE = 1800


def clause_page(spot: Spot, form: CommentForm) -> ClausePage:
    """A clause with its thread; a constant number of queries."""
    return ClausePage(
        head=head_of(spot.found, is_open=is_open(spot.found)),
        context=context_of(spot),
        talk=_talk(spot, form),
    )


def context_of(spot: Spot) -> ClauseContext:
    """The clause that is talked about, with its surroundings and the outline."""
    outline = outline_of(spot.found, spot.edition, spot.clause.chapter)
    block = queries.block_of(session(), spot.clause)
    is_short = sum(len(row.text) for row in block) <= _SHORT_ARTICLE
    shown = block if is_short else around(spot.clause, block)
    return ClauseContext(
        citation=spot.clause.citation,
        clause_id=spot.clause.clause_id,
        chapter=next(entry for entry in outline if entry.is_here),
        outline=outline,
        clauses=clause_views(spot.found, spot.edition, shown, here=spot.clause.clause_id),
        notes=notes_of(spot),
    )


def check_text_seen(spot: Spot, form: CommentForm) -> None:
    """Nothing where the clause reads as when the form was opened; raises `Conflict` otherwise."""
    if _meanwhile(spot, form):
        message = words(
            "This clause changed while you were writing. Compare both wordings; if your comment"
            " still fits, send it again."
        )
        raise Conflict("text-changed", message)


def _meanwhile(spot: Spot, form: CommentForm) -> ChangeView | None:
    """How the clause changed since the form was opened; nothing where it reads alike."""
    seen = form.edition.data or ""
    if not seen.isdecimal() or seen == str(spot.edition.number):
        return None
    then = next((each for each in spot.wordings if str(each.version) == seen), None)
    if then is None or then.text == spot.clause.wording:
        return None
    return ChangeView(
        kind=Change.EDITED.value,
        label=say(LABELS[Change.EDITED]),
        was=then.clause.citation,
        now=spot.clause.citation,
        pieces=compare(then.text, spot.clause.wording),
        address=spot.clause.clause_id,
    )


def _talk(spot: Spot, form: CommentForm) -> Talk:
    meanwhile = _meanwhile(spot, form)
    form.edition.data = str(spot.edition.number)
    subject, place = subject_of(spot.found), spot.clause.clause_id
    order = order_asked()
    after = ranked_after(request.args.get("after", ""))
    found = comments.threads(
        session(), subject, place, order=order, after=after, limit=PER_PAGE + 1
    )
    shown = cut(found, lambda thread: ranked_key(thread.first, order))
    stances = comments.stances_at(session(), subject, place)
    closed = closed_at(spot)
    return Talk(
        slug=spot.found.slug,
        clause_id=place,
        form=None if closed and not form.errors else form,
        closed=closed,
        total=sum(stances.values()),
        stances=_stance_counts(stances),
        threads=thread_views(shown.items),
        order=order.value,
        after=shown.after,
        notice=notice_of_fragment(),
        meanwhile=meanwhile,
    )


def _stance_counts(stances: dict[Stance, int]) -> tuple[StanceCount, ...]:
    return tuple(
        StanceCount(say(STANCES[stance]), CHIPS[stance], count)
        for stance, count in stances.items()
        if count
    )
