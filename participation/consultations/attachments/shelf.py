"""Where attached files lie: outside of what the web server shows, named by their digests.

A file is complete or absent, whatever happens: it is written beside, flushed, then named. It is
put there before the row that names it is committed, so a lost transaction leaves a file that no
row names; `sweep` takes those away after a while.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from participation.core.errors import NotFound
from participation.core.words import words

FOLDER = "attachments"
"""The shelf's folder below `var`."""

_NAME = re.compile(r"[0-9a-f]{64}")
_WAITS_SECONDS = 3600
_FOLDER, _FILE = 0o700, 0o600


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of attached files."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Keeps a file; durable on return. Its name is the SHA-256 of the content, in hex."""
        name = hashlib.sha256(content).hexdigest()
        self.folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=self.folder, prefix=".new-")  # mode 600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).chmod(_FILE)
            Path(beside).replace(self.folder / name)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        self._flush()
        return name

    def place(self, name: str) -> Path:
        """Where a file lies; raises `NotFound` for one that does not, and for any other name."""
        if not _NAME.fullmatch(name) or not (self.folder / name).is_file():
            raise NotFound(words("This file is not here any more."))
        return self.folder / name

    def read(self, name: str) -> bytes:
        """A whole file, found to be what its name says; raises `NotFound`."""
        content = self.place(name).read_bytes()
        if hashlib.sha256(content).hexdigest() != name:
            raise NotFound(words("This file is not here any more."))
        return content

    def names(self, now: datetime) -> list[str]:
        """The files that have lain here for an hour; what was never finished is among them."""
        if not self.folder.is_dir():
            return []
        until = now.timestamp() - _WAITS_SECONDS
        return [each.name for each in self.folder.iterdir() if each.stat().st_mtime < until]

    def sweep(self, names: Collection[str], now: datetime) -> None:
        """Takes these files away, unless one was put here again meanwhile."""
        for name in set(self.names(now)).intersection(names):
            (self.folder / name).unlink(missing_ok=True)

    def _flush(self) -> None:
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
