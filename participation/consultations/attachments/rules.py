"""What may be attached, when, and what it may be for. Pure."""

from enum import StrEnum

from participation.consultations.rules import Phase
from participation.core.errors import Conflict, Invalid
from participation.core.words import words

TITLE_LENGTH = 160
REASON_LENGTH = 500
MOST_BYTES = 10_000_000
MOST_FILES = 40


class Purpose(StrEnum):
    """What a file is for."""

    NOTE = "note"
    PAPER = "paper"
    MAP = "map"
    TABLE = "table"
    OTHER = "other"


def may_attach(phase: Phase) -> bool:
    """Whether files may be added now: until the decision."""
    return phase not in {Phase.DECIDED, Phase.ARCHIVED}


def check_attachable(phase: Phase, count: int) -> None:
    """Nothing while another file may be added; raises `Conflict` otherwise."""
    if not may_attach(phase):
        message = words("It is decided; what was attached stays as people knew it.")
        raise Conflict("attachments-fixed", message)
    if count >= MOST_FILES:
        message = words("At most %(most)s files stand beside a draft.", most=MOST_FILES)
        raise Conflict("too-many-attachments", message)


def check_size(size_bytes: int) -> None:
    """Nothing for a file that is neither empty nor too large; raises `Invalid`."""
    if not size_bytes:
        raise Invalid(words("This file is empty."), field="file")
    if size_bytes > MOST_BYTES:
        message = words(
            "At most %(most)s MB; this file has %(size)s MB. Make its pictures smaller or cut it"
            " in two.",
            most=MOST_BYTES // 1_000_000,
            size=round(size_bytes / 1_000_000, 1),
        )
        raise Invalid(message, field="file")


def check_told(text: str, most: int, field: str) -> None:
    """Nothing for words that say something and are not too long; raises `Invalid`."""
    if not text.strip():
        raise Invalid(words("This must be filled in."), field=field)
    if len(text) > most:
        raise Invalid(words("At most %(most)s characters.", most=most), field=field)
