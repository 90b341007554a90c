"""Ending epochs: what waited is sorted, chained into its log, and published (section 4).

An epoch of a log ends when the draft's `epoch_seconds` have passed and `batch_min` arrivals wait,
and always directly before check-in or voting closes. One sequencer at a time holds the log's lock,
whichever process it runs in. Afterwards nothing that is stored tells the order of arrival.
"""

from ballots.draft import Log
from ballots.entries import Issue
from ballots.errors import Incomplete
from ballots.log import may_end_epoch
from ballots.services import elections
from ballots.services.context import Context
from ballots.services.elections import Election, State
from ballots.services.logbook import Logbook
from ballots.store import boxes, check_ins, logs
from ballots.store import elections as rows
from ballots.store.database import lock_logs
from crypto.encoding import sha256

BATCHED: tuple[Log, ...] = ("check-ins", "ballots")
_AT_ONCE = 1000


def end_due_epochs(context: Context) -> None:
    """End every epoch that is due, in every running election. For a job that runs each minute."""
    running = (State.FROZEN, State.OPEN)
    with context.store.reading() as connection:
        found = rows.in_states(connection, [state.value for state in running])
    for each in found:
        if each.eid is not None:
            end_due_epochs_of(context, each.eid)
    scrub(context)


def end_due_epochs_of(context: Context, eid: bytes) -> None:
    """End the epochs of one election that are due; cheap where none is."""
    election = context.election(eid)
    for log in BATCHED:
        if context.writes(election, log) and _is_due(context, election, log):
            end_epoch(context, eid, log)


def end_epoch(context: Context, eid: bytes, log: Log) -> None:
    """End the log's current epoch if it is due, else do nothing; durable on return."""
    election = context.election(eid)
    with context.store.writing() as connection:
        lock_logs(connection, [election.log(log)], exclusive=True)
        book = context.logbook(connection, election)
        if elections.progress(connection, election.number).state in {State.FROZEN, State.OPEN}:
            write_epoch(book, log, context.now_seconds)
    scrub(context)


def write_epoch(book: Logbook, log: Log, now_seconds: int, *, closing: bool = False) -> None:
    """Write the waiting batch, its epoch entry and a checkpoint, if the epoch ends now.

    The caller holds the log's exclusive lock. `closing`: directly before `issue-close` or
    `close`, where only an empty epoch is not written.
    """
    if book.is_copy(log) or not _may_end(book, log, now_seconds, closing=closing):
        return
    first = book.size(log)
    epoch = book.epoch_entry(log, first)
    if log == "ballots":
        _write_ballots(book)
    else:
        _write_check_ins(book)
    book.append(log, [epoch.payload])
    book.publish(log)
    logs.end_epoch(book.connection, book.key(log), now_seconds)


def scrub(context: Context) -> None:
    """Make the database's journals forget arrivals of ended epochs, as far as it can now.

    What could not be done, because a reader was in the way or the rows are not committed yet, is
    done by the next minute's job.
    """
    with context.store.reading() as connection:
        if not logs.has_unscrubbed(connection):
            return
    try:
        context.store.scrub()
    except Incomplete:
        return
    with context.store.writing() as connection:
        logs.mark_scrubbed(connection)


def _is_due(context: Context, election: Election, log: Log) -> bool:
    with context.store.reading() as connection:
        book = context.logbook(connection, election)
        return _may_end(book, log, context.now_seconds, closing=False)


def _may_end(book: Logbook, log: Log, now_seconds: int, *, closing: bool) -> bool:
    count = boxes.count_waiting if log == "ballots" else check_ins.count_waiting
    began = logs.head(book.connection, book.key(log)).epoch_began
    if log == "check-ins":
        began = max(began, book.draft.schedule.check_in_opens)
    return may_end_epoch(
        count(book.connection, book.number),
        now_seconds - began,
        epoch_seconds=book.draft.epoch_seconds,
        batch_min=book.draft.batch_min,
        closing=closing,
    )


def _write_ballots(book: Logbook) -> None:
    """Move the waiting ballots into their log, by hash, a thousand at a time."""
    connection, above = book.connection, b""
    while batch := boxes.waiting(connection, book.number, above, _AT_ONCE):
        first = book.append("ballots", [payload for _, payload in batch])
        boxes.set_places(connection, book.number, [each for each, _ in batch], first)
        above = batch[-1][0]
    boxes.clear_waiting(connection, book.number)


def _write_check_ins(book: Logbook) -> None:
    """Move waiting check-ins and issues into their log: by the check-in's hash, then registrar."""
    connection, number = book.connection, book.number
    found = check_ins.waiting_check_ins(connection, number)
    issues = check_ins.waiting_issues(connection, number)
    hashes = {each.row: sha256(each.payload) for each in found}
    batch = [(hashes[each.row], 0, each.row, each.payload) for each in found]
    earlier = {each.row for each in issues} - hashes.keys()
    hashes |= check_ins.payload_hashes(connection, number, earlier)
    for each in issues:
        asked = hashes[each.row]
        payload = Issue(book.eid, each.registrar, asked, each.signature).payload
        batch.append((asked, each.registrar, each.row, payload))
    batch.sort()
    first = book.append("check-ins", [payload for *_, payload in batch])
    places = {(row, r): place for place, (_, r, row, _) in enumerate(batch, first)}
    check_ins.set_places(
        connection,
        number,
        check_ins={row: place for (row, r), place in places.items() if r == 0},
        issues={key: place for key, place in places.items() if key[1]},
    )
