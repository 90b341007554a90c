"""The two groups of routes: `moderation` for everybody, `moderation_desk` for moderators."""

from flask import Blueprint

public_pages = Blueprint("moderation", __name__)
desk_pages = Blueprint("moderation_desk", __name__)
