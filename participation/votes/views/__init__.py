"""Routes of the votes: public pages, the voter's pages, the organiser's desk."""

from participation.votes.views import (
    desk,
    desk_check_in,
    explaining,
    parties,
    public,
    trustees,
    voting,
)
from participation.votes.views.routes import blueprint, desk_blueprint

ROUTES = (public, explaining, voting, trustees, desk, desk_check_in, parties)
"""The files that put routes on the two blueprints: importing them is what does it."""

__all__ = ["ROUTES", "blueprint", "desk_blueprint"]
