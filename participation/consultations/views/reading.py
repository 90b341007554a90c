"""Routes for reading one consultation."""

from flask import Response
from flask.typing import ResponseReturnValue

from participation.comments import queries as comments
from participation.consultations import queries
from participation.consultations.attachments.listing import shown_files
from participation.consultations.extending.pages import extension_view
from participation.consultations.extending.queries import extensions
from participation.consultations.pages import reading as pages
from participation.consultations.pages.parts import head_of
from participation.consultations.rules import SUBJECT_KIND
from participation.consultations.views.assembly import reading_of
from participation.consultations.views.belongings import chips_of
from participation.consultations.views.blueprints import public_pages
from participation.consultations.views.gist import gist_of
from participation.consultations.views.present import is_open
from participation.web.beside import beside
from participation.web.database import session
from participation.web.guard import public
from participation.web.page import show

_FIRST_CHAPTER = 1


@public_pages.get("/consultations/<slug>")
@public
def consultation(slug: str) -> ResponseReturnValue:
    """A consultation from above, with its first chapter."""
    found = queries.announced_consultation(session(), slug)
    edition = queries.edition(session(), found.id)
    page = pages.ConsultationPage(
        head=head_of(found, is_open=is_open(found)),
        gist=gist_of(found, edition),
        outcome=found.outcome,
        coverage=comments.coverage(session(), queries.subject_of(found)),
        edition=edition.number,
        belongs=chips_of(found),
        extensions=tuple(map(extension_view, extensions(session(), found.id))),
        files=shown_files(found, edition.number),
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
