"""Laws that amend another law: Pasal I with numbered changes that quote whole articles.

What we make of them: the articles of the draft are Pasal I, Pasal II (Roman). Below Pasal I stands
one angka per change, and below that the quoted articles of the amended law, with their own ayat
and huruf, as `pasal-i-angka-5-pasal-27-ayat-1`. Quoted articles may jump in number, so holes
between them are no doubt. The quoted text is not applied to the law it amends.
"""

import re
from dataclasses import replace

from participation.consultations.drafting.chains import Mark, best_chain
from participation.consultations.drafting.clause import Clause, Doubt, Kind
from participation.consultations.drafting.items import fill_article, report_chain
from participation.consultations.drafting.marks import Span, article_marks, number_marks
from participation.consultations.drafting.numerals import Number
from participation.consultations.drafting.source import Source, flow

_CHANGE = re.compile(
    r"\s*(?:Ketentuan|Di\s?antara|[PF]enjelasan|Setelah|Sebelum|Judul|Pasal\s|Menambah|Mengubah|"
    r"Menghapus|Bab\s|BAB\s|Bagian\s|Lampiran)"
)
_CHANGE_GAP_COST = 3.0
_QUOTED_SCORE = 4.0


def fill_amendment(source: Source, head: Clause, span: Span, doubts: list[Doubt]) -> Clause:
    """The amending article `head` with its changes and the articles they quote."""
    changes = best_chain(_change_marks(source, span), _CHANGE_GAP_COST)
    if not changes:
        return _fill_quoted(source, head, span, doubts)
    report_chain(source, changes, lambda n: f"{head.citation} angka {n.value}", doubts)
    ends = [mark.start for mark in changes[1:]] + [span.end]
    children = tuple(
        _fill_quoted(source, _change(source, head, mark), Span(mark.end, end), doubts)
        for mark, end in zip(changes, ends, strict=True)
    )
    lead = flow(source.text[span.start : changes[0].start])
    return replace(head, text=lead, children=children)


def _change_marks(source: Source, span: Span) -> list[Mark]:
    return [
        mark
        for mark in number_marks(source, span)
        if mark.score > 0 and _CHANGE.match(source.text, mark.end)
    ]


def _fill_quoted(source: Source, head: Clause, span: Span, doubts: list[Doubt]) -> Clause:
    firm = [mark for mark in article_marks(source, span) if mark.score >= _QUOTED_SCORE]
    quoted = best_chain(firm, gap_cost=0.0)
    if not quoted:
        return fill_article(source, head, span, doubts)
    ends = [mark.start for mark in quoted[1:]] + [span.end]
    children = tuple(
        fill_article(source, _article(source, head, mark), Span(mark.end, end), doubts)
        for mark, end in zip(quoted, ends, strict=True)
    )
    return replace(head, text=flow(source.text[span.start : quoted[0].start]), children=children)


def _change(source: Source, head: Clause, mark: Mark) -> Clause:
    number = str(mark.number.value)
    return _below(source, head, mark, Kind.NUMBER, number)


def _article(source: Source, head: Clause, mark: Mark) -> Clause:
    return _below(source, head, mark, Kind.ARTICLE, article_number(mark.number))


def article_number(number: Number) -> str:
    """An article's number as it is cited: 27, or 27A."""
    return f"{number.value}{' ABCDEFGH'[number.suffix].strip()}"


def _below(source: Source, head: Clause, mark: Mark, kind: Kind, number: str) -> Clause:
    word = "Pasal" if kind is Kind.ARTICLE else "angka"
    return Clause(
        id=f"{head.id}-{kind}-{number.lower()}",
        kind=kind,
        number=number,
        citation=f"{head.citation} {word} {number}",
        marker=source.text[mark.start : mark.end],
        title="",
        text="",
        line=source.line_of(mark.start),
    )
