"""Writing an election's logs inside one transaction: entries, what roles say, checkpoints."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ballots.draft import Draft, Log
from ballots.entries import Epoch, role_key, signed
from ballots.log import FIRST_PREV
from ballots.payload import Payload
from ballots.services.keyring import Keyring
from ballots.store import logs
from ballots.store.database import LogKey
from crypto.encoding import sha256
from crypto.note import Checkpoint, Note, Signer, sign_checkpoint


@dataclass(frozen=True, slots=True)
class Logbook:
    """The logs of one election, by the number of its row; `eid` is empty before the freeze.

    `send` is the way to the ballot log where a box apart keeps it: it takes a payload and answers
    its index there. The ballot log here is then a copy, which only `box_copy` writes.
    """

    connection: Connection
    keyring: Keyring
    draft: Draft
    number: int
    eid: bytes = b""
    send: Callable[[bytes], int] | None = None

    def is_copy(self, log: Log) -> bool:
        """Whether this log is written elsewhere."""
        return log == "ballots" and self.send is not None

    def key(self, log: Log) -> LogKey:
        """The log as the store knows it."""
        return (self.number, log)

    def size(self, log: Log) -> int:
        """How many entries the log has."""
        return logs.head(self.connection, self.key(log)).size

    def append(self, log: Log, payloads: Sequence[bytes]) -> int:
        """Put payloads at the log's end; the index of the first."""
        seed = FIRST_PREV if log == "setup" else self.eid
        return logs.append(self.connection, self.key(log), payloads, seed=seed)

    def say(self, log: Log, role: str, index: int, inner: Payload) -> int:
        """Append what a role says, signed with its key from the keyring; the entry's index.

        Raises Refused `not-found` if that key is not on this server.
        """
        public32 = role_key(self.draft, role, index)
        secret = self.keyring.identity(self.connection, public32)
        payload = signed(role, index, inner, secret).payload
        if log == "ballots" and self.send:
            return self.send(payload)
        return self.append(log, [payload])

    def publish(self, log: Log) -> Checkpoint:
        """The checkpoint of the log as it is now, signed by the log and kept.

        A copy is published where its log is kept. With witnesses in the draft it is not published
        yet: once this transaction is committed,
        `cosigning.ask_witnesses` gathers their cosignatures.
        """
        checkpoint = self.head(log)
        if self.is_copy(log):
            return checkpoint
        secret = self.keyring.identity(self.connection, self.draft.log_keys[log])
        note = sign_checkpoint(Signer(checkpoint.origin, secret.seed), checkpoint)
        is_published = not self.draft.witnesses.k
        logs.add_checkpoint(
            self.connection, self.key(log), checkpoint.size, note, is_published=is_published
        )
        return checkpoint

    def head(self, log: Log) -> Checkpoint:
        """Size and root of the log as it is now, unsigned."""
        size = self.size(log)
        root = logs.Tree(self.connection, self.key(log)).root(size)
        return Checkpoint(self.draft.log_origin(log), size, root)

    def epoch_entry(self, log: Log, first: int) -> Epoch:
        """The entry that ends the batch beginning at index `first`."""
        _, note = logs.latest_signed(self.connection, self.key(log), not_above=first)
        number = logs.head(self.connection, self.key(log)).epochs
        return Epoch(self.eid, number, sha256(Note.parse(note).text.encode()))
