"""What somebody hands in beside the record: promises, receipts, checkpoints, a client folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MOST_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Beside:
    """Files by kind, as (name, bytes); `client` is the folder of a voting page, if one is given."""

    promises: tuple[tuple[str, bytes], ...] = ()
    receipts: tuple[tuple[str, bytes], ...] = ()
    checkpoints: tuple[tuple[str, bytes], ...] = ()
    client: Path | None = None


_KINDS = {".promise": "promises", ".tlog-proof": "receipts", ".checkpoint": "checkpoints"}


def gather(paths: list[Path], client: Path | None = None) -> Beside:
    """The files at these paths by their endings, those inside folders included.

    Raises OSError for a path that cannot be read, ValueError for a file of another kind.
    """
    found: dict[str, list[tuple[str, bytes]]] = {kind: [] for kind in _KINDS.values()}
    for path in _files(paths):
        with path.open("rb") as file:
            found[_KINDS[path.suffix]].append((path.name, file.read(_MOST_BYTES)))
    return Beside(**{kind: tuple(files) for kind, files in found.items()}, client=client)


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.suffix in _KINDS)
        elif path.suffix in _KINDS:
            yield path
        else:
            raise ValueError(f"{path}: expected {', '.join(_KINDS)}")
