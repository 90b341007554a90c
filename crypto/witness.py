"""What a log asks a witness, byte for byte as C2SP tlog-witness writes it: `add-checkpoint`.

`old <size>`, the hashes of a consistency proof in base64, an empty line, the checkpoint's note.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Self

from crypto import merkle
from crypto.errors import BadEncoding
from crypto.note import SignatureLine

PATH = "/add-checkpoint"
SIZE_KIND = "text/x.tlog.size"
"""The media type of the answer 409, whose body is the size that the witness knows."""

MOST_REQUEST_BYTES = 16 * 1024
"""What widely run witnesses read of a request."""

_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})", re.ASCII)
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")
_MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """A request: the size that the witness is believed to know, a proof from there, a note."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """The request in these bytes; `BadEncoding`. Nothing is verified."""
        head, separator, note = body.partition(b"\n\n")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise BadEncoding("a request is ASCII before its checkpoint") from None
        found = _OLD.fullmatch(first)
        if not separator or found is None or len(lines) > merkle.MAX_PROOF:
            raise BadEncoding("a request is an old size, at most 63 hashes and a checkpoint")
        return cls(int(found[1]), tuple(map(_read_hash, lines)), note)

    def write(self) -> bytes:
        """The request's body, which `parse` reads back."""
        hashes = (base64.b64encode(each).decode() for each in self.proof)
        return "\n".join([f"old {self.old}", *hashes, "", ""]).encode() + self.note


def read_size(body: bytes) -> int:
    """The size in an answer 409; `BadEncoding`."""
    found = _SIZE.fullmatch(body)
    if found is None:
        raise BadEncoding("a size is a decimal number and a newline")
    return int(found[1])


def read_cosignatures(body: bytes) -> tuple[SignatureLine, ...]:
    """The signature lines in an answer 200, unverified; `BadEncoding`."""
    try:
        lines = body.decode().splitlines(keepends=True)
    except UnicodeDecodeError:
        raise BadEncoding("cosignatures are UTF-8") from None
    if not 0 < len(lines) <= _MOST_LINES:
        raise BadEncoding(f"1 to {_MOST_LINES} cosignatures")
    return tuple(map(SignatureLine.parse, lines))


def _read_hash(line: str) -> bytes:
    try:
        octets = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raise BadEncoding("a line of the proof is not base64") from None
    if len(octets) != merkle.HASH_OCTETS or base64.b64encode(octets).decode() != line:
        raise BadEncoding("a line of the proof is not a hash of 32 bytes")
    return octets
