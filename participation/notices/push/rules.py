"""What a browser's address for messages may be. Pure."""

import binascii
import ipaddress
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from participation.core.errors import Invalid
from participation.core.reach import is_public
from participation.core.words import words

ENDPOINT_LENGTH = 1000
NAME_LENGTH = 80
MOST_DEVICES = 10
_AUTH_BYTES = 16
_LOCAL = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that can be told: the address of its messages, its key, its shared secret."""

    endpoint: str
    p256dh: bytes
    auth: bytes


def device_of(endpoint: str, p256dh: str, auth: str, *, may_be_private: bool) -> Device:
    """What a browser handed in; raises `Invalid` for anything that no browser makes."""
    try:
        address = urlsplit(endpoint)
        is_there = _is_address(endpoint, address) and (may_be_private or _is_outside(address))
        point, secret = from_b64(p256dh), from_b64(auth)
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError as error:
        raise _unusable() from error
    if not is_there or len(secret) != _AUTH_BYTES:
        raise _unusable()
    if address.scheme != "https" and not (may_be_private and address.scheme == "http"):
        raise _unusable()
    return Device(endpoint, point, secret)


def to_b64(octets: bytes) -> str:
    """Bytes as base64url without padding."""
    return urlsafe_b64encode(octets).decode().rstrip("=")


def from_b64(text: str) -> bytes:
    """The bytes in base64url; raises ValueError for any other spelling."""
    try:
        found = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if to_b64(found) != text.rstrip("="):
        raise ValueError("not base64url")
    return found


def _is_address(endpoint: str, address: SplitResult) -> bool:
    is_plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    host = address.hostname or ""
    return (
        is_plain
        and len(endpoint) <= ENDPOINT_LENGTH
        and bool(host)
        and ":" not in host
        and "@" not in address.netloc
        and not address.fragment
    )


def _is_outside(address: SplitResult) -> bool:
    """Whether it looks like a place of the open internet; where it leads is seen when sending."""
    host = (address.hostname or "").rstrip(".")
    if address.port not in {None, 443} or "." not in host or host.endswith(_LOCAL):
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return is_public(host)


def _unusable() -> Invalid:
    return Invalid(words("Your browser gave no address that messages could be sent to."))
