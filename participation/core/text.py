"""People's Markdown in, safe HTML out. Cleaning happens last, on the rendered HTML.

And cells of tables, so that no spreadsheet takes them for anything but words.
"""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough")
_TAGS = {"p", "br", "em", "strong", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre"}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_BLANK_LINES = re.compile(r"\n{3,}")


@lru_cache(maxsize=1024)
def render(source: str) -> Markup:
    """`source` as safe HTML: no pictures, no headings, no scripts, links marked as visitors'.

    The latest thousand texts stay rendered in memory; only who holds a text finds its HTML.
    """
    return Markup(  # noqa: S704 - cleaned by nh3 in the same expression
        nh3.clean(
            _MARKDOWN.render(source),
            tags=_TAGS,
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes={"https", "http", "mailto"},
            link_rel="noopener noreferrer nofollow ugc",
        )
    )


def tidy(source: str) -> str:
    """Text as people meant it: uniform line ends, no trailing blanks, no control characters."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = (
        "".join(c for c in line if c == "\t" or (c >= " " and c != "\x7f")).rstrip()
        for line in lines
    )
    return _BLANK_LINES.sub("\n\n", "\n".join(kept)).strip()


def harmless(cell: str) -> str:
    """`cell` so that no spreadsheet takes it for a formula: an apostrophe is put before it.

    Source: OWASP, "CSV Injection".
    """
    begins = cell.lstrip(" ").startswith(_STARTS_A_FORMULA)
    return f"'{cell}" if begins else cell
