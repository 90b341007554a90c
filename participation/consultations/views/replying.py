"""Routes of one comment: its replies, a reply with quotes and names, what it said before."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from participation.comments import queries as comments
from participation.comments.mentions.queries import participants
from participation.comments.models import Comment
from participation.comments.queries import Said
from participation.comments.quoting import quote
from participation.comments.standing.services import check_may_write
from participation.comments.wordings.queries import wordings
from participation.consultations import services
from participation.consultations.drafting.comparing import compare
from participation.consultations.forms import ReplyForm
from participation.consultations.pages.parts import SaidView, head_of
from participation.consultations.pages.talking import (
    PersonView,
    ThreadPage,
    WordingsPage,
    WordingView,
)
from participation.consultations.views.assembly import viewer
from participation.consultations.views.blueprints import public_pages
from participation.consultations.views.conversation import context_of
from participation.consultations.views.present import (
    is_open,
    moment,
    notice_of_fragment,
    place_after,
    refusals_beside,
    said_key,
)
from participation.consultations.views.spots import Spot, closed_at, spot_and_comment
from participation.core.errors import NotFound
from participation.core.words import words
from participation.web.database import session
from participation.web.guard import public, signed_in
from participation.web.language import _
from participation.web.page import go, show
from participation.web.paging import PER_PAGE, cut
from participation.web.session import actor
from participation.web.site import now

_PEOPLE = 30
_PEOPLE_ASKED_ABOUT = 200


@public_pages.get("/consultations/<slug>/comments/<uuid:comment_id>")
@public
def thread(slug: str, comment_id: UUID) -> ResponseReturnValue:
    """A comment with its replies; at the address of a reply, the page that holds it."""
    spot, row = spot_and_comment(slug, comment_id)
    return show(_thread_page(spot, row, _empty_form(row)))


@public_pages.post("/consultations/<slug>/comments/<uuid:comment_id>")
@signed_in
def reply(slug: str, comment_id: UUID) -> ResponseReturnValue:
    """Writes a reply to a comment, or to a reply in its thread."""
    spot, row = spot_and_comment(slug, comment_id)
    form = ReplyForm()
    if form.is_sent():
        with refusals_beside(form):
            check_may_write(session(), actor(), now())
            written = services.reply_to_comment(
                session(), actor(), spot.found, row, form.command(), moment=moment()
            )
            return go(
                "consultations.thread",
                slug=slug,
                comment_id=written.id,
                _anchor=f"comment-{written.id}",
                notice=_("Your reply stands here now."),
            )
    return show(_thread_page(spot, row, form), form.status)


@public_pages.get("/consultations/<slug>/comments/<uuid:comment_id>/wordings")
@public
def former_wordings(slug: str, comment_id: UUID) -> ResponseReturnValue:
    """What a comment said before its author corrected it."""
    spot, _row = spot_and_comment(slug, comment_id)
    said = comments.said(session(), comment_id)
    if said.gone:
        raise NotFound(words("The words of this comment are not shown any more."))
    page = WordingsPage(
        head=head_of(spot.found, is_open=is_open(spot.found)),
        citation=spot.clause.citation,
        said=viewer()(said),
        wordings=_wording_views(said),
    )
    return show(page)


def _empty_form(row: Comment) -> ReplyForm:
    """The form, with a quote of the comment where the address asks for one."""
    if "quote" not in request.args or not row.body:
        return ReplyForm()
    return ReplyForm(body=quote(row.body, request.args.get("words", "")), quoting="yes")


def _thread_page(spot: Spot, asked: Comment, form: ReplyForm) -> ThreadPage:
    """A comment with one page of its replies; a constant number of queries."""
    first = comments.said(session(), asked.thread_id or asked.id)
    rows, is_later = _replies(first, asked)
    shown = cut(rows, said_key)
    closed = closed_at(spot)
    view = viewer([first, *shown.items])
    replies = tuple(view(reply) for reply in shown.items)
    answered = next((each for each in replies if _is_answered(each, asked)), view(first))
    return ThreadPage(
        head=head_of(spot.found, is_open=is_open(spot.found)),
        context=context_of(spot),
        first=view(first),
        replies=replies,
        thread_id=first.id,
        answered=answered,
        people=() if closed else _people(first, form),
        form=None if closed and not form.errors else form,
        closed=closed,
        is_later=is_later,
        after=shown.after,
        notice=notice_of_fragment(),
    )


def _replies(first: Said, asked: Comment) -> tuple[list[Said], bool]:
    """One page of replies, and whether it begins later than the thread."""
    cursor = place_after(request.args.get("after", ""))
    rows = comments.replies(session(), first.id, after=cursor, limit=PER_PAGE + 1)
    if cursor is not None:
        return rows, True
    if asked.thread_id is None or asked.id in {each.id for each in rows[:PER_PAGE]}:
        return rows, False
    return comments.replies_from(session(), asked, limit=PER_PAGE + 1), True


def _is_answered(reply: SaidView, asked: Comment) -> bool:
    """Whether the form answers this reply: the one asked for, unless it is the reader's own."""
    return reply.id == str(asked.id) and not reply.reader.is_author


def _people(first: Said, form: ReplyForm) -> tuple[PersonView, ...]:
    """Who can be mentioned; where names are doubtful, more of them."""
    limit = _PEOPLE_ASKED_ABOUT if form.mentions.errors else _PEOPLE
    people = participants(session(), first.id, but=actor().account_id, limit=limit)
    names = [each.name for each in people]
    ticked = form.mentions.data or ()
    return tuple(
        PersonView(
            said_id=str(each.said_id),
            name=each.name,
            begins=each.begins if names.count(each.name) > 1 else "",
            is_ticked=each.said_id in ticked,
        )
        for each in people
    )


def _wording_views(said: Said) -> tuple[WordingView, ...]:
    """Every wording with what it changed, the latest first."""
    former = wordings(session(), said.id)
    bodies = [*(each.body for each in former), said.body]
    since = [said.written_at, *(each.until for each in former)]
    steps = [
        WordingView(at, body, compare(before, body) if before else ())
        for at, before, body in zip(since, ["", *bodies], bodies, strict=False)
    ]
    return tuple(reversed(steps))
