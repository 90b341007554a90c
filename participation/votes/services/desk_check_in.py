"""Checking in at an officer's desk (section 6.4, kind 2).

The officer finds the row of the voter who stands there and shows a link, good for half an hour
and one device. The voter's device makes the key, lays its ask here, and shows six letters of its
digest; the officer's page shows the six letters of what was laid, and the officer signs the digest
with a passkey. The server never holds the voter's key, and nobody at a distance can lay an ask.
"""

import base64
import json
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col

from ballots.errors import BadEntry
from ballots.evidence import DESK, DeskEvidence
from ballots.services import registrar, roll
from ballots.services.context import Context
from ballots.services.names import read_name
from ballots.services.registrar import Ask
from participation.accounts.rules import clean_email
from participation.core.access import Actor
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound
from participation.core.ids import new_token, token_hash
from participation.core.words import words
from participation.votes.models import DeskVisit, Vote, VoteVoter
from participation.votes.refusals import in_words
from participation.votes.services import check_in as acts
from participation.votes.services.check_in import Window, check_in_window
from participation.votes.services.desk_officers import officers_desk

VISIT_LENGTH = timedelta(minutes=30)
_FIELD = "address"


class Stage(StrEnum):
    """How far a visit has come."""

    EMPTY = "empty"
    WAITING = "waiting"
    DONE = "done"


def receive(
    session: Session, context: Context, vote: Vote, actor: Actor, *, address: str, now: datetime
) -> str:
    """The token of a visit of the voter with this address.

    Raises `NotAllowed` for who is no officer of this vote, `Conflict` outside check-in, `Invalid`
    for an address that is not on the roll or whose row was struck.
    """
    officers_desk(session, context, vote, actor)
    if check_in_window(vote, now) is not Window.DURING:
        raise Conflict("check-in-not-open", words("Nobody can check in to this vote now."))
    voter_id = clean_email(address)
    try:
        standing = acts.standing(context, vote, voter_id)
    except NotFound as error:
        message = words("This address is not on the roll of this vote.")
        raise Invalid(message, field=_FIELD, code=error.code) from error
    if standing.is_struck:
        message = words("This row of the roll was struck as wrong, and cannot check in.")
        raise Invalid(message, field=_FIELD, code="row-struck")
    token = new_token()
    session.add(
        DeskVisit(
            token_hash=token_hash(token),
            vote_id=vote.id,
            officer_id=actor.id,
            voter_id=voter_id,
            expires_at=now + VISIT_LENGTH,
        )
    )
    session.flush()
    return token


def visit_of(session: Session, vote: Vote, token: str, now: datetime) -> DeskVisit:
    """The visit behind a link of this vote; raises `NotFound` desk-over when there is none."""
    found = session.get(DeskVisit, token_hash(token))
    if found is None or found.vote_id != vote.id or found.expires_at <= now:
        raise NotFound(
            words("This link of the desk is over. Begin with a new one."), code="desk-over"
        )
    return found


def own_visit(session: Session, vote: Vote, actor: Actor, token: str, now: datetime) -> DeskVisit:
    """`visit_of`, for the officer who received the voter; `NotFound` for any other."""
    found = visit_of(session, vote, token, now)
    if found.officer_id != actor.id:
        raise NotFound(
            words("This link of the desk is over. Begin with a new one."), code="desk-over"
        )
    return found


def name_on_roll(session: Session, vote: Vote, voter_id: str) -> str:
    """The name under which the organiser listed a voter; may be empty."""
    listed = session.get(VoteVoter, (vote.id, voter_id))
    return listed.name if listed else ""


def stage(visit: DeskVisit) -> Stage:
    """How far a visit has come."""
    if visit.is_done:
        return Stage.DONE
    return Stage.EMPTY if visit.ask is None else Stage.WAITING


