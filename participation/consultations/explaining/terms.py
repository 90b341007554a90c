"""The terms that a draft defines, read from its own words. Pure.

The article "dalam peraturan ini yang dimaksud dengan" lists them: a name, further names after "yang
selanjutnya disebut" or "disingkat", the word "adalah", the meaning. Source: Law 12/2011, attachment
II, numbers 96 to 109.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from participation.core.ids import slug

LONGEST_NAME = 100
LONGEST_MEANING = 1200
MOST_WORDS = 12

_BEGINS = re.compile(r"\bdimaksud dengan\b\s*:?", re.IGNORECASE)
_MEANS = re.compile(r",?\s+(?:adalah|ialah)\b\s*:?\s*")
_FURTHER = re.compile(
    r",?\s*(?:\byang\s+)?\bselanjutnya\s+(?:disebut|disingkat)\b(?:\s+(?:dengan|sebagai))?"
    r"|,?\s+atau\s+yang\s+disebut\s+dengan\s+\w+\s+lain"
)
_MISPRINTED = re.compile(r"^.*\b\d{1,3}\s?[.,]\s+(?=\S)", re.DOTALL)
_ENDS = re.compile(r"(?:\s+(?:dan|atau))+$")
_LONGEST_HEAD = 320


class Row(Protocol):
    """What is read of a clause; a `DraftClause` is one."""

    @property
    def clause_id(self) -> str:
        """Its lasting id."""

    @property
    def position(self) -> int:
        """Its place in reading order."""

    @property
    def block(self) -> int:
        """The position of the article it stands in."""

    @property
    def indent(self) -> int:
        """How many lists stand around it."""

    @property
    def label(self) -> str:
        """What stands in the margin."""

    @property
    def text(self) -> str:
        """Its words."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term, its further names, its meaning, and the clause that defines it.

    `key` names it in an address, once in a draft; `place` is empty where officers explain it.
    """

    key: str
    name: str
    others: tuple[str, ...]
    meaning: str
    place: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything by which a text may call it."""
        return (self.name, *self.others)


def defined(rows: Sequence[Row]) -> list[Term]:
    """The terms that a draft's clauses define, in their order; rows are in reading order."""
    found: dict[str, Term] = {}
    for article in rows:
        if article.block != article.position or not _BEGINS.search(article.text):
            continue
        for place, words in _definitions(article, rows):
            term = read_definition(words, place)
            if term and term.name not in found:
                found[term.name] = term
    return with_own_keys(found.values())


def read_definition(words: str, place: str = "") -> Term | None:
    """The term that a sentence defines; nothing where it defines none."""
    head, *meaning = _MEANS.split(" ".join(words.split()), maxsplit=1)
    if not meaning or len(head) > _LONGEST_HEAD:
        return None
    names = [_tidied(each) for each in _FURTHER.split(head)]
    names = list(dict.fromkeys(each for each in names if _is_name(each)))
    if not names:
        return None
    return Term("", names[0], tuple(names[1:]), meaning[0][:LONGEST_MEANING].strip(), place)


def with_own_keys(terms: Iterable[Term]) -> list[Term]:
    """The terms, each with a key that no other one has."""
    taken: set[str] = set()
    keyed = []
    for term in terms:
        base = slug(term.name)
        key, number = base, 2
        while key in taken:
            key, number = f"{base}-{number}", number + 1
        taken.add(key)
        keyed.append(Term(key, term.name, term.others, term.meaning, term.place))
    return keyed


def _definitions(article: Row, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """The clause and the words of each definition in an article, lists inside it included."""
    rest = _BEGINS.split(article.text, maxsplit=1)[1]
    place, pieces = article.clause_id, [rest]
    for row in (rows[index] for index in range(article.position + 1, len(rows))):
        if row.block != article.position:
            break
        if row.indent == 0:
            yield place, " ".join(pieces)
            place, pieces = row.clause_id, []
        pieces += [row.label, row.text] if pieces else [row.text]
    yield place, " ".join(pieces)


def _tidied(name: str) -> str:
    """A name without what scans and lists leave around it."""
    return _ENDS.sub("", _MISPRINTED.sub("", name).strip(" ,;:()“”\"'"))


def _is_name(name: str) -> bool:
    is_short = 1 < len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS
    return is_short and name[0].isupper()
