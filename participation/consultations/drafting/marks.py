"""Where a heading or a list letter may stand in a text, and how much it stands like one.

Scores are small sums of plain observations: alone on a line, at a line's start, after the end of a
sentence, after a word that introduces a reference ("dalam Pasal 5"), before a verse number. They
only have to be roughly right, because `chains` decides.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from participation.consultations.drafting.chains import Mark
from participation.consultations.drafting.numerals import (
    Number,
    article_readings,
    letter_value,
    ordinal,
    roman,
    scanned_digits,
)
from participation.consultations.drafting.source import Source

_ARTICLE = re.compile(
    r"\b(?:P[ad][s6]a(?P<tail>-?[l1iIJ\]7t])?|PASAL)\s{0,2}"
    r"(?P<number>[0-9OoQlLIitTSsZzB&]{1,3}(?: [0-9]{1,2}(?=\s*[(A-Z\n]))?[A-H]?)(?![A-Za-z0-9])"
)
_ROMAN_ARTICLE = re.compile(r"\bPasal\s+(?P<number>[IVX]{1,5})(?=\s|$)")
_CHAPTER = re.compile(
    r"\b(?P<word>B\s?A\s?B|Bab)\s+(?P<number>[IVXLivxl1\]|]{1,7}|\d{1,2})(?P<suffix>[A-H])?(?!\w)"
)
_ORDINAL_WORDS = r"[Kk][Ee][A-Za-z]{3,8}(?:\s?[Bb]elas|\s[Pp]uluh)?|[Pp]ertama"
_PART = re.compile(rf"\b(?:Bagian|BAGIAN)\s+(?P<number>{_ORDINAL_WORDS})(?!\w)")
_PARAGRAPH = re.compile(rf"\b(?:Paragraf|PARAGRAF)\s+(?P<number>\d{{1,2}}|{_ORDINAL_WORDS})(?!\w)")
_VERSE = re.compile(
    r"(?<!\w)[(\[{l]\s?(?P<number>[0-9lIiOosSt]{1,2})\s?(?P<suffix>[a-h])?[)\]}1tl]\.?(?=[\s^]|$)"
)
_CLEAN_VERSE = re.compile(r"\([0-9]{1,2}[a-h]?\)")
_LETTER = re.compile(r"(?<![\w(])(?P<number>[a-z]|([a-z])\2)\.{1,2}(?=\s|$)")
_NUMBER = re.compile(r"(?<![\w(.,])(?P<number>[0-9]{1,3}|[tlIi][0-9]?|[0-9][OolI])\.(?=\s|$)")
_SUBLETTER = re.compile(r"(?<![\w(])(?P<number>[a-z])\)(?=\s|$)")
_SUBNUMBER = re.compile(r"(?<![\w(])(?P<number>[0-9]{1,2})\)(?=\s|$)")

_REFERENCE_BEFORE = re.compile(
    r"(?:\b(?:dalam|dan|atau|dan/atau|ketentuan|dimaksud|dengan|pada|oleh|dari|antara|yakni|"
    r"sampai|serta|sehingga|penjelasan|[Uu]ndang)|,)[\s^']*$"
)
_REFERENCE_AFTER = re.compile(r"[\s^]*(?:[Aa]yat|huruf|angka|,|;|\)|dan\b|atau\b|sampai\b|diubah)")
_VERSE_AFTER = re.compile(r"\s*[({]\s?[1lIi]\s?[)}1]?\s+\W?[A-Z]")
_CAPITAL_AFTER = re.compile(r"[\s'.^]*[A-Z]")
_SENTENCE_END = re.compile(r"(?:[.;:][\s'^]*|\A\s*)$")
_ITEM_END = re.compile(r"(?:[.;:,][\s'^]*|\b(?:dan/atau|dan|atau)\s+|\A\s*)$")
_CAPITALS_BEFORE = re.compile(r"\b[A-Z]{2,}[\s.,]*$")
_LIST_REFERENCE = re.compile(r"\b(?:huruf|angka|[Aa]yat|[Nn]omor|[Pp]asal|[Tt]ahun|tanggal)[\s^]*$")
_VERSE_REFERENCE = re.compile(r"(?:\b[Aa]yat|\bhuruf)[\s^]*$")
_VERSE_LISTED = re.compile(r"(?:\b(?:dan|atau|dengan)|,)[\s^]*$")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source: `start` included, `end` not."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """What can be seen around one match."""

    before: str
    after: str
    is_line_start: bool

    @property
    def is_alone(self) -> bool:
        return not self.after.split("\n", 1)[0].strip()


def article_marks(source: Source, span: Span) -> Iterator[Mark]:
    """Places that may be the heading of an article, Pasal 7."""
    for match in _ARTICLE.finditer(source.text, span.start, span.end):
        score = _article_score(_place(source, match, span))
        for written, end in _article_numbers(match):
            for number in article_readings(written):
                yield Mark(match.start(), end, number, score, written.isdecimal())


def _article_numbers(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """What the number of an article may be as written, each with the offset of its end.

    A scanner may part digits (1 19) or take the l of Pasal for a 1 or 7 (Pasa722).
    """
    written, tail = match["number"], (match["tail"] or "").lstrip("-")
    yield written, match.end()
    first, blank, _ = written.partition(" ")
    if blank:
        yield first, match.start("number") + len(first)
    if tail.isdigit() and match.end("tail") == match.start("number"):
        yield tail + written, match.end()


def roman_article_marks(source: Source, span: Span) -> Iterator[Mark]:
    """Places that may be the heading of an amending article, Pasal I."""
    for match in _ROMAN_ARTICLE.finditer(source.text, span.start, span.end):
        place = _place(source, match, span)
        with suppress(ValueError):
            number = Number(roman(match["number"]))
            yield Mark(match.start(), match.end(), number, _article_score(place))


def chapter_marks(source: Source, span: Span) -> Iterator[Mark]:
    """Places that may be the heading of a chapter, BAB IV."""
    for match in _CHAPTER.finditer(source.text, span.start, span.end):
        place = _place(source, match, span)
        if match["word"] == "Bab" and not place.is_line_start:
            continue
        suffix = " ABCDEFGH".index(match["suffix"]) if match["suffix"] else 0
        with suppress(ValueError):
            number = Number(_roman_or_digits(match["number"]), suffix)
            literal = match["number"].isupper() or match["number"].isdecimal()
            yield Mark(match.start(), match.end(), number, _heading_score(place), literal)


def part_marks(source: Source, span: Span) -> Iterator[Mark]:
    """Places that may be the heading of a part, Bagian Kesatu."""
    yield from _headings(source, span, _PART, ordinal)


def paragraph_marks(source: Source, span: Span) -> Iterator[Mark]:
    """Places that may be the heading of a paragraph, Paragraf 2."""
    yield from _headings(source, span, _PARAGRAPH, _ordinal_or_digits)


def verse_marks(source: Source, span: Span) -> Iterator[Mark]:
    """Places that may begin an ayat, (2)."""
    for match in _VERSE.finditer(source.text, span.start, span.end):
        suffix = " abcdefgh".index(match["suffix"]) if match["suffix"] else 0
        literal = _CLEAN_VERSE.fullmatch(match[0]) is not None
        score = _verse_score(_place(source, match, span), is_literal=literal)
        with suppress(ValueError):
            number = Number(scanned_digits(match["number"]), suffix)
            yield Mark(match.start(), match.end(), number, score, literal)


def letter_marks(source: Source, span: Span) -> Iterator[Mark]:
    """Places that may begin a huruf, written a."""
    yield from _items(source, span, _LETTER, letter_value)


def number_marks(source: Source, span: Span) -> Iterator[Mark]:
    """Places that may begin an angka, written 1."""
    yield from _items(source, span, _NUMBER, scanned_digits)


def subletter_marks(source: Source, span: Span) -> Iterator[Mark]:
    """Places that may begin a deeper huruf, written a)."""
    yield from _items(source, span, _SUBLETTER, letter_value)


def subnumber_marks(source: Source, span: Span) -> Iterator[Mark]:
    """Places that may begin a deeper angka, written 1)."""
    yield from _items(source, span, _SUBNUMBER, scanned_digits)


def _place(source: Source, match: re.Match[str], span: Span) -> _Place:
    before = source.text[max(span.start, match.start() - 48) : match.start()]
    after = source.text[match.end() : min(span.end, match.end() + 48)]
    return _Place(before, after, source.is_line_start(match.start()))


def _headings(
    source: Source, span: Span, pattern: re.Pattern[str], value: Callable[[str], int]
) -> Iterator[Mark]:
    for match in pattern.finditer(source.text, span.start, span.end):
        place = _place(source, match, span)
        with suppress(ValueError):
            number = Number(value(match["number"]))
            yield Mark(match.start(), match.end(), number, _heading_score(place))


def _items(
    source: Source, span: Span, pattern: re.Pattern[str], value: Callable[[str], int]
) -> Iterator[Mark]:
    for match in pattern.finditer(source.text, span.start, span.end):
        place = _place(source, match, span)
        with suppress(ValueError):
            number = Number(value(match["number"]))
            yield Mark(match.start(), match.end(), number, _item_score(place))


def _article_score(place: _Place) -> float:
    score = 0.0
    if place.is_line_start:
        score += 10 if place.is_alone else 4
    if _SENTENCE_END.search(place.before) or _CAPITALS_BEFORE.search(place.before):
        score += 3
    elif _REFERENCE_BEFORE.search(place.before):
        score -= 6
    if _VERSE_AFTER.match(place.after):
        score += 6
    elif _REFERENCE_AFTER.match(place.after):
        score -= 12
    elif not place.is_alone:
        score += 2 if _CAPITAL_AFTER.match(place.after) else -2
    return score


def _heading_score(place: _Place) -> float:
    score = 5.0 if place.is_line_start else 0.0
    if _REFERENCE_BEFORE.search(place.before):
        score -= 8
    elif _SENTENCE_END.search(place.before) or _CAPITALS_BEFORE.search(place.before):
        score += 3
    if place.is_alone or _CAPITAL_AFTER.match(place.after):
        score += 2
    elif not place.is_line_start:
        score -= 8
    return score


def _verse_score(place: _Place, *, is_literal: bool) -> float:
    if _VERSE_REFERENCE.search(place.before):
        return -20.0
    score = 0.0 if is_literal else -1.0
    if place.is_line_start or not place.before.strip():
        score += 5
    elif _SENTENCE_END.search(place.before):
        score += 3
    elif _VERSE_LISTED.search(place.before):
        score -= 10
    return score + (2 if _CAPITAL_AFTER.match(place.after) else -1)


def _item_score(place: _Place) -> float:
    if _LIST_REFERENCE.search(place.before):
        return -20.0
    if place.is_line_start:
        return 5.0
    return 3.0 if _ITEM_END.search(place.before) else -5.0


def _roman_or_digits(text: str) -> int:
    return int(text) if text.isdecimal() and text != "1" else roman(text)


def _ordinal_or_digits(text: str) -> int:
    return int(text) if text.isdecimal() else ordinal(text)
