"""Evidence that a log said two things, kept as files that anybody can check.

Two signed notes are all that is needed: whoever holds the log's key can make them, nobody else.
They fit beside a record that is verified (V13).
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crypto.encoding import sha256

MOST_KEPT = 200
"""A log can sign as many forks as it likes; the first ones are enough."""

_line = logging.getLogger("suara.alarms")


@dataclass(frozen=True, slots=True)
class Alarm:
    """What happened, in a word and in the notes that prove it."""

    name: str
    notes: tuple[bytes, ...]


def raise_alarm(folder: Path, what: str, origin: str, notes: Sequence[bytes]) -> None:
    """Say so in the log, and keep the notes; durable on return. The same evidence is kept once."""
    _line.critical("%s of the log %s", what, origin)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{what}-{sha256(b''.join(notes)).hex()[:16]}"
    kept = {each.name for each in folder.iterdir() if each.is_dir()}
    if name in kept or len(kept) >= MOST_KEPT:
        return
    draft = folder / f".{name}-{os.getpid()}"
    draft.mkdir(exist_ok=True)
    for number, note in enumerate(notes, start=1):
        with (draft / f"{number}.checkpoint").open("wb") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
    try:
        draft.rename(folder / name)
    except OSError:  # another process was quicker
        for each in draft.iterdir():
            each.unlink()
        draft.rmdir()


def alarms(folder: Path) -> tuple[Alarm, ...]:
    """All evidence that is kept, by name."""
    if not folder.is_dir():
        return ()
    found = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    return tuple(
        Alarm(each.name, tuple(note.read_bytes() for note in sorted(each.glob("*.checkpoint"))))
        for each in found
    )
