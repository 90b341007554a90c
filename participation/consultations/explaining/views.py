"""Routes: the glossary for everybody, the glossary and plain words on the desk."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.consultations import queries as consultations
from participation.consultations.drafting.clause import Kind
from participation.consultations.explaining import pages, queries, services
from participation.consultations.explaining.forms import PlainForm, RemoveTermForm, TermForm
from participation.consultations.explaining.laying import explainable, part_of
from participation.consultations.explaining.models import PlainWords
from participation.consultations.explaining.rules import may_explain
from participation.consultations.explaining.terms import Term
from participation.consultations.models import Consultation
from participation.consultations.pages.parts import calm, head_of
from participation.consultations.rules import Phase
from participation.consultations.views.assembly import bare_views
from participation.consultations.views.blueprints import desk_pages, public_pages
from participation.consultations.views.present import is_open, refusals_beside
from participation.core.access import Permission
from participation.web.database import session
from participation.web.guard import public, requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now

_A_MINUTE_AT_MOST = 20  # glossaries


def minute(opened: Session, _moment: datetime) -> None:
    """Makes the glossaries that are missing after an upgrade."""
    services.make_missing_glossaries(opened, limit=_A_MINUTE_AT_MOST)


@public_pages.get("/consultations/<slug>/glossary")
@public
def glossary(slug: str) -> ResponseReturnValue:
    """Every term of the draft with its meaning."""
    found = consultations.announced_consultation(session(), slug)
    edition = consultations.edition(session(), found.id)
    terms = queries.glossary(session(), edition.id)
    page = pages.GlossaryPage(
        head=head_of(found, is_open=is_open(found)),
        edition=edition.number,
        terms=_term_views(terms, edition.id),
    )
    return show(page)


@desk_pages.route("/desk/consultations/<slug>/glossary", methods=["GET", "POST"])
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def edit_glossary(slug: str) -> ResponseReturnValue:
    """Shows the terms of the draft, and takes one that it does not define."""
    found, form = consultations.consultation(session(), slug), TermForm()
    if form.is_sent():
        with refusals_beside(form):
            name, meaning = form.name.data, form.meaning.data
            services.add_term(session(), actor(), found, name, meaning, now=now())
            notice = _("Explained. It is marked in the text now.")
            return go("consultations_desk.edit_glossary", slug=slug, done="term", notice=notice)
    return show(_desk_page(found, form), form.status)


@desk_pages.post("/desk/consultations/<slug>/glossary/<uuid:term_id>/remove")
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def remove_term(slug: str, term_id: UUID) -> ResponseReturnValue:
    """Takes a term of officers out again."""
    found, form = consultations.consultation(session(), slug), RemoveTermForm()
    term = queries.added_term(session(), found.id, term_id)
    if form.is_sent():
        services.remove_term(session(), actor(), found, term, now=now())
        return go("consultations_desk.edit_glossary", slug=slug, notice=_("Taken out."))
    return show(_desk_page(found, TermForm(formdata=None)), form.status)


@desk_pages.get("/desk/consultations/<slug>/plain")
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def plain_list(slug: str) -> ResponseReturnValue:
    """Chapters and articles with the state of their plain words."""
    found = consultations.consultation(session(), slug)
    draft, kept = services.draft_of(session(), found), queries.newest_plain(session(), found.id)
    rows = tuple(
        pages.PlainRow(
            clause_id=row.clause_id,
            citation=row.citation,
            title=calm(row.title),
            is_chapter=row.kind == Kind.CHAPTER,
            state=_state(kept.get(row.clause_id), draft.edition),
        )
        for row in explainable(draft.clauses)
    )
    page = pages.PlainListPage(
        head=head_of(found, is_open=is_open(found)),
        rows=rows,
        stale=sum(row.state == "stale" for row in rows),
        done=f"plain/{slug}/{request.args['done']}" if request.args.get("done") else "",
    )
    return show(page)


@desk_pages.route("/desk/consultations/<slug>/plain/<clause_id>", methods=["GET", "POST"])
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def plain(slug: str, clause_id: str) -> ResponseReturnValue:
    """Says a chapter or an article in plain words."""
    found = consultations.consultation(session(), slug)
    draft = services.draft_of(session(), found)
    row = services.clause_to_explain(draft, clause_id)
    kept = queries.newest_plain(session(), found.id).get(clause_id)
    form = PlainForm(body=kept.body if kept else "")
    if form.is_sent():
        with refusals_beside(form):
            body = form.body.data or ""
            services.explain_clause(session(), actor(), found, clause_id, body, now=now())
            return go(
                "consultations_desk.plain_list", slug=slug, done=clause_id, notice=_("Saved.")
            )
    page = pages.PlainPage(
        head=head_of(found, is_open=is_open(found)),
        clause_id=clause_id,
        citation=row.citation,
        clauses=bare_views(part_of(draft.clauses, row)),
        form=form,
        is_stale=_state(kept, draft.edition) == "stale",
    )
    return show(page, form.status)


def stale_count(found: Consultation) -> int:
    """How many plain words wait for a look because their clause changed."""
    kept = queries.newest_plain(session(), found.id)
    if not kept:
        return 0
    draft = services.draft_of(session(), found)
    return sum(
        _state(kept.get(row.clause_id), draft.edition) == "stale"
        for row in explainable(draft.clauses)
    )


def _state(kept: PlainWords | None, edition: int) -> str:
    if kept is None or not kept.body:
        return ""
    return "written" if kept.edition == edition else "stale"


def _desk_page(found: Consultation, form: TermForm) -> pages.DeskGlossaryPage:
    newest = consultations.editions(session(), found.id, limit=1)
    terms = queries.glossary(session(), newest[0].id) if newest else []
    own = [term for term in terms if term.place]
    return pages.DeskGlossaryPage(
        head=head_of(found, is_open=is_open(found)),
        own=_term_views(own, newest[0].id) if newest else (),
        added=tuple(
            pages.TermView("", each.name, "", each.meaning, "", "", str(each.id))
            for each in queries.added_terms(session(), found.id)
        ),
        form=form,
        remove=RemoveTermForm(formdata=None),
        may_change=may_explain(Phase(found.phase)),
        is_done=request.args.get("done") == "term",
    )


def _term_views(terms: Sequence[Term], version_id: UUID) -> tuple[pages.TermView, ...]:
    places = {term.place for term in terms if term.place}
    cited = consultations.citations(session(), version_id, places) if places else {}
    return tuple(_term_view(term, cited.get(term.place, "")) for term in _sorted(terms))


def _sorted(terms: Iterable[Term]) -> list[Term]:
    return sorted(terms, key=lambda term: term.name.casefold())


def _term_view(term: Term, citation: str) -> pages.TermView:
    return pages.TermView(
        term.key, term.name, ", ".join(term.others), term.meaning, term.place, citation
    )
