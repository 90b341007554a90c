"""Routes for readers: the list; and where surveys show themselves on other pages."""

from datetime import datetime
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.core.access import Actor
from participation.surveys import pages, queries
from participation.surveys.views.blueprints import public_pages
from participation.surveys.views.present import head_of, status_words
from participation.web.database import session
from participation.web.guard import public, signed_in
from participation.web.language import _, local_date
from participation.web.page import show
from participation.web.session import actor
from participation.web.site import Beside, DeskFigure

_MOST_ROWS = 200


@public_pages.get("/surveys")
@public
def index() -> ResponseReturnValue:
    """All surveys that everybody may see, those that can be answered first."""
    heads = [head_of(*row) for row in queries.public_surveys(session(), limit=_MOST_ROWS)]
    heads.sort(key=lambda head: not head.is_answerable)
    rows = tuple(
        pages.ListRow(
            slug=head.slug,
            title=head.title,
            status=head.status,
            is_answerable=head.is_answerable,
            is_published=head.is_published,
            place=head.place,
        )
        for head in heads
    )
    return show(pages.ListPage(rows))


@public_pages.get("/account/surveys")
@signed_in
def own() -> ResponseReturnValue:
    """The surveys that this person answered."""
    rows = tuple(
        pages.OwnRow(
            slug=found.slug,
            title=found.title,
            changed_at=sheet.changed_at,
            is_answerable=head_of(found, None).is_answerable,
        )
        for found, sheet in queries.sheets_sent_by(session(), actor().id)
    )
    return show(pages.OwnPage(rows))


def beside(opened: Session, kind: str, subject_id: UUID, now: datetime) -> tuple[Beside, ...]:
    """The surveys beside a subject, for its page."""
    day = local_date(now)
    return tuple(
        Beside(
            title=_("Survey: %(title)s", title=found.title),
            address=url_for("surveys.survey", slug=found.slug),
            note=status_words(found, day),
        )
        for found in queries.surveys_beside(opened, kind, subject_id)
    )


def in_account(opened: Session, who: Actor) -> tuple[Beside, ...]:
    """The link to one's own answers, for those who have some."""
    number = len(queries.sheets_sent_by(opened, who.id))
    if not number:
        return ()
    return (Beside(_("Surveys you answered"), url_for("surveys.own")),)


def figures(opened: Session, _who: Actor, now: datetime) -> tuple[DeskFigure, ...]:
    """Surveys that wait for an officer."""
    counted = (
        (_("to close"), queries.count_over(opened, local_date(now)), "over"),
        (_("to publish"), queries.count_closed(opened), "closed"),
    )
    return tuple(
        DeskFigure(label, number, url_for("surveys_desk.index", show=shown), is_urgent=True)
        for label, number, shown in counted
        if number
    )
