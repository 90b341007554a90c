"""Trustees who keep their keys themselves: their links, their public keys, how far they are.

A link is all that a trustee needs here; the database keeps only the hash of its token. What they
say in the logs carries their own signatures and passes other doors.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import CursorResult, delete, update
from sqlmodel import Session, col, select

from ballots.draft import Trustee, Trustees
from ballots.entries import Share, Signed, parse_payload
from ballots.errors import Refused
from ballots.services import setup
from ballots.services.closed_box import since_close
from ballots.services.context import Context
from ballots.services.names import read_name, write_name
from ballots.services.plan import HERE, check_role_key
from ballots.services.standing import Blame
from ballots.services.standing import Standing as SetupStanding
from participation.core.errors import Conflict, Invalid, NotFound
from participation.core.ids import new_token, token_hash
from participation.core.words import words
from participation.votes.models import Vote, VoteTrustee
from participation.votes.rules import State, check_changeable

MOST_TRUSTEES = 32
KEY_BYTES = 32
_CLOSED = frozenset({State.CLOSED, State.COUNTED})


@dataclass(frozen=True, slots=True)
class TrusteeLink:
    """A trustee's way in, shown once: afterwards nobody can read the token any more."""

    number: int
    name: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Seat:
    """Whoever holds a link: the vote, and the trustee."""

    vote: Vote
    trustee: VoteTrustee

    @property
    def public_key(self) -> str:
        """The registered key in 43 letters, or nothing."""
        return write_name(self.trustee.key) if self.trustee.key else ""


@dataclass(frozen=True, slots=True)
class TrusteeProgress:
    """How far one trustee is: key made, rounds of the ceremony said, acknowledged, released."""

    number: int
    name: str
    has_key: bool
    rounds: int = 0
    has_acked: bool = False
    has_released: bool = False


@dataclass(frozen=True, slots=True)
class CeremonyProgress:
    """How far all trustees of a vote are; `blame` is who ended the ceremony with a bad share."""

    trustees: tuple[TrusteeProgress, ...]
    blame: tuple[Blame, ...] = ()


def name_trustees(session: Session, vote: Vote, names: Sequence[str]) -> tuple[TrusteeLink, ...]:
    """The trustees of a vote become these, in this order; the links of those who are new.

    Who kept name and place keeps link and key. Raises `Conflict` once the vote is announced,
    `Invalid` for no name, a name twice, or more than 32.
    """
    check_changeable(State(vote.state))
    _check_names(names)
    kept = {(each.number, each.name) for each in named(session, vote)}
    wanted = list(enumerate(names, start=1))
    for number, name in sorted(kept - set(wanted)):
        _drop(session, vote, number, name)
    links = [_new_link(session, vote, *each) for each in wanted if each not in kept]
    session.flush()
    return tuple(links)


def forget_trustees(session: Session, vote: Vote) -> None:
    """The vote has no trustees elsewhere any more; raises `Conflict` once it is announced."""
    check_changeable(State(vote.state))
    session.execute(delete(VoteTrustee).where(col(VoteTrustee.vote_id) == vote.id))


def renew_link(session: Session, vote: Vote, number: int) -> TrusteeLink:
    """A new link in place of a lost one, which stops working; raises `NotFound`.

    Before the announcement the key is forgotten too, for it may be lost with the link: a device
    that still has it registers it again by itself.
    """
    trustee = session.get(VoteTrustee, (vote.id, number))
    if trustee is None:
        raise NotFound(words("This vote has no such trustee."))
    token = new_token()
    trustee.token_hash = token_hash(token)
    if vote.state == State.DRAFTED:
        trustee.key = None
    session.add(trustee)
    session.flush()
    return TrusteeLink(number, trustee.name, token)


def seat_of(session: Session, token: str) -> Seat:
    """Whose link this is; raises `NotFound`."""
    wanted = select(VoteTrustee).where(VoteTrustee.token_hash == token_hash(token))
    trustee = session.exec(wanted).one_or_none()
    vote = session.get(Vote, trustee.vote_id) if trustee else None
    if trustee is None or vote is None:
        raise NotFound(words("This link does not work any more. Please ask the organiser."))
    return Seat(vote, trustee)


