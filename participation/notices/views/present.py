"""What the views share: addresses and titles in the reader's language, the city's time zone."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from flask import current_app, url_for

from participation.notices.pages import ThingView
from participation.notices.shelf import Where
from participation.notices.things import Thing
from participation.web.language import language, say


def address_of(where: Where) -> str:
    """The address of a place, in the language of this page."""
    return url_for(where.endpoint, **where.values)


def title_in(titles: Mapping[str, str]) -> str:
    """A title in the reader's language, or in the one it has."""
    own = titles.get(language()) or titles.get("")
    return own or next(iter(titles.values()), "")


def thing_view(thing: Thing) -> ThingView:
    """Something followed, as it is shown."""
    return ThingView(
        kind=thing.followed.kind,
        subject_id=thing.followed.subject_id,
        place=thing.followed.place,
        title=title_in(thing.title),
        part=say(thing.part) if thing.part else "",
        address=address_of(thing.where),
    )


def zone() -> ZoneInfo:
    """Where the city's clocks are."""
    return ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])
