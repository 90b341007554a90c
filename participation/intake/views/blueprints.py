"""The two groups of routes: `intake` for everybody, `intake_desk` for officers."""

from flask import Blueprint

public_pages = Blueprint("intake", __name__)
desk_pages = Blueprint("intake_desk", __name__)
