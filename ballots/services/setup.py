"""Preparing an election: draft and roll, then the freeze, which nothing changes any more.

`prepare` writes the draft into the set-up log and draws the roll's salts; until the freeze voters
can be shown their rows and object. `advance` lets roles that are here say their part of the
ceremony; who is elsewhere speaks through `doors`. `freeze` seals the manifest.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from ballots.draft import LOGS, Draft
from ballots.entries import (
    DraftEntry,
    ManifestEntry,
    RegKey,
    RollNote,
    Signed,
    parse_payload,
    role_key,
)
from ballots.errors import Refused
from ballots.manifest import Manifest, RollHead, StyleSize, TreeHead
from ballots.parameters import check_safe
from ballots.roll import Roll
from ballots.services import ceremony, elections
from ballots.services.context import Context
from ballots.services.elections import State
from ballots.services.logbook import Logbook
from ballots.services.plan import Plan, Voter, draft_of, draw_roll
from ballots.services.rounds import Rounds, Which
from ballots.services.setup_checks import SPOKEN
from ballots.services.standing import Standing, roles_of, standing_of
from ballots.store import elections as rows
from ballots.store import logs, rolls
from ballots.store.database import lock_logs


def prepare(context: Context, plan: Plan, voters: Iterable[Voter]) -> bytes:
    """`eid0` of a new draft, which stands in its set-up log; the roll is stored.

    Raises Refused `unsafe-parameters` with all that is unsafe, BadDocument naming the place of
    what a draft cannot say, Refused `already-done` for a voter who is named twice, `not-found` for
    a witness whose address is not known.
    """
    roll = draw_roll(voters)
    for each in plan.witnesses.list:
        context.witness_address(each.vkey)
    with context.store.writing() as connection:
        draft = draft_of(connection, context.keyring, plan)
        check_safe(draft, Roll(tuple(each.public for each in roll)).sizes)
        _check_feasible(draft)
        number = rows.add(
            connection, eid0=draft.eid0, draft=draft.document, state=State.DRAFTED.value
        )
        if plan.box.origin:
            rows.change(connection, number, {"box_origin": plan.box.origin})
        for name, content in plan.attachments.items():
            rows.add_attachment(connection, number, name, content)
        rolls.add(connection, number, roll)
        logs.start(connection, (number, "setup"), context.now_seconds)
        book = Logbook(connection, context.keyring, draft, number)
        book.append("setup", [DraftEntry(draft.document).payload])
        book.publish("setup")
    return draft.eid0


def freeze(context: Context, eid0: bytes, client_sha256: bytes) -> bytes:
    """`eid` of the frozen election: keys are made, the manifest is sealed, acks are signed.

    `client_sha256`: the hash of the voting client's file list (32 bytes). Roles that are elsewhere
    and have not said their part make it Incomplete, naming all of them; what was said is kept.
    """
    advance(context, eid0)
    with context.store.writing() as connection:
        book = _drafted(context, connection, eid0)
        manifest = _manifest(book, client_sha256)
        frozen = replace(book, eid=manifest.eid)
        values = {"eid": manifest.eid, "manifest": manifest.document, "state": State.FROZEN.value}
        rows.change(connection, book.number, values)
        is_apart = bool(rows.by_eid0(connection, eid0).box_origin)
        for log in ("check-ins", "ballots"):
            logs.start(connection, (book.number, log), context.now_seconds)
            if log == "ballots" and is_apart:
                continue  # `box_copy.settle` tells the box, once this is committed
            frozen.append(log, [ManifestEntry(manifest.document).payload])
            frozen.publish(log)
        if not is_apart:
            ceremony.acknowledge(frozen, manifest)
    return manifest.eid


def advance(context: Context, eid0: bytes) -> None:
    """Let roles that are here say what they can say now; does nothing once frozen or abandoned.

    The set-up log gets its checkpoint once the ceremony is complete, or a complaint has ended it.
    """
    with context.store.reading() as connection:
        book = _book(context, connection, eid0)
        if elections.progress(connection, book.number).state != State.DRAFTED:
            return
        wanted = [each for each in Rounds.read(book).missing(RegKey.tag) if _is_here(book, each)]
    blind_keys = ceremony.fresh_blind_keys(wanted)  # slow, so outside the transaction
    with context.store.writing() as connection:
        book = _locked(context, connection, eid0)
        if elections.progress(connection, book.number).state != State.DRAFTED:
            return
        rounds = ceremony.advance(book, blind_keys)
        if rounds.complaints:
            elections.change(connection, book.number, State.ABANDONED)
            book.keyring.drop_everything(connection, eid0)
        if rounds.complaints or not rounds.missing("dkg3"):
            _publish_once(book)


def standing(context: Context, eid0: bytes) -> Standing:
    """Who has said what so far, by name: keys, the three rounds, acks, or who is to blame."""
    with context.store.reading() as connection:
        book = _book(context, connection, eid0)
        acks = _acks(book) if rows.by_eid0(connection, eid0).eid else []
        holds = book.keyring.holds
        here = [
            (role, number)
            for role, number in roles_of(book.draft)
            if holds(connection, role_key(book.draft, role, number))
        ]
        return standing_of(Rounds.read(book), acks, frozenset(here))


def strike_row(context: Context, eid0: bytes, row: int, words: str) -> None:
    """Say publicly that a row of a frozen roll is wrong, in words without names.

    The row cannot check in from now on; that it did before is for everybody to see (V40).
    """
    with context.store.writing() as connection:
        stored = rows.by_eid0(connection, eid0)
        lock_logs(connection, [(stored.id, "setup")], exclusive=True)
        now = elections.progress(connection, stored.id)
        now.require(State.FROZEN, State.OPEN, act="striking a row of the roll")
        rolls.strike(connection, stored.id, row)
        book = Logbook(connection, context.keyring, Draft.parse(stored.draft), stored.id)
        book.say("setup", "organiser", 0, RollNote(eid0, row, words))
        book.publish("setup")


def _check_feasible(draft: Draft) -> None:
    """Refuse times at which no witness could cosign `issue-close`, which stands after `open`.

    It has to be seen at most `close_grace_seconds` after check-in has closed (section 9.1).
    """
    times = draft.schedule
    latest = times.check_in_closes + times.close_grace_seconds
    if draft.witnesses.list and times.voting_opens > latest:
        text = "with witnesses: voting_opens ≤ check_in_closes + close_grace_seconds"
        raise Refused("unsafe-parameters", f"schedule: {text}")


def _drafted(context: Context, connection: Connection, eid0: bytes) -> Logbook:
    """The logbook of an election that is still a draft, locked until the transaction ends."""
    book = _locked(context, connection, eid0)
    elections.progress(connection, book.number).require(State.DRAFTED, act="the freeze")
    return book


def _locked(context: Context, connection: Connection, eid0: bytes) -> Logbook:
    book = _book(context, connection, eid0)
    lock_logs(connection, [(book.number, log) for log in LOGS], exclusive=True)
    return book


def _book(context: Context, connection: Connection, eid0: bytes) -> Logbook:
    """The logbook of a draft."""
    stored = rows.by_eid0(connection, eid0)
    return Logbook(connection, context.keyring, Draft.parse(stored.draft), stored.id)


def _is_here(book: Logbook, which: Which) -> bool:
    return ceremony.is_here(book, RegKey.tag, which[0])


def _publish_once(book: Logbook) -> None:
    """Publish the set-up log as it is now, unless that was done."""
    size, _ = logs.latest_signed(book.connection, book.key("setup"))
    if size < book.size("setup"):
        book.publish("setup")


def _acks(book: Logbook) -> list[Signed]:
    """The acks at the head of the ballot log."""
    end = min(book.size("ballots"), 1 + len(roles_of(book.draft)))
    entries = (
        parse_payload("ballots", logs.payload_at(book.connection, book.key("ballots"), place))
        for place in range(1, end)
    )
    return [each for each in entries if isinstance(each, Signed)]


def _manifest(book: Logbook, client_sha256: bytes) -> Manifest:
    """The manifest of a complete set-up log; raises Incomplete naming what is missing."""
    rounds, draft = Rounds.read(book), book.draft
    for tag in SPOKEN:
        rounds.require(tag)
    registrar_keys, election_keys = rounds.registrar_keys(), rounds.election_keys()
    setup = book.head("setup")
    roll = Roll(tuple(rolls.rows(book.connection, book.number)))
    sizes = tuple(StyleSize(style.id, roll.sizes.get(style.id, 0)) for style in draft.styles)
    return Manifest(
        draft=draft,
        eid0=draft.eid0,
        setup=TreeHead(setup.size, setup.root),
        roll=RollHead(len(roll.rows), roll.root, sizes),
        registrar_keys=registrar_keys,
        election_keys=election_keys,
        client_sha256=client_sha256,
    )
