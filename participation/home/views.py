"""Routes of the general pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from participation.home import pages
from participation.web.guard import public
from participation.web.page import show

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """The front page."""
    return show(pages.HomePage())


@blueprint.get("/verify")
@public
def verify() -> ResponseReturnValue:
    """How anybody can check a result."""
    return show(pages.VerifyPage())


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What we do so that everybody can use the site."""
    return show(pages.AccessibilityPage())


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept about people."""
    return show(pages.PrivacyPage())


@blueprint.get("/data")
@public
def data() -> ResponseReturnValue:
    """What anybody may take away."""
    return show(pages.DataPage())
