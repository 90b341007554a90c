"""Reads: a person's passkeys, and those of the people on a roll."""

from collections import defaultdict
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from participation.accounts.models import Account, Passkey
from participation.accounts.passkeys.rules import MOST_PASSKEYS
from participation.core.errors import NotFound
from participation.core.ids import token_hash
from participation.core.words import words

_SHORT = 16


def passkeys_of(session: Session, account_id: UUID) -> list[Passkey]:
    """A person's passkeys, the oldest first."""
    found = session.exec(
        select(Passkey)
        .where(Passkey.account_id == account_id)
        .order_by(col(Passkey.created_at), col(Passkey.credential_id))
    )
    return list(found)


def short_name(passkey: Passkey) -> str:
    """What a passkey is called in addresses: 16 letters, the same each time."""
    return token_hash(passkey.credential_id.hex())[:_SHORT]


def passkey_of(session: Session, account_id: UUID, name: str) -> Passkey:
    """The person's passkey with this short name; raises `NotFound`, also for another's."""
    for passkey in passkeys_of(session, account_id):
        if short_name(passkey) == name:
            return passkey
    raise NotFound(words("There is no such passkey."))


def keys_by_address(
    session: Session, addresses: SelectOfScalar[str]
) -> dict[str, tuple[bytes, ...]]:
    """COSE keys of the people whose addresses a query gives, in one query of their own.

    Only confirmed addresses: anybody can register with anybody's, and a passkey that they added
    must never stand in the row of the person whose address it is.
    """
    found = session.exec(
        select(Account.email, Passkey.cose)
        .join(Passkey, col(Passkey.account_id) == col(Account.id))
        .where(col(Account.email).in_(addresses), col(Account.confirmed_at).is_not(None))
        .order_by(col(Passkey.created_at), col(Passkey.credential_id))
    )
    keys: dict[str, list[bytes]] = defaultdict(list)
    for address, cose in found:
        keys[address].append(bytes(cose))
    return {address: tuple(each[:MOST_PASSKEYS]) for address, each in keys.items()}
