"""Where the terms of a glossary stand in a clause. Pure, linear in the length of the text.

The text is read word by word; at each word the longest term that begins there is taken, and reading
goes on behind it. A term is marked once in a clause, written as it was defined; where only its
first letter is large because its sentence began there, also with a small one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from participation.consultations.explaining.terms import Term

_WORD = re.compile(r"\w+(?:[-/]\w+)*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A term in a clause: the paragraph, where it begins and ends there, which term."""

    paragraph: int
    start: int
    end: int
    key: str


class _Branch(dict[str, "_Branch"]):
    """What may follow after some words of a term; `key` where a term ends here."""

    key: str = ""


class Marker:
    """Finds the terms of one glossary."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._root = _Branch()
        for term in terms:
            for name in term.names:
                for spelling in _spellings(name):
                    self._plant(_WORD.findall(spelling), term.key)

    def marks(self, paragraphs: Sequence[str], *, own: Collection[str] = ()) -> list[Mark]:
        """The first occurrence of each term; those in `own` are defined here and left alone."""
        seen = set(own)
        found = []
        for number, text in enumerate(paragraphs):
            for start, end, key in self._occurrences(text):
                if key not in seen:
                    seen.add(key)
                    found.append(Mark(number, start, end, key))
        return found

    def _plant(self, words: Sequence[str], key: str) -> None:
        branch = self._root
        for word in words:
            branch = branch.setdefault(word, _Branch())
        if words and not branch.key:
            branch.key = key

    def _occurrences(self, text: str) -> Iterator[tuple[int, int, str]]:
        words = list(_WORD.finditer(text))
        place = 0
        while place < len(words):
            length, key = self._longest(text, words, place)
            if length:
                yield words[place].start(), words[place + length - 1].end(), key
            place += length or 1

    def _longest(self, text: str, words: Sequence[re.Match[str]], place: int) -> tuple[int, str]:
        """How many words the longest term from here has, and its key; 0 for none."""
        branch, best, key = self._root, 0, ""
        for index in range(place, len(words)):
            if index > place and not text[words[index - 1].end() : words[index].start()].isspace():
                break
            following = branch.get(words[index].group())
            if following is None:
                break
            branch = following
            if branch.key:
                best, key = index - place + 1, branch.key
        return best, key


def _spellings(name: str) -> Iterator[str]:
    yield name
    words = name.split()
    if len(words) > 1 and all(word.islower() for word in words[1:]):
        yield name[0].lower() + name[1:]
