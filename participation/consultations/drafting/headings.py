"""Which headings a body really has: chapters and articles by their chain, others by their looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from participation.consultations.drafting import marks
from participation.consultations.drafting.chains import Mark, best_chain
from participation.consultations.drafting.clause import Doubt, DoubtCode, Kind
from participation.consultations.drafting.items import report_chain
from participation.consultations.drafting.marks import Span
from participation.consultations.drafting.numerals import part_ordinal, to_roman
from participation.consultations.drafting.source import Source

_GAP_COST = 4.0
_PART_SCORE = 3.0
_FIRM_SCORE = 9.0
_REPEATED_WITHIN = 250


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken as real."""

    kind: Kind
    mark: Mark


def find_headings(
    source: Source, span: Span, doubts: list[Doubt], *, amends: bool
) -> tuple[Heading, ...]:
    """All headings of the body in reading order; adds what looks odd to `doubts`.

    Chapters and articles count through the whole body, so their chains decide. Parts and
    paragraphs begin anew again and again, so each is taken that stands like a heading.
    """
    candidates = marks.roman_article_marks if amends else marks.article_marks
    possible = tuple(candidates(source, span))
    articles = best_chain(possible, _GAP_COST)
    chapters = best_chain(marks.chapter_marks(source, span), _GAP_COST)
    report_chain(source, chapters, lambda n: f"BAB {to_roman(n.value)}", doubts)
    report_chain(source, articles, lambda n: f"Pasal {n.value}", doubts)
    doubts += _out_of_order(source, possible, articles)
    parts = _standing_out(marks.part_marks(source, span))
    paragraphs = _standing_out(marks.paragraph_marks(source, span))
    headings = [
        *(Heading(Kind.CHAPTER, mark) for mark in chapters),
        *(Heading(Kind.PART, mark) for mark in parts),
        *(Heading(Kind.PARAGRAPH, mark) for mark in paragraphs),
        *(Heading(Kind.ARTICLE, mark) for mark in articles),
    ]
    headings.sort(key=lambda heading: heading.mark.start)
    _report_places(source, headings, doubts)
    return tuple(headings)


def _standing_out(candidates: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks that stand like headings; of a page header and its repetition the later one."""
    firm = [mark for mark in candidates if mark.score >= _PART_SCORE]
    repeated = {
        first
        for first, second in pairwise(firm)
        if first.number == second.number and second.start - first.end < _REPEATED_WITHIN
    }
    return tuple(mark for mark in firm if mark not in repeated)


def _out_of_order(
    source: Source, possible: tuple[Mark, ...], chain: tuple[Mark, ...]
) -> list[Doubt]:
    taken = {mark.start for mark in chain}
    doubts: list[Doubt] = []
    for mark in possible:
        if mark.score >= _FIRM_SCORE and mark.start not in taken:
            before = [one.number.value for one in chain if one.start < mark.start]
            expected = f"Pasal {max(before, default=0) + 1}"
            found = source.text[mark.start : mark.end]
            line = source.line_of(mark.start)
            doubts.append(Doubt(line, DoubtCode.OUT_OF_ORDER, expected, found))
    return doubts


def _report_places(source: Source, headings: list[Heading], doubts: list[Doubt]) -> None:
    for heading in headings:
        mark = heading.mark
        if not source.is_line_start(mark.start):
            found = source.text[mark.start : mark.end]
            line = source.line_of(mark.start)
            doubts.append(Doubt(line, DoubtCode.INSIDE_LINE, found, found))
    _report_parts(source, headings, doubts)


def _report_parts(source: Source, headings: list[Heading], doubts: list[Doubt]) -> None:
    last = 0
    for heading in headings:
        if heading.kind is Kind.CHAPTER:
            last = 0
        elif heading.kind is Kind.PART:
            number = heading.mark.number.value
            if number != last + 1:
                line = source.line_of(heading.mark.start)
                expected = f"Bagian {part_ordinal(last + 1)}"
                found = f"Bagian {part_ordinal(number)}"
                doubts.append(Doubt(line, DoubtCode.OUT_OF_ORDER, expected, found))
            last = number
