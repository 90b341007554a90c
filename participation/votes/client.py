"""The voting client's files, whose hash the manifest seals (protocol, sections 3 and 10, V38)."""

import hashlib
from pathlib import Path


def client_folder(static: Path) -> Path:
    """The folder of the voting client: as built, or as written where nothing has been built."""
    built = static / "dist" / "vote"
    return built if built.is_dir() else static / "js" / "vote"


def client_sha256(folder: Path) -> bytes:
    """The SHA-256 of the file list of `folder`: `<sha256 hex> <path>` lines by path."""
    names = {each.relative_to(folder).as_posix(): each for each in folder.rglob("*")}
    lines = [
        f"{hashlib.sha256(names[name].read_bytes()).hexdigest()} {name}\n"
        for name in sorted(names)
        if names[name].is_file()
    ]
    return hashlib.sha256("".join(lines).encode()).digest()
