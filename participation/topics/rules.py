"""What holds for topics. Pure."""

from collections.abc import Mapping

from participation.core.errors import Invalid
from participation.core.words import words

SUBJECT_KIND = "topic"
NAME_LENGTH = 60
MOST = 40
"""More topics than this are no help to anybody who looks for one."""


def check_room(number: int) -> None:
    """Nothing while the list is short enough for one more; raises `Invalid`."""
    if number >= MOST:
        message = words("At most %(most)s topics, so that people can find theirs.", most=MOST)
        raise Invalid(message)


def name_in(names: Mapping[str, str], language: str) -> str:
    """A topic's name in `language`, or in whatever language there is."""
    return names.get(language) or next(iter(names.values()), "")
