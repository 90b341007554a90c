"""The set-up log as a trustee reads it: every entry in its place, chained and signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.ceremony import Table
from ballots.draft import Draft
from ballots.entries import (
    DkgComplaint,
    DraftEntry,
    Signed,
    parse_payload,
    role_key,
    said_by,
    split_entry,
    verify_signed,
)
from ballots.errors import BallotError
from ballots.log import FIRST_PREV
from ballots.order import Order
from ballots.payload import Payload
from ballots.rounds import Rounds
from ballots.trustee.errors import Stopped
from crypto import merkle
from crypto.errors import CryptoError


@dataclass(frozen=True, slots=True)
class SetupLog:
    """What stands in a set-up log: the draft, the rounds, a complaint if there is one.

    `payloads` and `leaves` (hashes) are of all entries, in order.
    """

    draft: Draft
    rounds: Rounds
    complaint: DkgComplaint | None
    payloads: tuple[bytes, ...]
    leaves: tuple[bytes, ...]

    @classmethod
    def read(cls, entries: Sequence[bytes]) -> "SetupLog":
        """The log of these entries; raises Stopped `bad-setup` naming the first wrong one."""
        payloads: list[bytes] = []
        leaves: list[bytes] = []
        parsed: list[Payload] = []
        order = Order("setup")
        for index, entry in enumerate(entries):
            try:
                prev, payload = split_entry(entry)
                if prev != (leaves[-1] if leaves else FIRST_PREV):
                    raise Stopped("bad-setup", "it does not follow from the one before")
                parsed.append(parse_payload("setup", payload))
                order = order.after(parsed[-1])
                _check_said(parsed)
            except (BallotError, CryptoError) as error:
                raise Stopped("bad-setup", f"entry {index} of the set-up log: {error}") from None
            payloads.append(payload)
            leaves.append(merkle.leaf_hash(entry))
        if not parsed:
            raise Stopped("bad-setup", "the set-up log is empty")
        ends = [each for each in map(said_by, parsed) if isinstance(each, DkgComplaint)]
        draft = _draft(parsed)
        rounds = Rounds.of(draft, parsed)
        complaint = ends[0] if ends else None
        return cls(draft, rounds, complaint, tuple(payloads), tuple(leaves))

    def root(self, size: int) -> bytes:
        """The root of the first `size` entries; raises Stopped if there are fewer."""
        if not 0 < size <= len(self.leaves):
            message = f"the set-up log has {len(self.leaves)} entries, not {size}"
            raise Stopped("bad-setup", message)
        return merkle.root(self.leaves[:size])

    @property
    def blamed(self) -> int:
        """Who is at fault in the complaint that ended the draft; raises Stopped without one."""
        if self.complaint is None:
            raise Stopped("no-complaint", "nobody complained in this draft")
        style, rounds = self.complaint.style, self.rounds
        table = Table.of(self.draft, style)
        return table.blame(self.complaint, rounds.firsts(style), rounds.seconds(style))


def _draft(parsed: Sequence[Payload]) -> Draft:
    first = parsed[0]
    if not isinstance(first, DraftEntry):
        raise Stopped("bad-setup", "the set-up log does not begin with a draft")
    return Draft.parse(first.document)


def _check_said(parsed: Sequence[Payload]) -> None:
    """Pass if the last entry is of this draft, and signed by the role that speaks."""
    entry, draft = parsed[-1], _draft(parsed[:1])
    if isinstance(entry, Signed):
        if getattr(entry.said, "eid0", b"") != draft.eid0:
            raise Stopped("bad-setup", "it is of another draft")
        verify_signed(entry, role_key(draft, entry.role, entry.index))
