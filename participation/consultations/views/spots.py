"""Where one talks: a clause of a consultation, found by address or by a comment on it."""

from dataclasses import dataclass
from uuid import UUID

from participation.comments import queries as comments
from participation.comments.models import Comment
from participation.consultations import history, queries
from participation.consultations.history import Wording
from participation.consultations.models import Consultation, DraftClause
from participation.consultations.queries import Edition, subject_of
from participation.consultations.views.present import closed_because
from participation.core.errors import Conflict, NotFound
from participation.core.words import words
from participation.web.database import session
from participation.web.language import say


@dataclass(frozen=True, slots=True)
class Spot:
    """A clause in the latest edition of a consultation, or in the last one that had it.

    `gone_with` is the number of the version that no longer has it, 0 while it stands. `editions`
    are all published ones, the latest first; `wordings` the clause in each, the earliest first.
    """

    found: Consultation
    edition: Edition
    clause: DraftClause
    gone_with: int
    editions: tuple[Edition, ...]
    wordings: tuple[Wording, ...]


def spot_of_clause(slug: str, clause_id: str) -> Spot:
    """The clause at an address; raises `NotFound`."""
    found = queries.announced_consultation(session(), slug)
    return _spot(found, clause_id)


def spot_and_comment(slug: str, comment_id: UUID) -> tuple[Spot, Comment]:
    """A comment at an address and the clause it is about; raises `NotFound`."""
    found = queries.announced_consultation(session(), slug)
    comment = comments.comment(session(), comment_id)
    subject = subject_of(found)
    if (comment.subject_kind, comment.subject_id) != (subject.kind, subject.id):
        raise NotFound(words("There is no such comment."))
    return _spot(found, comment.place), comment


def _spot(found: Consultation, clause_id: str) -> Spot:
    editions = tuple(queries.editions(session(), found.id))
    wordings = tuple(history.wordings(session(), found.id, clause_id))
    last = wordings[-1]
    gone_with = 0 if last.version == editions[0].number else last.version + 1
    edition = next(each for each in editions if each.number == last.version)
    return Spot(found, edition, last.clause, gone_with, editions, wordings)


def closed_at(spot: Spot) -> str:
    """Why nobody can comment on this clause now, in words; empty when it is possible."""
    try:
        check_standing(spot)
    except Conflict as conflict:
        return say(conflict.message)
    return closed_because(spot.found)


def check_standing(spot: Spot) -> None:
    """Nothing while the clause is in the draft; raises `Conflict` once a version removed it."""
    if spot.gone_with:
        message = words("This clause is no longer in the draft; what was said stays readable.")
        raise Conflict("clause-gone", message)
