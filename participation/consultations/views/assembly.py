"""From rows to the pieces of pages: outline, clauses, comments with their citations."""

from collections.abc import Callable, Sequence
from uuid import UUID

from participation.comments import queries as comments
from participation.comments.mentions.queries import Addressed, addressed
from participation.comments.queries import Said, Thread
from participation.comments.rules import Coverage, may_edit
from participation.comments.standing.queries import agreed_with
from participation.consultations import queries
from participation.consultations.explaining.laying import paragraphs_of
from participation.consultations.explaining.queries import Aids, aids
from participation.consultations.models import Consultation, DraftClause
from participation.consultations.pages.parts import (
    ClauseView,
    OutlineEntry,
    ReaderView,
    SaidView,
    ThreadView,
    calm,
    outline_entry,
    said_view,
)
from participation.consultations.pages.reading import Reading
from participation.consultations.queries import Edition, subject_of
from participation.core.access import Permission
from participation.core.errors import NotFound
from participation.core.words import words
from participation.web.database import session
from participation.web.session import actor
from participation.web.site import now

_LATEST = 3


def outline_of(found: Consultation, edition: Edition, here: int) -> tuple[OutlineEntry, ...]:
    """The outline with comment counts, the page `here` marked: two queries."""
    entries = queries.outline(session(), edition.id, subject_of(found))
    return tuple(
        outline_entry(entry.chapter, entry.comments, is_here=entry.chapter.number == here)
        for entry in entries
    )


def clause_views(
    found: Consultation, edition: Edition, rows: Sequence[DraftClause], *, here: str = ""
) -> tuple[ClauseView, ...]:
    """Clauses with the comment count of each and what helps to read it: at most four queries."""
    ids = [row.clause_id for row in rows]
    counts = comments.counts_by_place(session(), subject_of(found), ids)
    helps = aids(session(), found.id, edition, rows)
    return tuple(
        _clause_view(row, counts.get(row.clause_id, Coverage()), helps, here=here) for row in rows
    )


def bare_views(rows: Sequence[DraftClause]) -> tuple[ClauseView, ...]:
    """Clauses as words alone."""
    return tuple(_clause_view(row, Coverage(), Aids()) for row in rows)


def reading_of(found: Consultation, edition: Edition, number: int) -> Reading:
    """One chapter with its surroundings; raises `NotFound` for a number that is not there."""
    outline = outline_of(found, edition, number)
    place = next((i for i, entry in enumerate(outline) if entry.is_here), None)
    if place is None:
        raise NotFound(words("This draft has no such chapter."))
    rows = queries.chapter_clauses(session(), edition.id, number)
    return Reading(
        here=outline[place],
        outline=outline,
        clauses=clause_views(found, edition, rows),
        before=outline[place - 1] if place else None,
        next=outline[place + 1] if place + 1 < len(outline) else None,
        opening=edition.opening if number == 0 else "",
        closing=edition.closing if place + 1 == len(outline) else "",
        latest=latest_of(found, edition),
    )


def latest_of(found: Consultation, edition: Edition) -> tuple[SaidView, ...]:
    """The newest comments anywhere in the draft, each with its clause."""
    return cited(edition, comments.latest(session(), subject_of(found), limit=_LATEST))


def cited(edition: Edition, said: Sequence[Said]) -> tuple[SaidView, ...]:
    """Comments with the citation of the clause each is about: one query."""
    names = queries.citations(session(), edition.id, {one.place for one in said})
    return tuple(said_view(one, citation=names.get(one.place, one.place)) for one in said)


def thread_views(threads: Sequence[Thread]) -> tuple[ThreadView, ...]:
    """Threads as this reader sees them."""
    shown = [one for thread in threads for one in (thread.first, *thread.replies)]
    view = viewer(shown)
    return tuple(
        ThreadView(
            first=view(thread.first),
            replies=tuple(view(reply) for reply in thread.replies),
            hidden_replies=thread.reply_count - len(thread.replies),
        )
        for thread in threads
    )


def viewer(shown: Sequence[Said] = ()) -> Callable[[Said], SaidView]:
    """Makes comments as this reader sees them: with what they may do, and whom they agree with.

    Two queries for all of `shown`: whom replies address, and for readers with an account, with
    what they agree.
    """
    who = actor()
    asker = who.account_id
    agreed: frozenset[UUID] = frozenset()
    if asker is not None and shown:
        agreed = agreed_with(session(), asker, [one.id for one in shown])
    to = _addressed(shown)

    def view(said: Said) -> SaidView:
        if asker is None:
            return said_view(said, to=to.get(said.id, ()))
        is_shown = said.gone is None
        is_author = said.author_id == asker
        may_agree = is_shown and not is_author and who.may(Permission.COMMENTS_COMMENT_WRITE)
        reader = ReaderView(is_author, said.id in agreed, may_agree)
        editable = is_shown and may_edit(said.author_id, said.written_at, asker_id=asker, now=now())
        return said_view(said, may_edit=editable, reader=reader, to=to.get(said.id, ()))

    return view


def _addressed(shown: Sequence[Said]) -> dict[UUID, tuple[Addressed, ...]]:
    """Whom the replies among `shown` address; none of those that are withheld."""
    replies = [one.id for one in shown if one.thread_id is not None and one.gone is None]
    return addressed(session(), replies) if replies else {}


def around(row: DraftClause, block: Sequence[DraftClause]) -> list[DraftClause]:
    """What is shown with a clause: the clauses it stands in, itself, and what it contains."""
    return [
        other
        for other in block
        if row.clause_id == other.clause_id
        or row.citation.startswith(f"{other.citation} ")
        or other.citation.startswith(f"{row.citation} ")
    ]


def _clause_view(
    row: DraftClause, coverage: Coverage, helps: Aids, *, here: str = ""
) -> ClauseView:
    return ClauseView(
        id=row.clause_id,
        kind=row.kind,
        label=row.label,
        citation=row.citation,
        title=calm(row.title),
        paragraphs=paragraphs_of(row),
        indent=row.indent,
        comments=coverage.total,
        is_here=row.clause_id == here,
        marks=helps.marks.get(row.position, ()),
        terms=helps.terms,
        plain=helps.plain.get(row.clause_id, ""),
    )
