"""The numbers that Word counts by itself: (1), a., Pasal 7. They stand in no paragraph's text.

Source: ECMA-376, part 1, section 17.9: a paragraph names a list (`numId`) and a level (`ilvl`),
by itself or by its style; the list's levels say format, text (`Pasal %1`) and first number.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

_PLACE = re.compile(r"%(\d)")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts."""

    format: str
    text: str
    start: int


class Numbering:
    """Counts along a document: ask for each paragraph once, in order."""

    def __init__(self, document: Document) -> None:
        """Reads the lists and styles of a document."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for style in document.styles.element.iter(qn("w:style")):
            if listed := _listed(style):
                self._styles[style.get(qn("w:styleId"), "")] = listed
        part = next(
            (one.target_part for one in document.part.rels.values()
             if not one.is_external and one.reltype.endswith("/numbering")), None,
        )  # fmt: skip
        if part is not None:
            self._read(parse_xml(part.blob))

    def label(self, paragraph: BaseOxmlElement) -> str:
        """The number of a paragraph as Word shows it; empty for none and for bullets."""
        found = _listed(paragraph) or self._styles.get(_style_of(paragraph))
        if found is None:
            return ""
        list_id, depth = found
        levels = self._levels.get(list_id, {})
        if depth not in levels:
            return ""
        counts = self._counts[list_id]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if levels[depth].format in {"bullet", "none"}:
            return ""

        def number(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            level = levels.get(other, levels[depth])
            return _written(counts.get(other, level.start), level.format)

        return _PLACE.sub(number, levels[depth].text)

    def _read(self, root: BaseOxmlElement) -> None:
        abstract = {
            one.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"), "0")): _level(level) for level in one.iter(qn("w:lvl"))
            }
            for one in root.iter(qn("w:abstractNum"))
        }
        for one in root.iter(qn("w:num")):
            self._levels[one.get(qn("w:numId"), "")] = abstract.get(
                _value(one, "w:abstractNumId"), {}
            )


def _level(level: BaseOxmlElement) -> _Level:
    start = _value(level, "w:start")
    return _Level(
        _value(level, "w:numFmt"), _value(level, "w:lvlText"), int(start) if start.isdigit() else 1
    )


def _value(node: BaseOxmlElement, name: str) -> str:
    child = node.find(qn(name))
    return child.get(qn("w:val"), "") if child is not None else ""


def _style_of(paragraph: BaseOxmlElement) -> str:
    properties = paragraph.find(qn("w:pPr"))
    return _value(properties, "w:pStyle") if properties is not None else ""


def _listed(node: BaseOxmlElement) -> tuple[str, int] | None:
    """List and level of a paragraph or style; nothing where it names none, or leaves it."""
    found = node.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if found is None:
        return None
    list_id, depth = _value(found, "w:numId"), _value(found, "w:ilvl")
    return (list_id, int(depth) if depth.isdigit() else 0) if list_id else None


def _written(number: int, how: str) -> str:
    if how in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return letter if how == "lowerLetter" else letter.upper()
    if how in {"lowerRoman", "upperRoman"}:
        roman, rest = "", min(number, 3999)
        for value, sign in _ROMAN:
            roman += sign * (rest // value)
            rest %= value
        return roman if how == "upperRoman" else roman.lower()
    return str(number)
