"""What may be explained, and when. Pure."""

from participation.consultations.rules import Phase
from participation.core.errors import Conflict, Invalid
from participation.core.words import words

PLAIN_LENGTH = 1200
NAME_LENGTH = 100
MEANING_LENGTH = 1000
MOST_TERMS = 300

_OPEN_TO_HELP = {Phase.DRAFT, Phase.ANNOUNCED, Phase.OPEN, Phase.ANSWERING}


def may_explain(phase: Phase) -> bool:
    """Whether officers may add or change explanations: until the decision."""
    return phase in _OPEN_TO_HELP


def check_explainable(phase: Phase) -> None:
    """Nothing while officers may explain; raises `Conflict` once it is decided."""
    if not may_explain(phase):
        message = words("It is decided; its explanations stay as people knew them.")
        raise Conflict("explained", message)


def check_length(text: str, most: int, field: str) -> None:
    """Nothing for a text of at most `most` characters that says something; else `Invalid`."""
    if not text.strip():
        raise Invalid(words("This must be filled in."), field=field)
    if len(text) > most:
        raise Invalid(words("At most %(most)s characters.", most=most), field=field)
