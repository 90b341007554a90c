"""An election as its acts see it: documents that never change, and a state that does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection

from ballots.draft import Draft, Log
from ballots.entries import RegKey, parse_payload, said_by
from ballots.errors import Refused
from ballots.manifest import Manifest
from ballots.store import elections as rows
from ballots.store import logs
from ballots.store.database import LogKey
from crypto.blind_rsa import PublicKey


class State(StrEnum):
    """How far an election is; each state follows the one before.

    Only a draft can be abandoned: a complaint ended its ceremony, and a new draft begins anew.
    """

    DRAFTED = "drafted"
    ABANDONED = "abandoned"
    FROZEN = "frozen"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Election:
    """A frozen election: the number of its rows, its manifest, the registrars' keys.

    `registrar_keys` are by (registrar, style), as `check_cast` wants them; `box_origin` is where
    the ballot box answers if it stands apart, and the ballot log here is a copy.
    """

    number: int
    manifest: Manifest
    registrar_keys: Mapping[tuple[int, int], PublicKey] = field(repr=False)
    box_origin: str = ""

    @property
    def eid(self) -> bytes:
        """The election's name, 32 bytes."""
        return self.manifest.eid

    @property
    def draft(self) -> Draft:
        """What was frozen."""
        return self.manifest.draft

    def log(self, name: Log) -> LogKey:
        """One of its logs, as the store knows it."""
        return (self.number, name)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an election stands now: its state, and whether check-in has ended."""

    state: State
    check_in_closed: bool

    def require(self, *allowed: State, act: str) -> None:
        """Pass in one of these states; raises Refused `wrong-state`, naming the rule."""
        if self.state not in allowed:
            needed = " or ".join(allowed)
            text = f"{act} is for an election that is {needed}; this one is {self.state}"
            raise Refused("wrong-state", text)


def read(connection: Connection, eid: bytes) -> Election:
    """The election of this `eid`; raises Refused `unknown-election`, also before its freeze."""
    row = rows.by_eid(connection, eid)
    manifest = Manifest.parse(row.manifest or b"")
    return Election(row.id, manifest, _registrar_keys(connection, row.id), row.box_origin)


def progress(connection: Connection, number: int) -> Progress:
    """Where an election stands now; keep the log's lock while it matters."""
    state, check_in_closed = rows.status(connection, number)
    return Progress(State(state), check_in_closed)


def change(connection: Connection, number: int, state: State) -> None:
    """Move an election to its next state."""
    rows.change(connection, number, {"state": state.value})


def _registrar_keys(connection: Connection, number: int) -> Mapping[tuple[int, int], PublicKey]:
    said = (
        said_by(parse_payload("setup", payload))
        for payload in logs.payloads(connection, (number, "setup"))
    )
    return {
        (each.registrar, each.style): PublicKey.parse(each.spki)
        for each in said
        if isinstance(each, RegKey)
    }
