"""The clause tree that a parsed draft regulation becomes."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a clause is, by the words of Law 12/2011, attachment II."""

    PREAMBLE = "pembukaan"
    CONSIDERING = "menimbang"
    REMEMBERING = "mengingat"
    ENACTING = "menetapkan"
    CHAPTER = "bab"
    PART = "bagian"
    PARAGRAPH = "paragraf"
    ARTICLE = "pasal"
    VERSE = "ayat"
    LETTER = "huruf"
    NUMBER = "angka"


CONTAINERS = frozenset({Kind.CHAPTER, Kind.PART, Kind.PARAGRAPH})
"""Kinds that group articles and carry a title instead of a rule."""


class DoubtCode(StrEnum):
    """Why a line deserves a second look by the officer."""

    MISSING = "missing"
    MISREAD = "misread"
    INSIDE_LINE = "inside-line"
    OUT_OF_ORDER = "out-of-order"
    EMPTY = "empty"
    AFTER_LIST = "after-list"
    UNTITLED = "untitled"
    STRAY = "stray"
    NO_ARTICLES = "no-articles"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubtful line: its number (from 1), what was expected there and what was found."""

    line: int
    code: DoubtCode
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with everything below it.

    `id` is unique in its draft and says the way down, as `pasal-7-ayat-2-huruf-a`; `citation` says
    the same as a lawyer writes it. `number` is the corrected one, `marker` the heading or list
    letter as it stood in the text. `text` holds paragraphs, one a line; a container's is empty
    unless words stood between its title and its first article. `line` counts from 1.
    """

    id: str
    kind: Kind
    number: str
    citation: str
    marker: str
    title: str
    text: str
    line: int
    children: tuple["Clause", ...] = ()

    def walk(self) -> Iterator["Clause"]:
        """This clause and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def words(self) -> Iterator[str]:
        """Every word of the clause as it stood in the text, markers included, in reading order."""
        for clause in self.walk():
            yield from clause.marker.split()
            yield from clause.title.split()
            yield from clause.text.split()


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole draft regulation, its parts kept apart.

    `opening` is everything before Menimbang (the title block); `preamble` Menimbang, Mengingat and
    Menetapkan; `body` the chapters, or articles where there are no chapters; `closing` from the
    promulgation formula on; `explanation` the Penjelasan with what follows it, unparsed.
    `doubts` are sorted by line; a clean draft has none.
    """

    opening: str
    preamble: tuple[Clause, ...]
    body: tuple[Clause, ...]
    closing: str
    explanation: str
    doubts: tuple[Doubt, ...]

    def walk(self) -> Iterator[Clause]:
        """All clauses of preamble and body in reading order."""
        for clause in (*self.preamble, *self.body):
            yield from clause.walk()

    @property
    def articles(self) -> tuple[Clause, ...]:
        """The articles of the draft itself; articles quoted by an amendment are not counted."""
        return tuple(_articles(self.body))

    @property
    def body_words(self) -> tuple[str, ...]:
        """Every word of the body, in reading order."""
        return tuple(word for clause in self.body for word in clause.words())


def _articles(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    for clause in clauses:
        if clause.kind is Kind.ARTICLE:
            yield clause
        else:
            yield from _articles(clause.children)
