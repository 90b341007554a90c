"""Routes: a code's page for everybody; piles, typing, comparing and printing for officers."""

from participation.intake.views import checking, desk, printing, public, typing
from participation.intake.views.blueprints import desk_pages, public_pages

MODULES = (checking, desk, printing, public, typing)
"""The modules that put their routes into the two blueprints."""

__all__ = ["MODULES", "desk_pages", "public_pages"]
