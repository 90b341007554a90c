"""People with passkeys, for tests of checking in: whose they are, and what they sign."""

from ballots.credential import check_in_ask
from ballots.evidence import DeskEvidence, PasskeyEvidence
from ballots.services.names import read_name
from participation.accounts.models import Passkey
from participation.accounts.queries import account, account_by_email
from participation.core.access import Role
from tests.participation.authenticator import Authenticator
from tests.participation.people import MORNING, make_person
from tests.participation.votes.hall import ORIGIN, address
from tests.participation.votes.voters import b64, octets

RP_ID = "127.0.0.1"


def phone():
    """A device of the hall's site."""
    return Authenticator(ORIGIN, RP_ID)


def settle(session, name, *roles: Role):
    """An account with a confirmed address, made where there is none yet; its actor's id."""
    found = account_by_email(session, address(name))
    if found is None:
        actor = make_person(session, name.title(), *roles, email=address(name))
        found = account(session, actor.id)
    found.confirmed_at = MORNING
    session.commit()
    return found.id


def give_passkey(session, name, device=None, *, label="Telepon", at=MORNING):
    """Enrols a passkey for somebody; gives the device."""
    device = device or phone()
    session.add(
        Passkey(
            credential_id=device.credential_id,
            account_id=settle(session, name),
            cose=device.cose,
            name=label,
            created_at=at,
        )
    )
    session.commit()
    return device


def digest_of(hall, ask):
    """`d` of an ask as the voting client sends it."""
    blinded = tuple(octets(each) for each in ask["blinded"])
    return check_in_ask(read_name(hall.vote.eid), ask["row"], ask["style"], blinded)


def with_passkey(hall, ask, device, *, digest=None, cose=None, **lies):
    """The ask with the evidence of kind 1."""
    signed = device.sign(digest or digest_of(hall, ask), **lies)
    evidence = PasskeyEvidence(cose or device.cose, *signed).payload
    return ask | {"kind": 1, "evidence": b64(evidence)}


def by_officer(hall, ask, device, number=1, **lies):
    """The ask with the evidence of kind 2."""
    evidence = DeskEvidence(number, *device.sign(digest_of(hall, ask), **lies)).payload
    return ask | {"kind": 2, "evidence": b64(evidence)}
