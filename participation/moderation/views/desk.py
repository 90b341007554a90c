"""Routes of moderators: the queue, one case with its acts, an appeal."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.queries import account
from participation.comments.standing.rules import Rule
from participation.core.access import Permission
from participation.core.errors import NotAllowed
from participation.core.mail import Letter, post
from participation.moderation import pages, queries, services
from participation.moderation.forms import (
    RULES,
    KeepingForm,
    RedactionForm,
    RemovalForm,
    StepForm,
    VerdictForm,
)
from participation.moderation.queries import Case
from participation.moderation.rules import APPEAL_WITHIN, DECIDE_WITHIN, check_judge
from participation.moderation.views.blueprints import desk_pages
from participation.moderation.views.waiting import queue_page
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import LazyString, _, _l, language, local_date, prefer, say
from participation.web.page import Page, go, show
from participation.web.session import actor
from participation.web.site import now, site

_MODERATES = Permission.COMMENTS_COMMENT_REMOVE
_SUBJECTS = {
    "removed": _l("Your comment was removed"),
    "redacted": _l("Personal data was taken out of your comment"),
    "released": _l("Your comment is shown now"),
    "decided": _l("Your appeal is decided"),
}


@desk_pages.get("/desk/moderation")
@requires(_MODERATES)
def index() -> ResponseReturnValue:
    """What waits, page by page: appeals, the overdue ones first, held comments, flagged ones."""
    return show(queue_page(request.args.get("show", ""), request.args.get("after", "")))


@desk_pages.get("/desk/moderation/comments/<uuid:comment_id>")
@requires(_MODERATES)
def case(comment_id: UUID) -> ResponseReturnValue:
    """One comment in its place, its flags, and what can be done."""
    return show(_case_page(queries.case(session(), comment_id)))


@desk_pages.post("/desk/moderation/comments/<uuid:comment_id>/remove")
@requires(_MODERATES)
def remove(comment_id: UUID) -> ResponseReturnValue:
    """Shows what the public will see; confirmed, removes."""
    found, form = queries.case(session(), comment_id), RemovalForm()
    if form.is_sent():
        with form.errors_of_act():
            services.check_removal(actor(), found, form.command())
            if not form.confirmed.data:
                return show(_preview(found, form))
            services.remove(session(), actor(), found, form.command(), now())
            until = local_date(now() + APPEAL_WITHIN)
            _tell(found, "removed", form.command().rule, form.reason.data, until=until)
            return go("moderation_desk.index", notice=_("Removed. The author is told by mail."))
    return show(_case_page(found, removal=form), form.status)


@desk_pages.post("/desk/moderation/comments/<uuid:comment_id>/keep")
@requires(_MODERATES)
def keep(comment_id: UUID) -> ResponseReturnValue:
    """Settles the flags; the comment stays."""
    found, form = queries.case(session(), comment_id), KeepingForm()
    if form.is_sent():
        with form.errors_of_act():
            services.keep(session(), actor(), found, form.kept_because.data, now())
            return go("moderation_desk.index", notice=_("It stays. The log says why."))
    return show(_case_page(found, keeping=form), form.status)


@desk_pages.post("/desk/moderation/comments/<uuid:comment_id>/redact")
@requires(_MODERATES)
def redact(comment_id: UUID) -> ResponseReturnValue:
    """Takes personal data out of a comment."""
    found, form = queries.case(session(), comment_id), RedactionForm()
    if form.is_sent():
        with form.errors_of_act():
            passage, reason = form.passage.data, form.redacted_because.data
            services.redact(session(), actor(), found, passage, reason, now=now())
            _tell(found, "redacted", Rule.PRIVACY, reason)
            return go(
                "moderation_desk.case",
                comment_id=comment_id,
                notice=_("Taken out. Look through the rest once more."),
            )
    return show(_case_page(found, redaction=form), form.status)


@desk_pages.post("/desk/moderation/comments/<uuid:comment_id>/release")
@requires(_MODERATES)
def release(comment_id: UUID) -> ResponseReturnValue:
    """Shows a comment that waited for a look."""
    found, form = queries.case(session(), comment_id), StepForm()
    if form.is_sent():
        services.release(session(), actor(), found, now())
        _tell(found, "released")
        return go("moderation_desk.index", notice=_("Everybody can read it now."))
    return show(_case_page(found), form.status)


@desk_pages.route("/desk/moderation/appeals/<uuid:appeal_id>", methods=["GET", "POST"])
@requires(_MODERATES)
def decide(appeal_id: UUID) -> ResponseReturnValue:
    """An appeal; sent, its decision."""
    made, form = queries.appeal(session(), appeal_id), VerdictForm()
    found = queries.case(session(), made.comment_id)
    rule = Rule(queries.act(session(), made.act_id).rule)
    if form.is_sent():
        with form.errors_of_act():
            services.decide(session(), actor(), made, found, form.command(), now=now())
            _tell(found, "decided", rule, form.reason.data, is_shown=made.outcome == "restored")
            return go("moderation_desk.index", notice=_("Decided. The author is told by mail."))
    removal = queries.act(session(), made.act_id)
    page = pages.DecisionPage(
        case=found,
        appeal=made,
        rule=RULES[rule][0],
        reason=removal.reason,
        form=form,
        refusal=_refusal(made.removed_by),
        is_overdue=made.due_at <= now(),
    )
    return show(page, form.status)


def _refusal(removed_by: UUID) -> str:
    """Why this moderator may not decide, in words; empty when they may."""
    try:
        check_judge(removed_by, asker_id=actor().id)
    except NotAllowed as refused:
        return say(refused.message)
    return ""


def _case_page(
    found: Case,
    *,
    removal: RemovalForm | None = None,
    keeping: KeepingForm | None = None,
    redaction: RedactionForm | None = None,
) -> Page:
    flags = queries.open_flags(session(), found.comment.id)
    return pages.CasePage(
        case=found,
        flags=tuple(
            pages.FlagView(RULES[Rule(each.rule)][0], each.body, each.at) for each in flags
        ),
        removal=removal or RemovalForm(formdata=None),
        keeping=keeping or KeepingForm(formdata=None),
        redaction=redaction or RedactionForm(formdata=None),
        step=StepForm(formdata=None),
        is_own=found.comment.author_id == actor().id,
    )


def _preview(found: Case, form: RemovalForm) -> Page:
    form.confirmed.data = "yes"
    return pages.PreviewPage(
        case=found,
        rule=RULES[Rule(form.rule.data)][0],
        form=form,
        at=now(),
        appeal_until=now() + APPEAL_WITHIN,
    )


def _tell(
    found: Case, what: str, rule: Rule | None = None, reason: str = "", **more: object
) -> None:
    """A letter to the author, in the author's language."""
    author = account(session(), found.comment.author_id)
    name: LazyString | str = RULES[rule][0] if rule else ""
    thread = url_for("consultations.thread", slug=found.slug, comment_id=found.comment.id)
    appeal = url_for("moderation.appeal", comment_id=found.comment.id)
    own = language()
    prefer(author.language)
    body = render_template(
        f"moderation/mail/{what}.txt",
        name=author.name,
        clause=found.citation,
        title=found.title,
        rule=name,
        reason=reason,
        link=site().origin + (appeal if what == "removed" else thread),
        decide_days=DECIDE_WITHIN.days,
        **more,
    )
    subject = say(_SUBJECTS[what])
    prefer(own)
    post(session(), Letter(recipient=author.email, subject=subject, body=body, written_at=now()))
