"""Routes about versions: the list, what changed, one clause then and now, removed clauses."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from participation.consultations import history, queries
from participation.consultations.drafting.comparing import compare
from participation.consultations.drafting.settling import Change
from participation.consultations.models import Consultation
from participation.consultations.pages import versions as pages
from participation.consultations.pages.parts import Head, head_of
from participation.consultations.queries import Edition
from participation.consultations.views.blueprints import public_pages
from participation.consultations.views.changes import (
    LABELS,
    change_views,
    position_after,
    told,
)
from participation.consultations.views.present import is_open
from participation.core.errors import NotFound
from participation.core.words import words
from participation.web.database import session
from participation.web.guard import public
from participation.web.language import say
from participation.web.page import show
from participation.web.paging import PER_PAGE, cut


@public_pages.get("/consultations/<slug>/versions")
@public
def versions(slug: str) -> ResponseReturnValue:
    """All versions of the draft with what changed, in numbers."""
    found = queries.announced_consultation(session(), slug)
    editions = queries.editions(session(), found.id)
    counts = history.change_counts(session(), [edition.id for edition in editions])
    page = pages.VersionsPage(
        head=_head(found),
        rows=tuple(
            pages.VersionRow(edition.number, edition.published_at, told(counts[edition.id]))
            for edition in editions
        ),
        gone=len(history.gone(session(), found, editions[0])),
    )
    return show(page)


@public_pages.get("/consultations/<slug>/versions/<int:number>")
@public
def version(slug: str, number: int) -> ResponseReturnValue:
    """The clauses that changed with a version, word by word."""
    found = queries.announced_consultation(session(), slug)
    here, before = _edition_and_before(found, number)
    after = position_after(request.args.get("after", ""))
    rows = history.changed(session(), here.id, after=after, limit=PER_PAGE + 1)
    shown = cut(rows, lambda row: (row.position,))
    named = {row.new_id for row in shown.items}
    new = history.clauses_of(session(), here.id, named)
    page = pages.VersionPage(
        head=_head(found),
        number=number,
        published_at=here.published_at,
        told=told(history.change_counts(session(), [here.id])[here.id]),
        changes=tuple(change_views(shown.items, before.id, new)),
        after=shown.after,
    )
    return show(page)


@public_pages.get("/consultations/<slug>/versions/<int:number>/text")
@public
def version_text(slug: str, number: int) -> ResponseReturnValue:
    """The whole text of one version as it was handed in."""
    found = queries.announced_consultation(session(), slug)
    source = queries.published_source(session(), found.id, number)
    response = Response(source, mimetype="text/plain")
    response.headers["Content-Disposition"] = f'inline; filename="{found.slug}-{number}.txt"'
    return response


@public_pages.get("/consultations/<slug>/clauses/<clause_id>/since/<int:number>")
@public
def then_and_now(slug: str, clause_id: str, number: int) -> ResponseReturnValue:
    """One clause as it stood in a version, and as it stands last."""
    found = queries.announced_consultation(session(), slug)
    wordings = history.wordings(session(), found.id, clause_id)
    then = next((each for each in wordings if each.version == number), None)
    if then is None:
        raise NotFound(words("This draft has no such clause."))
    now = wordings[-1]
    change = pages.ChangeView(
        kind=Change.EDITED.value,
        label=say(LABELS[Change.EDITED if then.text != now.text else Change.SAME]),
        was=then.clause.citation,
        now=now.clause.citation,
        pieces=compare(then.text, now.text),
        address=clause_id,
    )
    return show(
        pages.ThenAndNowPage(
            head=_head(found),
            clause_id=clause_id,
            then=number,
            now=now.version,
            change=change,
        )
    )


@public_pages.get("/consultations/<slug>/removed-clauses")
@public
def gone(slug: str) -> ResponseReturnValue:
    """Clauses that are no longer in the draft, with the comments on them."""
    found = queries.announced_consultation(session(), slug)
    rows = history.gone(session(), found, queries.edition(session(), found.id))
    page = pages.GonePage(
        head=_head(found),
        rows=tuple(
            pages.GoneRow(
                clause_id=row.last.clause.clause_id,
                citation=row.last.clause.citation,
                text=row.last.text,
                version=row.last.version,
                comments=row.comments,
            )
            for row in rows
        ),
    )
    return show(page)


def _head(found: Consultation) -> Head:
    return head_of(found, is_open=is_open(found))


def _edition_and_before(found: Consultation, number: int) -> tuple[Edition, Edition]:
    """A version and the one before; the first has none, so both are the first."""
    editions = {each.number: each for each in queries.editions(session(), found.id)}
    if number not in editions:
        raise NotFound(words("There is no such version."))
    return editions[number], editions.get(number - 1, editions[number])
