"""Routes of the voter: checking in, signed in; then the booth, which knows nobody.

The two share no address, no cookie and no token. What they have in common is the election's name,
and what the voter's own device keeps.
"""

from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from participation import places
from participation.core.access import Permission
from participation.core.errors import NotFound
from participation.core.words import words
from participation.votes import box
from participation.votes.client import client_folder, file_list
from participation.votes.pages.voting import CastPage, CheckInPage
from participation.votes.queries import announced_vote, vote_of_eid, voter_id
from participation.votes.services import check_in as acts
from participation.votes.services import own_passkeys
from participation.votes.views.routes import blueprint
from participation.web import headers
from participation.web.assets import PREFIX, asset
from participation.web.database import session
from participation.web.guard import cookieless, requires
from participation.web.page import show
from participation.web.session import actor
from participation.web.site import now


@blueprint.get("/votes/<slug>/check-in")
@requires(Permission.VOTES_CHECK_IN_ASK)
def check_in(slug: str) -> ResponseReturnValue:
    """Checking in, screen by screen; what needs no script is said without one."""
    vote, voter = announced_vote(session(), slug), voter_id(session(), actor())
    try:
        standing = acts.standing(box.ballots(), vote, voter)
        asked = own_passkeys.row_passkeys(
            session(), box.ballots(), vote, account_id=actor().id, voter_id=voter
        )
    except NotFound as error:
        if not acts.is_missing(error):
            raise
        standing, asked = None, own_passkeys.RowPasskeys()
    return show(CheckInPage.of(vote, now(), voter, standing, passkeys=asked))


@blueprint.get("/votes/<slug>/roll-row")
@requires(Permission.VOTES_CHECK_IN_ASK)
def roll_row(slug: str) -> ResponseReturnValue:
    """The voter's own row with salt and proof, for the voting client."""
    vote = announced_vote(session(), slug)
    return private(acts.roll_row(box.ballots(), vote, voter_id(session(), actor())))


@blueprint.get("/votes/<slug>/passkeys")
@requires(Permission.VOTES_CHECK_IN_ASK)
def passkeys(slug: str) -> ResponseReturnValue:
    """The voter's passkeys that stand in their row, for the voting client."""
    vote, voter = announced_vote(session(), slug), voter_id(session(), actor())
    found = own_passkeys.passkeys_to_ask(
        session(), box.ballots(), vote, account_id=actor().id, voter_id=voter
    )
    return private(found)


@blueprint.post("/votes/<slug>/check-in")
@requires(Permission.VOTES_CHECK_IN_ASK)
def ask_to_check_in(slug: str) -> ResponseReturnValue:
    """The registrars' blind signatures for the voter's row."""
    vote, ask = announced_vote(session(), slug), acts.read_ask(request.get_data())
    return private(acts.check_in(box.ballots(), vote, voter_id(session(), actor()), ask))


@blueprint.get("/cast/<eid>")
@cookieless
def cast(eid: str) -> ResponseReturnValue:
    """The casting booth."""
    page = CastPage.of(vote_of_eid(session(), eid), now())
    response = show(page)
    if page.box:
        headers.allow_to_ask(response, page.box)
    return response


@blueprint.get("/cast/worker.js")
@cookieless
def worker() -> ResponseReturnValue:
    """The script that leaves the cookie out of every request of the booth.

    It stands here and not with the other built files because it needs a header of its own, to
    rule the booth's addresses in every language.
    """
    built = asset("vote/worker.js")
    if built is None:
        raise NotFound(words("The voting client has not been built here."))
    file = places.STATIC / built.url.removeprefix(PREFIX)
    response = Response(file.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "public, max-age=86400"  # asked for once, not at each visit
    return response


@blueprint.get("/cast/client")
@cookieless
def client() -> ResponseReturnValue:
    """The voting client's files as `<sha256 hex> <path>` lines: what V38 is held against."""
    lines = file_list(client_folder(places.STATIC))
    return Response(lines, content_type="text/plain; charset=utf-8")


def private(value: dict[str, Any]) -> Response:
    """JSON that nobody keeps: an answer for one person."""
    response = jsonify(value)
    response.headers["Cache-Control"] = "no-store"
    return response
