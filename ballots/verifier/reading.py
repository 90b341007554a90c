"""Reading a record: a folder, one `.suara` file, or an address (section 12).

Whatever was asked for comes back as bytes, at most one more than the caller allows, so that no
file is ever held whole that should not be; a file that cannot be unpacked is empty. The only
place of the verifier that knows the network.
"""

import os
import urllib.error
import urllib.parse
import urllib.request
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Protocol, cast

_TIMEOUT_SECONDS = 60
_GONE = (404, 410)
_PIECE_BYTES = 2**20
_MOST_ARCHIVE_BYTES = 2**40
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED, _UTF8 = 0x1, 0x800  # flags of a member (PKWARE APPNOTE 4.4.4)
_HEADER_OCTETS = 30
_CANNOT_UNPACK = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
    UnicodeDecodeError,
)  # fmt: skip


class Absent(Exception):  # noqa: N818 - says what is the case, and is always caught
    """The record does not hold this path."""


class Unreadable(Exception):  # noqa: N818 - as above
    """There is no record to read at this place; the words say why."""


class Source(Protocol):
    """A record that can be read; what it gives may be anything, and is checked by others."""

    def read(self, path: str, most: int) -> bytes:
        """The bytes at `path`, at most `most` + 1 of them; raises Absent."""

    def copy(self, path: str, to: Path, most: int) -> None:
        """Write the bytes at `path`, at most `most` + 1, to a file; raises Absent.

        They are never held whole.
        """

    def names(self) -> tuple[str, ...] | None:
        """Every path of the record, or None where nobody can list them."""

    def wrong_form(self) -> str:
        """What section 12 forbids about the container, in words; empty if nothing."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record lies, small enough to send to a worker process.

    `kind` is `folder`, `file` or `address`; `scratch` a folder of our own, new for each run, that
    keeps what an address gave.
    """

    kind: str
    place: str
    scratch: str


class Folder:
    """A record unpacked into a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, path: str, most: int) -> bytes:
        """As `Source.read`."""
        with self._open(path) as file:
            return file.read(most + 1)

    def copy(self, path: str, to: Path, most: int) -> None:
        """As `Source.copy`."""
        with self._open(path) as file, to.open("wb") as copied:
            _pour(file, copied, most)

    def names(self) -> tuple[str, ...] | None:
        """As `Source.names`."""
        found = (path for path in self._root.rglob("*") if path.is_file())
        return tuple(sorted(path.relative_to(self._root).as_posix() for path in found))

    def wrong_form(self) -> str:
        """Nothing: a folder has no form of its own."""
        return ""

    def _open(self, path: str) -> BinaryIO:
        try:
            return (self._root / path).open("rb")
        except (OSError, ValueError):
            raise Absent(path) from None


class Archive:
    """A record in one zip file."""

    def __init__(self, file: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except _CANNOT_UNPACK as problem:
            raise Unreadable(f"{file} is not a zip file: {problem}") from None
        for member in self._zip.infolist():
            # A damaged byte should show where it is, not empty its file, and CRC-32 says nothing
            # that the log's hashes do not say better; without this attribute it goes unchecked.
            del member.CRC

    def read(self, path: str, most: int) -> bytes:
        """As `Source.read`."""
        try:
            with self._zip.open(self._member(path)) as member:
                return member.read(most + 1)
        except _CANNOT_UNPACK:
            return b""

    def copy(self, path: str, to: Path, most: int) -> None:
        """As `Source.copy`."""
        try:
            with self._zip.open(self._member(path)) as member, to.open("wb") as copied:
                _pour(cast("BinaryIO", member), copied, most)
        except _CANNOT_UNPACK:
            to.write_bytes(b"")

    def names(self) -> tuple[str, ...] | None:
        """As `Source.names`."""
        return tuple(self._zip.namelist())

    def wrong_form(self) -> str:
        """A name twice, a folder, an odd packing or name, two members in one place."""
        twice = [name for name, times in Counter(self._zip.namelist()).items() if times > 1]
        if twice:
            return f"the file holds the name {twice[0]!r} twice"
        for member in self._zip.infolist():
            if member.is_dir():
                return f"the file holds the folder {member.filename!r}"
            if member.compress_type not in _METHODS or member.flag_bits & _ENCRYPTED:
                return f"{member.filename!r} is neither stored nor deflated"
            if not _is_plain(member):
                return f"{member.orig_filename!r} is a name that readers read differently"
        return _overlap(self._zip.infolist())

    def _member(self, path: str) -> zipfile.ZipInfo:
        try:
            return self._zip.getinfo(path)
        except KeyError:
            raise Absent(path) from None


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """Whether every reader sees one name: no zero byte, and said to be UTF-8 unless ASCII."""
    name = member.orig_filename
    return "\0" not in name and (name.isascii() or bool(member.flag_bits & _UTF8))


def _overlap(members: list[zipfile.ZipInfo]) -> str:
    """Two members that lie on one another, in words; empty if none do."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    for before, member in pairwise(ordered):
        name_octets = len(before.orig_filename.encode())
        end = before.header_offset + _HEADER_OCTETS + name_octets + before.compress_size
        if end > member.header_offset:
            return f"{before.filename!r} and {member.filename!r} lie on one another"
    return ""


