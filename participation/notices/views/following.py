"""Routes for following and stopping, and what the button on other pages asks."""

from dataclasses import replace
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from participation.notices import queries, services
from participation.notices.forms import FollowForm
from participation.notices.pages import FollowPage
from participation.notices.rules import Followed
from participation.notices.things import thing
from participation.notices.views.present import address_of, thing_view
from participation.notices.views.routes import blueprint
from participation.web.database import session
from participation.web.guard import signed_in
from participation.web.language import _
from participation.web.page import go, go_to, show
from participation.web.session import actor
from participation.web.site import now


@blueprint.app_template_global()
def is_followed(kind: str, subject_id: UUID, place: str = "", *, is_own: bool = False) -> bool:
    """Whether the reader hears of this; for the button on its page."""
    who = actor()
    followed = Followed(kind, subject_id, place, is_own=is_own)
    return who.is_signed_in and queries.is_followed(session(), who.id, followed)


@blueprint.app_template_global()
def id_to_follow(kind: str, name: str) -> UUID:
    """The id of what a page shows by its slug, or of an area by its code."""
    return queries.id_by_name(session(), kind, name)


@blueprint.route("/follow/<kind>/<uuid:subject_id>", methods=["GET", "POST"])
@signed_in
def follow(kind: str, subject_id: UUID) -> ResponseReturnValue:
    """Follows something; opened after signing in, says first what that means."""
    followed, form = _followed(kind, subject_id), FollowForm()
    found = thing(session(), followed)
    if not form.is_sent():
        is_on = queries.is_followed(session(), actor().id, followed)
        return show(FollowPage(thing_view(found), is_on, form), form.status)
    act = services.stop_following if form.undo.data else services.follow
    act(session(), actor(), followed, now())
    said = _("You hear no more of this.") if form.undo.data else _("You follow this now.")
    if form.back.data:
        return go("notices.settings", notice=said)
    return go_to(address_of(found.where), notice=said)


def _followed(kind: str, subject_id: UUID) -> Followed:
    """What the address names; raises `NotFound` for what is not public."""
    followed = Followed(kind, subject_id, request.args.get("place", ""))
    queries.check_followable(session(), followed)
    return replace(followed, is_own=queries.is_author(session(), actor().id, followed))
