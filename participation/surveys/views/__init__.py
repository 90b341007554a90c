"""Routes: answering and results for everybody, the desk for officers."""

from participation.surveys.views import answering, desk, reading, results, texts, writing
from participation.surveys.views.blueprints import desk_pages, public_pages

MODULES = (answering, desk, reading, results, texts, writing)
"""The modules that put their routes into the two blueprints."""

__all__ = ["MODULES", "desk_pages", "public_pages"]
