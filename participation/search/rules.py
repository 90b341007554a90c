"""Words of a search: which count, what they are reduced to, where they stand in a text. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Protocol, cast

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary  # type: ignore[import-untyped]
from Sastrawi.Stemmer.Stemmer import Stemmer  # type: ignore[import-untyped]
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory  # type: ignore[import-untyped]

QUERY_LENGTH = 120
MOST_WORDS = 8
PER_PAGE = 15
MOST_PAGES = 20
_SNIPPET = 220
_LEAD = 70
_LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
_KEPT_STEMS = 50_000

STOP_WORDS = frozenset(
    _WORD.findall(
        """
    ada adalah agar akan apa atas atau bagi bahwa bisa dalam dan dapat dari dengan di hal harus
    ia ini itu jika juga kami karena ke kepada kita lagi maka mereka oleh pada para pun saat saja
    sangat saya sebagai secara sehingga serta seperti setiap suatu sudah supaya telah tentang
    terhadap tersebut tidak untuk yaitu yang
    a an and are as at be by for from in is it of on or that the this to was with
    """
    )
)
"""Words that stand in nearly every text, Indonesian and English."""


class Kind(StrEnum):
    """What can be found."""

    CONSULTATION = "consultation"
    CLAUSE = "clause"
    VOTE = "vote"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a search, in lower case, and its stem."""

    word: str
    stem: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `is_hit` where it is what was searched for."""

    text: str
    is_hit: bool = False


class _Stemmer(Protocol):
    def stem(self, word: str, /) -> str: ...


def words_of(text: str) -> list[str]:
    """The words in a text, in lower case."""
    return [each[:_LONGEST_WORD] for each in _WORD.findall(text.lower())]


def terms(query: str) -> tuple[Term, ...]:
    """The words that count in a search, the first ones if there are many.

    A search of nothing but stop words is taken at its word.
    """
    said = list(dict.fromkeys(words_of(query[:QUERY_LENGTH])))
    telling = [word for word in said if word not in STOP_WORDS] or said
    return tuple(Term(word, stem(word)) for word in telling[:MOST_WORDS])


def stems_of(text: str) -> str:
    """The stems of the words in a text that count."""
    return " ".join(stem(word) for word in words_of(text) if word not in STOP_WORDS)


@lru_cache(maxsize=_KEPT_STEMS)
def stem(word: str) -> str:
    """The stem of an Indonesian word: tutup for menutup. Others mostly stay as they are."""
    return _stemmer().stem(word) or word


def snippet(text: str, found: tuple[Term, ...]) -> tuple[Piece, ...]:
    """The part of a text around its first hit, cut at words, with the hits told apart."""
    text = " ".join(text.split())
    hits = [each.span() for each in _WORD.finditer(text) if _is_hit(each.group().lower(), found)]
    first = hits[0][0] if hits else 0
    start = _word_start(text, max(0, first - _LEAD)) if first > _LEAD else 0
    end = _word_end(text, min(len(text), start + _SNIPPET))
    pieces, at = [Piece("… ")] if start else [], start
    for begins, ends in hits:
        if ends <= end:
            pieces += [Piece(text[at:begins]), Piece(text[begins:ends], is_hit=True)]
            at = ends
    pieces += [Piece(text[at:end]), Piece(" …" if end < len(text) else "")]
    return tuple(piece for piece in pieces if piece.text)


def _is_hit(word: str, found: tuple[Term, ...]) -> bool:
    """Whether a word is one of those searched for; stems only those that may have the stem."""
    for term in found:
        # A prefix may swallow the stem's first letter (tutup, menutup), never the others.
        if word == term.word or (term.stem[1:] in word and stem(word) == term.stem):
            return True
    return False


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at)
    return at if space < 0 else space + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return at if space < 0 else space


@cache
def _stemmer() -> _Stemmer:
    # Without the factory's own cache, which never forgets.
    return cast("_Stemmer", Stemmer(ArrayDictionary(StemmerFactory().get_words())))
