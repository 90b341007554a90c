"""The voting client's files, whose hash the manifest seals (protocol, sections 3 and 10, V38)."""

import hashlib
from pathlib import Path

_PACKED = frozenset({".br", ".gz"})
"""The same files once more, packed for the way: whoever downloads one gets it unpacked."""


def client_folder(static: Path) -> Path:
    """The folder of the voting client: as built, or as written where nothing has been built."""
    built = static / "dist" / "vote"
    return built if built.is_dir() else static / "js" / "vote"


def file_list(folder: Path) -> str:
    """The files of `folder` as `<sha256 hex> <path>` lines by path: what observers download."""
    names = {each.relative_to(folder).as_posix(): each for each in folder.rglob("*")}
    return "".join(
        f"{hashlib.sha256(names[name].read_bytes()).hexdigest()} {name}\n"
        for name in sorted(names)
        if names[name].is_file() and names[name].suffix not in _PACKED
    )


def client_sha256(folder: Path) -> bytes:
    """The SHA-256 of the file list of `folder`, 32 bytes."""
    return hashlib.sha256(file_list(folder).encode()).digest()
