"""The private keys that this server holds for roles of elections.

Which roles those are is no fixed list: an act asks for the key of each role in the draft, and acts
for those that are here. Long-lived Ed25519 keys are found by their public keys; keys of one
election under its `eid0`, so that they can be deleted together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from ballots.store.secrets import Locker, delete_secret, delete_secrets, has_secret
from crypto import blind_rsa, ed25519
from crypto.randomness import random_bytes

MOST_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Keyring:
    """Private keys, sealed in the database.

    Blind keys are remembered by the process: parsing one costs more than signing with it.
    """

    locker: Locker
    _blind_keys: dict[str, blind_rsa.SecretKey] = field(
        default_factory=dict, repr=False, compare=False
    )

    def own_identity(self, connection: Connection, role: str) -> bytes:
        """The public key (32 bytes) of this server's long-lived key for a role.

        Made when it is first asked for; the same for all elections, so that it can be known.
        """
        name = f"role/{role}"
        if not has_secret(connection, name):
            secret = ed25519.SecretKey(random_bytes(ed25519.KEY_OCTETS))
            self.locker.put(connection, _identity(secret.public32), secret.seed)
            self.locker.put(connection, name, secret.public32)
        return self.locker.get(connection, name)

    def holds(self, connection: Connection, public32: bytes) -> bool:
        """Whether the secret key of this Ed25519 key is here."""
        return has_secret(connection, _identity(public32))

    def identity(self, connection: Connection, public32: bytes) -> ed25519.SecretKey:
        """The secret key of this Ed25519 key; raises Refused `not-found` if it is elsewhere."""
        return ed25519.SecretKey(self.locker.get(connection, _identity(public32)))

    def keep_blind_key(
        self, connection: Connection, eid0: bytes, which: tuple[int, int], key: blind_rsa.SecretKey
    ) -> None:
        """Keep the blind key of (registrar, style)."""
        self.locker.put(connection, _blind(eid0, which), key.to_der())

    def blind_keys(
        self, connection: Connection, eid0: bytes, style: int, registrars: Iterable[int]
    ) -> dict[int, blind_rsa.SecretKey]:
        """The blind keys for a style of those of these registrars whose keys are here."""
        names = {registrar: _blind(eid0, (registrar, style)) for registrar in registrars}
        return {
            registrar: self._blind_key(connection, name)
            for registrar, name in names.items()
            if name in self._blind_keys or has_secret(connection, name)
        }

    def keep_dealing(
        self, connection: Connection, eid0: bytes, which: tuple[int, int], dealing: bytes
    ) -> None:
        """Keep what (trustee, style) deals from, until its share is confirmed."""
        self.locker.put(connection, _dealing(eid0, which), dealing)

    def dealing(self, connection: Connection, eid0: bytes, which: tuple[int, int]) -> bytes:
        """What (trustee, style) deals from; raises Refused `not-found`."""
        return self.locker.get(connection, _dealing(eid0, which))

    def drop_dealing(self, connection: Connection, eid0: bytes, which: tuple[int, int]) -> None:
        """Delete what (trustee, style) dealt from."""
        delete_secret(connection, _dealing(eid0, which))

    def keep_share(
        self, connection: Connection, eid0: bytes, which: tuple[int, int], share: bytes
    ) -> None:
        """Keep the 32-byte share x_i of (trustee, style)."""
        self.locker.put(connection, _share(eid0, which), share)

    def share(self, connection: Connection, eid0: bytes, which: tuple[int, int]) -> bytes:
        """The share x_i (32 bytes) of (trustee, style); raises Refused `not-found`."""
        return self.locker.get(connection, _share(eid0, which))

    def holds_share(self, connection: Connection, eid0: bytes, which: tuple[int, int]) -> bool:
        """Whether the share of (trustee, style) is here."""
        return has_secret(connection, _share(eid0, which))

    def drop_blind_keys(self, connection: Connection, eid0: bytes) -> None:
        """Delete an election's blind keys: nothing more is to be issued."""
        delete_secrets(connection, _of_election(eid0) + "blind/")
        self._blind_keys.clear()

    def drop_everything(self, connection: Connection, eid0: bytes) -> None:
        """Delete all that was made for an election that will not be held."""
        delete_secrets(connection, _of_election(eid0))
        self._blind_keys.clear()

    def drop_shares(self, connection: Connection, eid0: bytes) -> None:
        """Delete an election's shares: those of opened styles are public, others stay shut."""
        delete_secrets(connection, _of_election(eid0) + "share/")

    def _blind_key(self, connection: Connection, name: str) -> blind_rsa.SecretKey:
        key = self._blind_keys.get(name)
        if key is None:
            key = blind_rsa.SecretKey.from_der(self.locker.get(connection, name))
            if len(self._blind_keys) >= MOST_REMEMBERED:
                self._blind_keys.clear()
            self._blind_keys[name] = key
        return key


def _identity(public32: bytes) -> str:
    return f"ed25519/{public32.hex()}"


def _of_election(eid0: bytes) -> str:
    return f"election/{eid0.hex()}/"


def _blind(eid0: bytes, which: tuple[int, int]) -> str:
    return f"{_of_election(eid0)}blind/{which[0]}/{which[1]}"


def _dealing(eid0: bytes, which: tuple[int, int]) -> str:
    return f"{_of_election(eid0)}dealing/{which[0]}/{which[1]}"


def _share(eid0: bytes, which: tuple[int, int]) -> str:
    return f"{_of_election(eid0)}share/{which[0]}/{which[1]}"
