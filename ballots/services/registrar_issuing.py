"""What a registrar elsewhere signs: one blind signature a row, and never on a site's word alone.

Only what the site's check-in log has promised to show, only for a row of the roll that the
manifest froze, only with evidence, inside the window by its own clock, and once a row. What it
signed is durable before it answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ballots.credential import check_in_ask
from ballots.draft import Draft
from ballots.entries import CheckIn, Issue
from ballots.errors import BadDocument, BadEntry, Refused
from ballots.evidence import check_evidence
from ballots.manifest import Manifest
from ballots.receipt import Promised, check_promise
from ballots.roll import Row
from ballots.services.context import Context
from ballots.services.registrar_apart import ROLE, check_not_over, number_of, own_key
from ballots.services.relayed import Relayed
from ballots.store import check_ins
from ballots.store import elections as rows
from ballots.store.check_ins import StoredCheckIn, StoredIssue
from ballots.store.commit import Waiting
from ballots.store.elections import Stored
from crypto import blind_rsa, merkle
from crypto.encoding import number, sha256
from crypto.errors import CryptoError


@dataclass(frozen=True, slots=True)
class _Frozen:
    """An acknowledged election, and this registrar's number in it."""

    stored: Stored
    manifest: Manifest
    registrar: int

    @property
    def eid(self) -> bytes:
        return self.manifest.eid

    @property
    def draft(self) -> Draft:
        return self.manifest.draft


@dataclass(frozen=True, slots=True)
class _Signed:
    """A check-in and the signature it is to get, or has got."""

    check_in: StoredCheckIn
    issue: StoredIssue


_Waiting = Waiting[tuple[int, _Signed], _Signed]


def issue(context: Context, eid: bytes, relayed: Relayed) -> bytes:
    """The `issue` payload for a check-in; the signature is durable.

    The same check-in again gets the same answer, also after the window; another one for its row is
    refused (Refused `already-checked-in`), as is everything that section 6.5 refuses.
    """
    frozen = _frozen(context, eid)
    entry = _entry(frozen, relayed)
    digest = check_in_ask(eid, entry.row, entry.style, entry.blinded)
    with context.store.reading() as connection:
        held = _held(connection, frozen.stored.id, entry.row)
    if held is None:
        signature = _sign(context, frozen, entry, relayed)
        check_in = StoredCheckIn(entry.row, entry.kind, digest, entry.payload, 0)
        made = _Signed(check_in, StoredIssue(entry.row, frozen.registrar, signature, 0))
        held = context.arrivals.submit(_store, (frozen.stored.id, made))
    if held.check_in.ask != digest:
        raise Refused("already-checked-in", "this row has checked in with another request")
    asked = sha256(held.check_in.payload)
    return Issue(eid, frozen.registrar, asked, held.issue.signature).payload


def _frozen(context: Context, eid: bytes) -> _Frozen:
    """An acknowledged election; raises Refused `unknown-election`."""
    with context.store.reading() as connection:
        stored = rows.by_eid(connection, eid)
        own = context.keyring.own_identity(connection, ROLE)
    manifest = Manifest.parse(stored.manifest or b"")
    return _Frozen(stored, manifest, number_of(manifest.draft, own))


def _entry(frozen: _Frozen, relayed: Relayed) -> CheckIn:
    """The check-in, which the log promised to show; raises Refused."""
    try:
        entry = CheckIn.parse(relayed.check_in)
        promised = Promised.parse(relayed.promise)
    except BadEntry as error:
        raise Refused("malformed", error.message) from error
    if entry.eid != frozen.eid:
        raise Refused("wrong-election", "the check-in is for another election")
    if promised.promise.log != "check-ins":
        raise Refused("bad-promise", "the promise is another log's")
    check_promise(promised, frozen.draft, frozen.eid, entry.hash)
    wanted = len(frozen.draft.registrars.list)
    if len(entry.blinded) != wanted:
        raise Refused("bad-blinded", f"a check-in has {wanted} blinded messages")
    return entry


def _sign(context: Context, frozen: _Frozen, entry: CheckIn, relayed: Relayed) -> bytes:
    """The signature, once row, evidence and window are checked; it leaves only when stored."""
    _check_window(context, frozen.draft)
    check_evidence(entry, _row(frozen.manifest, entry.row, relayed), frozen.draft)
    blinded = entry.blinded[frozen.registrar - 1]
    with context.store.reading() as connection:
        which = (frozen.registrar, entry.style)
        key = own_key(context, connection, frozen.draft, which)
    if not 2 <= number(blinded) <= key.public.n - 2:  # noqa: PLR2004 - 0, 1 and N - 1 blind nothing
        raise Refused("bad-blinded", "the blinded message is out of range")
    return blind_rsa.blind_sign(key, blinded)


def _row(manifest: Manifest, index: int, relayed: Relayed) -> Row:
    """The row, which stands in the manifest's tree; raises Refused `wrong-row`."""
    head, leaf = manifest.roll, merkle.leaf_hash(relayed.leaf)
    try:
        merkle.verify_inclusion(index, head.size, leaf, relayed.proof, head.root)
        return Row.parse(relayed.leaf)
    except (CryptoError, BadDocument) as error:
        raise Refused("wrong-row", f"this is not row {index} of the roll: {error}") from error


def _check_window(context: Context, draft: Draft) -> None:
    if context.now_seconds < draft.schedule.check_in_opens:
        raise Refused("check-in-not-open", "check-in has not begun")
    check_not_over(context, draft)


def _store(connection: Connection, batch: Sequence[_Waiting]) -> None:
    """The writer of a group commit: one check-in a row."""
    for each in sorted(batch, key=lambda one: (one.item[0], one.item[1].check_in.row)):
        election, made = each.item
        held = _held(connection, election, made.check_in.row)
        if held is None:
            check_ins.add(connection, election, [made.check_in], [made.issue])
        each.accept(held or made)


def _held(connection: Connection, election: int, row: int) -> _Signed | None:
    """What was signed for a row, if anything was."""
    check_in = check_ins.of_rows(connection, election, [row]).get(row)
    if check_in is None:
        return None
    (given,) = check_ins.issues_of(connection, election, [row])
    return _Signed(check_in, given)
