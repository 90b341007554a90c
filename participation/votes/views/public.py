"""Routes for everybody: the list of votes, one vote, its result."""

from flask import request
from flask.typing import ResponseReturnValue

from participation.votes import queries
from participation.votes.views import counting, showing
from participation.votes.views.routes import blueprint
from participation.web.database import session
from participation.web.guard import public
from participation.web.page import show
from participation.web.site import now


@blueprint.get("/votes")
@public
def index() -> ResponseReturnValue:
    """All announced votes."""
    current, counted = (request.args.get(name, "") for name in ("current", "counted"))
    return show(showing.votes_page(current, counted, now()))


@blueprint.get("/votes/<slug>")
@public
def vote(slug: str) -> ResponseReturnValue:
    """One vote: what is asked, until when, of whom, and what is guaranteed."""
    return show(showing.vote_page(queries.announced_vote(session(), slug), now()))


@blueprint.get("/votes/<slug>/result")
@public
def result(slug: str) -> ResponseReturnValue:
    """The result, how it was decided, and how to check it."""
    return show(counting.result_page(queries.announced_vote(session(), slug)))
