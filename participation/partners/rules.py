"""What a partner is, where it may be, and what its service says of itself. Pure."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from participation.core.errors import Invalid
from participation.core.text import tidy
from participation.core.words import words

ADDRESS_LENGTH = 200
NAME_LENGTH = 120
_KEY_BYTES = 32
_VKEY = re.compile(r"[^\s+]{1,80}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{20,80}={0,2}", re.ASCII)


class Kind(StrEnum):
    """What a partner does."""

    REGISTRAR = "registrar"
    WITNESS = "witness"
    BOX = "box"


class Problem(StrEnum):
    """What was wrong when a partner was asked last; nothing is the empty one."""

    NONE = ""
    SILENT = "silent"
    STRANGE = "strange"
    OTHER_KEY = "other-key"


@dataclass(frozen=True, slots=True)
class Said:
    """What a partner's service says of itself; the key of a witness is a verifier key."""

    name: str
    key: str


def clean_address(text: str, *, may_be_private: bool) -> str:
    """The origin in what was typed; raises `Invalid` for anything that is none.

    Only https, and http on this very machine where private places are allowed.
    """
    try:
        address = urlsplit(text.strip().lower())
        host, port = address.hostname or "", address.port
    except ValueError as error:
        raise _no_origin() from error
    if not host or address.path.strip("/") or address.query or address.fragment or "@" in text:
        raise _no_origin()
    if address.scheme != "https" and not (may_be_private and address.scheme == "http"):
        message = words("The address must begin with https://, so that nobody reads along.")
        raise Invalid(message, field="address")
    shown = f"[{host}]" if ":" in host else host
    origin = f"{address.scheme}://{shown}" + (f":{port}" if port else "")
    if len(origin) > ADDRESS_LENGTH:
        raise _no_origin()
    return origin


def about_place(kind: Kind, origin: str) -> str:
    """Where a partner's service says who it is."""
    return f"{origin}/{kind.value}"


def read_about(kind: Kind, body: bytes) -> Said:
    """What a service of this kind says of itself; raises ValueError for anything else."""
    try:
        said = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(said, Mapping) or said.get("kind") != kind.value:
        raise ValueError(f"not a {kind.value}")
    name, key = said.get("name"), said.get("key")
    if not isinstance(name, str) or not isinstance(key, str):
        raise ValueError("without name or key")  # noqa: TRY004 - one kind of error for its readers
    name = tidy(name)
    if not 1 <= len(name) <= NAME_LENGTH or "\n" in name:
        raise ValueError("a name that is too long or empty")
    _check_key(kind, key)
    return Said(name, key)


def _check_key(kind: Kind, key: str) -> None:
    """Pass for a key's shape; raises ValueError."""
    if kind is Kind.WITNESS:
        if _VKEY.fullmatch(key) is None:
            raise ValueError("not a verifier key")
        return
    try:
        found = base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not a key") from error
    if len(found) != _KEY_BYTES or base64.urlsafe_b64encode(found).decode().rstrip("=") != key:
        raise ValueError("not a key")


def _no_origin() -> Invalid:
    message = words("An address is expected here, such as https://registrar.example.id.")
    return Invalid(message, field="address")