def register_key(session: Session, seat: Seat, key: bytes) -> None:
    """The public key of a trustee, once; the same key again does no harm.

    `key`: 32 bytes, Ed25519. Raises `Invalid` for bytes that are none, `Conflict` for a second
    key, another's key, or a vote that is announced.
    """
    vote, trustee = seat.vote, seat.trustee
    if trustee.key == key:
        return
    if vote.state != State.DRAFTED:
        message = words("The vote is announced: its trustees' keys cannot change any more.")
        raise Conflict("announced", message)
    _check_key(session, vote, key)
    taken = update(VoteTrustee).where(
        col(VoteTrustee.vote_id) == vote.id,
        col(VoteTrustee.number) == trustee.number,
        col(VoteTrustee.key).is_(None),
    )
    session.flush()
    changed = session.execute(taken.values(key=key).execution_options(synchronize_session=False))
    if cast("CursorResult[tuple[()]]", changed).rowcount != 1:
        message = words(
            "A key was registered with this link before, on another device or browser. If that"
            " was not you, ask the organiser for a new link."
        )
        raise Conflict("key-taken", message)
    session.refresh(trustee)


def trustees_of(session: Session, vote: Vote, site_name: str) -> Trustees:
    """The trustees as the draft names them: those with links, or this site alone.

    Raises `Conflict` naming who has not made a key yet, and for a number needed that is not
    1 to all.
    """
    rows = named(session, vote)
    if not rows:
        return Trustees(1, (Trustee(site_name, HERE, "server"),))
    missing = ", ".join(each.name for each in rows if each.key is None)
    if missing:
        message = words("These trustees have not made their key yet: %(names)s.", names=missing)
        raise Conflict("trustee-keys", message)
    holders = tuple(Trustee(each.name, each.key or b"", "own") for each in rows)
    return Trustees(needed(vote), holders)


def needed(vote: Vote) -> int:
    """How many trustees together open the ballots."""
    k: int = vote.parties.get("trustees", {}).get("k", 1)
    return k


def named(session: Session, vote: Vote) -> Sequence[VoteTrustee]:
    """The trustees with links, in order; none where this site holds the key alone."""
    wanted = select(VoteTrustee).where(VoteTrustee.vote_id == vote.id)
    return session.exec(wanted.order_by(col(VoteTrustee.number))).all()


def progress(session: Session, context: Context, vote: Vote) -> CeremonyProgress:
    """How far the trustees with links are; nobody where there are none."""
    rows = named(session, vote)
    if not rows or vote.eid0 is None:
        return CeremonyProgress(tuple(_before(each) for each in rows))
    standing = setup.standing(context, read_name(vote.eid0))
    released = _released(context, vote)
    trustees = tuple(_progress(each, standing, released) for each in rows)
    return CeremonyProgress(trustees, standing.blame)


def _progress(
    row: VoteTrustee, standing: SetupStanding, released: frozenset[int]
) -> TrusteeProgress:
    found = standing.trustees[row.number - 1]
    return TrusteeProgress(
        row.number,
        row.name,
        has_key=row.key is not None,
        rounds=found.rounds,
        has_acked=found.has_acked,
        has_released=row.number in released,
    )


def _before(row: VoteTrustee) -> TrusteeProgress:
    return TrusteeProgress(row.number, row.name, has_key=row.key is not None)


def _released(context: Context, vote: Vote) -> frozenset[int]:
    """The numbers of the trustees whose shares stand after the close."""
    if vote.eid is None or vote.state not in _CLOSED:
        return frozenset()
    key = context.election(read_name(vote.eid)).log("ballots")
    with context.store.reading() as connection:
        found = [parse_payload("ballots", each) for _, each in since_close(connection, key)]
    return frozenset(
        each.index for each in found if isinstance(each, Signed) and isinstance(each.said, Share)
    )


def _check_names(names: Sequence[str]) -> None:
    if not 1 <= len(names) <= MOST_TRUSTEES or not all(name.strip() for name in names):
        message = words("Name one to %(most)s trustees, each in a line.", most=MOST_TRUSTEES)
        raise Invalid(message, field="trustees")
    twice = next((name for name in names if list(names).count(name) > 1), "")
    if twice:
        raise Invalid(words("%(name)s is named twice.", name=twice), field="trustees")


def _check_key(session: Session, vote: Vote, key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise Invalid(words("This is not a public key."), field="key")
    try:
        check_role_key(key)
    except Refused as error:
        raise Invalid(words("This is not a public key."), field="key") from error
    if any(each.key == key for each in named(session, vote)):
        message = words("Another trustee of this vote has the same key.")
        raise Conflict("key-of-another", message)


def _new_link(session: Session, vote: Vote, number: int, name: str) -> TrusteeLink:
    token = new_token()
    session.add(
        VoteTrustee(vote_id=vote.id, number=number, name=name, token_hash=token_hash(token))
    )
    return TrusteeLink(number, name, token)


def _drop(session: Session, vote: Vote, number: int, name: str) -> None:
    trustee = session.get(VoteTrustee, (vote.id, number))
    if trustee is not None and trustee.name == name:
        session.delete(trustee)
        session.flush()
