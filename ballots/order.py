"""The order of entries in each log, as a small state machine (section 4, "Order").

setup: `draft reg-key* dkg1* dkg2* dkg3* (dkg-complaint | roll-note*)`
check-ins: `manifest ((check-in|issue)+ epoch)*`
ballots: `manifest ack* open (cast+ epoch)* issue-close (cast+ epoch)* close share*
(result attest*)?`

Any prefix is a valid running election.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from ballots.draft import Log
from ballots.entries import Epoch, Signed, said_by
from ballots.errors import BadEntry
from ballots.payload import Payload

_START = "nothing"
_LATE = "late "
"""Marks casts and epochs after `issue-close`, which lead to `close`."""

_GROUPS = ("draft", "reg-key", "dkg1", "dkg2", "dkg3")
_SETUP_END = ("dkg-complaint", "roll-note")

_SETUP: Mapping[str, Mapping[str, str]] = {
    _START: {"draft": "draft"},
    **{
        group: {tag: tag for tag in (*_GROUPS[max(1, place) :], *_SETUP_END)}
        for place, group in enumerate(_GROUPS)
    },
    "roll-note": {"roll-note": "roll-note"},
    "dkg-complaint": {},
}
_BATCH = {"check-in": "check-in", "issue": "issue"}
_CHECK_INS: Mapping[str, Mapping[str, str]] = {
    _START: {"manifest": "manifest"},
    "manifest": _BATCH,
    "check-in": {**_BATCH, "epoch": "epoch"},
    "issue": {**_BATCH, "epoch": "epoch"},
    "epoch": _BATCH,
}
_BALLOTS: Mapping[str, Mapping[str, str]] = {
    _START: {"manifest": "manifest"},
    "manifest": {"ack": "ack", "open": "open"},
    "ack": {"ack": "ack", "open": "open"},
    "open": {"cast": "cast", "issue-close": "issue-close"},
    "cast": {"cast": "cast", "epoch": "epoch"},
    "epoch": {"cast": "cast", "issue-close": "issue-close"},
    "issue-close": {"cast": _LATE + "cast", "close": "close"},
    _LATE + "cast": {"cast": _LATE + "cast", "epoch": _LATE + "epoch"},
    _LATE + "epoch": {"cast": _LATE + "cast", "close": "close"},
    "close": {"share": "share", "result": "result"},
    "share": {"share": "share", "result": "result"},
    "result": {"attest": "attest"},
    "attest": {"attest": "attest"},
}
_GRAMMAR: Mapping[Log, Mapping[str, Mapping[str, str]]] = {
    "setup": _SETUP,
    "check-ins": _CHECK_INS,
    "ballots": _BALLOTS,
}

Once = tuple[str, str, int, int]
"""What may stand once: tag, role, style (0 where there is none), number of the role."""


@dataclass(frozen=True, slots=True)
class Order:
    """How far a log is in its grammar, and what may come next.

    `epochs` counts the epoch entries, so it is the number of the next one; `waiting` the entries
    of the batch that the next epoch will end.
    """

    log: Log
    state: str = _START
    epochs: int = 0
    waiting: int = 0
    once: frozenset[Once] = frozenset()

    @classmethod
    def of(cls, log: Log, entries: list[Payload]) -> Self:
        """The order after these entries of a log; raises BadEntry naming the first wrong one."""
        order = cls(log)
        for index, entry in enumerate(entries):
            try:
                order = order.after(entry)
            except BadEntry as error:
                raise BadEntry(f"{log}[{index}].{error.where}", error.expected) from error
        return order

    @property
    def next_tags(self) -> tuple[str, ...]:
        """The tags that may stand next."""
        return tuple(_GRAMMAR[self.log][self.state])

    def has_passed(self, tag: str) -> bool:
        """Whether an entry like `open` or `close`, of which there is one, stands in the log."""
        return (tag, "", 0, 0) in self.once

    def after(self, entry: Payload) -> Self:
        """The order once this entry stands; raises BadEntry where it may not stand now."""
        said = said_by(entry)
        state = _GRAMMAR[self.log][self.state].get(said.tag)
        if state is None:
            allowed = " or ".join(self.next_tags) or "no further entry"
            raise BadEntry(said.tag, f"{allowed} after {self.state}")
        if isinstance(said, Epoch):
            return self._after_epoch(said, state)
        mark = _mark(entry)
        if mark in self.once:
            raise BadEntry(said.tag, "one entry of this style and number")
        in_batch = self.log != "setup" and said.tag in {"cast", "check-in", "issue"}
        once = self.once | {mark} if mark else self.once
        return replace(self, state=state, waiting=self.waiting + in_batch, once=once)

    def _after_epoch(self, epoch: Epoch, state: str) -> Self:
        if epoch.number != self.epochs:
            raise BadEntry("epoch.number", str(self.epochs))
        return replace(self, state=state, waiting=0, epochs=self.epochs + 1)


_REPEATED = frozenset({"roll-note", "attest", "check-in", "issue", "cast"})
_ONCE_PER_NUMBER = frozenset({"reg-key", "dkg1", "dkg2", "dkg3", "ack", "share"})


def _mark(entry: Payload) -> Once | None:
    """What of this entry may stand once; None for what may come again."""
    said = said_by(entry)
    if said.tag in _REPEATED:
        return None
    if not isinstance(entry, Signed):
        return said.tag, "", 0, 0
    if said.tag in _ONCE_PER_NUMBER:
        return said.tag, entry.role, getattr(said, "style", 0), entry.index
    return said.tag, "", 0, 0
