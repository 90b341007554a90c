"""The one door from text to a draft."""

import re
from collections.abc import Iterable

from participation.consultations.drafting import marks
from participation.consultations.drafting.chains import Mark
from participation.consultations.drafting.clause import Doubt, DoubtCode, Draft, Kind
from participation.consultations.drafting.headings import find_headings
from participation.consultations.drafting.marks import Span
from participation.consultations.drafting.outline import BodyReader
from participation.consultations.drafting.preamble import read_preamble
from participation.consultations.drafting.source import Source

_ENACTED = re.compile(r"\bM\s?E\s?M\s?U\s?T\s?U\s?S\s?K\s?A\s?N\b|\bMenetapkan\b")
_AMENDS = re.compile(r"\bPERUBAHAN\s+(?:[A-Z]+\s+)?ATAS\b")
_PROMULGATION = re.compile(r"\bAgar\s+(?:Agar\s+)?setiap\b")
_SIGNING = re.compile(r"\b(?:Ditetapkan|Disahkan)\s+di\s")
_EXPLANATION = re.compile(r"\bPENJE[LI,]{1,3}ASAN\s+ATAS\b|^[ ]*PENJELASAN\b", re.MULTILINE)
_FIRST_CHAPTER_SCORE = 5.0
_FIRST_ARTICLE_SCORE = 4.0
_TITLE_REACH = 600
_PROMULGATION_REACH = 800


def parse_draft(text: str) -> Draft:
    """The clause tree of a draft regulation in plain text or Markdown.

    Never fails: what it cannot place stays in the text of the nearest clause, and what it had to
    guess is listed in `doubts`. No word is lost. A text without any article has an empty body and
    the doubt `NO_ARTICLES`.
    """
    source = Source.clean(text)
    doubts: list[Doubt] = []
    amends = _is_amendment(source)
    begin = _body_start(source, amends=amends)
    stop = _body_end(source, begin)
    explained = _first(_EXPLANATION, source, stop, len(source.text))
    headings = find_headings(source, Span(begin, stop), doubts, amends=amends)
    # What looked like the first heading may not count upwards with the others after all.
    begin = headings[0].mark.start if headings else stop
    opening, preamble = read_preamble(source, begin, doubts)
    body = BodyReader(source, doubts, amends=amends).read(headings, stop)
    if not any(heading.kind is Kind.ARTICLE for heading in headings):
        doubts.append(Doubt(1, DoubtCode.NO_ARTICLES, "Pasal 1", ""))
    return Draft(
        opening=opening,
        preamble=preamble,
        body=body,
        closing=source.text[stop:explained].strip(),
        explanation=source.text[explained:].strip(),
        doubts=tuple(sorted(doubts, key=lambda doubt: (doubt.line, doubt.code))),
    )


def _is_amendment(source: Source) -> bool:
    enacted = _ENACTED.search(source.text)
    reach = enacted.end() + _TITLE_REACH if enacted else _TITLE_REACH
    return _AMENDS.search(source.text, 0, reach) is not None


def _body_start(source: Source, *, amends: bool) -> int:
    """Where the first heading stands: BAB I, Pasal 1 or, failing both, the first firm heading."""
    enacted = _ENACTED.search(source.text)
    span = Span(enacted.end() if enacted else 0, len(source.text))
    articles = marks.roman_article_marks if amends else marks.article_marks
    first = [
        *_firm(marks.chapter_marks(source, span), _FIRST_CHAPTER_SCORE),
        *_firm(articles(source, span), _FIRST_ARTICLE_SCORE),
    ]
    ones = [mark.start for mark in first if mark.number.value == 1]
    return min(ones or [mark.start for mark in first], default=len(source.text))


def _body_end(source: Source, begin: int) -> int:
    """Where the promulgation formula begins, just before the place and date of signing.

    The formula alone would not do: articles on promulgation quote it (Law 12/2011, Pasal 81).
    """
    explained = _first(_EXPLANATION, source, begin, len(source.text))
    signed = min(_first(_SIGNING, source, begin, explained), explained)
    formulas = _PROMULGATION.finditer(source.text, max(begin, signed - _PROMULGATION_REACH), signed)
    return next((formula.start() for formula in formulas), signed)


def _firm(candidates: Iterable[Mark], score: float) -> list[Mark]:
    return [mark for mark in candidates if mark.score >= score]


def _first(pattern: re.Pattern[str], source: Source, begin: int, default: int) -> int:
    match = pattern.search(source.text, begin)
    return match.start() if match else default
