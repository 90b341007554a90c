"""The two groups of routes: `consultations` for everybody, `consultations_desk` for officers."""

from flask import Blueprint

public_pages = Blueprint("consultations", __name__)
desk_pages = Blueprint("consultations_desk", __name__)