class Address:
    """A record that a server serves file by file; what came once is kept in a folder of ours."""

    def __init__(self, base: str, cache: Path) -> None:
        self._base = base.rstrip("/") + "/"
        self._cache = cache

    def read(self, path: str, most: int) -> bytes:
        """As `Source.read`; raises Unreadable where the server does not answer properly."""
        with self._fetched(path, most).open("rb") as file:
            return file.read(most + 1)

    def copy(self, path: str, to: Path, most: int) -> None:
        """As `Source.copy`."""
        with self._fetched(path, most).open("rb") as file, to.open("wb") as copied:
            _pour(file, copied, most)

    def names(self) -> tuple[str, ...] | None:
        """None: a server lists nothing."""
        return None

    def wrong_form(self) -> str:
        """Nothing: an address has no form of its own."""
        return ""

    def _fetched(self, path: str, most: int) -> Path:
        kept = self._cache / sha256(path.encode()).hexdigest()
        if not kept.exists():
            download(self._base + urllib.parse.quote(path), kept, most)
        return kept


def download(address: str, to: Path, most: int) -> None:
    """Fetch an http(s) address, at most `most` + 1 bytes of it, into a file.

    Raises Absent for 404 and 410, else Unreadable.
    """
    # Two processes may fetch one file; each writes its own, and the last to finish is as good.
    arriving = to.with_name(f"{to.name}.{os.getpid()}")
    try:
        # Only http and https reach this line: `locate` looks at the scheme.
        answer = urllib.request.urlopen(address, timeout=_TIMEOUT_SECONDS)  # noqa: S310
        with answer, arriving.open("wb") as file:
            _pour(cast("BinaryIO", answer), file, most)
    except urllib.error.HTTPError as problem:
        problem.close()
        if problem.code in _GONE:
            raise Absent(address) from None
        raise Unreadable(f"{address}: the server answered {problem.code}") from None
    except (OSError, ValueError) as problem:
        raise Unreadable(f"{address}: {problem}") from None
    arriving.replace(to)


def _pour(source: BinaryIO, to: BinaryIO, most: int) -> None:
    """Copy at most `most` + 1 bytes, piece by piece."""
    left = most + 1
    while left > 0 and (piece := source.read(min(_PIECE_BYTES, left))):
        to.write(piece)
        left -= len(piece)


def locate(place: str, scratch: Path) -> Origin:
    """Where the record given on a command line lies; an address of a `.suara` is fetched whole.

    `scratch` is an empty folder of ours. Raises Unreadable.
    """
    if place.startswith(("http://", "https://")):
        if not urllib.parse.urlsplit(place).path.endswith(".suara"):
            return Origin("address", place, str(scratch))
        file = scratch / "record.suara"
        try:
            download(place, file, _MOST_ARCHIVE_BYTES)
        except Absent:
            raise Unreadable(f"{place}: there is no such file") from None
        return Origin("file", str(file), str(scratch))
    path = Path(place)
    if path.is_dir():
        return Origin("folder", str(path), str(scratch))
    if not path.is_file():
        raise Unreadable(f"{place}: there is no such file or folder")
    return Origin("file", str(path), str(scratch))


@lru_cache(maxsize=2)
def open_source(origin: Origin) -> Source:
    """The record at an origin, opened once in each process; raises Unreadable."""
    if origin.kind == "folder":
        return Folder(Path(origin.place))
    if origin.kind == "address":
        return Address(origin.place, Path(origin.scratch))
    return Archive(Path(origin.place))
