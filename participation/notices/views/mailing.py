"""Routes for mail: how often it comes, and stopping it with one press."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.accounts.queries import account
from participation.core.access import Actor
from participation.core.errors import Invalid
from participation.core.words import words
from participation.notices import queries, services
from participation.notices.forms import RHYTHMS, DeviceForm, MailForm
from participation.notices.models import Follow
from participation.notices.pages import DeviceView, SettingsPage, UnsubscribePage
from participation.notices.push.keys import kept_key, public_text
from participation.notices.push.models import PushSubscription
from participation.notices.push.queries import devices
from participation.notices.queries import FollowPlace
from participation.notices.rules import SILENCE, Followed
from participation.notices.things import things_of
from participation.notices.views.present import thing_view, zone
from participation.notices.views.routes import blueprint
from participation.notices.views.tokens import account_of
from participation.web.database import session
from participation.web.guard import public_by_signed_address, signed_in
from participation.web.language import _, ngettext
from participation.web.page import go, show
from participation.web.paging import PER_PAGE, Key, cut, read_cursor
from participation.web.session import actor
from participation.web.site import Beside, now, site

_POST = "POST"


def in_account(opened: Session, who: Actor) -> tuple[Beside, ...]:
    """The way to the settings from one's own page."""
    number = queries.number_followed(opened, who.id)
    wanted = queries.wanted(opened, who.id)
    note = ngettext("You follow %(num)s thing.", "You follow %(num)s things.", number)
    mail = _("Letters with news: %(rhythm)s", rhythm=str(RHYTHMS[wanted.rhythm]).lower())
    return (
        Beside(_("What you follow, and news by mail"), url_for("notices.settings"),
               f"{note} {mail}."),
    )  # fmt: skip


@blueprint.route("/account/notices", methods=["GET", "POST"])
@signed_in
def settings() -> ResponseReturnValue:
    """How often news comes by mail, and what the reader follows."""
    chosen = queries.wanted(session(), actor().id)
    form = MailForm(rhythm=chosen.rhythm.value, answers_at_once=chosen.answers_at_once)
    if form.is_sent():
        services.choose_mail(session(), actor().id, form.command(), now(), zone())
        return go("notices.settings", notice=_("Your choice is saved."))
    return settings_page(form, DeviceForm(formdata=None))


def settings_page(form: MailForm, device_form: DeviceForm) -> Response:
    """The page with everything that somebody chose, and the errors of one of its forms."""
    found = queries.follows(session(), actor().id, after=_after(), limit=PER_PAGE + 1)
    shown = cut(found, _key)
    followed = [Followed(each.kind, each.subject_id, each.place) for each in shown.items]
    page = SettingsPage(
        form=form,
        is_confirmed=account(session(), actor().id).confirmed_at is not None,
        followed=tuple(map(thing_view, things_of(session(), followed))),
        after=shown.after,
        devices=tuple(map(_device, devices(session(), actor().id))),
        device_form=device_form,
        push_key=public_text(kept_key(site().var)),
    )
    return show(page, max(form.status, device_form.status))


def chosen_mail() -> MailForm:
    """The form of letters, as it was chosen."""
    chosen = queries.wanted(session(), actor().id)
    given = {"rhythm": chosen.rhythm.value, "answers_at_once": chosen.answers_at_once}
    return MailForm(formdata=None, **given)


def _device(row: PushSubscription) -> DeviceView:
    return DeviceView(row.id, row.name, row.created_at, row.endpoint)


@blueprint.route("/unsubscribe/<token>", methods=["GET", "POST"])
@public_by_signed_address
def unsubscribe(token: str) -> ResponseReturnValue:
    """Stops news by mail; only when sent, because programs open links in letters to look at them.

    A program of mail sends it without any session, once (RFC 8058).
    """
    account_id = account_of(token)
    is_sent = request.method == _POST
    if is_sent:
        account(session(), account_id)
        services.choose_mail(session(), account_id, SILENCE, now(), zone())
    return show(UnsubscribePage(is_done=is_sent))


def _key(row: Follow) -> Key:
    return row.since.isoformat(), row.kind, row.subject_id.hex, row.place


def _after() -> FollowPlace | None:
    key = read_cursor(request.args.get("after", ""), 4)
    if key is None:
        return None
    since, kind, subject_id, place = map(str, key)
    try:
        return FollowPlace(
            datetime.fromisoformat(since).astimezone(UTC), kind, UUID(subject_id), place
        )
    except ValueError as error:
        raise Invalid(words("This address is incomplete.")) from error
