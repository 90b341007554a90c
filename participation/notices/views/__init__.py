"""Routes: news, following, settings, unsubscribing, devices; and the work of each minute."""

from participation.notices.views import devices, following, mailing, news
from participation.notices.views.letters import write_letters
from participation.notices.views.pushing import push_news
from participation.notices.views.routes import blueprint
from participation.notices.views.ticking import listen

MODULES = (devices, following, mailing, news)
"""The modules that put their routes on the blueprint."""

__all__ = ["MODULES", "blueprint", "listen", "push_news", "write_letters"]
