"""Who takes part in a vote: chosen at the desk, until the announcement."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from ballots.draft import Trustee, Trustees
from ballots.label import Counts, Label, label
from ballots.services import box_copy, cosigning, invitations, setup
from ballots.services.context import Context
from ballots.services.names import read_name
from ballots.services.plan import HERE, sketch_of
from ballots.services.standing import ROUNDS
from participation.core.access import Actor, Permission, allows
from participation.core.events import EventTag
from participation.partners.models import Partner
from participation.partners.queries import partners
from participation.partners.rules import Kind
from participation.votes.models import Vote
from participation.votes.parties import (
    BoxElsewhere,
    Parties,
    RegistrarElsewhere,
    WitnessElsewhere,
    check_parties,
)
from participation.votes.plan import plan_of
from participation.votes.platform import Platform
from participation.votes.queries import passkeys_on_roll
from participation.votes.rules import State, check_changeable
from participation.votes.services.steps import record_act
from participation.votes.services.trustees import TrusteeLink, forget_trustees, name_trustees


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who can be chosen: this site's partners, and who was chosen before."""

    registrars: tuple[RegistrarElsewhere, ...]
    witnesses: tuple[WitnessElsewhere, ...]
    boxes: tuple[BoxElsewhere, ...]


def candidates(session: Session, vote: Vote) -> Candidates:
    """Everybody who can take part in a vote, the chosen ones first."""
    chosen, known = Parties.read(vote.parties), partners(session)
    registrars = [_registrar(each) for each in known if each.kind == Kind.REGISTRAR.value]
    witnesses = [_witness(each) for each in known if each.kind == Kind.WITNESS.value]
    boxes = [_box(each) for each in known if each.kind == Kind.BOX.value]
    return Candidates(
        tuple(dict.fromkeys((*chosen.registrars, *registrars))),
        tuple(dict.fromkeys((*chosen.witnesses, *witnesses))),
        tuple(dict.fromkeys((*([chosen.box] if chosen.box else []), *boxes))),
    )


def set_parties(
    session: Session, actor: Actor, vote: Vote, parties: Parties, now: datetime
) -> tuple[TrusteeLink, ...]:
    """These take part from now on; the links of trustees who are new, to be shown once.

    Officers of desks stay as they are. Raises `Invalid` naming the field for numbers that are not
    safe, `Conflict` once the vote is announced.
    """
    allows(actor, Permission.VOTES_VOTE_DRAFT)
    check_changeable(State(vote.state))
    check_parties(parties)
    links: tuple[TrusteeLink, ...] = ()
    if parties.trustees:
        links = name_trustees(session, vote, parties.trustees)
    else:
        forget_trustees(session, vote)
    vote.parties = replace(parties, officers=Parties.read(vote.parties).officers).write()
    session.add(vote)
    record_act(session, EventTag.VOTES_PARTIES_SET, actor, vote, now)
    return links


def preview(session: Session, platform: Platform, vote: Vote, parties: Parties) -> Label:
    """The honest label that a vote would have with these parties; raises `Invalid`."""
    check_parties(parties)
    seen = Vote(**vote.model_dump() | {"parties": parties.write()})
    names = parties.trustees or (platform.name,)
    held = "own" if parties.trustees else "server"
    trustees = Trustees(
        parties.trustees_needed if parties.trustees else 1,
        tuple(Trustee(name, HERE, held) for name in names),  # type: ignore[arg-type]  # own or server
    )
    plan = plan_of(seen, origin=platform.origin, site_name=platform.name, trustees=trustees)
    with_passkey = len(passkeys_on_roll(session, vote.id))
    counts = Counts(rows=vote.roll_size, rows_with_passkey=with_passkey)
    return label(sketch_of(plan), counts if vote.roll_size else Counts())


def _registrar(partner: Partner) -> RegistrarElsewhere:
    return RegistrarElsewhere(partner.name, read_name(partner.key), partner.address)


def _witness(partner: Partner) -> WitnessElsewhere:
    return WitnessElsewhere(partner.name, partner.key, partner.address)


def _box(partner: Partner) -> BoxElsewhere:
    return BoxElsewhere(partner.name, read_name(partner.key), partner.address)


class Part(StrEnum):
    """What somebody elsewhere still owes a set-up."""

    KEYS = "keys"
    CEREMONY = "ceremony"
    ACK = "ack"


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody elsewhere whose part is missing."""

    name: str
    part: Part


def missing(context: Context, vote: Vote) -> tuple[Missing, ...]:
    """Who elsewhere is still waited for, before the freeze or before the opening.

    A box apart shows acks only with the opening, and refuses it by name until then.
    """
    if vote.eid0 is None or vote.state not in {State.ANNOUNCED, State.FROZEN}:
        return ()
    standing = setup.standing(context, read_name(vote.eid0))
    shows_acks = vote.eid is not None and not Parties.read(vote.parties).box
    found: list[Missing] = []
    for registrar in standing.registrars:
        if not registrar.is_here and not registrar.has_keys:
            found.append(Missing(registrar.name, Part.KEYS))
        elif not registrar.is_here and shows_acks and not registrar.has_acked:
            found.append(Missing(registrar.name, Part.ACK))
    for trustee in standing.trustees:
        if not trustee.is_here and trustee.rounds < len(ROUNDS):
            found.append(Missing(trustee.name, Part.CEREMONY))
        elif not trustee.is_here and shows_acks and not trustee.has_acked:
            found.append(Missing(trustee.name, Part.ACK))
    return tuple(found)


def ask_elsewhere(context: Context, vote: Vote) -> None:
    """Ask those elsewhere for what a vote needs of them next; outside any transaction.

    Who does not answer is asked again each minute.
    """
    if vote.state == State.ANNOUNCED and vote.eid0:
        invitations.ask_for_keys(context, read_name(vote.eid0))
    if vote.state == State.FROZEN and vote.eid:
        box_copy.settle(context, read_name(vote.eid))
        invitations.ask_for_acks(context, read_name(vote.eid))
    elif vote.eid:
        box_copy.follow(context, context.election(read_name(vote.eid)))
    if vote.eid0:
        cosigning.ask_witnesses(context, read_name(vote.eid0))
