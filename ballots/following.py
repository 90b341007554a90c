"""Following a log from outside: every entry checked as it comes, the tree grown beside it. Pure.

What is checked: the chain of leaf hashes, the shape and order of entries, the signature of every
role. What entries say of each other is the verifier's matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from ballots.draft import Draft, Log
from ballots.entries import Signed, parse_payload, role_key, said_by, split_entry, verify_signed
from ballots.errors import BadEntry, BallotError
from ballots.log import FIRST_PREV
from ballots.order import Order
from crypto import merkle
from crypto.errors import CryptoError

CHECKPOINT_AFTER = frozenset(
    {
        "draft", "dkg3", "dkg-complaint", "roll-note", "manifest", "open", "epoch", "issue-close",
        "close", "share", "result", "attest",
    }
)  # fmt: skip
"""Tags of entries after which a log may have a checkpoint (section 4)."""


class Damaged(BallotError):  # noqa: N818 - says what is the matter
    """What was served is not the log that its checkpoints speak of."""

    def __init__(self, message: str) -> None:
        super().__init__("damaged", message)


@dataclass(slots=True)
class Walk:
    """How far a log was followed: its tree so far, its last leaf hash, its order.

    `roots`: the root at each size at which there may be a checkpoint. `told`: the last payload of
    each tag that roles say. `eid` is empty for the set-up log, which begins before there is one.
    """

    draft: Draft
    log: Log
    eid: bytes = b""
    frontier: merkle.Frontier = field(default_factory=merkle.Frontier)
    roots: dict[int, bytes] = field(default_factory=dict)
    told: dict[str, bytes] = field(default_factory=dict)
    _last: bytes = b""
    _order: Order | None = None

    @property
    def size(self) -> int:
        """How many entries were followed."""
        return self.frontier.size

    @property
    def root(self) -> bytes:
        """The root of all of them."""
        return self.frontier.root()

    def copy(self) -> Self:
        """The same, to go on with and perhaps to throw away."""
        frontier = merkle.Frontier.from_hashes(self.size, self.frontier.hashes)
        made = type(self)(
            self.draft, self.log, self.eid, frontier, dict(self.roots), dict(self.told)
        )
        made._last, made._order = self._last, self._order  # noqa: SLF001 - its own kind
        return made

    def take(self, entries: Iterable[bytes]) -> None:
        """Follow the next entries; raises Damaged naming the first wrong one."""
        for entry in entries:
            try:
                self._take(entry)
            except (BallotError, CryptoError) as error:
                raise Damaged(f"{self.log}[{self.size}]: {error}") from error

    def _take(self, entry: bytes) -> None:
        prev, payload = split_entry(entry)
        if prev != (self._last or self._seed):
            raise BadEntry("prev", "the leaf hash of the entry before")
        found = parse_payload(self.log, payload)
        if isinstance(found, Signed):
            verify_signed(found, role_key(self.draft, found.role, found.index))
            self.told[found.said.tag] = payload
        self._order = (self._order or Order(self.log)).after(found)
        self._last = merkle.leaf_hash(entry)
        self.frontier.append(self._last)
        if said_by(found).tag in CHECKPOINT_AFTER:
            self.roots[self.size] = self.root

    @property
    def _seed(self) -> bytes:
        return FIRST_PREV if self.log == "setup" else self.eid
