"""Routes: the rules, the log, flags and appeals for everybody; the queue for moderators."""

from participation.moderation.views import desk, public
from participation.moderation.views.blueprints import desk_pages, public_pages

MODULES = (desk, public)
"""The modules that put their routes into the two blueprints."""

__all__ = ["MODULES", "desk_pages", "public_pages"]
