"""The two groups of routes: `meetings` for everybody, `meetings_desk` for officers."""

from flask import Blueprint

public_pages = Blueprint("meetings", __name__)
desk_pages = Blueprint("meetings_desk", __name__)
