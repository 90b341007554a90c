"""Routes of the page with news."""

from datetime import UTC, datetime
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from participation.core.errors import Invalid
from participation.core.words import words
from participation.notices import queries, services
from participation.notices.forms import ReadForm
from participation.notices.models import Notice
from participation.notices.pages import NewsPage, NewsRow
from participation.notices.queries import NewsPlace
from participation.notices.stories import Story, stories_of
from participation.notices.views.present import address_of, title_in
from participation.notices.views.routes import blueprint
from participation.web.database import session
from participation.web.guard import signed_in
from participation.web.language import _, say
from participation.web.page import go, go_to, show
from participation.web.paging import PER_PAGE, Key, cut, read_cursor
from participation.web.session import actor


@blueprint.get("/news")
@signed_in
def index() -> ResponseReturnValue:
    """What the reader was told, the unread first."""
    found = queries.news(session(), actor().id, after=_after(), limit=PER_PAGE + 1)
    shown = cut(found, _key)
    rows = tuple(_row(each) for each in stories_of(session(), shown.items))
    return show(NewsPage(rows, shown.after, ReadForm(formdata=None)))


@blueprint.get("/news/<uuid:cause_id>")
@signed_in
def open_one(cause_id: UUID) -> ResponseReturnValue:
    """Leads to what a piece of news is about, and remembers that it was read."""
    found = queries.notice(session(), actor().id, cause_id)
    services.mark_read(session(), actor(), cause_id)
    told = stories_of(session(), [found])
    if not told:
        return go("notices.index", notice=_("What this was about is no longer there."))
    return go_to(address_of(told[0].where))


@blueprint.post("/news/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """Everything counts as read."""
    services.mark_read(session(), actor())
    return go("notices.index", notice=_("Everything is marked as read."))


def _row(story: Story) -> NewsRow:
    told = story.notice
    return NewsRow(
        id=told.cause_id,
        said=say(story.said),
        of=title_in(story.title),
        at=told.at,
        is_new=not told.is_read,
    )


def _key(found: Notice) -> Key:
    return int(found.is_read), found.at.isoformat(), found.cause_id.hex


def _after() -> NewsPlace | None:
    key = read_cursor(request.args.get("after", ""), 3)
    if key is None:
        return None
    try:
        at = datetime.fromisoformat(str(key[1])).astimezone(UTC)
        return NewsPlace(bool(key[0]), at, UUID(str(key[2])))
    except ValueError as error:
        raise Invalid(words("This address is incomplete.")) from error
