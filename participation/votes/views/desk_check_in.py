"""Routes of the officer's desk, and of the link that a voter's device follows from there."""

import base64
import json

from flask import request, url_for
from flask.typing import ResponseReturnValue

from participation.core.access import Permission
from participation.core.errors import NotAllowed
from participation.votes import box, queries
from participation.votes.forms.desk_check_in import OfficersForm, VisitorForm
from participation.votes.models import DeskVisit, Vote
from participation.votes.pages import desk_check_in as pages
from participation.votes.pages.parts import asked_of
from participation.votes.pages.voting import CheckInPage
from participation.votes.parties import Parties
from participation.votes.rules import State
from participation.votes.services import check_in as acts
from participation.votes.services import desk_check_in as visits
from participation.votes.services import desk_officers
from participation.votes.services.desk_officers import OfficersDesk
from participation.votes.services.own_passkeys import RowPasskeys
from participation.votes.views.routes import blueprint
from participation.votes.views.routes import desk_blueprint as desk
from participation.votes.views.voting import private
from participation.web.database import session
from participation.web.guard import public, requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now, site

_NOW = acts.Window.DURING


@desk.route("/desk/votes/<slug>/officers", methods=["GET", "POST"])
@requires(Permission.VOTES_VOTE_DRAFT)
def officers(slug: str) -> ResponseReturnValue:
    """Whom the organiser puts at the desk."""
    vote = queries.vote_of_slug(session(), slug)
    form = OfficersForm(desk_officers.candidates(session(), vote))
    if form.is_sent():
        with form.errors_of_act():
            desk_officers.name_officers(session(), actor(), vote, form.command(), now())
            return go("votes_desk.manage", slug=slug, notice=_("Saved."))
    named = dict.fromkeys(each.name for each in Parties.read(vote.parties).officers)
    page = pages.OfficersPage(
        slug=slug,
        asked=asked_of(vote),
        form=form,
        may_change=vote.state == State.DRAFTED,
        named=tuple(named),
    )
    return show(page, form.status)


@desk.get("/desk/check-in")
@requires(Permission.VOTES_DESK_CHECK_IN)
def desk_votes() -> ResponseReturnValue:
    """The votes at whose desk the officer sits now."""
    return show(pages.DeskVotesPage(tuple(_desk_votes())))


@desk.route("/desk/check-in/<slug>", methods=["GET", "POST"])
@requires(Permission.VOTES_DESK_CHECK_IN)
def receive(slug: str) -> ResponseReturnValue:
    """Receives a voter: finds the row, and makes the link for their device."""
    vote, form = queries.announced_vote(session(), slug), VisitorForm()
    _own_desk(vote)
    if form.is_sent():
        with form.errors_of_act():
            sent = {"address": form.address.data, "now": now()}
            token = visits.receive(session(), box.ballots(), vote, actor(), **sent)
            return go("votes_desk.visit", slug=slug, token=token)
    return show(pages.ReceivePage(slug=slug, asked=asked_of(vote), form=form), form.status)


@desk.get("/desk/check-in/<slug>/<token>")
@requires(Permission.VOTES_DESK_CHECK_IN)
def visit(slug: str, token: str) -> ResponseReturnValue:
    """A voter at the desk."""
    vote, found = _own_visit(slug, token)
    own, standing = _own_desk(vote), acts.standing(box.ballots(), vote, found.voter_id)
    page = pages.VisitPage(
        slug=slug,
        eid=vote.eid or "",
        asked=asked_of(vote),
        voter_id=found.voter_id,
        name=visits.name_on_roll(session(), vote, found.voter_id),
        has_checked_in=standing.has_checked_in and not found.is_done,
        place=standing.place,
        size=standing.size,
        link=site().origin + url_for("votes.at_desk", slug=slug, token=token),
        home=url_for("votes_desk.visit", slug=slug, token=token),
        desk=own,
        keys=_keys(own),
    )
    return show(page)


