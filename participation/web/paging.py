"""Long lists in pages, by key: the next page begins after the last key shown.

Unlike page numbers, a key stays right while others add to the list, and costs the same on the
thousandth page as on the first.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from participation.core.errors import Invalid
from participation.core.words import words

Item = TypeVar("Item")
Key = tuple[str | int | float, ...]
PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Slice(Generic[Item]):
    """One page of a list: its items, and the cursor of the next page (empty at the end)."""

    items: tuple[Item, ...]
    after: str = ""


def cut(rows: Sequence[Item], key: Callable[[Item], Key], *, limit: int = PER_PAGE) -> Slice[Item]:
    """The first `limit` of `rows`; the caller asked its query for one row more than that."""
    shown = tuple(rows[:limit])
    return Slice(shown, write_cursor(key(shown[-1])) if len(rows) > limit else "")


def write_cursor(key: Key) -> str:
    """`key` as an opaque part of an address."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(cursor: str, length: int) -> Key | None:
    """The key in `cursor`, nothing when there is no cursor; `Invalid` for a broken one."""
    if not cursor:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise Invalid(words("This address is incomplete.")) from error
    plain = isinstance(key, list) and all(isinstance(part, str | int | float) for part in key)
    if not plain or len(key) != length:
        raise Invalid(words("This address is incomplete."))
    return tuple(key)
