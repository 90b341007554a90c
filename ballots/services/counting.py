"""After close: shares are released, ballots opened and counted, the result published (section 9).

The record does not change while this computes, so that only the last step is a transaction.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from ballots.counting.result import result_document
from ballots.counting.table import Outcome, count
from ballots.counting.ties import tie_order, tie_seed
from ballots.draft import Question
from ballots.entries import Attest, Cast, Result, Share, Signed, parse_payload, role_key
from ballots.errors import Refused
from ballots.manifest import ElectionKey
from ballots.opening import Opening, check_share, recover_key, revealed
from ballots.services import elections
from ballots.services.box_copy import follow
from ballots.services.closed_box import ClosedBox, read_closed, since_close
from ballots.services.context import Context
from ballots.services.elections import Election, State
from ballots.services.logbook import Logbook
from ballots.store import elections as rows
from ballots.store import logs
from ballots.store.database import lock_logs
from ballots.styles import roll_size_of, small_styles
from crypto import canonical
from crypto.encoding import sha256


@dataclass(frozen=True, slots=True)
class ShareStanding:
    """A trustee after close: its shares in the log, and how many it is to give (one a style)."""

    number: int
    name: str
    held: str
    released: int
    wanted: int

    @property
    def is_done(self) -> bool:
        """Whether it has released all that it is to release."""
        return self.released >= self.wanted


@dataclass(frozen=True, slots=True)
class Attestation:
    """A verifier's word on the result, by its number and name in the draft."""

    number: int
    name: str
    words: str


def release_shares(context: Context, eid: bytes) -> None:
    """Every trustee whose shares are here publishes them, except for small styles.

    Raises Refused `wrong-state` unless closed, `not-published` while the close waits for
    witnesses, `already-done` where nothing is left to release.
    """
    election = context.election(eid)
    follow(context, election)
    closed = _read_closed(context, election, act="releasing shares")
    with context.store.writing() as connection:
        book = _locked(context, connection, election, act="releasing shares")
        wanted = _to_release(book, closed)
        if not wanted:
            raise Refused("already-done", "every share that is here was released")
        for style, trustee in wanted:
            x = book.keyring.share(connection, book.draft.eid0, (trustee, style))
            book.say("ballots", "trustee", trustee, Share(eid, style, closed.hash, x))
        book.publish("ballots")


def count_and_publish(context: Context, eid: bytes) -> bytes:
    """The bytes of `result.json`: ballots are opened, counted, and the result stands in the log.

    Raises Refused `wrong-state` unless closed, Incomplete naming the style that lacks shares.
    Afterwards the shares here are deleted, so that small styles stay shut.
    """
    election = context.election(eid)
    follow(context, election)
    closed = _read_closed(context, election, act="counting")
    secrets = _recover(election, closed)
    opening = _open_all(context, election, closed, secrets)
    result = _result(election, closed, secrets, opening)
    published = opening.statuses
    with context.store.writing() as connection:
        book = _locked(context, connection, election, act="counting")
        said = Result(eid, sha256(result), sha256(published), opening.tally)
        book.say("ballots", "organiser", 0, said)
        book.publish("ballots")
        values = {"result": result, "statuses": published, "state": State.COUNTED.value}
        rows.change(connection, election.number, values)
        book.keyring.drop_shares(connection, election.draft.eid0)
    return result


def standing(context: Context, eid: bytes) -> tuple[ShareStanding, ...]:
    """Which trustee has released its shares, by number and name; before the count, too.

    Raises Refused `wrong-state` before close, `not-published` while the close waits for witnesses.
    """
    election = context.election(eid)
    draft, small = election.draft, context.close_of(election).small
    with context.store.reading() as connection:
        progress = elections.progress(connection, election.number)
        progress.require(State.CLOSED, State.COUNTED, act="the release of shares")
        said = [
            (entry.index, entry.said.style)
            for _, payload in since_close(connection, election.log("ballots"))
            if isinstance(entry := parse_payload("ballots", payload), Signed)
            and isinstance(entry.said, Share)
        ]
    wanted = len(draft.styles) - len(small)
    return tuple(
        ShareStanding(number, each.name, each.held, sum(i == number for i, _ in said), wanted)
        for number, each in enumerate(draft.trustees.list, start=1)
    )


