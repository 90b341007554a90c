"""Quotes in Markdown: lines that begin with `>`. Pure."""

import textwrap

QUOTED_LENGTH = 400
"""At most so many characters of a comment are quoted; its link leads to the rest."""

_MARK = ">"


def own_words(body: str) -> str:
    """What a text says itself, without the lines that it quotes."""
    lines = [line for line in body.split("\n") if not line.lstrip().startswith(_MARK)]
    return "\n".join(lines).strip()


def quote(body: str, chosen: str = "") -> str:
    """A comment as a quote to answer below: `chosen` where the comment says that, else all of it.

    What the comment quotes itself is left out, and a long one ends with a mark at a word.
    """
    said = own_words(body) or body.strip()
    wanted = " ".join(chosen.split())
    if wanted and wanted in " ".join(said.split()):
        said = wanted
    lines = _shortened(said).split("\n")
    return "\n".join(f"{_MARK} {line}".rstrip() for line in lines) + "\n\n"


def _shortened(said: str) -> str:
    if len(said) <= QUOTED_LENGTH:
        return said
    start = said[:QUOTED_LENGTH]
    kept = start.rsplit(maxsplit=1)[0] if len(start.split()) > 1 else start
    return f"{kept} …"


def first_words(body: str, length: int = 60) -> str:
    """How a text begins, on one line."""
    return textwrap.shorten(own_words(body) or body, length, placeholder=" …")
