"""A voter's passkeys and their row: which of them the row asks for at check-in."""

import base64
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from ballots.services import roll
from ballots.services.context import Context
from ballots.services.names import read_name
from participation.accounts.models import Passkey
from participation.accounts.passkeys.queries import passkeys_of
from participation.votes.models import Vote
from participation.votes.refusals import in_words


@dataclass(frozen=True, slots=True)
class RowPasskeys:
    """What a voter's row asks for.

    `names` of those of the account that stand in it, `absent` of those that do not; `unknown` is
    how many stand in it and are not, or no longer, on the account.
    """

    names: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    unknown: int = 0

    @property
    def is_asked_for(self) -> bool:
        """Whether the row asks for a passkey at all."""
        return bool(self.names) or self.unknown > 0


def row_passkeys(
    session: Session, context: Context, vote: Vote, *, account_id: UUID, voter_id: str
) -> RowPasskeys:
    """What the voter's row asks for, also before the freeze; `NotFound` without a row."""
    with in_words():
        row = roll.row_of(context, read_name(vote.eid0 or ""), voter_id).row
    own = passkeys_of(session, account_id)
    inside = [each.name for each in own if row.has_passkey(each.cose)]
    outside = [each.name for each in own if not row.has_passkey(each.cose)]
    return RowPasskeys(tuple(inside), tuple(outside), len(row.passkeys) - len(inside))


def passkeys_to_ask(
    session: Session, context: Context, vote: Vote, *, account_id: UUID, voter_id: str
) -> dict[str, Any]:
    """The voter's passkeys that stand in their row, as the voting client reads them."""
    with in_words():
        row = roll.row_of(context, read_name(vote.eid0 or ""), voter_id).row
    own = passkeys_of(session, account_id)
    return {"passkeys": [_write(each) for each in own if row.has_passkey(each.cose)]}


def _write(passkey: Passkey) -> dict[str, str]:
    return {"id": _b64url(passkey.credential_id), "cose": _b64url(passkey.cose)}


def _b64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
