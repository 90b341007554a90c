"""Routes for the response matrix, on screen and on paper, and for what became of it all."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue

from participation.comments import queries as comments
from participation.comments.ledger import queries as ledger
from participation.comments.rules import ADOPTED, SOURCE_NAMES, Source, State
from participation.consultations import queries
from participation.consultations.forms import REASONS, STANCES
from participation.consultations.matrix.document import Paper, document
from participation.consultations.matrix.queries import Entry, Key, all_entries, entries
from participation.consultations.matrix.sheet import sheet
from participation.consultations.models import Consultation
from participation.consultations.pages import matrix as pages
from participation.consultations.pages.parts import CHIPS, head_of
from participation.consultations.queries import subject_of
from participation.consultations.rules import Phase, check_decided, check_matrix_public
from participation.consultations.views.blueprints import public_pages
from participation.consultations.views.present import is_open
from participation.core.errors import Invalid
from participation.core.words import words
from participation.web import paging
from participation.web.database import session
from participation.web.guard import public
from participation.web.language import _, _l, date_words, language, moment_words, say
from participation.web.page import show
from participation.web.paging import PER_PAGE, cut
from participation.web.site import now

STATES = {
    State.HEARD: _l("Heard, waits"),
    State.CONSIDERED: _l("Being considered"),
    State.ANSWERED: _l("Answered"),
}
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public_pages.get("/consultations/<slug>/matrix")
@public
def matrix(slug: str) -> ResponseReturnValue:
    """Everything that was said with its answer, page by page."""
    found = _public(slug)
    edition = queries.edition(session(), found.id)
    subject = subject_of(found)
    after = _after(request.args.get("after", ""))
    rows = entries(session(), subject, edition.id, after=after, limit=PER_PAGE + 1)
    shown = cut(rows, _key)
    page = pages.MatrixPage(
        head=head_of(found, is_open=is_open(found)),
        coverage=comments.coverage(session(), subject),
        rows=tuple(map(_row, shown.items)),
        after=shown.after,
    )
    return show(page)


@public_pages.get("/consultations/<slug>/matrix.xlsx")
@public
def matrix_sheet(slug: str) -> ResponseReturnValue:
    """The whole matrix as a spreadsheet."""
    found = _public(slug)
    headings = (
        _("Clause"), _("What was said"), _("By"), _("What it is"), _("State"), _("Reason"),
        _("Answer"), _("Signed by"), _("Answered on"), _("Clause changed"), _("How it came"),
    )  # fmt: skip
    cells = (_cells(row) for row in _all_rows(found))
    made = sheet(_title(found), [str(heading) for heading in headings], cells)
    return _file(made, _SHEET, f"{found.slug}-matrix.xlsx")


@public_pages.get("/consultations/<slug>/matrix.pdf")
@public
def matrix_document(slug: str) -> ResponseReturnValue:
    """The whole matrix as a tagged PDF."""
    found = _public(slug)
    headings = (_("Clause"), _("What was said"), _("By"), _("State"), _("Answer"),
                _("Clause changed"))  # fmt: skip
    paper = Paper(
        title=_title(found),
        office=found.office,
        about=f"{found.document} · {found.office} · {moment_words(now())}",
        language=language(),
        headings=[str(heading) for heading in headings],
        rows=[_paper_cells(row) for row in _all_rows(found)],
    )
    return _file(document(paper, now()), "application/pdf", f"{found.slug}-matrix.pdf")


@public_pages.get("/consultations/<slug>/outcome")
@public
def outcome(slug: str) -> ResponseReturnValue:
    """What was asked, what people said, what was done."""
    found = queries.announced_consultation(session(), slug)
    check_decided(Phase(found.phase))
    subject = subject_of(found)
    reasons = ledger.reasons(session(), subject)
    stances = ledger.stances(session(), subject)
    page = pages.OutcomePage(
        head=head_of(found, is_open=False),
        summary=found.summary,
        decider=found.decider,
        outcome=found.outcome,
        people=ledger.number_of_authors(session(), subject),
        coverage=comments.coverage(session(), subject),
        sources=_sources(ledger.sources(session(), subject)),
        stances=tuple(pages.Figure(say(STANCES[each]), count) for each, count in stances.items()),
        reasons=tuple(
            pages.Figure(say(REASONS[each]), count) for each, count in reasons.items() if count
        ),
        adopted=sum(reasons[each] for each in ADOPTED),
        changed=tuple(ledger.changed(session(), subject)),
    )
    return show(page)


def _sources(counted: dict[Source | None, int]) -> tuple[pages.Figure, ...]:
    """How comments came, where any came in another way than through the site."""
    if not counted.keys() - {None}:
        return ()
    return tuple(
        pages.Figure(say(SOURCE_NAMES[source]) if source else str(_("on the site")), count)
        for source, count in counted.items()
    )


def _public(slug: str) -> Consultation:
    found = queries.announced_consultation(session(), slug)
    check_matrix_public(Phase(found.phase))
    return found


def _title(found: Consultation) -> str:
    return str(_("Response matrix: %(title)s", title=found.title))


def _all_rows(found: Consultation) -> Iterable[pages.MatrixRow]:
    edition = queries.edition(session(), found.id)
    return map(_row, all_entries(session(), subject_of(found), edition.id))


def _row(entry: Entry) -> pages.MatrixRow:
    return pages.MatrixRow(
        id=str(entry.key.id),
        place=entry.place,
        citation=entry.citation,
        author=entry.author,
        stance=say(STANCES[entry.stance]),
        chip=CHIPS[entry.stance],
        body=entry.body,
        state=say(STATES[entry.state]),
        reason=say(REASONS[entry.reason]) if entry.reason else "",
        answer=entry.answer,
        signed_by=entry.signed_by,
        answered_at=entry.answered_at,
        changed_place=entry.changed_place,
        changed=entry.changed,
        source=say(SOURCE_NAMES[entry.source]) if entry.source else "",
    )


def _cells(row: pages.MatrixRow) -> tuple[str, ...]:
    answered = date_words(row.answered_at) if row.answered_at else ""
    return (
        row.citation, row.body, row.author, row.stance, row.state, row.reason, row.answer,
        row.signed_by, answered, row.changed, row.source or _("on the site"),
    )  # fmt: skip


def _paper_cells(row: pages.MatrixRow) -> tuple[str, ...]:
    signed = (f"{row.signed_by}, {date_words(row.answered_at)}",) if row.answered_at else ()
    answer = "\n".join(filter(None, (row.reason, row.answer, *signed)))
    by = "\n".join(filter(None, (row.author, row.stance, row.source)))
    return row.citation, row.body, by, row.state, answer, row.changed


def _file(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _key(entry: Entry) -> paging.Key:
    key = entry.key
    return key.position, key.written_at.isoformat(), key.id.hex


def _after(cursor: str) -> Key | None:
    """Where the page of the matrix before ended; `Invalid` for a broken cursor."""
    key = paging.read_cursor(cursor, 3)
    if key is None:
        return None
    position, at, row_id = key
    try:
        moment = datetime.fromisoformat(str(at)).astimezone(UTC)
        return Key(int(position), moment, UUID(str(row_id)))
    except (ValueError, OverflowError) as error:
        raise Invalid(words("This address is incomplete.")) from error
