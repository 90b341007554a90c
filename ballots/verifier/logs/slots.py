"""A compact dictionary from 32-byte keys to 0, 1, 2 …, for a million of them in 50 MB."""

from array import array
from collections.abc import Iterator

KEY_OCTETS = 32
_EMPTY = 0
_FIRST_CAPACITY = 1 << 10


class Slots:
    """Keys of 32 bytes numbered in the order of their coming.

    Open addressing over the first eight bytes of the keys, which are hashes or public keys: an
    adversary who chooses colliding ones slows this verifier down and nothing else.
    """

    def __init__(self) -> None:
        self._keys = bytearray()
        self._places = array("I", [_EMPTY]) * _FIRST_CAPACITY

    def __len__(self) -> int:
        return len(self._keys) // KEY_OCTETS

    def __iter__(self) -> Iterator[bytes]:
        return (self.key(slot) for slot in range(len(self)))

    def key(self, slot: int) -> bytes:
        """The key with this number."""
        return bytes(self._keys[slot * KEY_OCTETS : (slot + 1) * KEY_OCTETS])

    def find(self, key: bytes) -> int:
        """The number of a key, or -1 for one that never came."""
        return self._places[self._place(key)] - 1

    def add(self, key: bytes) -> int:
        """The number of a key, a new one if it never came before."""
        place = self._place(key)
        slot = self._places[place] - 1
        if slot >= 0:
            return slot
        slot = len(self)
        self._keys += key
        self._places[place] = slot + 1
        if 2 * slot > len(self._places):
            self._grow()
        return slot

    def _place(self, key: bytes) -> int:
        """Where the key stands, or the empty place where it would."""
        keys, places = self._keys, self._places
        mask = len(places) - 1
        place = int.from_bytes(key[:8], "little") & mask
        while number := places[place]:
            end = number * KEY_OCTETS
            if keys[end - KEY_OCTETS : end] == key:
                break
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        """Four times the room: every key is placed anew, but seldom, and all of them differ."""
        places = array("I", [_EMPTY]) * (4 * len(self._places))
        keys, mask = self._keys, len(places) - 1
        for slot in range(len(self)):
            start = slot * KEY_OCTETS
            place = int.from_bytes(keys[start : start + 8], "little") & mask
            while places[place]:
                place = (place + 1) & mask
            places[place] = slot + 1
        self._places = places
