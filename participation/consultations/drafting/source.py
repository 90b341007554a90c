"""The text of a draft, freed of Markdown signs, with a line number for every place in it."""

import re
from bisect import bisect_right
from dataclasses import dataclass

_LINE_START = re.compile(r"^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+(?=\S))+")
_EMPHASIS = re.compile(r"\*{1,3}|(?<![\w.])_{1,3}|_{1,3}(?![\w.])|`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\xa0\u200b\u2028\u2029\ufeff]")
_PARAGRAPH_END = (".", ":", ";")


@dataclass(frozen=True, slots=True)
class Source:
    """Cleaned text; offsets into `text` are the coordinates of everything in this package."""

    text: str
    _line_starts: tuple[int, ...]

    @classmethod
    def clean(cls, raw: str) -> "Source":
        """The source without Markdown signs, byte order mark and odd white space.

        Lines stay lines, so line numbers are those of the text that was handed in.
        """
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        lines = [_clean_line(line) for line in raw.split("\n")]
        starts = [0]
        for line in lines[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        return cls("\n".join(lines), tuple(starts))

    def line_of(self, offset: int) -> int:
        """The number, from 1, of the line that holds `offset`."""
        return bisect_right(self._line_starts, offset)

    def is_line_start(self, offset: int) -> bool:
        """Whether nothing but white space stands before `offset` on its line."""
        start = self._line_starts[self.line_of(offset) - 1]
        return not self.text[start:offset].strip()


def flow(text: str) -> str:
    """The text with hard-wrapped lines joined: one paragraph a line, words unchanged.

    A blank line ends a paragraph, and so does a line that ends a sentence before a capital.
    """
    paragraphs: list[str] = []
    broken = True
    for line in text.split("\n"):
        words = " ".join(line.split())
        if not words:
            broken = True
            continue
        if not broken and not _starts_paragraph(paragraphs[-1], words):
            paragraphs[-1] = f"{paragraphs[-1]} {words}"
        else:
            paragraphs.append(words)
        broken = False
    return "\n".join(paragraphs)


def _starts_paragraph(before: str, line: str) -> bool:
    return before.endswith(_PARAGRAPH_END) and line[0].isupper()


def _clean_line(line: str) -> str:
    line = _LINE_START.sub("", _INVISIBLE.sub(" ", line))
    line = _ESCAPE.sub(r"\1", line)
    return _EMPHASIS.sub("", line).rstrip()
