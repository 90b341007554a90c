"""Routes of the trustees, who need no account: a link leads each to their own page.

Requests arrive without cookies, so that nothing joins a trustee with an account here.
"""

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from participation.core.errors import Conflict, Invalid
from participation.votes import box
from participation.votes.forms.trustees import KeyForm
from participation.votes.pages.trustees import TrusteePage, standing_json
from participation.votes.services import trustees as acts
from participation.votes.views.routes import blueprint
from participation.web.database import session
from participation.web.guard import cookieless
from participation.web.page import go, show

_MOST_KEY_BYTES = 64


@blueprint.route("/trustees/<token>", methods=["GET", "POST"])
@cookieless
def trustee(token: str) -> ResponseReturnValue:
    """A trustee's page; a public key that was made elsewhere is pasted here."""
    seat, form = acts.seat_of(session(), token), KeyForm()
    if form.is_sent():
        try:
            acts.register_key(session(), seat, form.command())
            return _unseen(go("votes.trustee", token=token))
        except Invalid as error:
            form.blame(error)
        except Conflict as error:
            form.blame(Invalid(error.message, code=error.code))
    found = acts.progress(session(), box.ballots(), seat.vote)
    return _unseen(show(TrusteePage.of(seat, token, found, form), form.status))


@blueprint.get("/trustees/<token>/standing")
@cookieless
def trustee_standing(token: str) -> ResponseReturnValue:
    """Where the vote stands and how far the others are, for the page's script."""
    seat = acts.seat_of(session(), token)
    found = acts.progress(session(), box.ballots(), seat.vote)
    return _unseen(jsonify(standing_json(seat, found)))


@blueprint.post("/trustees/<token>/key")
@cookieless
def trustee_key(token: str) -> ResponseReturnValue:
    """A trustee's public key, as the body's 32 bytes."""
    request.max_content_length = _MOST_KEY_BYTES
    seat = acts.seat_of(session(), token)
    acts.register_key(session(), seat, request.get_data())
    return _unseen(jsonify({"number": seat.trustee.number}))


def _unseen(response: Response) -> Response:
    """Nobody else learns the address, which is the secret."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
