"""Which of several languages is shown. Pure."""

from collections.abc import Mapping


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The words in `language`, or in whatever language there is; empty for none."""
    return texts.get(language) or next(iter(texts.values()), "")
