"""Which clause a citation means, written as people write on paper. Pure."""

import re
from collections.abc import Iterable

from participation.core.errors import Invalid
from participation.core.words import words

_WORD = re.compile(r"[^\W_]+")
_SAME = {"ps": "pasal", "psl": "pasal", "ay": "ayat", "hrf": "huruf", "bag": "bagian"}
_UNITS = frozenset({"ayat", "huruf", "angka"})
_SHOWN = 60

Citation = tuple[str, ...]


def clause_cited(typed: str, clauses: Iterable[tuple[str, str]]) -> str:
    """The id of the clause that is cited; `clauses` are ids with their citations.

    An id itself is a citation too. “Pasal 5 (2)” is “Pasal 5 ayat (2)”. Raises `Invalid` for the
    field `clause` where the draft has none such, or several.
    """
    known = list(clauses)
    if not typed.strip():
        raise Invalid(words("Which clause is it about? For example: Pasal 5 ayat (2)"),
                      field="clause")  # fmt: skip
    if typed.strip() in dict(known):
        return typed.strip()
    for meaning in (_exactly, _loosely):
        found = [name for name, citation in known if meaning(citation) == meaning(typed)]
        if len(found) == 1:
            return found[0]
        if found:
            break
    message = (
        words("Several clauses are cited like this. Write it in full, or the clause's id.")
        if found
        else words("This draft has no “%(clause)s”.", clause=" ".join(typed.split())[:_SHOWN])
    )
    raise Invalid(message, field="clause")


def _exactly(citation: str) -> Citation:
    signs = _WORD.findall(citation.casefold())
    return tuple(_SAME.get(sign, sign) for sign in signs)


def _loosely(citation: str) -> Citation:
    return tuple(sign for sign in _exactly(citation) if sign not in _UNITS)
