"""A draft cut into pages that a phone loads quickly: one chapter each, long ones in pieces."""

from collections.abc import Iterator
from dataclasses import dataclass

from participation.consultations.drafting.clause import CONTAINERS, Clause, Draft, Kind

LONGEST_PAGE = 24_000
_WEIGHT_OF_CLAUSE = 250
_NO_LISTS = CONTAINERS | {Kind.ARTICLE, Kind.CONSIDERING, Kind.REMEMBERING, Kind.ENACTING}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One clause to be shown, without its children.

    `indent` counts the lists around it, so an ayat has 0 and a huruf inside an ayat 1.
    """

    clause: Clause
    indent: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of a draft.

    `number` is its place, where 0 is the preamble. `citation` and `title` are those of the BAB and
    empty where the draft has none. `piece` is 0 for a whole chapter and counts from 1 where a long
    one was cut.
    """

    number: int
    citation: str
    title: str
    piece: int
    leaves: tuple[Leaf, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """The numbers of the articles on this page, in order."""
        return tuple(
            leaf.clause.number
            for leaf in self.leaves
            if leaf.clause.kind is Kind.ARTICLE and leaf.indent == 0
        )


def chapters(draft: Draft) -> tuple[Chapter, ...]:
    """The pages of a draft in order, each about `LONGEST_PAGE` characters at most.

    Pages end between articles; an article is never cut, however long. No clause is left out.
    """
    pages: list[Chapter] = []
    if draft.preamble:
        leaves = [leaf for clause in draft.preamble for leaf in _leaves(clause, 0)]
        pages.append(Chapter(0, "", "", 0, tuple(leaves)))
    number = 1
    for citation, title, leaves in _groups(draft):
        pieces = _cut(leaves)
        for piece, cut in enumerate(pieces, start=1):
            pages.append(Chapter(number, citation, title, piece if len(pieces) > 1 else 0, cut))
            number += 1
    return tuple(pages)


def _groups(draft: Draft) -> Iterator[tuple[str, str, list[Leaf]]]:
    """Each chapter with its leaves; articles that stand outside of chapters are one group."""
    loose: list[Leaf] = []
    for clause in draft.body:
        if clause.kind is not Kind.CHAPTER:
            loose += _leaves(clause, 0)
            continue
        if loose:
            yield "", "", loose
            loose = []
        yield clause.citation, clause.title, list(_leaves(clause, 0))
    if loose:
        yield "", "", loose


def _leaves(clause: Clause, indent: int) -> Iterator[Leaf]:
    yield Leaf(clause, indent)
    below = indent if clause.kind in _NO_LISTS else indent + 1
    for child in clause.children:
        yield from _leaves(child, below)


def _cut(leaves: list[Leaf]) -> list[tuple[Leaf, ...]]:
    pages: list[list[Leaf]] = [[]]
    room = LONGEST_PAGE
    for unit in _units(leaves):
        weight = sum(_weight(leaf) for leaf in unit)
        if pages[-1] and weight > room:
            pages.append([])
            room = LONGEST_PAGE
        pages[-1] += unit
        room -= weight
    return [tuple(page) for page in pages]


def _units(leaves: list[Leaf]) -> Iterator[list[Leaf]]:
    """What must stay together: an article with everything in it and the headings before it."""
    unit: list[Leaf] = []
    is_article_in = False
    for leaf in leaves:
        is_article = leaf.clause.kind is Kind.ARTICLE and leaf.indent == 0
        if is_article_in and (is_article or leaf.clause.kind in CONTAINERS):
            yield unit
            unit, is_article_in = [], False
        unit.append(leaf)
        is_article_in = is_article_in or is_article
    if unit:
        yield unit


def _weight(leaf: Leaf) -> int:
    return _WEIGHT_OF_CLAUSE + len(leaf.clause.text) + len(leaf.clause.title)
