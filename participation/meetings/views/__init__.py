"""Routes: meetings for everybody; drawing up, agenda and minutes for officers."""

from participation.meetings.views import agenda, desk, minutes, public, said
from participation.meetings.views.blueprints import desk_pages, public_pages
from participation.meetings.views.places import beside, figures

MODULES = (agenda, desk, minutes, public, said)
"""The modules that put their routes into the two blueprints."""

__all__ = ["MODULES", "beside", "desk_pages", "figures", "public_pages"]