def lay(session: Session, context: Context, vote: Vote, visit: DeskVisit, ask: Ask) -> Stage:
    """Lays the ask of the voter's device before the officer; the same ask again changes nothing.

    Raises `Conflict` desk-taken for another ask than the first: that device is not the voter's,
    or the first was not. `NotAllowed` wrong-row for another row than the visitor's.
    """
    with in_words():
        own = roll.row_of(context, read_name(vote.eid0 or ""), visit.voter_id)
    if (ask.row, ask.style) != (own.index, own.row.style):
        raise NotAllowed(words("This is another voter's row."), code="wrong-row")
    laid = _write(ask)
    if visit.ask is None:
        at_desk = update(DeskVisit).where(
            col(DeskVisit.token_hash) == visit.token_hash, col(DeskVisit.ask).is_(None)
        )
        session.execute(
            at_desk.values(ask=laid).execution_options(synchronize_session=False)
        )  # of two devices at once, one
        session.refresh(visit)
    if visit.ask != laid:
        message = words("Another device has used this link already.")
        raise Conflict("desk-taken", message)
    return stage(visit)


def laid(visit: DeskVisit) -> dict[str, Any]:
    """What the officer's page is told: how far it is, and the ask in the client's own words."""
    said = json.loads(visit.ask) if visit.ask is not None else {}
    return {"state": stage(visit).value, "ask": said}


def confirm(
    session: Session, context: Context, vote: Vote, actor: Actor, *, visit: DeskVisit, sent: bytes
) -> None:
    """Checks the visitor in with the officer's evidence (JSON); durable before it is noted here.

    Raises `Conflict` where nothing was laid, `Invalid` for what cannot be read, `NotAllowed` for
    another officer's key, and whatever the registrars refuse.
    """
    desk = officers_desk(session, context, vote, actor)
    if visit.ask is None:
        raise Conflict("nothing-laid", words("The voter's device has not asked for anything yet."))
    evidence = _evidence(sent, {key.number for key in desk.keys})
    ask = acts.read_ask(
        json.dumps(json.loads(visit.ask) | {"kind": DESK, "evidence": evidence}).encode()
    )
    with in_words():
        registrar.check_in(context, read_name(vote.eid or ""), visit.voter_id, ask)
    visit.is_done = True
    session.add(visit)
    session.flush()


def check_in(context: Context, vote: Vote, visit: DeskVisit, ask: Ask) -> dict[str, Any]:
    """The registrars' answers for the visitor's device, once the officer has confirmed.

    A link of the desk opens no other way to check in than the officer's: a session it is not.
    """
    if ask.kind != DESK:
        message = words("At the desk only the officer's passkey checks in.")
        raise NotAllowed(message, code="officer-required")
    return acts.check_in(context, vote, visit.voter_id, ask)


def sweep(session: Session, now: datetime) -> None:
    """Forgets the visits that are over."""
    session.execute(delete(DeskVisit).where(col(DeskVisit.expires_at) < now))


def _evidence(sent: bytes, numbers: Collection[int]) -> str:
    """The evidence that an officer's page sent, base64url, if it is by one of these numbers."""
    try:
        said = json.loads(sent)
        written = said["evidence"] if isinstance(said, dict) else None
        octets = base64.urlsafe_b64decode(f"{written}===") if isinstance(written, str) else b""
        officer = DeskEvidence.parse(octets).officer
    except (ValueError, KeyError, RecursionError, BadEntry) as error:
        raise Invalid(words("What your device sent cannot be read."), code="malformed") from error
    if officer not in numbers:
        raise NotAllowed(words("This is another officer's passkey."), code="wrong-officer")
    return str(written)


def _write(ask: Ask) -> bytes:
    """The ask as the voting client wrote it, without kind and evidence, in one form."""
    blinded = [base64.urlsafe_b64encode(each).decode().rstrip("=") for each in ask.blinded]
    said = {"row": ask.row, "style": ask.style, "blinded": blinded}
    return json.dumps(said, separators=(",", ":")).encode()
