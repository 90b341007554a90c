"""Opening and closing: the organiser's acts while people vote, each in its state and time.

frozen → open → check-in closed → closed. Every refusal names the rule that it follows.
"""

from dataclasses import replace

from sqlalchemy import Connection

from ballots.draft import LOGS
from ballots.entries import Ack, Close, IssueClose, Open, Signed, parse_payload
from ballots.errors import Incomplete, Refused
from ballots.services import elections
from ballots.services.box_copy import end_last_epoch, follow
from ballots.services.context import Context
from ballots.services.elections import Election, Progress, State
from ballots.services.logbook import Logbook
from ballots.services.quorum import require_latest_published
from ballots.services.sequencing import scrub, write_epoch
from ballots.store import elections as rows
from ballots.store import logs
from ballots.store.database import lock_logs


def open_voting(context: Context, eid: bytes) -> None:
    """Append `open`: ballots are taken from now on.

    Raises Refused `wrong-state` unless frozen, `too-early` before `voting_opens`, `not-published`
    while the manifest waits for witnesses in one of the logs; Incomplete while a trustee or
    registrar has not signed its `ack`.
    """
    election = context.election(eid)
    follow(context, election)
    with context.store.writing() as connection:
        book, now = _locked(context, connection, election)
        now.require(State.FROZEN, act="opening")
        _check_time(context, "voting_opens", election.draft.schedule.voting_opens)
        if not election.box_origin:  # a box apart looks for itself
            check_acks(book)
        for log in LOGS:
            require_latest_published(connection, book.draft, book.key(log))
        book.say("ballots", "organiser", 0, Open(eid))
        book.publish("ballots")
        logs.restart_epoch(connection, election.log("ballots"), context.now_seconds)
        elections.change(connection, election.number, State.OPEN)


def close_check_in(context: Context, eid: bytes) -> None:
    """Append `issue-close`: nobody checks in any more, and the blind keys are deleted.

    Raises Refused `wrong-state` unless open, `already-done`, `too-early` before `check_in_closes`.
    """
    election = context.election(eid)
    if election.box_origin:
        _close_check_in_apart(context, election)
        return
    with context.store.writing() as connection:
        book, now = _locked(context, connection, election)
        now.require(State.OPEN, act="closing check-in")
        if now.check_in_closed:
            raise Refused("already-done", "check-in is closed")
        _check_time(context, "check_in_closes", election.draft.schedule.check_in_closes)
        write_epoch(book, "check-ins", context.now_seconds, closing=True)
        write_epoch(book, "ballots", context.now_seconds, closing=True)
        head = book.head("check-ins")
        book.say("ballots", "organiser", 0, IssueClose(eid, head.size, head.root))
        book.publish("ballots")
        rows.change(connection, election.number, {"check_in_closed": True})
        book.keyring.drop_blind_keys(connection, election.draft.eid0)
    scrub(context)


def close(context: Context, eid: bytes) -> None:
    """Append `close`: no ballot is taken any more, and check-ins and roll become public.

    Raises Refused `wrong-state` unless open with check-in closed, `too-early` before
    `voting_closes`.
    """
    election = context.election(eid)
    end_last_epoch(context, election)
    with context.store.writing() as connection:
        book, now = _locked(context, connection, election)
        now.require(State.OPEN, act="closing")
        if not now.check_in_closed:
            raise Refused("wrong-state", "closing is for an election whose check-in is closed")
        _check_time(context, "voting_closes", election.draft.schedule.voting_closes)
        write_epoch(book, "ballots", context.now_seconds, closing=True)
        head = book.head("ballots")
        book.say("ballots", "organiser", 0, Close(eid, head.size, head.root))
        book.publish("ballots")
        elections.change(connection, election.number, State.CLOSED)
    scrub(context)


def _close_check_in_apart(context: Context, election: Election) -> None:
    """The same where the box stands apart: first the check-in log ends here, for good and durably.

    Then the box is told, which may be repeated until it has answered. The other way round, a crash
    between the two could leave the box with the head of a log that goes on.
    """
    own = replace(context, store=context.arrivals.store)
    with own.store.writing() as connection:
        book, now = _locked(own, connection, election)
        now.require(State.OPEN, act="closing check-in")
        if not now.check_in_closed:
            begins = election.draft.schedule.check_in_closes
            _check_time(context, "check_in_closes", begins)
            write_epoch(book, "check-ins", context.now_seconds, closing=True)
            rows.change(connection, election.number, {"check_in_closed": True})
            book.keyring.drop_blind_keys(connection, election.draft.eid0)
    with own.store.reading() as connection:
        book = own.logbook(connection, election)
        head = book.head("check-ins")
        book.say("ballots", "organiser", 0, IssueClose(election.eid, head.size, head.root))
    scrub(own)
    follow(own, election)


def _locked(
    context: Context, connection: Connection, election: Election
) -> tuple[Logbook, Progress]:
    """The logs, locked, and where the election stands meanwhile."""
    lock_logs(connection, [election.log(log) for log in LOGS], exclusive=True)
    progress = elections.progress(connection, election.number)
    return context.logbook(connection, election), progress


def _check_time(context: Context, rule: str, begins: int) -> None:
    if context.now_seconds < begins:
        raise Refused("too-early", f"{rule} is at {begins}, in {begins - context.now_seconds} s")


def check_acks(book: Logbook) -> None:
    """Pass once every trustee and registrar has signed its `ack`; raises Incomplete."""
    entries = (
        parse_payload("ballots", payload)
        for payload in logs.payloads(book.connection, book.key("ballots"))
    )
    said = {(e.role, e.index) for e in entries if isinstance(e, Signed) and isinstance(e.said, Ack)}
    wanted = [("trustee", i) for i, _ in enumerate(book.draft.trustees.list, start=1)]
    wanted += [("registrar", i) for i, _ in enumerate(book.draft.registrars.list, start=1)]
    for role, number in wanted:
        if (role, number) not in said:
            raise Incomplete(f"the ack of {role} {number}")
