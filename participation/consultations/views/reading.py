"""Routes for reading."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from participation.comments import queries as comments
from participation.consultations import queries
from participation.consultations.models import Consultation
from participation.consultations.pages import reading as pages
from participation.consultations.pages.parts import head_of
from participation.consultations.rules import SUBJECT_KIND, Phase
from participation.consultations.views.assembly import reading_of
from participation.consultations.views.blueprints import public_pages
from participation.consultations.views.present import is_open, listed_after, listed_key
from participation.web.beside import beside
from participation.web.database import session
from participation.web.guard import public
from participation.web.language import _l, say
from participation.web.page import show
from participation.web.paging import PER_PAGE, Slice, cut

_SHOWN = {
    "all": (_l("All"), tuple(Phase)),
    "open": (_l("Open now"), (Phase.OPEN,)),
    "coming": (_l("Coming"), (Phase.ANNOUNCED,)),
    "answering": (_l("Being answered"), (Phase.ANSWERING,)),
    "finished": (_l("Decided"), (Phase.DECIDED, Phase.ARCHIVED)),
}
_FIRST_CHAPTER = 1


@public_pages.get("/consultations")
@public
def index() -> ResponseReturnValue:
    """All announced consultations, the latest first."""
    shown = request.args.get("show", "all")
    shown = shown if shown in _SHOWN else "all"
    found = queries.announced(
        session(),
        _SHOWN[shown][1],
        after=listed_after(request.args.get("after", "")),
        limit=PER_PAGE + 1,
    )
    return show(_list_page(cut(found, listed_key), shown))


@public_pages.get("/consultations/<slug>")
@public
def consultation(slug: str) -> ResponseReturnValue:
    """A consultation from above, with its first chapter."""
    found = queries.announced_consultation(session(), slug)
    edition = queries.edition(session(), found.id)
    page = pages.ConsultationPage(
        head=head_of(found, is_open=is_open(found)),
        summary=found.summary,
        decider=found.decider,
        opens_on=found.opens_on,
        outcome=found.outcome,
        coverage=comments.coverage(session(), queries.subject_of(found)),
        edition=edition.number,
        beside=beside(SUBJECT_KIND, found.id),
        reading=reading_of(found, edition, _FIRST_CHAPTER),
    )
    return show(page)


@public_pages.get("/consultations/<slug>/chapters/<int:number>")
@public
def chapter(slug: str, number: int) -> ResponseReturnValue:
    """One chapter of the draft."""
    found = queries.announced_consultation(session(), slug)
    edition = queries.edition(session(), found.id)
    return show(
        pages.ChapterPage(
            head=head_of(found, is_open=is_open(found)),
            reading=reading_of(found, edition, number),
        )
    )


@public_pages.get("/consultations/<slug>/text")
@public
def whole_text(slug: str) -> ResponseReturnValue:
    """The published text as it was handed in, to keep or to search."""
    found = queries.announced_consultation(session(), slug)
    response = Response(queries.published_source(session(), found.id), mimetype="text/plain")
    response.headers["Content-Disposition"] = f'inline; filename="{found.slug}.txt"'
    return response


def _list_page(found: Slice[Consultation], shown: str) -> pages.ListPage:
    ids = [row.id for row in found.items]
    covered = comments.coverages(session(), SUBJECT_KIND, ids)
    rows = tuple(
        pages.ListRow(
            slug=row.slug,
            title=row.title,
            document=row.document,
            office=row.office,
            phase=head_of(row, is_open=is_open(row)).phase,
            is_open=is_open(row),
            closes_on=row.closes_on,
            coverage=covered[row.id],
        )
        for row in found.items
    )
    filters = tuple(
        pages.Filter(value, say(label), is_here=value == shown)
        for value, (label, _phases) in _SHOWN.items()
    )
    return pages.ListPage(rows=rows, filters=filters, shown=shown, after=found.after)
