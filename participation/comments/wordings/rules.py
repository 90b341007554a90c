"""How often a comment may be corrected. Pure."""

from participation.core.errors import Conflict
from participation.core.words import words

MOST = 10


def check_number(earlier: int) -> None:
    """Nothing while a comment may be corrected once more; `Conflict` after ten times."""
    if earlier >= MOST:
        message = words(
            "A comment can be corrected %(most)s times. Please write a reply instead.", most=MOST
        )
        raise Conflict("corrected-too-often", message)
