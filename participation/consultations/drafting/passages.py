"""Two versions of a draft side by side, each as a tree of passages with their words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from participation.consultations.drafting.clause import CONTAINERS, Kind

_WORD = re.compile(r"\w+(?:[-/]\w+)*")

_RANKS = {Kind.CHAPTER: 0, Kind.PART: 1, Kind.PARAGRAPH: 2}

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One clause without its children; `text` holds its title too.

    `id` is the lasting one in a published version, and the one of the parser in a new text.
    """

    id: str
    kind: str
    citation: str
    text: str

    @property
    def is_heading(self) -> bool:
        """Whether it groups articles."""
        return self.kind in CONTAINERS

    @property
    def words(self) -> Words:
        """Its own words, without signs and capitals: what likeness is measured with."""
        return tuple(_WORD.findall(self.text.lower()))


@dataclass(frozen=True, slots=True)
class Version:
    """The passages of one version in reading order, and who stands below whom.

    `place` is the position of each id, `parent` empty for articles and chapters, `whole` the
    words of a passage with everything below it.
    """

    passages: tuple[Passage, ...]
    place: dict[str, int] = field(default_factory=dict)
    parent: dict[str, str] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    whole: dict[str, Words] = field(default_factory=dict)

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> "Version":
        """The tree of these passages: a citation continues that of the passage above it.

        Articles stand below no heading, so that they may move from chapter to chapter.
        """
        version = cls(tuple(passages))
        headings: list[Passage] = []
        clauses: list[Passage] = []
        for position, passage in enumerate(version.passages):
            way = headings if passage.is_heading else clauses
            while way and not _is_above(way[-1], passage):
                way.pop()
            version._take(passage, position, way)
            way.append(passage)
        return version

    def __getitem__(self, passage_id: str) -> Passage:
        """One passage by its id."""
        return self.passages[self.place[passage_id]]

    def own_key(self, passage_id: str) -> str:
        """What a citation adds to that of the passage above: ayat (2), or Pasal 7."""
        above = self.parent[passage_id]
        cited = self[passage_id].citation
        return cited.removeprefix(f"{self[above].citation} ") if above else cited

    def _take(self, passage: Passage, position: int, way: Sequence[Passage]) -> None:
        above = way[-1].id if way else ""
        self.place[passage.id] = position
        self.parent[passage.id] = above
        self.children.setdefault(above, []).append(passage.id)
        self.whole[passage.id] = passage.words
        for ancestor in way:
            self.whole[ancestor.id] += passage.words


def _is_above(above: Passage, below: Passage) -> bool:
    if below.is_heading:
        return _RANKS[Kind(above.kind)] < _RANKS[Kind(below.kind)]
    return below.citation.startswith(f"{above.citation} ")
