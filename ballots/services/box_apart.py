"""A ballot box that is run by another body, in a process and with a database of its own.

It keeps the ballot log and nothing else: it never meets a roll, a check-in or an account. It takes
elections of the sites that it serves, ballots from anybody, and what roles say with their own
signatures. Epochs end, and voting opens and closes, by its own clock.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from ballots.draft import Draft
from ballots.entries import Close, IssueClose, ManifestEntry, Open, Result, Signed, split_entry
from ballots.errors import Refused
from ballots.following import Walk
from ballots.log import FIRST_PREV, read_bundle
from ballots.manifest import Manifest
from ballots.parameters import check_safe
from ballots.services import cosigning, doors, elections
from ballots.services.closing import check_acks
from ballots.services.context import Context
from ballots.services.elections import Election, Progress, State
from ballots.services.logbook import Logbook
from ballots.services.names import write_name
from ballots.services.quorum import require_latest_published
from ballots.services.sequencing import scrub, write_epoch
from ballots.store import boxes, logs
from ballots.store import elections as rows
from ballots.store.boxes import LOG
from ballots.store.database import LogKey, lock_logs
from crypto import blind_rsa
from crypto.encoding import sha256
from crypto.note import Checkpoint

_DESK: LogKey = (0, "box")
"""Whoever takes an election here holds this lock, so that none is taken twice."""

OF_ORGANISER = frozenset({Open.tag, IssueClose.tag, Close.tag, Result.tag})


@dataclass(frozen=True, slots=True)
class BoxOffice:
    """Who this box is, the sites it serves (origin by authority), and their organisers' keys.

    Without `organisers` every organiser of those sites is served.
    """

    name: str
    serves: Mapping[str, str]
    organisers: frozenset[bytes] = frozenset()


def identity(context: Context) -> bytes:
    """The public key (32 bytes) of this box's ballot logs, made when it is first asked for."""
    with context.store.writing() as connection:
        return context.keyring.own_identity(connection, f"log/{LOG}")


def take_election(context: Context, office: BoxOffice, document: bytes) -> bytes:
    """`eid` of an election whose ballots this box keeps from now on; harmless to repeat.

    The set-up log is read from the site, and must be the one that the manifest names. Raises
    Refused `not-allowed` for a site, organiser or log key that is not for this box, `bad-ceremony`
    for another set-up, `already-done` for a second manifest of a draft; BadDocument.
    """
    manifest = Manifest.parse(document)
    manifest.check_eid0()
    draft = manifest.draft
    _check_ours(context, office, draft)
    with context.store.reading() as connection:
        if rows.has_eid0(connection, draft.eid0):
            return _known(connection, manifest)
    check_safe(draft, {each.style: each.size for each in manifest.roll.styles})
    setup = _setup_of(context, office.serves[draft.authority], manifest)
    with context.store.writing() as connection:
        lock_logs(connection, [_DESK], exclusive=True)
        if rows.has_eid0(connection, draft.eid0):
            return _known(connection, manifest)
        _keep(context, connection, manifest, setup)
    cosigning.ask_witnesses(context, draft.eid0)
    return manifest.eid


def say(context: Context, eid: bytes, payload: bytes) -> int:
    """The index of what a role says in this log; it is durable. The same bytes: the same answer.

    `ack`, `share`, `attest` as at every door; `open`, `issue-close`, `close`, `result` by the
    organiser, each in its hour by this clock. Raises Refused.
    """
    election = context.election(eid)
    entry = doors.read_entry(LOG, payload, election.draft, doors.IN_BOX | OF_ORGANISER)
    if entry.said.tag in doors.IN_BOX:
        return doors.say_in_box(context, eid, payload)
    if getattr(entry.said, "eid", b"") != eid:
        raise Refused("wrong-election", "the entry names another election")
    with context.store.writing() as connection:
        lock_logs(connection, [election.log(LOG)], exclusive=True)
        book = context.logbook(connection, election)
        told = _place_of(book, payload)
        if told:
            return told
        desk = _Desk(context, election, book, elections.progress(connection, election.number))
        _ACTS[type(entry.said)](desk, entry)
        index = book.append(LOG, [payload])
        book.publish(LOG)
        _AFTER[type(entry.said)](desk)
    scrub(context)
    cosigning.ask_witnesses(context, election.draft.eid0)
    return index


def end_last_epoch(context: Context, eid: bytes) -> Checkpoint:
    """The head of the log once nothing waits in it, after voting has closed by this clock.

    The organiser signs `close` over it. Raises Refused `wrong-state`, `too-early`.
    """
    election = context.election(eid)
    with context.store.writing() as connection:
        lock_logs(connection, [election.log(LOG)], exclusive=True)
        book = context.logbook(connection, election)
        now = elections.progress(connection, election.number)
        if now.state == State.OPEN:
            desk = _Desk(context, election, book, now)
            desk.require_check_in_closed()
            desk.require_hour("voting_closes")
            write_epoch(book, LOG, context.now_seconds, closing=True)
        else:
            now.require(State.CLOSED, act="ending the last epoch")
        head = book.head(LOG)
    scrub(context)
    cosigning.ask_witnesses(context, election.draft.eid0)
    return head


def _check_ours(context: Context, office: BoxOffice, draft: Draft) -> None:
    if draft.authority not in office.serves:
        raise Refused("not-allowed", f"this box does not serve {draft.authority}")
    if office.organisers and draft.organiser.key not in office.organisers:
        raise Refused("not-allowed", f"this box was not told the key of {draft.organiser.name}")
    if draft.log_keys[LOG] != identity(context):
        raise Refused("not-allowed", "the draft names another ballot box")


