"""What becomes of an account whose owner leaves. Pure.

Law 27/2022, articles 5 to 13: people may have a copy of their data, and have it erased.
"""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from participation.core.access import Role
from participation.core.errors import Conflict
from participation.core.words import words

FORMER_NAME = "Mantan warga"
"""What stands beside words whose author has left ("former resident"): a name as any other."""


class Words(StrEnum):
    """What becomes of what somebody wrote."""

    KEEP = "keep"
    ERASE = "erase"


def check_may_leave(roles: Collection[Role]) -> None:
    """Nothing when the account may be erased by its owner; says what must come first otherwise."""
    if set(roles) - {Role.RESIDENT}:
        message = words(
            "You have a role in this office. Ask an administrator to take it from your account"
            " first; what you signed for the office stays."
        )
        raise Conflict("has-a-role", message)


def nowhere(account_id: UUID) -> str:
    """An address that belongs to nobody and can never receive mail (RFC 6761, section 6.4)."""
    return f"{account_id.hex}@left.invalid"
