"""Messages whose fields have known lengths, read and written in one step.

`crypto.encoding` takes any message apart field by field. The bulk of a record has three shapes, a
million times each, and for those one comparison with a template says the same.
"""

from itertools import chain
from struct import Struct

from crypto.encoding import M, u16, u32

LAST_IS_OPEN = -1
"""As the last length: the field may have any."""


class Frame:
    """The messages under one tag whose fields have exactly these lengths."""

    __slots__ = ("_between", "_head", "_is_open", "_struct", "size")

    def __init__(self, tag: str, *lengths: int) -> None:
        self._is_open = lengths[-1] == LAST_IS_OPEN
        fixed = lengths[:-1] if self._is_open else lengths
        self._head = M(tag)[: -len(u16(0))] + u16(len(lengths))
        self._between = tuple(u32(length) for length in fixed)
        parts = "".join(f"4s{length}s" for length in fixed)
        self._struct = Struct(f">{len(self._head)}s{parts}{'4s' if self._is_open else ''}")
        self.size = self._struct.size
        """Bytes of such a message, without an open last field."""

    def read(self, message: bytes) -> tuple[bytes, ...] | None:
        """The fields of a message of this very form; None for any other."""
        if self._is_open:
            return self._read_open(message)
        if len(message) != self.size:
            return None
        parts = self._struct.unpack(message)
        if parts[0] != self._head or parts[1::2] != self._between:
            return None
        return parts[2::2]

    def _read_open(self, message: bytes) -> tuple[bytes, ...] | None:
        if len(message) < self.size:
            return None
        parts = self._struct.unpack_from(message)
        last = message[self.size :]
        if parts[0] != self._head or parts[1::2] != (*self._between, u32(len(last))):
            return None
        return (*parts[2::2], last)

    def write(self, *fields: bytes) -> bytes:
        """The message of these fields, whose lengths the caller has seen to."""
        return self._struct.pack(self._head, *chain(*zip(self._between, fields, strict=True)))
