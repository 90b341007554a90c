"""The matrix as a tagged PDF that screen readers can follow (PDF/UA-1).

The template is a constant of ours; what people wrote is handed over as JSON and set as text. The
compiler's root is a folder that holds nothing else, so that no file can be read, and packages are
looked for there only.
"""

import json
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

# What the compiler's own letters can show, tried one by one; PDF/UA refuses a paper with any other.
_LETTERS = (
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x0370, 0x03FF), (0x0400, 0x045F), (0x1E00, 0x1EFF),
    (0x2010, 0x2027), (0x2030, 0x2040), (0x20A0, 0x20BF), (0x2190, 0x2193), (0x2200, 0x226F),
)  # fmt: skip
_BOX = "\u25a1"  # stands for a sign without a letterform
_TEMPLATE = Path(__file__).with_name("matrix.typ").read_bytes()


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the paper; each row has as many texts as there are `headings`, six."""

    title: str
    office: str
    about: str
    language: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def document(paper: Paper, made_at: datetime) -> bytes:
    """The PDF; the same paper at the same moment gives the same bytes."""
    with tempfile.TemporaryDirectory(prefix="matrix-") as folder:
        root = Path(folder)
        template = root / "matrix.typ"
        template.write_bytes(_TEMPLATE)
        return typst.compile(
            template,
            root=root,
            package_path=root,
            package_cache_path=root,
            font_paths=[],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"told": json.dumps(_printable(asdict(paper)))},
            pdf_standards="ua-1",
            timestamp=int(made_at.timestamp()),
        )


def printable(text: str) -> str:
    """The text as paper can show it: odd signs, such as emoji, become boxes, unseen ones go."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(map(_shown, composed))


def _printable(told: Any) -> Any:
    """The same with every text in it printable."""
    if isinstance(told, str):
        return printable(told)
    if isinstance(told, dict):
        return {name: _printable(each) for name, each in told.items()}
    return [_printable(each) for each in told]


def _shown(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign == "\n" or (kind != "Cn" and any(a <= ord(sign) <= z for a, z in _LETTERS)):
        return sign
    return "" if kind in {"Cf", "Cc", "Mn"} else _BOX
