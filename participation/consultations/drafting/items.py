"""The inside of an article: ayat, huruf and angka, as deep as they go.

Law 12/2011, attachment II, numbers 77 to 95: an article is divided into ayat (1), these or the
article itself into huruf a., these into angka 1., these into a) and 1).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from participation.consultations.drafting import marks
from participation.consultations.drafting.chains import Mark, best_chain, holes
from participation.consultations.drafting.clause import Clause, Doubt, DoubtCode, Kind
from participation.consultations.drafting.marks import Span
from participation.consultations.drafting.numerals import Number, letter_of
from participation.consultations.drafting.source import Source, flow

_GAP_COST = 3.0


@dataclass(frozen=True, slots=True)
class _Level:
    """One way of listing: the kind it makes, how marks are found, how a number is written."""

    kind: Kind
    marks: Callable[[Source, Span], Iterator[Mark]]
    written: Callable[[Number], str]
    citation: str


def _lettered(number: Number) -> str:
    return letter_of(number.value)


def _numbered(number: Number) -> str:
    return f"{number.value}{letter_of(number.suffix) if number.suffix else ''}"


_VERSES = _Level(Kind.VERSE, marks.verse_marks, _numbered, "ayat ({})")
_LETTERS = _Level(Kind.LETTER, marks.letter_marks, _lettered, "huruf {}")
_NUMBERS = _Level(Kind.NUMBER, marks.number_marks, _numbered, "angka {}")
_SUBLETTERS = _Level(Kind.LETTER, marks.subletter_marks, _lettered, "huruf {})")
_SUBNUMBERS = _Level(Kind.NUMBER, marks.subnumber_marks, _numbered, "angka {})")
_LISTS = (_LETTERS, _NUMBERS, _SUBLETTERS, _SUBNUMBERS)


def fill_article(source: Source, head: Clause, span: Span, doubts: list[Doubt]) -> Clause:
    """The clause `head` with the text of `span` and the ayat, huruf and angka found in it."""
    return _fill(source, head, span, doubts, (_VERSES, *_LISTS))


def fill_list(source: Source, head: Clause, span: Span, doubts: list[Doubt]) -> Clause:
    """The clause `head` with the text of `span` and its lists, but no ayat: for the preamble."""
    return _fill(source, head, span, doubts, _LISTS)


def report_chain(
    source: Source, chain: tuple[Mark, ...], name: Callable[[Number], str], doubts: list[Doubt]
) -> None:
    """Adds a doubt for every number the chain leaves out and every digit that was guessed."""
    for hole, mark in holes(chain):
        expected = name(Number(hole[0]))
        if len(hole) > 1:
            expected = f"{expected} s.d. {name(Number(hole[-1]))}"
        line = source.line_of(mark.start)
        doubts.append(Doubt(line, DoubtCode.MISSING, expected, name(mark.number)))
    for mark in chain:
        if not mark.is_literal:
            found = source.text[mark.start : mark.end]
            line = source.line_of(mark.start)
            doubts.append(Doubt(line, DoubtCode.MISREAD, name(mark.number), found))


def _fill(
    source: Source, head: Clause, span: Span, doubts: list[Doubt], levels: tuple[_Level, ...]
) -> Clause:
    level, chain = _first_list(source, span, levels)
    lead_end = chain[0].start if chain else span.end
    lead = flow(source.text[span.start : lead_end])
    if not chain:
        if not lead:
            doubts.append(Doubt(head.line, DoubtCode.EMPTY, head.citation, ""))
        return replace(head, text=lead)
    report_chain(source, chain, lambda n: f"{head.citation} {_cite(level, n)}", doubts)
    deeper = tuple(other for other in levels if other not in (_VERSES, level))
    ends = [mark.start for mark in chain[1:]] + [span.end]
    children = tuple(
        _fill(source, _item(source, head, level, mark), Span(mark.end, end), doubts, deeper)
        for mark, end in zip(chain, ends, strict=True)
    )
    if level is not _VERSES:
        _report_tail(children[-1], doubts)
    return replace(head, text=lead, children=children)


def _first_list(
    source: Source, span: Span, levels: tuple[_Level, ...]
) -> tuple[_Level, tuple[Mark, ...]]:
    """The list that begins first; ayat go before everything else where there are any."""
    found: list[tuple[_Level, tuple[Mark, ...]]] = []
    for level in levels:
        chain = best_chain(level.marks(source, span), _GAP_COST)
        if _is_list(source, span, chain):
            if level is _VERSES:
                return level, chain
            found.append((level, chain))
    if not found:
        return levels[0], ()
    return min(found, key=lambda one: one[1][0].start)


def _is_list(source: Source, span: Span, chain: tuple[Mark, ...]) -> bool:
    if len(chain) != 1:
        return len(chain) > 1
    begins = chain[0].start
    return source.is_line_start(begins) or not source.text[span.start : begins].strip()


def _item(source: Source, head: Clause, level: _Level, mark: Mark) -> Clause:
    number = level.written(mark.number)
    return Clause(
        id=f"{head.id}-{level.kind}-{number}",
        kind=level.kind,
        number=number,
        citation=f"{head.citation} {_cite(level, mark.number)}",
        marker=source.text[mark.start : mark.end],
        title="",
        text="",
        line=source.line_of(mark.start),
    )


def _cite(level: _Level, number: Number) -> str:
    return level.citation.format(level.written(number))


def _report_tail(last: Clause, doubts: list[Doubt]) -> None:
    """A sentence after the end of a list may belong to the clause above; only a person can tell."""
    _, _, tail = last.text.partition("\n")
    if tail and not last.children:
        doubts.append(Doubt(last.line, DoubtCode.AFTER_LIST, last.citation, tail[:60]))
