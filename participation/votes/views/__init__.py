"""Routes of the votes: public pages, the voter's pages, the organiser's desk."""

from participation.votes.views.routes import blueprint

__all__ = ["blueprint"]
