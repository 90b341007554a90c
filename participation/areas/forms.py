"""Input about areas: a search in the address, and the two buttons of one's own area."""

from flask import request

from participation.areas.rules import WORDS_LENGTH
from participation.web.forms import Form


class OwnAreaForm(Form):
    """Chooses the shown area as one's own, or gives it up: only a button."""


def read_words() -> str:
    """The name or code that this request looks for; empty for none."""
    return " ".join(request.args.get("q", "")[:WORDS_LENGTH].split())
