"""Sentences for people, written below the floor that knows the reader's language.

`words("Comments closed on %(day)s.", day=closing)` keeps the English sentence and its values
apart; `participation.web.language.say` turns both into the reader's language, with dates and
numbers formatted. The catalogue collects every call of `words` and `plural_words`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Value = str | int | float | date | datetime


@dataclass(frozen=True, slots=True)
class Words:
    """An English sentence, its values, and its plural form where it counts something."""

    message: str
    values: dict[str, Value] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        """The English sentence, for logs and tests."""
        message = self.message
        if self.plural is not None and self.count != 1:
            message = self.plural
        return message % self.values if self.values else message

    def __html__(self) -> str:
        """Refuses to be printed untranslated: a template must use the filter `say`."""
        raise TypeError(f"use the filter say for {self.message!r}")


def words(message: str, /, **values: Any) -> Words:
    """The sentence `message` with named values in `%(name)s` places."""
    return Words(message, values)


def plural_words(singular: str, plural: str, count: int, /, **values: Any) -> Words:
    """A sentence that counts: `plural` unless `count` is one; `%(count)s` is the number."""
    return Words(singular, {"count": count, **values}, plural, count)
