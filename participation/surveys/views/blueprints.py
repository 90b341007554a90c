"""The two groups of routes: `surveys` for everybody, `surveys_desk` for officers."""

from flask import Blueprint

public_pages = Blueprint("surveys", __name__)
desk_pages = Blueprint("surveys_desk", __name__)
