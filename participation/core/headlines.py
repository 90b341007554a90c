"""How people's Markdown is cut for lists. Pure."""

import re

_SHORTEST = 40
_LONGEST = 110
_MARKS = re.compile(r"[*_`#>\[\]]|\([^)]*://[^)]*\)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


def opening_words(text: str) -> str:
    """The first sentences of people's Markdown, without its marks, in the length of a headline.

    A greeting alone says nothing, so sentences are added until they do; cut at a word when long.
    """
    sentences = _SENTENCE_END.split(" ".join(_MARKS.sub("", text).split()))
    said = sentences[0]
    for sentence in sentences[1:]:
        if len(said) >= _SHORTEST:
            break
        said = f"{said} {sentence}"
    if len(said) <= _LONGEST:
        return said
    return said[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
