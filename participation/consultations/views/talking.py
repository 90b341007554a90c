"""Routes for talking: comments on a clause, corrections, agreeing, withdrawing."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from participation.comments import queries as comments
from participation.comments.rules import check_edit, edit_ends_at
from participation.comments.standing import services as standing
from participation.comments.standing.rules import check_withdrawal
from participation.comments.standing.services import check_may_write
from participation.consultations import services
from participation.consultations.forms import (
    AgreeForm,
    CommentForm,
    CorrectionForm,
    WithdrawForm,
)
from participation.consultations.pages.parts import head_of
from participation.consultations.pages.talking import CorrectionPage, WithdrawalPage
from participation.consultations.views.assembly import viewer
from participation.consultations.views.blueprints import public_pages
from participation.consultations.views.conversation import check_text_seen, clause_page
from participation.consultations.views.present import is_open, moment, refusals_beside
from participation.consultations.views.spots import (
    Spot,
    check_standing,
    spot_and_comment,
    spot_of_clause,
)
from participation.web.database import session
from participation.web.guard import public, signed_in
from participation.web.language import _, date_words
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now


@public_pages.get("/consultations/<slug>/clauses/<clause_id>")
@public
def clause(slug: str, clause_id: str) -> ResponseReturnValue:
    """A clause with what people say about it."""
    return show(clause_page(spot_of_clause(slug, clause_id), CommentForm()))


@public_pages.post("/consultations/<slug>/clauses/<clause_id>")
@signed_in
def comment(slug: str, clause_id: str) -> ResponseReturnValue:
    """Writes a comment on a clause."""
    spot, form = spot_of_clause(slug, clause_id), CommentForm()
    if form.is_sent():
        with refusals_beside(form):
            check_may_write(session(), actor(), now())
            written_id = _write(spot, form)
            day = date_words(spot.found.answers_by)
            return go(
                "consultations.clause",
                slug=slug,
                clause_id=clause_id,
                _anchor=f"comment-{written_id}",
                notice=_("Thank you. The office answers by %(day)s.", day=day),
            )
    return show(clause_page(spot, form), form.status)


@public_pages.route(
    "/consultations/<slug>/comments/<uuid:comment_id>/edit", methods=["GET", "POST"]
)
@signed_in
def correct(slug: str, comment_id: UUID) -> ResponseReturnValue:
    """Corrects one's own comment within 15 minutes."""
    spot, row = spot_and_comment(slug, comment_id)
    form = CorrectionForm(body=row.body)
    if form.is_sent():
        with refusals_beside(form):
            services.correct_comment(session(), actor(), spot.found, row, form.body.data, now=now())
            return go(
                "consultations.thread",
                slug=slug,
                comment_id=comment_id,
                _anchor=f"comment-{comment_id}",
                notice=_("Your comment is corrected."),
            )
    return show(_correction_page(spot, comment_id, form), form.status)


@public_pages.route(
    "/consultations/<slug>/comments/<uuid:comment_id>/agree", methods=["GET", "POST"]
)
@signed_in
def agree(slug: str, comment_id: UUID) -> ResponseReturnValue:
    """Agrees with a comment, or takes that back; opened after signing in, leads to the comment."""
    _spot, row = spot_and_comment(slug, comment_id)
    form = AgreeForm()
    if form.is_sent():
        act = standing.stop_agreeing if form.undo.data else standing.agree
        act(session(), actor(), row, now())
    return _to_thread(slug, comment_id)


@public_pages.route(
    "/consultations/<slug>/comments/<uuid:comment_id>/withdraw", methods=["GET", "POST"]
)
@signed_in
def withdraw(slug: str, comment_id: UUID) -> ResponseReturnValue:
    """Deletes the words of one's own comment for good."""
    spot, row = spot_and_comment(slug, comment_id)
    form = WithdrawForm()
    if form.is_sent():
        standing.withdraw_comment(session(), actor(), row, now())
        return _to_thread(slug, comment_id, _("Your words are deleted. The replies stay."))
    said = comments.said(session(), comment_id)
    check_withdrawal(said.author_id, said.gone.kind if said.gone else None, asker_id=actor().id)
    return show(
        WithdrawalPage(
            head=head_of(spot.found, is_open=is_open(spot.found)),
            citation=spot.clause.citation,
            said=viewer()(said),
            form=form,
        ),
        form.status,
    )


def _to_thread(slug: str, comment_id: UUID, notice: str = "") -> ResponseReturnValue:
    return go(
        "consultations.thread",
        slug=slug,
        comment_id=comment_id,
        _anchor=f"comment-{comment_id}",
        notice=notice,
    )


def _write(spot: Spot, form: CommentForm) -> UUID:
    check_standing(spot)
    check_text_seen(spot, form)
    written = services.comment_on_clause(
        session(),
        actor(),
        spot.found,
        form.command(),
        moment(),
        clause_id=spot.clause.clause_id,
        edition=spot.edition.number,
    )
    return written.id


def _correction_page(spot: Spot, comment_id: UUID, form: CorrectionForm) -> CorrectionPage:
    """The form; the reason why there is none once the time is over, unless words are in it."""
    said = comments.said(session(), comment_id)
    if not form.errors:
        check_edit(said.author_id, said.written_at, asker_id=actor().id, now=now())
    return CorrectionPage(
        head=head_of(spot.found, is_open=is_open(spot.found)),
        citation=spot.clause.citation,
        said=viewer()(said),
        form=form,
        ends_at=edit_ends_at(said.written_at),
    )
