"""Preparing an election: draft and roll, then the freeze, which nothing changes any more.

`prepare` writes the draft into the set-up log and draws the roll's salts; until the freeze voters
can be shown their rows and object. `freeze` holds the ceremony and seals the manifest.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from ballots.draft import LOGS, Draft
from ballots.entries import DraftEntry, ManifestEntry, RegKey, RollNote
from ballots.manifest import Manifest, RollHead, StyleSize, TreeHead
from ballots.parameters import check_safe
from ballots.roll import Roll
from ballots.services import ceremony, elections
from ballots.services.context import Context
from ballots.services.elections import State
from ballots.services.logbook import Logbook
from ballots.services.plan import Plan, Voter, draft_of, draw_roll
from ballots.services.rounds import Rounds
from ballots.store import elections as rows
from ballots.store import logs, rolls
from ballots.store.database import lock_logs


def prepare(context: Context, plan: Plan, voters: Iterable[Voter]) -> bytes:
    """`eid0` of a new draft, which stands in its set-up log; the roll is stored.

    Raises Refused `unsafe-parameters` with all that is unsafe, BadDocument naming the place of
    what a draft cannot say, Refused `already-done` for a voter who is named twice.
    """
    roll = draw_roll(voters)
    with context.store.writing() as connection:
        draft = draft_of(connection, context.keyring, plan)
        check_safe(draft, Roll(tuple(each.public for each in roll)).sizes)
        number = rows.add(
            connection, eid0=draft.eid0, draft=draft.document, state=State.DRAFTED.value
        )
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
    and have not said their part make it Incomplete; what was said by then is kept.
    """
    _advance(context, eid0)
    with context.store.writing() as connection:
        book = _drafted(context, connection, eid0)
        manifest = _manifest(book, client_sha256)
        frozen = replace(book, eid=manifest.eid)
        values = {"eid": manifest.eid, "manifest": manifest.document, "state": State.FROZEN.value}
        rows.change(connection, book.number, values)
        for log in ("check-ins", "ballots"):
            logs.start(connection, (book.number, log), context.now_seconds)
            frozen.append(log, [ManifestEntry(manifest.document).payload])
            frozen.publish(log)
        ceremony.acknowledge(frozen, manifest)
    return manifest.eid


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


def _advance(context: Context, eid0: bytes) -> None:
    """The ceremony as far as it can go here, with its checkpoint once it is complete."""
    with context.store.reading() as connection:
        wanted = Rounds.read(_drafted(context, connection, eid0)).missing(RegKey.tag)
    blind_keys = ceremony.fresh_blind_keys(wanted)  # slow, so outside the transaction
    with context.store.writing() as connection:
        book = _drafted(context, connection, eid0)
        before = book.size("setup")
        rounds = ceremony.advance(book, blind_keys)
        if book.size("setup") > before and not rounds.missing("dkg3"):
            book.publish("setup")


def _drafted(context: Context, connection: Connection, eid0: bytes) -> Logbook:
    """The logbook of an election that is still a draft, locked until the transaction ends."""
    stored = rows.by_eid0(connection, eid0)
    lock_logs(connection, [(stored.id, log) for log in LOGS], exclusive=True)
    elections.progress(connection, stored.id).require(State.DRAFTED, act="the freeze")
    return Logbook(connection, context.keyring, Draft.parse(stored.draft), stored.id)


def _manifest(book: Logbook, client_sha256: bytes) -> Manifest:
    """The manifest of a complete set-up log; raises Incomplete naming what is missing."""
    rounds, draft = Rounds.read(book), book.draft
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
