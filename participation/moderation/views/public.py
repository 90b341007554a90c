"""Routes for everybody: the rules, the log, flagging, an author's appeal."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from participation.comments.standing.rules import MOST_LINKS, PER_HOUR, Rule
from participation.core.errors import Invalid
from participation.core.words import words
from participation.moderation import pages, queries, services
from participation.moderation.forms import RULES, AppealForm, FlagForm
from participation.moderation.queries import LogPlace
from participation.moderation.rules import APPEAL_WITHIN, DECIDE_WITHIN
from participation.moderation.views.blueprints import public_pages
from participation.web.database import session
from participation.web.guard import public, signed_in
from participation.web.language import _, local_date
from participation.web.page import go, show
from participation.web.paging import PER_PAGE, Key, cut, read_cursor
from participation.web.session import actor
from participation.web.site import now

_FIGURES_OF = timedelta(days=366)


@public_pages.get("/moderation/rules")
@public
def rules() -> ResponseReturnValue:
    """The written rules, and how moderation works here."""
    page = pages.RulesPage(
        tuple(RULES.values()), APPEAL_WITHIN.days, DECIDE_WITHIN.days, MOST_LINKS, PER_HOUR
    )
    return show(page)


@public_pages.get("/moderation/log")
@public
def log() -> ResponseReturnValue:
    """Every act of moderation, and the figures of each month."""
    rows = queries.log(session(), after=_log_after(), limit=PER_PAGE + 1)
    entries = [pages.Entry.of(*row) for row in rows]
    shown = cut(entries, _entry_key)
    since = now() - _FIGURES_OF
    counted = pages.Counted(
        queries.acts_since(session(), since),
        queries.flags_since(session(), since),
        queries.appeals_since(session(), since),
    )
    return show(pages.LogPage(shown.items, pages.months(counted, local_date), shown.after))


@public_pages.route("/moderation/comments/<uuid:comment_id>/flag", methods=["GET", "POST"])
@signed_in
def flag(comment_id: UUID) -> ResponseReturnValue:
    """Says that a comment breaks a rule."""
    found, form = queries.case(session(), comment_id), FlagForm()
    if form.is_sent():
        with form.errors_of_act():
            services.flag(session(), actor(), found, form.command(), now())
            notice = _("Thank you. A moderator looks at it; what they decide stands in the log.")
            return _to_thread(found, notice)
    is_flagged = queries.has_flagged(session(), comment_id, actor().id)
    return show(pages.FlagPage(found, form, is_flagged), form.status)


@public_pages.route("/moderation/comments/<uuid:comment_id>/appeal", methods=["GET", "POST"])
@signed_in
def appeal(comment_id: UUID) -> ResponseReturnValue:
    """The author's appeal against a removal."""
    found, form = queries.case(session(), comment_id), AppealForm()
    if form.is_sent():
        with form.errors_of_act():
            made = services.appeal(session(), actor(), found, form.body.data, now())
            day = local_date(made.due_at)
            notice = _("Your appeal has arrived. Another moderator decides by %(day)s.", day=day)
            return _to_thread(found, notice)
    services.check_may_appeal(actor(), found, now())
    removal = queries.last_removal(session(), comment_id)
    rule = RULES[Rule(removal.rule)][0]
    page = pages.AppealPage(found, rule, removal.reason, form, DECIDE_WITHIN.days)
    return show(page, form.status)


def _to_thread(found: queries.Case, notice: str) -> ResponseReturnValue:
    return go(
        "consultations.thread",
        slug=found.slug,
        comment_id=found.comment.id,
        _anchor=f"comment-{found.comment.id}",
        notice=notice,
    )


def _entry_key(entry: pages.Entry) -> Key:
    return entry.at.isoformat(), entry.id.hex


def _log_after() -> LogPlace | None:
    """Where the page before ended; `Invalid` for a broken cursor."""
    key = read_cursor(request.args.get("after", ""), 2)
    if key is None:
        return None
    try:
        return LogPlace(datetime.fromisoformat(str(key[0])).astimezone(UTC), UUID(str(key[1])))
    except ValueError as error:
        raise Invalid(words("This address is incomplete.")) from error
