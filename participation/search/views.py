"""The search page."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from participation.search import queries
from participation.search.forms import read_asked
from participation.search.pages import search_page
from participation.web.database import session
from participation.web.guard import public
from participation.web.page import show

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@public
def index() -> ResponseReturnValue:
    """What a search finds; without one, where to type it."""
    asked = read_asked()
    return show(search_page(asked, queries.found(session(), asked.search())))
