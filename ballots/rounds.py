"""What a set-up log says so far: registrars' keys, then the three rounds of the ceremony. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from ballots.ceremony import Table
from ballots.draft import Draft
from ballots.entries import Dkg1, Dkg2, Dkg3, DkgComplaint, RegKey, said_by
from ballots.errors import Incomplete
from ballots.manifest import ElectionKey, RegistrarKey
from ballots.payload import Payload
from crypto.encoding import sha256

Which = tuple[int, int]
"""A role's number, from 1, and a style."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """Reg-keys and the three rounds, each by tag, number and style.

    `complaints` is empty, or has the one that ended the draft.
    """

    draft: Draft
    said: Mapping[tuple[str, int, int], Payload]
    complaints: tuple[DkgComplaint, ...] = ()

    @classmethod
    def of(cls, draft: Draft, entries: Iterable[Payload]) -> Self:
        """The rounds in these entries of the draft's set-up log, wrapped or not."""
        said: dict[tuple[str, int, int], Payload] = {}
        complaints: tuple[DkgComplaint, ...] = ()
        for entry in map(said_by, entries):
            if isinstance(entry, RegKey):
                said[entry.tag, entry.registrar, entry.style] = entry
            elif isinstance(entry, Dkg1 | Dkg2 | Dkg3):
                said[entry.tag, entry.trustee, entry.style] = entry
            elif isinstance(entry, DkgComplaint):
                complaints += (entry,)
        return cls(draft, said, complaints)

    def missing(self, tag: str) -> list[Which]:
        """Who has not said `tag` for which style, styles in draft order for each role."""
        roles = self.draft.registrars.list if tag == RegKey.tag else self.draft.trustees.list
        seats = range(1, len(roles) + 1)
        every = [(number, style.id) for number in seats for style in self.draft.styles]
        return [which for which in every if (tag, *which) not in self.said]

    def require(self, tag: str) -> None:
        """Pass once everybody has said `tag`; raises Incomplete naming who has not."""
        missing = self.missing(tag)
        if missing:
            raise Incomplete("; ".join(self.in_words(tag, *which) for which in missing))

    def in_words(self, tag: str, number: int, style: int) -> str:
        """An entry by who says it, like `dkg1 of trustee 2 (Ibu) for style 1`."""
        is_registrar = tag == RegKey.tag
        roles = self.draft.registrars.list if is_registrar else self.draft.trustees.list
        role = "registrar" if is_registrar else "trustee"
        return f"{tag} of {role} {number} ({roles[number - 1].name}) for style {style}"

    def firsts(self, style: int) -> list[Dkg1]:
        """Round 1 of a style, trustees in order."""
        return [entry for entry in self._of(style) if isinstance(entry, Dkg1)]

    def seconds(self, style: int) -> list[Dkg2]:
        """Round 2 of a style, trustees in order."""
        return [entry for entry in self._of(style) if isinstance(entry, Dkg2)]

    def thirds(self, style: int) -> list[Dkg3]:
        """Round 3 of a style, trustees in order."""
        return [entry for entry in self._of(style) if isinstance(entry, Dkg3)]

    def blame(self, complaint: DkgComplaint) -> int:
        """The number of the trustee at fault, once round 2 of its style stands."""
        style = complaint.style
        table = Table.of(self.draft, style)
        return table.blame(complaint, self.firsts(style), self.seconds(style))

    def election_keys(self) -> tuple[ElectionKey, ...]:
        """The key of every style, once round 3 is complete; raises Incomplete, BadDealing."""
        self.require(Dkg3.tag)
        keys = []
        for style in (each.id for each in self.draft.styles):
            table = Table.of(self.draft, style)
            rounds = (self.firsts(style), self.seconds(style), self.thirds(style))
            keys.append(table.election_key(*rounds))
        return tuple(keys)

    def registrar_keys(self) -> tuple[RegistrarKey, ...]:
        """The hashes of all blind keys, in the manifest's order; raises Incomplete."""
        self.require(RegKey.tag)
        found = sorted(
            (entry for entry in self.said.values() if isinstance(entry, RegKey)),
            key=lambda entry: (entry.registrar, self._style_place(entry.style)),
        )
        return tuple(RegistrarKey(e.registrar, e.style, sha256(e.spki)) for e in found)

    def _of(self, style: int) -> Iterator[Payload]:
        in_order = sorted(self.said.items(), key=lambda each: each[0][1])
        return (entry for (_, _, its_style), entry in in_order if its_style == style)

    def _style_place(self, style: int) -> int:
        return [each.id for each in self.draft.styles].index(style)
