"""Entries: what one person said, typed, typed again, deleted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from participation.comments.rules import Stance, check_body
from participation.consultations.services import Moment
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid
from participation.core.events import EventTag
from participation.core.ids import new_token
from participation.core.words import words
from participation.intake import queries
from participation.intake.citing import clause_cited
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.rules import (
    MOST_ENTRIES,
    NAME_LENGTH,
    State,
    check_received,
    check_taken_in,
    check_typeable,
)
from participation.intake.services.giving import code_of
from participation.intake.services.traces import change, record_entry, situation_of


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What one person said, as it was typed.

    `clause` is a citation such as “Pasal 5 ayat (2)”, or a clause's id. An empty `name`: not to be
    named. An empty `code`: a fresh one is given. Without `received_on` it is the batch's day. The
    same `token` and words a second time are the same entry.
    """

    clause: str
    stance: Stance
    body: str
    name: str = ""
    code: str = ""
    received_on: date | None = None
    token: str = field(default_factory=new_token)


def add_entries(
    session: Session,
    actor: Actor,
    batch: IntakeBatch,
    new: Sequence[NewEntry],
    moment: Moment,
) -> list[IntakeEntry]:
    """The entries, typed into a batch that is not handed over yet; one event for each.

    Raises `Invalid` naming the field (`clause`, `body`, `name`, `code`, `received_on`): then none
    of them is added. `Conflict` once the batch is handed over, or nothing is taken in any more.
    """
    allows(actor, Permission.INTAKE_BATCH_WRITE)
    if batch.handed_at is not None:
        raise Conflict("handed-over", words("This batch is handed over. Open another one."))
    found = queries.consultation(session, batch.consultation_id)
    check_taken_in(situation_of(found, moment))
    clauses = queries.clauses(session, found.id, batch.edition)
    number = queries.last_number(session, batch.id)
    if number + len(new) > MOST_ENTRIES:
        message = words("A batch holds at most %(most)s entries.", most=MOST_ENTRIES)
        raise Invalid(message)
    added = []
    for each in new:
        key = _form_key(each)
        entry = queries.entry_by_key(session, batch.id, key)
        if entry is None:
            number += 1
            values = _values(session, actor, batch, each, moment, clauses=clauses)
            entry = IntakeEntry(
                batch_id=batch.id,
                number=number,
                state=State.TYPED.value,
                form_key=key,
                **values,
            )
            session.add(entry)
            session.flush()
            record_entry(session, EventTag.INTAKE_ENTRY_TYPE, actor, entry, moment)
        added.append(entry)
    return added


def correct_entry(
    session: Session,
    actor: Actor,
    batch: IntakeBatch,
    entry: IntakeEntry,
    new: NewEntry,
    *,
    moment: Moment,
) -> None:
    """Types an entry again; one that was sent back waits for a second person again.

    Raises `Conflict` for an entry that waits or is dealt with, and as `add_entries` does.
    """
    allows(actor, Permission.INTAKE_BATCH_WRITE)
    check_typeable(State(entry.state))
    found = queries.consultation(session, batch.consultation_id)
    clauses = queries.clauses(session, found.id, batch.edition)
    new = replace(new, code=new.code or entry.code)
    values = _values(session, actor, batch, new, moment, clauses=clauses)
    is_returned = entry.state == State.RETURNED
    state = State.WAITING if is_returned else State.TYPED
    change(session, entry, state=state.value, revision=entry.revision + 1, reason="", **values)
    record_entry(session, EventTag.INTAKE_ENTRY_CORRECT, actor, entry, moment)


def delete_entry(session: Session, actor: Actor, entry: IntakeEntry, moment: Moment) -> None:
    """Deletes an entry that was not handed over; raises `Conflict` afterwards."""
    allows(actor, Permission.INTAKE_BATCH_WRITE)
    if entry.state != State.TYPED:
        message = words("This entry is handed over; its author may ask what became of it.")
        raise Conflict("handed-over", message)
    record_entry(session, EventTag.INTAKE_ENTRY_DELETE, actor, entry, moment)
    session.delete(entry)
    session.flush()


def _values(
    session: Session,
    actor: Actor,
    batch: IntakeBatch,
    new: NewEntry,
    moment: Moment,
    *,
    clauses: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """What an entry holds, checked."""
    found = queries.consultation(session, batch.consultation_id)
    place = clause_cited(new.clause, clauses)
    check_body(new.body)
    if len(new.name) > NAME_LENGTH:
        message = words("At most %(most)s characters.", most=NAME_LENGTH)
        raise Invalid(message, field="name")
    received_on = new.received_on or batch.received_on
    check_received(received_on, situation_of(found, moment))
    return {
        "place": place,
        "stance": new.stance.value,
        "body": new.body,
        "name": new.name,
        "received_on": received_on,
        "code": code_of(session, actor, batch, new.code, moment),
        "typed_by": actor.id,
        "typed_at": moment.now,
    }


def _form_key(new: NewEntry) -> str:
    parts = (new.token, new.clause, new.stance.value, new.body, new.name, new.code)
    told = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(told.encode()).hexdigest()
