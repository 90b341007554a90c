"""The one form in which a trustee's keys leave its device: a file sealed under a passphrase.

Canonical JSON, so that a browser and the command line write and read the same bytes: the key is
PBKDF2-HMAC-SHA256 of the passphrase (what every browser has), the seal AES-256-GCM over
`TrusteeKeys.write`, and everything readable beside it is sealed along as additional data.
"""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ballots.trustee.errors import BadKeyFile
from ballots.trustee.keys import TrusteeKeys
from crypto import canonical
from crypto.encoding import b64url, from_b64url
from crypto.errors import CryptoError
from crypto.randomness import random_bytes

FORMAT = "suara/trustee-key/v1"
ENDING = ".suara-key"
ITERATIONS = 600_000
MOST_ITERATIONS = 10_000_000
MOST_BYTES = 4 * 1024 * 1024
LEAST_LETTERS = 20

_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32
_SPACE = re.compile(r"[ \t\r\n]+")
_HEAD = {"format", "iterations", "name", "nonce", "number", "salt", "title"}


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A sealed file and what can be read of it without the passphrase.

    `title`: of the election, empty before there is one; `number`: the trustee's seat, or 0.
    """

    title: str
    name: str
    number: int
    iterations: int
    salt: bytes
    nonce: bytes
    sealed: bytes

    @classmethod
    def seal(cls, keys: TrusteeKeys, passphrase: str, *, title: str = "") -> Self:
        """A new file, under a salt and nonce of its own."""
        salt, nonce = random_bytes(_SALT_BYTES), random_bytes(_NONCE_BYTES)
        empty = cls(title, keys.name, keys.number, ITERATIONS, salt, nonce, b"")
        sealed = empty._cipher(passphrase).encrypt(nonce, keys.write(), empty._head_bytes)
        return cls(title, keys.name, keys.number, ITERATIONS, salt, nonce, sealed)

    @classmethod
    def parse(cls, octets: bytes) -> Self:
        """The file that `write` wrote; raises BadKeyFile."""
        try:
            value = canonical.read(octets[: MOST_BYTES + 1])
            if not isinstance(value, dict) or value.keys() != _HEAD | {"sealed"}:
                raise BadKeyFile("bad-key-file", "this is not a trustee's key file")
            return cls(**_read(value))
        except (CryptoError, TypeError, ValueError) as error:
            message = f"this is not a trustee's key file, or it is damaged: {error}"
            raise BadKeyFile("bad-key-file", message) from None

    def write(self) -> bytes:
        """The file's bytes."""
        return canonical.write({**self._head, "sealed": b64url(self.sealed)})

    def open(self, passphrase: str) -> TrusteeKeys:
        """What the file keeps; raises BadKeyFile `wrong-passphrase`, also for a damaged file."""
        try:
            opened = self._cipher(passphrase).decrypt(self.nonce, self.sealed, self._head_bytes)
        except InvalidTag:
            message = "the passphrase is wrong, or the file was changed"
            raise BadKeyFile("wrong-passphrase", message) from None
        return TrusteeKeys.parse(opened)

    @property
    def _head(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "title": self.title,
            "name": self.name,
            "number": self.number,
            "iterations": self.iterations,
            "salt": b64url(self.salt),
            "nonce": b64url(self.nonce),
        }

    @property
    def _head_bytes(self) -> bytes:
        return canonical.write(self._head)

    def _cipher(self, passphrase: str) -> AESGCM:
        secret = plain(passphrase).encode()
        return AESGCM(pbkdf2_hmac("sha256", secret, self.salt, self.iterations, _KEY_BYTES))


def plain(passphrase: str) -> str:
    """A passphrase however it was typed: one space between words, NFKC."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", passphrase)).strip(" ")


def check_strong(passphrase: str) -> None:
    """Pass for a passphrase that somebody who has the file will not guess.

    Raises BadKeyFile `weak-passphrase` for fewer than 20 letters or fewer than 8 different ones.
    """
    letters = plain(passphrase)
    if len(letters) < LEAST_LETTERS or len(set(letters)) < LEAST_LETTERS // 2 - 2:
        message = f"take at least {LEAST_LETTERS} letters, better ten words drawn by lot"
        raise BadKeyFile("weak-passphrase", message)


def _read(value: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `KeyFile`; raises whatever a wrong value leads to."""
    number, iterations = value["number"], value["iterations"]
    if value["format"] != FORMAT or any(type(each) is not int for each in (number, iterations)):
        raise ValueError("another format")
    if not ITERATIONS <= iterations <= MOST_ITERATIONS:
        raise ValueError(f"{ITERATIONS} to {MOST_ITERATIONS} iterations")
    if not isinstance(value["title"], str) or not isinstance(value["name"], str):
        raise TypeError("title or name")
    salt, nonce = from_b64url(value["salt"]), from_b64url(value["nonce"])
    if (len(salt), len(nonce)) != (_SALT_BYTES, _NONCE_BYTES):
        raise ValueError("salt or nonce")
    return {
        "title": value["title"],
        "name": value["name"],
        "number": number,
        "iterations": iterations,
        "salt": salt,
        "nonce": nonce,
        "sealed": from_b64url(value["sealed"]),
    }
