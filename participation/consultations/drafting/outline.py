"""The body of a draft: BAB, Bagian, Paragraf and the articles in them."""

from dataclasses import dataclass, replace

from participation.consultations.drafting.amendment import article_number, fill_amendment
from participation.consultations.drafting.clause import CONTAINERS, Clause, Doubt, DoubtCode, Kind
from participation.consultations.drafting.headings import Heading
from participation.consultations.drafting.items import fill_article
from participation.consultations.drafting.marks import Span
from participation.consultations.drafting.numerals import part_ordinal, to_roman
from participation.consultations.drafting.source import Source, flow

_LONGEST_TITLE = 240
_DEPTH = {Kind.CHAPTER: 0, Kind.PART: 1, Kind.PARAGRAPH: 2, Kind.ARTICLE: 3}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A heading, where its text ends, and the headings below it."""

    heading: Heading
    end: int
    inner: tuple[Heading, ...]


class BodyReader:
    """Turns the headings of one body into clauses; collects doubts on the way."""

    def __init__(self, source: Source, doubts: list[Doubt], *, amends: bool) -> None:
        self._source = source
        self._doubts = doubts
        self._amends = amends
        self._seen: set[str] = set()

    def read(self, headings: tuple[Heading, ...], end: int) -> tuple[Clause, ...]:
        """The chapters, or articles where there are no chapters, up to the offset `end`."""
        return self._clauses(None, headings, end)

    def _clauses(
        self, above: Clause | None, headings: tuple[Heading, ...], end: int
    ) -> tuple[Clause, ...]:
        return tuple(self._clause(above, one) for one in _stretches(headings, end))

    def _clause(self, above: Clause | None, stretch: _Stretch) -> Clause:
        head = self._head(above, stretch.heading)
        inside = Span(stretch.heading.mark.end, stretch.end)
        if head.kind in CONTAINERS:
            return self._container(head, inside, stretch.inner)
        if self._amends:
            return fill_amendment(self._source, head, inside, self._doubts)
        return fill_article(self._source, head, inside, self._doubts)

    def _container(self, head: Clause, span: Span, inner: tuple[Heading, ...]) -> Clause:
        own_end = inner[0].mark.start if inner else span.end
        title, text = split_title(self._source.text[span.start : own_end])
        if not title:
            self._doubts.append(Doubt(head.line, DoubtCode.UNTITLED, head.citation, ""))
        if text:
            self._doubts.append(Doubt(head.line, DoubtCode.STRAY, head.citation, text[:60]))
        head = replace(head, title=title, text=text)
        return replace(head, children=self._clauses(head, inner, span.end))

    def _head(self, above: Clause | None, heading: Heading) -> Clause:
        number = _number(heading, amends=self._amends)
        mark = heading.mark
        return Clause(
            id=self._unique(_id(above, heading, number)),
            kind=heading.kind,
            number=number,
            citation=_citation(heading, number),
            marker=self._source.text[mark.start : mark.end],
            title="",
            text="",
            line=self._source.line_of(mark.start),
        )

    def _unique(self, clause_id: str) -> str:
        """A scanner that loses BAB V makes two Bagian Kesatu in BAB IV: ids must differ still."""
        unique, count = clause_id, 1
        while unique in self._seen:
            count += 1
            unique = f"{clause_id}-ke-{count}"
        self._seen.add(unique)
        return unique


def split_title(text: str) -> tuple[str, str]:
    """The title that follows a heading, and the words after it that cannot belong to it.

    A short stretch is all title; else its first line, else its first words in capitals.
    """
    paragraphs = flow(text).split("\n")
    first, rest = paragraphs[0], "\n".join(paragraphs[1:])
    whole = " ".join(text.split())
    if len(whole) <= _LONGEST_TITLE and "(1)" not in whole:
        return whole, ""
    if len(first) <= _LONGEST_TITLE and "(1)" not in first:
        return first, rest
    words = first.split()
    count = next((i for i, word in enumerate(words) if word != word.upper()), len(words))
    return " ".join(words[:count]), "\n".join(filter(None, (" ".join(words[count:]), rest)))


def _stretches(headings: tuple[Heading, ...], end: int) -> tuple[_Stretch, ...]:
    """Groups headings under the first one and all that stand no deeper than it.

    A body may begin with an article and have its first chapter later, so each stretch is as deep
    as its own heading says.
    """
    stretches: list[_Stretch] = []
    first = 0
    while first < len(headings):
        depth = _DEPTH[headings[first].kind]
        after = first + 1
        while after < len(headings) and _DEPTH[headings[after].kind] > depth:
            after += 1
        stop = headings[after].mark.start if after < len(headings) else end
        stretches.append(_Stretch(headings[first], stop, headings[first + 1 : after]))
        first = after
    return tuple(stretches)


def _number(heading: Heading, *, amends: bool) -> str:
    number = heading.mark.number
    if heading.kind is Kind.CHAPTER:
        return f"{to_roman(number.value)}{' ABCDEFGH'[number.suffix].strip()}"
    if heading.kind is Kind.ARTICLE:
        return to_roman(number.value) if amends else article_number(number)
    return str(number.value)


def _id(above: Clause | None, heading: Heading, number: str) -> str:
    own = f"{heading.kind}-{number.lower()}"
    if above is None or heading.kind in {Kind.ARTICLE, Kind.CHAPTER}:
        return own
    return f"{above.id}-{own}"


def _citation(heading: Heading, number: str) -> str:
    match heading.kind:
        case Kind.CHAPTER:
            return f"BAB {number}"
        case Kind.PART:
            return f"Bagian {part_ordinal(heading.mark.number.value)}"
        case Kind.PARAGRAPH:
            return f"Paragraf {number}"
        case _:
            return f"Pasal {number}"