@desk.get("/desk/check-in/<slug>/<token>/ask")
@requires(Permission.VOTES_DESK_CHECK_IN)
def laid(slug: str, token: str) -> ResponseReturnValue:
    """What the voter's device has laid before the officer, for the page's script."""
    _vote, found = _own_visit(slug, token)
    return private(visits.laid(found))


@desk.post("/desk/check-in/<slug>/<token>/confirm")
@requires(Permission.VOTES_DESK_CHECK_IN)
def confirm(slug: str, token: str) -> ResponseReturnValue:
    """Checks the voter in with the officer's passkey."""
    vote, found = _own_visit(slug, token)
    sent = request.get_data()
    visits.confirm(session(), box.ballots(), vote, actor(), visit=found, sent=sent)
    return private(visits.laid(found))


@blueprint.get("/votes/<slug>/at-desk/<token>")
@public
def at_desk(slug: str, token: str) -> ResponseReturnValue:
    """Checking in on the voter's own device, by the link of the desk; nobody need be signed in."""
    vote, found = _visit(slug, token)
    standing = acts.standing(box.ballots(), vote, found.voter_id)
    home = url_for("votes.at_desk", slug=slug, token=token) + "/"
    page = CheckInPage.of(vote, now(), found.voter_id, standing, passkeys=RowPasskeys(), desk=home)
    return show(page)


@blueprint.get("/votes/<slug>/at-desk/<token>/roll-row")
@public
def desk_row(slug: str, token: str) -> ResponseReturnValue:
    """The row of the voter at the desk, for the voting client."""
    vote, found = _visit(slug, token)
    return private(acts.roll_row(box.ballots(), vote, found.voter_id))


@blueprint.post("/votes/<slug>/at-desk/<token>/ask")
@public
def lay(slug: str, token: str) -> ResponseReturnValue:
    """Lays the device's ask before the officer, and says what became of it."""
    vote, found = _visit(slug, token)
    ask = acts.read_ask(request.get_data())
    stage = visits.lay(session(), box.ballots(), vote, found, ask)
    return private({"state": stage.value})


@blueprint.post("/votes/<slug>/at-desk/<token>/check-in")
@public
def desk_answer(slug: str, token: str) -> ResponseReturnValue:
    """The registrars' blind signatures, once the officer has confirmed."""
    vote, found = _visit(slug, token)
    ask = acts.read_ask(request.get_data())
    return private(visits.check_in(box.ballots(), vote, found, ask))


def _visit(slug: str, token: str) -> tuple[Vote, DeskVisit]:
    vote = queries.announced_vote(session(), slug)
    return vote, visits.visit_of(session(), vote, token, now())


def _own_visit(slug: str, token: str) -> tuple[Vote, DeskVisit]:
    vote = queries.announced_vote(session(), slug)
    return vote, visits.own_visit(session(), vote, actor(), token, now())


def _own_desk(vote: Vote) -> OfficersDesk:
    return desk_officers.officers_desk(session(), box.ballots(), vote, actor())


def _desk_votes() -> list[pages.DeskVote]:
    """The votes that take check-ins now and have the actor at their desk."""
    found = []
    for vote in queries.current_votes(session()):
        is_on = vote.parties.get("officers") and acts.check_in_window(vote, now()) is _NOW
        if is_on and _sits_at(vote):
            found.append(pages.DeskVote(vote.slug, asked_of(vote)))
    return found


def _sits_at(vote: Vote) -> bool:
    try:
        _own_desk(vote)
    except NotAllowed:
        return False
    return True


def _keys(own: OfficersDesk) -> str:
    """The officer's keys as the page's script reads them."""
    said = [
        {
            "number": key.number,
            "id": base64.urlsafe_b64encode(key.credential_id).decode().rstrip("="),
        }
        for key in own.keys
    ]
    return json.dumps(said)
