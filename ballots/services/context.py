"""What every act is handed: where to store, what time it is, which keys are here, whom to ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine

from ballots.draft import Log
from ballots.errors import Refused
from ballots.following import Walk
from ballots.services import elections
from ballots.services.box_wire import send_entry
from ballots.services.closed_box import CloseFacts, close_facts
from ballots.services.elections import Election
from ballots.services.keyring import Keyring
from ballots.services.logbook import Logbook
from ballots.services.roll_tree import RollTree
from ballots.services.wire import HttpWire, Wire
from ballots.store import elections as rows
from ballots.store import rolls
from ballots.store.commit import GroupCommit
from ballots.store.database import JoinedTransaction, OwnTransactions, Store
from ballots.store.secrets import Locker
from crypto.ed25519 import SecretKey

MOST_REMEMBERED = 16

T = TypeVar("T")

WitnessAddress = Callable[[str], str]
"""Where the witness of a verifier key answers, like https://saksi.example; Refused `not-found`."""


def no_witness(vkey: str) -> str:
    """The addresses of a process that was told of no witness."""
    name = vkey.partition("+")[0]
    raise Refused("not-found", f"this server was not told where the witness {name} answers")


@dataclass(frozen=True, slots=True)
class Context:
    """Make one for a process with `of`; make it join a request's transaction with `within`.

    Acts on their own are durable when they return. Casting and check-in always are. `slow`: until
    when an origin is not asked again, because it took long to fail; `walks`: how far ballot logs
    of boxes apart were followed.
    """

    store: Store
    clock: Callable[[], datetime]
    keyring: Keyring
    arrivals: GroupCommit
    wire: Wire
    witness_address: WitnessAddress = no_witness
    slow: dict[str, datetime] = field(default_factory=dict, repr=False, compare=False)
    walks: dict[bytes, Walk] = field(default_factory=dict, repr=False, compare=False)
    _elections: dict[bytes, Election] = field(default_factory=dict, repr=False, compare=False)
    _rolls: dict[bytes, RollTree] = field(default_factory=dict, repr=False, compare=False)
    _secrets: dict[bytes, SecretKey] = field(default_factory=dict, repr=False, compare=False)
    _closes: dict[bytes, CloseFacts] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        engine: Engine,
        clock: Callable[[], datetime],
        master: bytes,
        *,
        older: Sequence[bytes] = (),
        wire: Wire | None = None,
        witness_address: WitnessAddress = no_witness,
    ) -> Self:
        """The context of this process; `wire` is its way to other parties, the network by default.

        `witness_address` looks up where a witness answers; in a transaction of its own.
        `master` (16 bytes at least) protects private keys at rest; `older` ones still open what
        they protected before the secret was changed.
        """
        store = OwnTransactions(engine)
        keyring = Keyring(Locker(master, older))
        arrivals = GroupCommit(store)
        return cls(store, clock, keyring, arrivals, wire or HttpWire(), witness_address)

    def within(self, connection: Connection) -> "Context":
        """The same, writing in a transaction that somebody else commits."""
        return replace(self, store=JoinedTransaction(connection))

    @property
    def now_seconds(self) -> int:
        """The time, in whole seconds since 1970."""
        return int(self.clock().timestamp())

    def election(self, eid: bytes) -> Election:
        """A frozen election, read once a process; raises Refused `unknown-election`."""
        found = self._elections.get(eid)
        if found is None:
            with self.store.reading() as connection:
                found = elections.read(connection, eid)
            _remember(self._elections, eid, found)
        return found

    def log_secret(self, election: Election, log: Log) -> SecretKey:
        """The key that promises for a log, read once a process; raises Refused `not-found`."""
        public32 = election.draft.log_keys[log]
        found = self._secrets.get(public32)
        if found is None:
            with self.store.reading() as connection:
                found = self.keyring.identity(connection, public32)
            _remember(self._secrets, public32, found)
        return found

    def close_of(self, election: Election) -> CloseFacts:
        """The facts of a close, read once a process; raises Refused `not-published`."""
        found = self._closes.get(election.eid)
        if found is None:
            with self.store.reading() as connection:
                found = close_facts(connection, election)
            _remember(self._closes, election.eid, found)
        return found

    def roll(self, eid0: bytes) -> RollTree:
        """The roll of a draft, read once a process; raises Refused `unknown-election`."""
        found = self._rolls.get(eid0)
        if found is None:
            with self.store.reading() as connection:
                number = rows.by_eid0(connection, eid0).id
                found = RollTree.of(rolls.rows(connection, number))
            _remember(self._rolls, eid0, found)
        return found

    def logbook(self, connection: Connection, election: Election) -> Logbook:
        """The logs of an election, for writing."""
        book = Logbook(connection, self.keyring, election.draft, election.number, election.eid)
        if not election.box_origin:
            return book
        send = partial(send_entry, self.wire, election.box_origin, election.eid)
        return replace(book, send=send)

    def writes(self, election: Election, log: Log) -> bool:
        """Whether this process writes a log of an election: whoever has its key does."""
        with self.store.reading() as connection:
            return self.keyring.holds(connection, election.draft.log_keys[log])


def _remember(memory: dict[bytes, T], name: bytes, found: T) -> None:
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[name] = found
