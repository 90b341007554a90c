"""Routes: news, following, settings, unsubscribing; and the work of each minute."""

from participation.notices.views import following, mailing, news
from participation.notices.views.letters import write_letters
from participation.notices.views.routes import blueprint
from participation.notices.views.ticking import listen

MODULES = (following, mailing, news)
"""The modules that put their routes on the blueprint."""

__all__ = ["MODULES", "blueprint", "listen", "write_letters"]
