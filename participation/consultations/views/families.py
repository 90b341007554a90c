"""The page of comments that say nearly the same, put together."""

from functools import lru_cache
from uuid import UUID

from flask import request

from participation.comments import queries as comments
from participation.comments.families import Family, Written, families
from participation.comments.ledger import queries as ledger
from participation.comments.ledger.queries import Text
from participation.consultations import queries
from participation.consultations.models import Consultation
from participation.consultations.pages import answering as pages
from participation.consultations.pages.parts import SaidView, head_of
from participation.consultations.queries import subject_of
from participation.consultations.views.assembly import cited
from participation.consultations.views.present import is_open
from participation.core.errors import NotFound
from participation.core.words import words
from participation.web.database import session

_LOOKED_AT = 2000  # waiting comments compared with each other, the longest waiting first
_SHOWN = 25
_ADDITIONS = 12


def families_page(found: Consultation) -> pages.FamiliesPage:
    """One page of the families among the comments that wait; a constant number of queries."""
    edition = queries.edition(session(), found.id)
    texts = _texts(found)
    every = _families(texts)
    rest = _after(every, request.args.get("after", ""))
    shown = rest[:_SHOWN]
    leaders = ledger.said_of(
        session(), subject_of(found), [one.leader for one in shown], limit=_SHOWN
    )
    views = {said.id: said for said in cited(edition, leaders)}
    return pages.FamiliesPage(
        head=head_of(found, is_open=is_open(found)),
        coverage=comments.coverage(session(), subject_of(found)),
        number=len(every),
        families=tuple(_view(one, views[str(one.leader)], texts) for one in shown),
        after=str(shown[-1].leader) if len(rest) > len(shown) else "",
        looked_at=len(texts),
    )


def number_of_families(found: Consultation) -> int:
    """How many families there are among the comments that wait."""
    return len(_families(_texts(found)))


def family_of(found: Consultation, leader: str) -> list[UUID]:
    """The comments that say nearly what `leader` says, it too; `NotFound` for no such family."""
    for one in _families(_texts(found)):
        if str(one.leader) == leader:
            return sorted(one.members, key=lambda member: (member != one.leader, member))
    raise NotFound(words("These comments have been answered, or no longer say the same."))


def _texts(found: Consultation) -> dict[UUID, Text]:
    texts = ledger.waiting_texts(session(), subject_of(found), limit=_LOOKED_AT)
    return {text.id: text for text in texts}


def _families(texts: dict[UUID, Text]) -> tuple[Family[UUID], ...]:
    return _compared(tuple(Written(text.id, text.stance, text.body) for text in texts.values()))


@lru_cache(maxsize=4)
def _compared(written: tuple[Written[UUID], ...]) -> tuple[Family[UUID], ...]:
    """Compared once while the same comments wait: it takes a tenth of a second for a thousand."""
    return tuple(families(written))


def _after(found: tuple[Family[UUID], ...], leader: str) -> tuple[Family[UUID], ...]:
    """The families after the one that a page ended with; all of them once that is answered."""
    place = next((at for at, one in enumerate(found, 1) if str(one.leader) == leader), 0)
    return found[place:]


def _view(one: Family[UUID], leader: SaidView, texts: dict[UUID, Text]) -> pages.FamilyView:
    members = [texts[member] for member in one.members]
    return pages.FamilyView(
        leader=leader,
        comments=len(members),
        people=len({text.author_id for text in members}),
        places=len({text.place for text in members}),
        additions=one.additions[:_ADDITIONS],
        hidden_additions=max(0, len(one.additions) - _ADDITIONS),
    )
