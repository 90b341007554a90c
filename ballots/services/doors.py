"""The doors through which roles elsewhere speak: each entry carries its own authorisation.

Whoever holds a role's key hands in the payload of a signed entry. Everything is checked before
anything is stored: shape, the role's signature, its turn, and whatever others build upon. The
same bytes again get the same answer, so that whoever lost it may simply ask again.

Through the door of the set-up log come `reg-key`, `dkg1`, `dkg2`, `dkg3` and `dkg-complaint`;
through that of the ballot log `ack`, `share` and `attest`. What the organiser says stands in the
log by the acts of `closing` and `counting`; a box apart opens a door of its own for it and may
reuse `read_entry` here.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ballots.draft import LOGS, Draft, Log
from ballots.entries import (
    Ack,
    Attest,
    Dkg1,
    Dkg2,
    Dkg3,
    DkgComplaint,
    RegKey,
    Result,
    Share,
    Signed,
    parse_payload,
    role_key,
    said_by,
    verify_signed,
)
from ballots.errors import BadEntry, Refused
from ballots.opening import check_share
from ballots.payload import MOST_PAYLOAD_BYTES
from ballots.services import cosigning, elections, setup
from ballots.services.box_wire import send_entry
from ballots.services.closed_box import since_close
from ballots.services.context import Context
from ballots.services.elections import Election, Progress, State
from ballots.services.logbook import Logbook
from ballots.services.rounds import Rounds
from ballots.services.setup_checks import check_content, check_coprime, check_turn
from ballots.services.standing import roles_of
from ballots.store import elections as rows
from ballots.store import logs
from ballots.store.database import lock_logs
from crypto.encoding import sha256
from crypto.errors import CryptoError

IN_SETUP = frozenset({RegKey.tag, Dkg1.tag, Dkg2.tag, Dkg3.tag, DkgComplaint.tag})
IN_BOX = frozenset({Ack.tag, Share.tag, Attest.tag})


def say_in_setup(context: Context, eid0: bytes, payload: bytes) -> int:
    """The index of a registrar's or trustee's entry in the set-up log; it is durable.

    Raises Refused: `too-large`, `malformed`, `not-allowed`, `bad-signature`, `wrong-election`,
    `unknown-style`, `wrong-state` once frozen or abandoned, `already-done`, `out-of-order`,
    `bad-registrar-key`, `bad-ceremony`, `bad-complaint`. Afterwards roles that are here go on, and
    after the last `dkg3` or a complaint witnesses are asked.
    """
    with context.store.reading() as connection:
        stored = rows.by_eid0(connection, eid0)
        draft = Draft.parse(stored.draft)
        entry = read_entry("setup", payload, draft, IN_SETUP)
        book = Logbook(connection, context.keyring, draft, stored.id)
        if payload in (said := _payloads(book, "setup")):
            return said.index(payload)
        elections.progress(connection, stored.id).require(State.DRAFTED, act=entry.said.tag)
        rounds = Rounds.read(book)
    check_turn(rounds, entry.said)
    check_content(rounds, entry.said)
    index = _put_in_setup(context, draft, stored.id, entry)
    setup.advance(context, eid0)
    cosigning.ask_witnesses(context, eid0)
    return index


def setup_entries(context: Context, eid0: bytes) -> list[bytes]:
    """All entries of a set-up log as it is now, also those after its last checkpoint.

    Whoever takes part in the ceremony needs them: no checkpoint exists while it is held.
    """
    with context.store.reading() as connection:
        key = (rows.by_eid0(connection, eid0).id, "setup")
        return list(logs.entries(connection, key, 0, logs.head(connection, key).size))


def say_in_box(context: Context, eid: bytes, payload: bytes) -> int:
    """The index of an `ack`, `share` or `attest` in the ballot log; it is durable.

    Raises Refused: `too-large`, `malformed`, `not-allowed`, `bad-signature`, `wrong-election`,
    `wrong-state` outside its time, `already-done`; for a share also `unknown-style`,
    `small-style`, `bad-share`, and `not-published` while the close waits for witnesses.
    """
    election = context.election(eid)
    entry = read_entry("ballots", payload, election.draft, IN_BOX)
    if getattr(entry.said, "eid", b"") != eid:
        raise Refused("wrong-election", "the entry names another election")
    if election.box_origin:
        return send_entry(context.wire, election.box_origin, eid, payload)
    with context.store.writing() as connection:
        lock_logs(connection, [election.log("ballots")], exclusive=True)
        book = context.logbook(connection, election)
        progress = elections.progress(connection, election.number)
        told = _told_in_box(book, progress.state)
        if payload in told:
            return told[payload]
        box = _Box(context, election, book, progress, told)
        _BOX_CHECKS[type(entry.said)](box, entry)
        index = book.append("ballots", [payload])
        if not isinstance(entry.said, Ack):
            book.publish("ballots")
    cosigning.ask_witnesses(context, election.draft.eid0)
    return index


def read_entry(log: Log, payload: bytes, draft: Draft, tags: AbstractSet[str]) -> Signed:
    """What a role of the draft says, its signature verified.

    Raises Refused `too-large`, `malformed`, `not-allowed` for an entry outside `tags` or a role
    that the draft does not have, `bad-signature`.
    """
    if len(payload) > MOST_PAYLOAD_BYTES:
        raise Refused("too-large", "the entry does not fit into the log")
    try:
        entry = parse_payload(log, payload)
    except BadEntry as error:
        raise Refused("malformed", error.message) from error
    if not isinstance(entry, Signed) or entry.said.tag not in tags:
        raise Refused("not-allowed", f"{said_by(entry).tag} does not come through this door")
    try:
        verify_signed(entry, role_key(draft, entry.role, entry.index))
    except BadEntry as error:
        raise Refused("not-allowed", error.message) from error
    except CryptoError as error:
        text = f"{entry.role} {entry.index} has not signed this: {error}"
        raise Refused("bad-signature", text) from error
    return entry


def _put_in_setup(context: Context, draft: Draft, number: int, entry: Signed) -> int:
    """Append what was checked, unless somebody else came first with what rules it out."""
    with context.store.writing() as connection:
        lock_logs(connection, [(number, log) for log in LOGS], exclusive=True)
        book = Logbook(connection, context.keyring, draft, number)
        if entry.payload in (said := _payloads(book, "setup")):
            return said.index(entry.payload)
        elections.progress(connection, number).require(State.DRAFTED, act=entry.said.tag)
        rounds = Rounds.read(book)
        check_turn(rounds, entry.said)
        if isinstance(entry.said, RegKey):
            check_coprime(rounds, entry.said)
        return book.append("setup", [entry.payload])


def _payloads(book: Logbook, log: Log) -> list[bytes]:
    return list(logs.payloads(book.connection, book.key(log)))


@dataclass(frozen=True, slots=True)
class _Box:
    """The ballot log that an entry wants to enter, and where its election stands."""

    context: Context
    election: Election
    book: Logbook
    progress: Progress
    told: Mapping[bytes, int]

    def require(self, state: State, entry: Signed) -> None:
        """Pass in this state, and where this role has not said the like; raises Refused."""
        self.progress.require(state, act=entry.said.tag)
        style = getattr(entry.said, "style", 0)
        for other in map(_signed, self.told):
            same = (other.said.tag, other.role, other.index, getattr(other.said, "style", 0))
            if same == (entry.said.tag, entry.role, entry.index, style):
                raise Refused("already-done", f"{entry.said.tag} stands already, in other words")


def _told_in_box(book: Logbook, state: State) -> dict[bytes, int]:
    """The acks, shares and attestations in the log, with the indexes of their payloads."""
    connection, key = book.connection, book.key("ballots")
    end = min(book.size("ballots"), 1 + len(roles_of(book.draft)))
    found = [(place, logs.payload_at(connection, key, place)) for place in range(1, end)]
    if state in {State.CLOSED, State.COUNTED}:
        found += since_close(connection, key)
    return {payload: place for place, payload in found if _is_told(payload)}


def _is_told(payload: bytes) -> bool:
    return said_by(parse_payload("ballots", payload)).tag in IN_BOX


def _signed(payload: bytes) -> Signed:
    return Signed.parse(payload)


def _check_ack(box: _Box, entry: Signed) -> None:
    """An ack follows the freeze and precedes the opening (A51)."""
    box.require(State.FROZEN, entry)


def _check_share(box: _Box, entry: Signed) -> None:
    """A share is this trustee's, for this close, and opens no small style (A19, A56)."""
    said = entry.said
    if not isinstance(said, Share):
        raise TypeError(said)
    style = box.election.draft.style(said.style).id
    box.require(State.CLOSED, entry)
    close = box.context.close_of(box.election)
    if style in close.small:
        raise Refused("small-style", f"style {style} stays shut: too few voted in it")
    key = box.election.manifest.election_key(style)
    check_share(said, entry.index, key, close.checkpoint_hash)


def _check_attest(box: _Box, entry: Signed) -> None:
    """A verifier's word names the payload of the result that stands here."""
    said = entry.said
    if not isinstance(said, Attest):
        raise TypeError(said)
    box.require(State.COUNTED, entry)
    for _, payload in since_close(box.book.connection, box.book.key("ballots")):
        if isinstance(_signed(payload).said, Result) and sha256(payload) == said.result_hash:
            return
    raise Refused("wrong-election", "the entry names another result")


_BOX_CHECKS: Mapping[type, Callable[[_Box, Signed], None]] = {
    Ack: _check_ack,
    Share: _check_share,
    Attest: _check_attest,
}
