"""Routes: feeds and calendars, exports, the interface for programs and its description."""

from participation.open_data.views import api, calendars, exports, feeds
from participation.open_data.views.blueprints import data_pages, interface

MODULES = (api, calendars, exports, feeds)
"""The modules that put their routes into the two blueprints."""

__all__ = ["MODULES", "data_pages", "interface"]
