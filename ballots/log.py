"""The machinery that all three logs share: tiles, bundles, batches (section 4; C2SP tlog-tiles)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ballots.entries import CheckIn, Issue, entry_bytes, parse_payload
from ballots.errors import BadDocument, BadEntry
from ballots.payload import Payload
from crypto import merkle
from crypto.encoding import number, sha256, u16

TILE_WIDTH = 256
"""Hashes in a full tile, entries in a full bundle."""

HASH_BYTES = 32
FIRST_PREV = bytes(HASH_BYTES)
"""`prev` of entry 0 of the set-up log; in the others it is `eid`."""

_TILE_HEIGHT = 8
_MOST_LEVEL = 63 // _TILE_HEIGHT
_GROUP = 1000
_PATH = re.compile(
    r"tile/(?P<level>entries|[0-9])/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]*))?",
    re.ASCII,
)

Level = int | Literal["entries"]


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile or bundle by level (`entries` for a bundle), index, and width 1 to 256."""

    level: Level
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """Its path below the log, like `tile/0/x001/234.p/5`."""
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{self.level}/{_index_path(self.index)}{partial}"

    @property
    def is_bundle(self) -> bool:
        """Whether it holds entries, not hashes."""
        return self.level == "entries"


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """The path of a tile of hashes, below the log."""
    return Tile(level, index, width).path


def entries_path(index: int, width: int = TILE_WIDTH) -> str:
    """The path of a bundle of entries, below the log."""
    return Tile("entries", index, width).path


def parse_tile_path(path: str) -> Tile:
    """The tile that a path names; raises BadDocument for a path that no log writes."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise BadDocument(path[:80], "the path of a tile or bundle")
    level: Level = "entries" if found["level"] == "entries" else int(found["level"])
    index = int(found["index"].replace("x", "").replace("/", ""))
    tile = Tile(level, index, int(found["width"] or TILE_WIDTH))
    if tile.path != path or tile.width > TILE_WIDTH or (level != "entries" and level > _MOST_LEVEL):
        raise BadDocument(path[:80], "the path of a tile or bundle")
    return tile


def tiles_of(size: int) -> Iterator[Tile]:
    """All tiles and bundles of a log of this size, the widest only."""
    yield from _row("entries", size)
    level = 0
    while size:
        yield from _row(level, size)
        size //= TILE_WIDTH
        level += 1


def _row(level: Level, size: int) -> Iterator[Tile]:
    for index in range(-(-size // TILE_WIDTH)):
        yield Tile(level, index, min(TILE_WIDTH, size - index * TILE_WIDTH))


def _index_path(index: int) -> str:
    groups = [f"{index % _GROUP:03}"]
    while index := index // _GROUP:
        groups.append(f"x{index % _GROUP:03}")
    return "/".join(reversed(groups))


def tile_hash(hashes: Sequence[bytes]) -> bytes:
    """The hash that one full tile (256 hashes) is in the level above."""
    return merkle.root(hashes)


def write_tile(hashes: Iterable[bytes]) -> bytes:
    """The bytes of a tile: its hashes, 32 bytes each."""
    return b"".join(hashes)


def read_tile(octets: bytes) -> tuple[bytes, ...]:
    """The hashes in a tile; raises BadDocument for another length than 1 to 256 of 32 bytes."""
    if len(octets) % HASH_BYTES or not 0 < len(octets) <= TILE_WIDTH * HASH_BYTES:
        raise BadDocument("tile", f"1 to {TILE_WIDTH} hashes of {HASH_BYTES} bytes")
    return tuple(octets[i : i + HASH_BYTES] for i in range(0, len(octets), HASH_BYTES))


def bundle(entries: Iterable[bytes]) -> bytes:
    """The bytes of a bundle: each entry as `u16(len) ‖ entry`."""
    return b"".join(u16(len(entry)) + entry for entry in entries)


def read_bundle(octets: bytes) -> tuple[bytes, ...]:
    """The entries in a bundle; raises BadDocument where it does not end with one."""
    entries: list[bytes] = []
    position = 0
    while position < len(octets):
        start = position + 2
        position = start + number(octets[position:start])
        if start > len(octets) or position > len(octets) or len(entries) == TILE_WIDTH:
            raise BadDocument(f"bundle[{len(entries)}]", f"a whole entry, at most {TILE_WIDTH}")
        entries.append(octets[start:position])
    return tuple(entries)


def truncate_bundle(octets: bytes, width: int) -> bytes:
    """The first `width` entries of a bundle, as a bundle; raises BadDocument if it has fewer."""
    entries = read_bundle(octets)
    if not 0 < width <= len(entries):
        raise BadDocument("bundle", f"at least {width} entries")
    return bundle(entries[:width])


def chain(prev: bytes, payloads: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """For each payload in turn its entry and leaf hash; `prev` is the leaf hash before."""
    for payload in payloads:
        entry = entry_bytes(prev, payload)
        prev = merkle.leaf_hash(entry)
        yield entry, prev


def sort_batch(log: Literal["check-ins", "ballots"], payloads: Iterable[bytes]) -> list[bytes]:
    """The payloads of one epoch in the order that the log must hold them.

    By payload hash; a `check-in` before its `issue`s, by the check-in's hash, then registrar.
    Raises BadEntry for a payload that stands in no batch.
    """
    if log == "ballots":
        return sorted(payloads, key=sha256)
    return sorted(payloads, key=_check_in_key)


def batch_key(log: Literal["check-ins", "ballots"], entry: Payload) -> tuple[bytes, int]:
    """What an entry of a batch is sorted by; raises BadEntry for one that stands in no batch."""
    if log == "ballots":
        return entry.hash, 0
    if isinstance(entry, CheckIn):
        return entry.hash, 0
    if isinstance(entry, Issue):
        return entry.check_in_hash, entry.registrar
    raise BadEntry("check-ins", f"a check-in or an issue, not {entry.tag}")


def _check_in_key(payload: bytes) -> tuple[bytes, int]:
    return batch_key("check-ins", parse_payload("check-ins", payload))


def may_end_epoch(
    waiting: int,
    seconds: int,
    *,
    epoch_seconds: int,
    batch_min: int,
    closing: bool = False,
) -> bool:
    """Whether the box ends an epoch now, `waiting` payloads and `seconds` after the last one.

    Directly before `issue-close` and `close` it always does, unless nothing waits.
    """
    if closing:
        return waiting > 0
    return waiting >= max(1, batch_min) and seconds >= epoch_seconds
