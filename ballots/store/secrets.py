"""Private keys at rest: AES-256-GCM under a key from the site's secret, bound to their names.

Whoever copies the database without the settings has none of them; a ciphertext moved under another
name does not open. What is deleted is overwritten where the database can (see `database`).
"""

from collections.abc import Sequence
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, delete, insert, select

from ballots.errors import BallotError, Refused
from ballots.store.tables import secret
from crypto.encoding import hkdf
from crypto.randomness import random_bytes

NONCE_BYTES = 12
LEAST_MASTER_BYTES = 16
_PURPOSE = b"suara: private keys of elections at rest, AES-256-GCM"


class Locker:
    """Seals and opens secrets under the site's master secret (16 bytes at least).

    `older` master secrets still open what was sealed under them, and seal nothing.
    """

    def __init__(self, master: bytes, older: Sequence[bytes] = ()) -> None:
        if min(len(each) for each in (master, *older)) < LEAST_MASTER_BYTES:
            raise BallotError("weak-secret", f"the site's secret needs {LEAST_MASTER_BYTES} bytes")
        self._keys = [AESGCM(hkdf(each, _PURPOSE)) for each in (master, *older)]

    def put(self, connection: Connection, name: str, content: bytes) -> None:
        """Store a secret under a new name; the name is taken only once."""
        nonce = random_bytes(NONCE_BYTES)
        sealed = nonce + self._keys[0].encrypt(nonce, content, name.encode())
        connection.execute(insert(secret).values(name=name, ciphertext=sealed))

    def get(self, connection: Connection, name: str) -> bytes:
        """The secret of this name.

        Raises Refused `not-found` where there is none, BallotError `wrong-secret` where it was
        sealed under another master secret or was changed.
        """
        wanted = select(secret.c.ciphertext).where(secret.c.name == name)
        sealed = connection.execute(wanted).scalar_one_or_none()
        if sealed is None:
            raise Refused("not-found", f"this server does not hold the secret {name}")
        nonce, ciphertext = bytes(sealed[:NONCE_BYTES]), bytes(sealed[NONCE_BYTES:])
        for key in self._keys:
            with suppress(InvalidTag):
                return key.decrypt(nonce, ciphertext, name.encode())
        raise BallotError("wrong-secret", f"{name} was sealed under another secret")


def has_secret(connection: Connection, name: str) -> bool:
    """Whether a secret of this name is stored."""
    wanted = select(secret.c.name).where(secret.c.name == name)
    return connection.execute(wanted).first() is not None


def delete_secret(connection: Connection, name: str) -> None:
    """Delete the secret of this name."""
    connection.execute(delete(secret).where(secret.c.name == name))


def delete_secrets(connection: Connection, prefix: str) -> None:
    """Delete every secret whose name begins so."""
    connection.execute(delete(secret).where(secret.c.name.startswith(prefix, autoescape=True)))
