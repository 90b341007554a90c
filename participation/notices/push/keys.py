"""The key by which push services know this site (RFC 8292), kept beside the site's own secret."""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from participation.notices.push.rules import to_b64

FILE = "push-key"


def kept_key(var: Path) -> ec.EllipticCurvePrivateKey:
    """The key in the site's folder, made there when absent: mode 600, whole or not at all."""
    place = var / FILE
    if not place.exists():
        _make(place)
    found = load_pem_private_key(place.read_bytes(), None)
    if not isinstance(found, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{place} holds another kind of key")
    return found


def public_text(key: ec.EllipticCurvePrivateKey) -> str:
    """The public half as browsers want it: 65 bytes in base64url."""
    octets = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return to_b64(octets)


def _make(place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = ec.generate_private_key(ec.SECP256R1())
    beside = place.with_name(f"{place.name}.{token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with suppress(FileExistsError):  # another process was first: its key holds
        os.link(beside, place)
    beside.unlink()