def _known(connection: Connection, manifest: Manifest) -> bytes:
    if rows.by_eid0(connection, manifest.eid0).eid != manifest.eid:
        raise Refused("already-done", "this box keeps another manifest of this draft")
    return manifest.eid


def _setup_of(context: Context, site: str, manifest: Manifest) -> list[bytes]:
    """The payloads of the set-up log that the manifest names, as the site shows it."""
    place = f"{site}/elections/{write_name(manifest.eid0)}/setup/entries"
    answer = context.wire.ask("GET", place)
    if not answer.is_good:
        raise Refused("not-published", f"{site} does not show the set-up log")
    entries = read_bundle(answer.body)[: manifest.setup.size]
    walk = Walk(manifest.draft, "setup", b"")
    walk.take(entries)
    if (walk.size, walk.root) != (manifest.setup.size, manifest.setup.root):
        raise Refused("bad-ceremony", "the set-up log is another than the manifest names")
    return [split_entry(each)[1] for each in entries]


def _keep(context: Context, connection: Connection, manifest: Manifest, setup: list[bytes]) -> None:
    draft, state = manifest.draft, State.FROZEN.value
    number = rows.add(connection, eid0=draft.eid0, draft=draft.document, state=state)
    rows.change(connection, number, {"eid": manifest.eid, "manifest": manifest.document})
    logs.start(connection, (number, "setup"), context.now_seconds)
    logs.append(connection, (number, "setup"), setup, seed=FIRST_PREV)
    logs.start(connection, (number, LOG), context.now_seconds)
    _check_keys(elections.read(connection, manifest.eid))
    book = Logbook(connection, context.keyring, draft, number, manifest.eid)
    book.append(LOG, [ManifestEntry(manifest.document).payload])
    book.publish(LOG)


def _check_keys(election: Election) -> None:
    """Pass if the registrars' keys in the set-up log are the manifest's, and sound."""
    for each in election.manifest.registrar_keys:
        key = election.registrar_keys.get((each.registrar, each.style))
        if key is None or sha256(key.spki) != each.spki_sha256:
            raise Refused("bad-ceremony", f"registrar {each.registrar} shows another key")
        blind_rsa.check_sound(key)


def _place_of(book: Logbook, payload: bytes) -> int:
    """Where the very same entry stands already; 0 where it does not, for the manifest is there."""
    tag = Signed.parse(payload).said.tag
    progress = elections.progress(book.connection, book.number)
    passed = {
        Open.tag: progress.state != State.FROZEN,
        IssueClose.tag: progress.check_in_closed,
        Close.tag: progress.state in {State.CLOSED, State.COUNTED},
        Result.tag: progress.state == State.COUNTED,
    }
    if not passed[tag]:
        return 0
    found = enumerate(logs.payloads(book.connection, book.key(LOG)))
    return next((index for index, each in found if each == payload), 0)


@dataclass(frozen=True, slots=True)
class _Desk:
    """The log that the organiser wants to write in, and where its election stands."""

    context: Context
    election: Election
    book: Logbook
    now: Progress

    def require_hour(self, rule: str) -> None:
        """Pass from this hour of the schedule on; raises Refused `too-early`."""
        begins = getattr(self.election.draft.schedule, rule)
        if self.context.now_seconds < begins:
            raise Refused("too-early", f"{rule} is at {begins} by this box's clock")

    def require_check_in_closed(self) -> None:
        """Pass after `issue-close`; raises Refused `wrong-state`."""
        if not self.now.check_in_closed:
            raise Refused("wrong-state", "closing is for an election whose check-in is closed")

    def change(self, **values: object) -> None:
        """Change the election's row."""
        rows.change(self.book.connection, self.election.number, values)


def _open(desk: _Desk, _entry: Signed) -> None:
    desk.now.require(State.FROZEN, act="opening")
    desk.require_hour("voting_opens")
    check_acks(desk.book)
    require_latest_published(desk.book.connection, desk.book.draft, desk.book.key(LOG))


def _issue_close(desk: _Desk, _entry: Signed) -> None:
    desk.now.require(State.OPEN, act="closing check-in")
    if desk.now.check_in_closed:
        raise Refused("already-done", "check-in is closed")
    desk.require_hour("check_in_closes")
    write_epoch(desk.book, LOG, desk.context.now_seconds, closing=True)


def _close(desk: _Desk, entry: Signed) -> None:
    """Only over the head as it is, and only when no promised ballot waits (A32)."""
    desk.now.require(State.OPEN, act="closing")
    desk.require_check_in_closed()
    desk.require_hour("voting_closes")
    if boxes.count_waiting(desk.book.connection, desk.election.number):
        raise Refused("wrong-state", "ballots still wait: end the last epoch first")
    head, said = desk.book.head(LOG), entry.said
    if not isinstance(said, Close) or (said.size, said.root) != (head.size, head.root):
        raise Refused("wrong-state", "the log has grown meanwhile: end the last epoch first")


def _result(desk: _Desk, _entry: Signed) -> None:
    desk.now.require(State.CLOSED, act="publishing the result")


def _opened(desk: _Desk) -> None:
    key, now = desk.election.log(LOG), desk.context.now_seconds
    logs.restart_epoch(desk.book.connection, key, now)
    desk.change(state=State.OPEN.value)


_ACTS: Mapping[type, Callable[[_Desk, Signed], None]] = {
    Open: _open,
    IssueClose: _issue_close,
    Close: _close,
    Result: _result,
}
_AFTER: Mapping[type, Callable[[_Desk], None]] = {
    Open: _opened,
    IssueClose: lambda desk: desk.change(check_in_closed=True),
    Close: lambda desk: desk.change(state=State.CLOSED.value),
    Result: lambda desk: desk.change(state=State.COUNTED.value),
}
