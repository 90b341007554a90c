"""Acts: plain words for a clause, terms for the glossary. Each flushes and records one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from participation.consultations.explaining import queries
from participation.consultations.explaining.laying import explainable, lay_glossary, wording_of
from participation.consultations.explaining.models import AddedTerm, PlainWords
from participation.consultations.explaining.rules import (
    MEANING_LENGTH,
    MOST_TERMS,
    NAME_LENGTH,
    PLAIN_LENGTH,
    check_explainable,
    check_length,
)
from participation.consultations.models import Consultation, DraftClause, DraftVersion
from participation.consultations.queries import all_clauses, editions, unpublished
from participation.consultations.rules import Phase
from participation.consultations.services.laying import clauses_of
from participation.consultations.services.phases import EVENT_SUBJECT
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Invalid, NotFound
from participation.core.events import EventTag, record
from participation.core.words import words


@dataclass(frozen=True, slots=True)
class Draft:
    """The text that can be explained now: the newest published one, or the first before that.

    `edition` is its number, 0 while nothing is published.
    """

    edition: int
    clauses: Sequence[DraftClause]


def draft_of(session: Session, found: Consultation) -> Draft:
    """The text that can be explained now; without any clause where none was imported."""
    newest = editions(session, found.id, limit=1)
    if newest:
        return Draft(newest[0].number, all_clauses(session, newest[0].id))
    waiting = unpublished(session, found.id)
    return Draft(0, clauses_of(waiting) if waiting else [])


def explain_clause(
    session: Session, actor: Actor, found: Consultation, clause_id: str, body: str, *, now: datetime
) -> None:
    """Says in plain words what a chapter or an article means; without words nothing is said.

    Raises `NotFound` for other clauses, `Conflict` once it is decided, `Invalid` for a long text.
    """
    allows(actor, Permission.CONSULTATIONS_DRAFT_IMPORT)
    check_explainable(Phase(found.phase))
    draft = draft_of(session, found)
    row = clause_to_explain(draft, clause_id)
    if body:
        check_length(body, PLAIN_LENGTH, "body")
    kept = session.get(PlainWords, (found.id, clause_id, draft.edition))
    if kept is None:
        kept = PlainWords(
            consultation_id=found.id,
            clause_id=clause_id,
            edition=draft.edition,
            body="",
            wording_sha256="",
            written_by=actor.id,
            written_at=now,
        )
    kept.body, kept.wording_sha256 = body, wording_of(draft.clauses, row)
    kept.written_by, kept.written_at = actor.id, now
    session.add(kept)
    tag = EventTag.CONSULTATIONS_CLAUSE_EXPLAIN
    _record(session, tag, actor, found, now=now, clause=clause_id, version=draft.edition)


def clause_to_explain(draft: Draft, clause_id: str) -> DraftClause:
    """A chapter or an article of the draft; raises `NotFound` for anything else."""
    for row in explainable(draft.clauses):
        if row.clause_id == clause_id:
            return row
    raise NotFound(words("This draft has no such clause."))


def add_term(
    session: Session, actor: Actor, found: Consultation, name: str, meaning: str, *, now: datetime
) -> AddedTerm:
    """Explains a term that the draft does not define itself; its marks stand at once.

    Raises `Invalid` for a term that is explained already, `Conflict` once it is decided.
    """
    allows(actor, Permission.CONSULTATIONS_DRAFT_IMPORT)
    check_explainable(Phase(found.phase))
    name = " ".join(name.split())
    check_length(name, NAME_LENGTH, "name")
    check_length(meaning, MEANING_LENGTH, "meaning")
    _check_is_new(session, found, name)
    made = AddedTerm(
        consultation_id=found.id, name=name, meaning=meaning, added_by=actor.id, added_at=now
    )
    session.add(made)
    session.flush()
    _relay(session, found)
    _record(session, EventTag.CONSULTATIONS_TERM_ADD, actor, found, now=now, term=str(made.id))
    return made


def remove_term(
    session: Session, actor: Actor, found: Consultation, term: AddedTerm, *, now: datetime
) -> None:
    """Takes a term of officers out of the glossary; `Conflict` once it is decided."""
    allows(actor, Permission.CONSULTATIONS_DRAFT_IMPORT)
    check_explainable(Phase(found.phase))
    session.delete(term)
    session.flush()
    _relay(session, found)
    _record(session, EventTag.CONSULTATIONS_TERM_REMOVE, actor, found, now=now, term=str(term.id))


def make_missing_glossaries(session: Session, *, limit: int) -> None:
    """Makes the glossary of published versions that have none yet, as after an upgrade."""
    for version in queries.versions_without_glossary(session, limit=limit):
        lay_glossary(session, version, all_clauses(session, version.id))


def _check_is_new(session: Session, found: Consultation, name: str) -> None:
    added = queries.added_terms(session, found.id)
    newest = editions(session, found.id, limit=1)
    known = queries.glossary(session, newest[0].id) if newest else []
    if name in {each.name for each in added} | {each for term in known for each in term.names}:
        raise Invalid(words("This word is explained already."), field="name")
    if len(added) >= MOST_TERMS:
        raise Invalid(words("At most %(most)s words.", most=MOST_TERMS), field="name")


def _relay(session: Session, found: Consultation) -> None:
    newest = editions(session, found.id, limit=1)
    if newest:
        version = session.get_one(DraftVersion, newest[0].id)
        lay_glossary(session, version, all_clauses(session, version.id))


def _record(
    session: Session,
    tag: EventTag,
    actor: Actor,
    found: Consultation,
    *,
    now: datetime,
    **details: str | int | bool,
) -> None:
    subject = (EVENT_SUBJECT, found.id)
    record(session, tag, at=now, actor=actor, subject=subject, details=details)
