"""Routes of the general pages."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from participation.areas import queries as areas
from participation.core.access import Permission
from participation.core.errors import Invalid
from participation.core.words import words
from participation.home import pages, queries
from participation.home.changed import ChangesPage, change_row, feed
from participation.home.changes import Change, ChangePlace
from participation.home.changes import changes as latest_changes
from participation.votes.queries import counted_votes
from participation.web.database import session
from participation.web.guard import public, requires
from participation.web.language import local_date
from participation.web.page import go, show
from participation.web.paging import PER_PAGE, Key, cut, read_cursor
from participation.web.session import actor
from participation.web.site import now, site

blueprint = Blueprint("home", __name__)

_YEAR = timedelta(days=365)
_MOST_RESULTS = 10
_MOST_CHANGES = 4


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """The front page."""
    found, near = queries.current(session(), now(), local_date(now())), _near()
    told = {row.address for row in near.rows} if near else set()
    changed = latest_changes(session(), limit=_MOST_CHANGES)
    return show(
        pages.HomePage(
            speak_address=pages.speak_address(found),
            figures=pages.figures(queries.figures(session(), now() - _YEAR)),
            near=near,
            choose="" if near or not areas.has_areas(session()) else url_for("areas.index"),
            open=tuple(row for row in pages.open_rows(found, now()) if row.address not in told),
            changes=tuple(map(change_row, changed)),
            answers=() if changed else _answers(),
            results=tuple(map(pages.result_row, found.counted)),
        )
    )


@blueprint.get("/changes")
@public
def changes() -> ResponseReturnValue:
    """Everything that changed because of people's comments, the latest first."""
    after = _change_after(request.args.get("after", ""))
    shown = cut(latest_changes(session(), after=after, limit=PER_PAGE + 1), _change_key)
    return show(ChangesPage(tuple(map(change_row, shown.items)), shown.after))


@blueprint.get("/changes.atom")
@public
def changes_feed() -> ResponseReturnValue:
    """The same as a feed."""
    return feed(latest_changes(session(), limit=PER_PAGE))


@blueprint.get("/verify")
@public
def verify() -> ResponseReturnValue:
    """How anybody can check a result; `eid` names the election to begin with."""
    found = queries.recorded(session(), request.args.get("eid", ""), limit=_MOST_RESULTS)
    return show(pages.VerifyPage(results=_results(), records=tuple(map(pages.record, found))))


@blueprint.get("/second-device")
@public
def second_device() -> ResponseReturnValue:
    """The check of one's own ballot with another device."""
    return show(pages.SecondDevicePage())


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What we do so that everybody can use the site."""
    return show(pages.AccessibilityPage())


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept about people."""
    return show(pages.PrivacyPage())


@blueprint.get("/data")
@public
def data() -> ResponseReturnValue:
    """What anybody may take away."""
    return show(pages.DataPage(results=_results()))


@blueprint.get("/desk")
@requires(Permission.DESK_PAGE_READ)
def desk() -> ResponseReturnValue:
    """The parts of the desk that the person's roles open."""
    items = [item for item in site().desk if actor().may(item.permission)]
    return go(items[0].endpoint) if len(items) == 1 else show(pages.desk_page(items))


def _near() -> pages.Near | None:
    """What is open near the reader: in the area that the address names, else in their own."""
    asked, who = request.args.get("area", ""), actor()
    own = areas.own_area(session(), who.id) if who.is_signed_in and not asked else None
    placed = areas.placed(session(), [own.code if own else asked])
    if not placed:
        return None
    ((code, place),) = placed.items()
    today = local_date(now())
    rows = tuple(pages.consultation_row(*each, today) for each in queries.near(session(), code))
    return pages.Near(place.title, url_for("consultations.index", area=code), rows)


def _answers() -> tuple[pages.Row, ...]:
    return tuple(map(pages.answer_row, queries.latest_answers(session())))


def _change_key(found: Change) -> Key:
    return found.written_at.isoformat(), found.id.hex


def _change_after(cursor: str) -> ChangePlace | None:
    """Where the page of changes before ended; `Invalid` for a broken cursor."""
    key = read_cursor(cursor, 2)
    if key is None:
        return None
    try:
        return ChangePlace(datetime.fromisoformat(str(key[0])).astimezone(UTC), UUID(str(key[1])))
    except (ValueError, OverflowError) as error:
        raise Invalid(words("This address is incomplete.")) from error


def _results() -> tuple[pages.Row, ...]:
    return tuple(map(pages.result_row, counted_votes(session(), limit=_MOST_RESULTS)))
