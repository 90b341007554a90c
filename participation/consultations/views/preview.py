"""The preview of an imported text: its clause tree, and the doubtful lines in words."""

from participation.consultations.drafting.chapters import Leaf, chapters
from participation.consultations.drafting.clause import Doubt, DoubtCode, Draft
from participation.consultations.drafting.parser import parse_draft
from participation.consultations.forms import DraftTextForm
from participation.consultations.models import Consultation
from participation.consultations.pages.desk import ChapterPreview, DoubtView, DraftTextPage
from participation.consultations.pages.parts import ClauseView, calm, head_of
from participation.consultations.services.laying import label_of
from participation.consultations.views.present import is_open
from participation.core.words import Words, words
from participation.web.language import say

_LONGEST_LINE = 160


def text_page(found: Consultation, form: DraftTextForm, source: str) -> DraftTextPage:
    """The form with what the importer made of the text that was imported last."""
    draft = parse_draft(source) if source else None
    return DraftTextPage(
        head=head_of(found, is_open=is_open(found)),
        form=form,
        is_imported=draft is not None,
        is_new_version=found.announced_at is not None,
        articles=len(draft.articles) if draft else 0,
        doubts=_doubts(draft, source) if draft else (),
        chapters=_chapters(draft) if draft else (),
    )


def doubt_words(doubt: Doubt) -> Words:
    """What is odd about a line, and what was expected there."""
    expected, found = doubt.expected, doubt.found
    match doubt.code:
        case DoubtCode.MISSING:
            return words("Expected %(expected)s, found %(found)s.", expected=expected, found=found)
        case DoubtCode.MISREAD:
            return words("“%(found)s” was read as %(expected)s.", expected=expected, found=found)
        case DoubtCode.INSIDE_LINE:
            return words("The heading %(found)s stands inside a line; it needs a line of its own.",
                         found=found)  # fmt: skip
        case DoubtCode.OUT_OF_ORDER:
            return words(
                "%(found)s is out of order: expected %(expected)s.", expected=expected, found=found
            )
        case _:
            return _clause_words(doubt)


def _clause_words(doubt: Doubt) -> Words:
    expected, found = doubt.expected, doubt.found
    match doubt.code:
        case DoubtCode.EMPTY:
            return words("%(expected)s has no text.", expected=expected)
        case DoubtCode.AFTER_LIST:
            return words(
                "Words after the end of the list were put into %(expected)s: “%(found)s…”",
                expected=expected,
                found=found,
            )
        case DoubtCode.UNTITLED:
            return words("%(expected)s has no title.", expected=expected)
        case DoubtCode.STRAY:
            return words(
                "Words between %(expected)s and its first article: “%(found)s…”",
                expected=expected,
                found=found,
            )
        case _:
            return words("No article was found. Articles begin with a line such as “Pasal 1”.")


def _doubts(draft: Draft, source: str) -> tuple[DoubtView, ...]:
    lines = source.split("\n")
    return tuple(
        DoubtView(
            line=doubt.line,
            text=lines[doubt.line - 1].strip()[:_LONGEST_LINE],
            words=say(doubt_words(doubt)),
        )
        for doubt in draft.doubts
    )


def _chapters(draft: Draft) -> tuple[ChapterPreview, ...]:
    doubtful = {doubt.line for doubt in draft.doubts}
    return tuple(
        ChapterPreview(
            name=" · ".join(filter(None, (page.citation.replace("BAB", "Bab"), calm(page.title)))),
            clauses=tuple(_clause_view(leaf, doubtful) for leaf in page.leaves),
        )
        for page in chapters(draft)
    )


def _clause_view(leaf: Leaf, doubtful: set[int]) -> ClauseView:
    clause = leaf.clause
    return ClauseView(
        id=clause.id,
        kind=clause.kind.value,
        label=label_of(leaf),
        citation=clause.citation,
        title=calm(clause.title),
        paragraphs=tuple(filter(None, clause.text.split("\n"))),
        indent=leaf.indent,
        comments=0,
        doubtful_line=clause.line if clause.line in doubtful else 0,
    )
