"""What a passkey must be: where it belongs, its one form, how many one person has. Pure."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from participation.core.errors import Conflict, Invalid
from participation.core.limits import Limit
from participation.core.words import words

NAME_LENGTH = 80
MOST_PASSKEYS = 4
"""As many as a row of a roll holds."""

ENROLMENT_LENGTH = timedelta(minutes=10)
PASSWORDS_PER_ACCOUNT = Limit(8, timedelta(minutes=5))

_COORDINATE_BYTES = 32
_COSE_HEAD = bytes.fromhex("a5010203262001215820")  # EC2, ES256, P-256, then x
_COSE_MIDDLE = bytes.fromhex("225820")  # then y


@dataclass(frozen=True, slots=True)
class Party:
    """The site as authenticators know it: its `origin`, and the host name in it."""

    origin: str

    @property
    def rp_id(self) -> str:
        """The relying party's id: the host name."""
        return urlsplit(self.origin).hostname or ""

    @property
    def has_name(self) -> bool:
        """Whether the site has a name: authenticators know no site by a number."""
        try:
            ipaddress.ip_address(self.rp_id)
        except ValueError:
            return bool(self.rp_id)
        return False


def canonical_cose(x: bytes, y: bytes) -> bytes:
    """The one form of an ES256 key, 77 bytes (protocol, section 6.4), from 32 bytes each."""
    if len(x) != _COORDINATE_BYTES or len(y) != _COORDINATE_BYTES:
        raise Invalid(words("This passkey's key has an unknown form."), code="passkey-form")
    return _COSE_HEAD + x + _COSE_MIDDLE + y


def check_room(number: int) -> None:
    """Nothing while a person with `number` passkeys may have one more; raises `Conflict`."""
    if number >= MOST_PASSKEYS:
        message = words(
            "You have %(most)s passkeys, and more do not fit on a roll. Remove one first.",
            most=MOST_PASSKEYS,
        )
        raise Conflict("passkeys-full", message)
