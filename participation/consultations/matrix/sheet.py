"""The matrix as a spreadsheet, written row by row: its memory does not grow with its length."""

import tempfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no types

_WIDTHS = (20, 60, 22, 14, 18, 30, 60, 32, 18, 24, 22)
_MOST = 32_767  # characters that a cell can hold
_OPTIONS = {  # people's words stay words: never a formula, a link or a number
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def sheet(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An .xlsx file with one table; every cell is text, so that none is run as a formula."""
    written = BytesIO()
    with tempfile.TemporaryDirectory(prefix="matrix-") as folder:
        book = Workbook(written, _OPTIONS | {"tmpdir": str(Path(folder))})
        book.set_properties({"title": title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet()
        page.freeze_panes(1, 0)
        for column, width in enumerate(_WIDTHS[: len(headings)]):
            page.set_column(column, column, width)
        for column, heading in enumerate(headings):
            page.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                page.write_string(number, column, text[:_MOST], wrapped)
        book.close()
    return written.getvalue()
