"""A message sealed for one browser (RFC 8291) and the site's signature for its service (RFC 8292).

The service that carries it sees its length, never its words.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from participation.notices.push.rules import Device

KEPT = timedelta(days=1)
"""So long a service keeps a message for a browser that is off."""

_SIGNATURE_HOLDS = timedelta(hours=12)


def seal(
    message: bytes,
    device: Device,
    *,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The message as only this browser opens it; `own` and `salt` are drawn unless given."""
    sealed: bytes = http_ece.encrypt(
        message,
        salt=salt,
        private_key=own or ec.generate_private_key(ec.SECP256R1()),
        dh=device.p256dh,
        auth_secret=device.auth,
        version="aes128gcm",
    )
    return sealed


def headers(
    endpoint: str, key: ec.EllipticCurvePrivateKey, origin: str, now: datetime
) -> dict[str, str]:
    """What goes above a sealed message; a later one of the same topic takes an earlier's place."""
    to = urlsplit(endpoint)
    claims = {
        "aud": f"{to.scheme}://{to.netloc}",
        "exp": int((now + _SIGNATURE_HOLDS).timestamp()),
        "sub": origin,
    }
    # The package wants a mail address or a host without port; the standard leaves it open.
    signed: dict[str, str] = Vapid02(key, conf={"no-strict": True}).sign(claims)
    return signed | {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(KEPT.total_seconds())),
        "Topic": "news",
        "Urgency": "normal",
    }
