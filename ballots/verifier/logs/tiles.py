"""Where tiles and entry bundles lie, and how a bundle is cut (C2SP tlog-tiles; section 12).

Stated again here: the verifier does not read with the functions that wrote.
"""

from collections.abc import Iterator

WIDTH = 256
"""Hashes in a full tile, entries in a full bundle."""

HASH_OCTETS = 32
_LENGTH_OCTETS = 2
_GROUP = 1000


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """The path of a tile below its log; `level` is a number or the word `entries`.

    `width` below 256 names a partial tile.
    """
    groups = [f"{index % _GROUP:03}"]
    while index := index // _GROUP:
        groups.insert(0, f"x{index % _GROUP:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(groups)}{partial}"


def widths(size: int) -> Iterator[tuple[int, int]]:
    """For each tile of a level that holds `size` hashes: its index and its width."""
    for index in range(size // WIDTH):
        yield index, WIDTH
    if size % WIDTH:
        yield size // WIDTH, size % WIDTH


def cut(bundle: bytes, count: int) -> tuple[list[bytes], str]:
    """The `count` entries of a bundle, and what is wrong with it (empty if nothing).

    Entries that the bytes do not give are empty, so that the damage stays in its place.
    """
    entries: list[bytes] = []
    position, wrong = 0, ""
    for _ in range(count):
        start = position + _LENGTH_OCTETS
        end = start + int.from_bytes(bundle[position:start], "big")
        if end > len(bundle) or start > len(bundle):
            wrong = "the bundle ends inside an entry"
            break
        entries.append(bundle[start:end])
        position = end
    entries += [b""] * (count - len(entries))
    if not wrong and position != len(bundle):
        wrong = "bytes follow the last entry of the bundle"
    return entries, wrong
