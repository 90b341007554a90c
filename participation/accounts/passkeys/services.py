"""Acts on passkeys: begin one with the password, add what the device made, remove one.

The challenge waits here, not in the cookie, and is taken once: an answer that was sent before, or
in another browser, finds nothing to answer.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from participation.accounts.models import Account, KeptForm, Passkey
from participation.accounts.passkeys import ceremony, queries
from participation.accounts.passkeys.ceremony import Person
from participation.accounts.passkeys.rules import ENROLMENT_LENGTH, Party, check_room
from participation.accounts.queries import account
from participation.core.access import Actor
from participation.core.errors import Conflict, NotAllowed, NotFound
from participation.core.events import EventTag, record
from participation.core.ids import new_token, token_hash
from participation.core.passwords import check_password
from participation.core.words import words

_CHALLENGE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A passkey about to be made: its name, and the challenge (32 bytes) that it answers."""

    name: str
    challenge: bytes


def begin(session: Session, actor: Actor, at: datetime, *, name: str, password: str) -> str:
    """The token of a new enrolment; raises `Invalid` for a wrong password, `Conflict` when full.

    The password is asked again because a browser left open must not be enough to add a key that
    votes. `NotAllowed` before the address is confirmed: a roll knows people by it.
    """
    owner = _owner(session, actor)
    check_password(owner.password_hash, password)
    if owner.confirmed_at is None:
        message = words(
            "Please confirm your e-mail address first: it is how a roll knows whose passkey it is."
        )
        raise NotAllowed(message, code="confirm-address-first")
    check_room(len(queries.passkeys_of(session, actor.id)))
    token = new_token()
    challenge = base64.b64encode(secrets.token_bytes(_CHALLENGE_BYTES)).decode()
    session.add(
        KeptForm(
            token_hash=token_hash(token),
            account_id=actor.id,
            fields={"enrolment": [challenge, name]},
            expires_at=at + ENROLMENT_LENGTH,
        )
    )
    session.flush()
    return token


def waiting(session: Session, actor: Actor, token: str, at: datetime) -> Enrolment:
    """The enrolment that waits under a token of this person; raises `NotFound` when over."""
    kept = session.get(KeptForm, token_hash(token))
    is_theirs = kept is not None and kept.account_id == actor.id and kept.expires_at > at
    if kept is None or not is_theirs or "enrolment" not in kept.fields:
        raise _over()
    challenge, name = kept.fields["enrolment"]
    return Enrolment(name, base64.b64decode(challenge))


def options(session: Session, actor: Actor, party: Party, enrolment: Enrolment) -> str:
    """What the person's browser is asked, as JSON."""
    owner = account(session, actor.id)
    person = Person(owner.id.bytes, owner.email, owner.name)
    known = [each.credential_id for each in queries.passkeys_of(session, actor.id)]
    return ceremony.creation_options(party, person, enrolment.challenge, known)


def take(session: Session, actor: Actor, token: str, at: datetime) -> Enrolment:
    """`waiting`, and it waits no more: of two answers at once one finds nothing (`NotFound`)."""
    found = waiting(session, actor, token, at)
    gone = delete(KeptForm).where(col(KeptForm.token_hash) == token_hash(token))
    if not session.execute(gone.returning(col(KeptForm.token_hash))).all():
        raise _over()
    return found


def add(
    session: Session, actor: Actor, at: datetime, *, enrolment: Enrolment, party: Party, answer: str
) -> Passkey:
    """The passkey that a device made in answer to an enrolment.

    Raises `Invalid` unless it is for this challenge, site and person, `Conflict` when there is no
    room or the passkey is known.
    """
    _owner(session, actor)
    check_room(len(queries.passkeys_of(session, actor.id)))
    made = ceremony.verify_answer(party, enrolment.challenge, answer)
    passkey = Passkey(
        credential_id=made.credential_id,
        account_id=actor.id,
        cose=made.cose,
        name=enrolment.name,
        created_at=at,
    )
    try:
        with session.begin_nested():
            session.add(passkey)
    except IntegrityError as error:
        message = words("This passkey is enrolled already.")
        raise Conflict("passkey-known", message) from error
    _record(session, EventTag.ACCOUNTS_PASSKEY_ADD, actor, at)
    return passkey


def remove(
    session: Session, actor: Actor, at: datetime, *, passkey: Passkey, password: str
) -> None:
    """Removes a passkey of the actor; raises `Invalid` for a wrong password.

    The password, because who could remove passkeys from a browser left open would make the next
    roll ask for none.
    """
    check_password(_owner(session, actor).password_hash, password)
    session.delete(passkey)
    session.flush()
    _record(session, EventTag.ACCOUNTS_PASSKEY_REMOVE, actor, at)


def _owner(session: Session, actor: Actor) -> Account:
    """The actor's account, locked until the end, so that two enrolments at once do not overfill."""
    return session.exec(select(Account).where(Account.id == actor.id).with_for_update()).one()


def _record(session: Session, tag: EventTag, actor: Actor, at: datetime) -> None:
    record(session, tag, at=at, actor=actor, subject=("account", actor.id))


def _over() -> NotFound:
    message = words("This was begun too long ago, or is done already. Please begin again.")
    return NotFound(message, code="enrolment-over")
