"""How elections, ballot keys and payloads are written in addresses: 32 bytes as base64url."""

from ballots.errors import Refused
from crypto.encoding import b64url, from_b64url
from crypto.errors import CryptoError

NAME_BYTES = 32


def write_name(name: bytes) -> str:
    """The 43 letters for `eid`, `eid0`, a ballot key or a payload's hash."""
    return b64url(name)


def read_name(text: str) -> bytes:
    """The 32 bytes of a name; raises Refused `not-found`, for no other text names anything."""
    try:
        name = from_b64url(text)
    except CryptoError as error:
        raise Refused("not-found", "this is not a name in base64url") from error
    if len(name) != NAME_BYTES:
        raise Refused("not-found", f"a name has {NAME_BYTES} bytes, not {len(name)}")
    return name