def attestations(context: Context, eid: bytes) -> tuple[Attestation, ...]:
    """What the draft's verifiers say of the result, in the order of the log.

    Raises Refused `wrong-state` before the count.
    """
    election = context.election(eid)
    with context.store.reading() as connection:
        progress = elections.progress(connection, election.number)
        progress.require(State.COUNTED, act="a verifier's word")
        told = since_close(connection, election.log("ballots"))
    entries = [parse_payload("ballots", payload) for _, payload in told]
    names = [each.name for each in election.draft.verifiers]
    return tuple(
        Attestation(entry.index, names[entry.index - 1], entry.said.words)
        for entry in entries
        if isinstance(entry, Signed) and isinstance(entry.said, Attest)
    )


def _locked(context: Context, connection: Connection, election: Election, *, act: str) -> Logbook:
    """The logs of a closed election, locked."""
    lock_logs(connection, [election.log("ballots")], exclusive=True)
    elections.progress(connection, election.number).require(State.CLOSED, act=act)
    return context.logbook(connection, election)


def _read_closed(context: Context, election: Election, *, act: str) -> ClosedBox:
    """What the ballot log says; raises Refused `wrong-state` unless closed, `not-published`."""
    with context.store.reading() as connection:
        elections.progress(connection, election.number).require(State.CLOSED, act=act)
        return read_closed(connection, election)


def _to_release(book: Logbook, closed: ClosedBox) -> list[tuple[int, int]]:
    """The (style, trustee) whose share is here, is to be opened and was not released yet."""
    draft = book.draft
    small = small_styles(draft, closed.highest.voted)
    trustees = range(1, len(draft.trustees.list) + 1)
    every = [(s.id, trustee) for s in draft.styles if s.id not in small for trustee in trustees]
    return [
        (style, trustee)
        for style, trustee in every
        if (style, trustee) not in closed.shares
        and book.keyring.holds_share(book.connection, draft.eid0, (trustee, style))
        and book.keyring.holds(book.connection, role_key(draft, "trustee", trustee))
    ]


def _recover(election: Election, closed: ClosedBox) -> dict[int, int]:
    """`y` by style, of every style that is not small; raises Incomplete where shares lack."""
    small = small_styles(election.draft, closed.highest.voted)
    return {
        key.style: recover_key(key, _valid_shares(closed, key), election.draft.trustees.k)
        for key in election.manifest.election_keys
        if key.style not in small
    }


def _valid_shares(closed: ClosedBox, key: ElectionKey) -> dict[int, int]:
    """`x` by trustee; a wrong share is passed over, the others may be enough (A56)."""
    valid = {}
    for (style, trustee), share in closed.shares.items():
        if style == key.style:
            with suppress(Refused):
                valid[trustee] = check_share(share, trustee, key, closed.hash)
    return valid


def _open_all(
    context: Context, election: Election, closed: ClosedBox, secrets: Mapping[int, int]
) -> Opening:
    """Every ballot once more, opened where it is its key's highest."""
    opening = Opening(election.draft, election.eid, closed.highest, secrets)
    with context.store.reading() as connection:
        for index, payload in enumerate(logs.payloads(connection, election.log("ballots"))):
            entry = parse_payload("ballots", payload)
            if isinstance(entry, Cast):
                opening.take(index, entry)
    return opening


def _result(
    election: Election, closed: ClosedBox, secrets: Mapping[int, int], opening: Opening
) -> bytes:
    draft = election.draft
    seed = tie_seed(election.eid, closed.checkpoint.root, revealed(draft, secrets))
    outcomes = [(each, _outcome(election, each, seed, opening)) for each in draft.questions]
    return canonical.write(result_document(opening.counted, outcomes))


def _outcome(election: Election, question: Question, seed: bytes, opening: Opening) -> Outcome:
    return count(
        question,
        opening.choices[question.id],
        tie_order=tie_order(seed, question),
        roll_size=roll_size_of(election.manifest, question.id),
    )
