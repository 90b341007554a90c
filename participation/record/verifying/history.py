"""What the log says, taken in entry by entry: the state in which it leaves the consultation."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ballots.verifier.verdict import Fault
from participation.record.documents import Figures, Told
from participation.record.entries import (
    Answered,
    Begun,
    Changed,
    Contributed,
    Edited,
    Entry,
    Erased,
    Extended,
    Held,
    PhaseChanged,
    Redacted,
    Removed,
    Restored,
    Version,
    Withdrawn,
)
from participation.record.verifying.checks import (
    ERASED,
    HELD,
    OPEN,
    REMOVED,
    WITHDRAWN,
    c09_told,
    c10_version,
    c11_phase,
    c12_extension,
    c12_kept,
    c13_act,
    c13_new,
    c16_removal,
)


@dataclass(slots=True)
class Standing:
    """A contribution as the log leaves it; `place` is the entry of its newest commitment."""

    thread: bytes
    commitment: bytes
    place: int
    state: str = OPEN
    is_answered: bool = False
    removal: Removed | None = None


@dataclass(slots=True)
class History:
    """Everything that the entries so far add up to.

    `sources` counts how the contributions came whose words are shown: the log itself does not say.
    """

    size: int = 0
    told: Told | None = None
    phase: str = ""
    versions: list[Version] = field(default_factory=list)
    contributions: dict[bytes, Standing] = field(default_factory=dict)
    answers: dict[bytes, Answered] = field(default_factory=dict)
    answer_places: dict[bytes, int] = field(default_factory=dict)
    sources: Counter[str] = field(default_factory=Counter)

    def take(self, index: int, entry: Entry) -> None:
        """The next entry that could be read; raises the Fault of the check that refuses it.

        What a refused entry says is taken in as far as it can be, so that one fault does not make
        ten.
        """
        self.size = index + 1
        if index == 0 and not isinstance(entry, Begun):
            raise Fault("C09", "the log does not begin with what people were told")
        _TAKERS[type(entry)](self, index, entry)

    def figures(self) -> Figures:
        """The figures, counted."""
        states = Counter(each.state for each in self.contributions.values())
        firsts = [s for name, s in self.contributions.items() if s.thread == name]
        return Figures(
            size=self.size,
            versions=len(self.versions),
            contributions=len(firsts),
            replies=len(self.contributions) - len(firsts),
            answered=sum(each.is_answered for each in firsts),
            waiting=sum(each.state == OPEN and not each.is_answered for each in firsts),
            held=states[HELD],
            removed=states[REMOVED],
            withdrawn=states[WITHDRAWN],
            erased=states[ERASED],
        )

    def begin(self, index: int, entry: Begun) -> None:
        """What people were told at first."""
        if index:
            raise Fault("C09", "the log begins a second time")
        self.told = c09_told(None, entry.document)

    def change(self, _index: int, entry: Changed) -> None:
        """What people are told from here on."""
        before, self.told = self.told, c09_told(self.told, entry.document)
        if before:
            c12_kept(before, self.told, self.phase)

    def extend(self, _index: int, entry: Extended) -> None:
        """A later last day."""
        if self.told is None:
            return
        closes_on, self.told = self.told.closes_on, replace(self.told, closes_on=entry.new)
        c12_extension(entry, closes_on, self.phase)

    def publish(self, _index: int, entry: Version) -> None:
        """A version of the draft."""
        before = self.versions[-1].number if self.versions else 0
        self.versions.append(entry)
        c10_version(entry, before)

    def enter(self, _index: int, entry: PhaseChanged) -> None:
        """A phase."""
        before, self.phase = self.phase, entry.phase
        c11_phase(before, entry.phase)

    def contribute(self, index: int, entry: Contributed) -> None:
        """A comment or a reply."""
        known = entry.id in self.contributions
        has_thread = entry.thread == entry.id or entry.thread in self.contributions
        if not known:
            self.contributions[entry.id] = Standing(entry.thread, entry.commitment, index)
        c13_new(known, has_thread)

    def recommit(self, index: int, entry: Edited | Redacted) -> None:
        """Other words for a contribution."""
        standing = self._standing(entry)
        standing.commitment, standing.place = entry.commitment, index

    def hold(self, _index: int, entry: Held) -> None:
        """Words not shown until a moderator has looked."""
        self._standing(entry).state = HELD

    def remove(self, _index: int, entry: Removed) -> None:
        """A removal, with its grounds."""
        standing = self._standing(entry)
        standing.state, standing.removal = REMOVED, entry
        c16_removal(entry)

    def restore(self, _index: int, entry: Restored) -> None:
        """Words shown after all."""
        standing = self._standing(entry)
        standing.state, standing.removal = OPEN, None

    def withdraw(self, _index: int, entry: Withdrawn) -> None:
        """Words taken back by their author."""
        self._standing(entry).state = WITHDRAWN

    def erase(self, _index: int, entry: Erased) -> None:
        """Words and salt deleted."""
        self._standing(entry).state = ERASED

    def answer(self, index: int, entry: Answered) -> None:
        """An official answer."""
        self._standing(entry).is_answered = True
        self.answers[entry.answer] = entry
        self.answer_places[entry.answer] = index

    def _standing(self, entry: Any) -> Standing:
        """The contribution that an entry is about; raises C13."""
        found = self.contributions.get(entry.id)
        c13_act(entry.tag, found.state if found else None)
        if found is None:
            raise Fault("C13", "a contribution that the log does not hold")
        return found


_TAKERS: Mapping[type[Any], Callable[[History, int, Any], None]] = {
    Begun: History.begin,
    Changed: History.change,
    Extended: History.extend,
    Version: History.publish,
    PhaseChanged: History.enter,
    Contributed: History.contribute,
    Edited: History.recommit,
    Redacted: History.recommit,
    Held: History.hold,
    Removed: History.remove,
    Restored: History.restore,
    Withdrawn: History.withdraw,
    Erased: History.erase,
    Answered: History.answer,
}
