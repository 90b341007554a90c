"""The pages of a clause and of a thread, put together."""

from dataclasses import dataclass
from uuid import UUID

from flask import request

from participation.comments import queries as comments
from participation.comments.models import Comment
from participation.comments.queries import Said
from participation.comments.rules import Stance
from participation.consultations import history, queries
from participation.consultations.drafting.comparing import compare
from participation.consultations.drafting.settling import Change
from participation.consultations.forms import STANCES, CommentForm, ReplyForm
from participation.consultations.models import Consultation, DraftClause
from participation.consultations.pages.parts import CHIPS, head_of
from participation.consultations.pages.talking import (
    ClauseContext,
    ClausePage,
    StanceCount,
    Talk,
    ThreadPage,
)
from participation.consultations.pages.versions import ChangeView
from participation.consultations.queries import Edition, subject_of
from participation.consultations.views.assembly import (
    around,
    clause_views,
    outline_of,
    thread_views,
    viewer,
)
from participation.consultations.views.changes import LABELS
from participation.consultations.views.clause_history import notes_of
from participation.consultations.views.present import (
    closed_because,
    is_open,
    notice_of_fragment,
    order_asked,
    place_after,
    ranked_after,
    ranked_key,
    said_key,
)
from participation.core.errors import Conflict, NotFound
from participation.core.words import words
from participation.web.database import session
from participation.web.language import say
from participation.web.paging import PER_PAGE, cut

_SHORT_ARTICLE = 1800


@dataclass(frozen=True, slots=True)
class Spot:
    """A clause in the latest edition of a consultation, or in the last one that had it.

    `gone_with` is the number of the version that no longer has it, 0 while it stands.
    """

    found: Consultation
    edition: Edition
    clause: DraftClause
    gone_with: int = 0


def spot_of_clause(slug: str, clause_id: str) -> Spot:
    """The clause at an address; raises `NotFound`."""
    found = queries.announced_consultation(session(), slug)
    return _spot(found, clause_id)


def spot_and_comment(slug: str, comment_id: UUID) -> tuple[Spot, Comment]:
    """A comment at an address and the clause it is about; raises `NotFound`."""
    found = queries.announced_consultation(session(), slug)
    comment = comments.comment(session(), comment_id)
    subject = subject_of(found)
    if (comment.subject_kind, comment.subject_id) != (subject.kind, subject.id):
        raise NotFound(words("There is no such comment."))
    return _spot(found, comment.place), comment


def _spot(found: Consultation, clause_id: str) -> Spot:
    edition = queries.edition(session(), found.id)
    last = history.wordings(session(), found.id, clause_id)[-1]
    if last.version == edition.number:
        return Spot(found, edition, last.clause)
    editions = {each.number: each for each in queries.editions(session(), found.id)}
    return Spot(found, editions[last.version], last.clause, gone_with=last.version + 1)


def clause_page(spot: Spot, form: CommentForm) -> ClausePage:
    """A clause with its thread; a constant number of queries."""
    return ClausePage(
        head=head_of(spot.found, is_open=is_open(spot.found)),
        context=context_of(spot),
        talk=_talk(spot, form),
    )


def thread_page(spot: Spot, first: Said, form: ReplyForm) -> ThreadPage:
    """A comment with one page of its replies."""
    cursor = place_after(request.args.get("after", ""))
    found = comments.replies(session(), first.id, after=cursor, limit=PER_PAGE + 1)
    shown = cut(found, said_key)
    closed = _closed_at(spot)
    view = viewer([first, *shown.items])
    return ThreadPage(
        head=head_of(spot.found, is_open=is_open(spot.found)),
        context=context_of(spot),
        first=view(first),
        replies=tuple(view(reply) for reply in shown.items),
        form=None if closed and not form.errors else form,
        closed=closed,
        after=shown.after,
        notice=notice_of_fragment(),
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
        clauses=clause_views(spot.found, shown, here=spot.clause.clause_id),
        notes=notes_of(spot.found, spot.clause, spot.gone_with),
    )


def _closed_at(spot: Spot) -> str:
    """Why nobody can comment on this clause now, in words; empty when it is possible."""
    try:
        check_standing(spot)
    except Conflict as conflict:
        return say(conflict.message)
    return closed_because(spot.found)


def check_standing(spot: Spot) -> None:
    """Nothing while the clause is in the draft; raises `Conflict` once a version removed it."""
    if spot.gone_with:
        message = words("This clause is no longer in the draft; what was said stays readable.")
        raise Conflict("clause-gone", message)


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
    versions = history.wordings(session(), spot.found.id, spot.clause.clause_id)
    then = next((each for each in versions if str(each.version) == seen), None)
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
    closed = _closed_at(spot)
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
