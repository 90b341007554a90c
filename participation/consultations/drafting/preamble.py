"""Everything before the first heading: the title block, Menimbang, Mengingat, Menetapkan."""

import re
from dataclasses import dataclass

from participation.consultations.drafting.clause import Clause, Doubt, Kind
from participation.consultations.drafting.items import fill_list
from participation.consultations.drafting.marks import Span
from participation.consultations.drafting.source import Source

_SECTIONS = (
    (Kind.CONSIDERING, re.compile(r"\b(?:Menimbang\b\s*:?\s*)+")),
    (Kind.REMEMBERING, re.compile(r"\b(?:Mengingat\b\s*:?\s*)+")),
    (
        Kind.ENACTING,
        re.compile(
            r"\bDengan\s+[Pp]ersetujuan\s+[Bb]ersama\b"
            r"|\bM\s?E\s?M\s?U\s?T\s?U\s?S\s?K\s?A\s?N\b\s*:?|\bMenetapkan\b\s*:?"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class _Section:
    kind: Kind
    start: int
    text_start: int


def read_preamble(source: Source, end: int, doubts: list[Doubt]) -> tuple[str, tuple[Clause, ...]]:
    """The title block, as it stands, and the sections before offset `end`.

    A section that the text lacks is left out; its words stay in the one before.
    """
    sections = _sections(source, end)
    starts = [section.start for section in sections]
    opening = source.text[: min([*starts, end])].strip()
    clauses = tuple(
        fill_list(source, _head(source, section), Span(section.text_start, stop), doubts)
        for section, stop in zip(sections, [*starts[1:], end], strict=bool(sections))
    )
    return opening, clauses


def _sections(source: Source, end: int) -> list[_Section]:
    sections: list[_Section] = []
    place = 0
    for kind, pattern in _SECTIONS:
        match = pattern.search(source.text, place, end)
        if match:
            sections.append(_Section(kind, match.start(), match.end()))
            place = match.end()
    return sections


def _head(source: Source, section: _Section) -> Clause:
    return Clause(
        id=section.kind,
        kind=section.kind,
        number="",
        citation=section.kind.capitalize(),
        marker=source.text[section.start : section.text_start].strip(),
        title="",
        text="",
        line=source.line_of(section.start),
    )
