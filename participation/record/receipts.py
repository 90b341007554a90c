"""A contributor's receipt: a C2SP `*.tlog-proof` file that also holds what opens the entry. Pure.

Its `extra` is `M("contribution-receipt", entry, salt, content, author_salt, author)`: the whole
entry, the salt and canonical JSON behind its commitment, and the salt and name behind the author's.
"""

from dataclasses import dataclass
from typing import Self

from crypto.encoding import M, parse
from crypto.errors import BadEncoding
from crypto.note import TlogProof

_TAG = "contribution-receipt"
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """What opens a contribution: its words, and the name in them."""

    salt: bytes
    content: bytes
    author_salt: bytes
    author: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The parts of a receipt; `proof` is what C2SP defines, unverified."""

    proof: TlogProof
    entry: bytes
    opened: Opened

    @classmethod
    def parse(cls, octets: bytes) -> Self:
        """The receipt in a file; raises CryptoError. Nothing is verified."""
        proof = TlogProof.parse(octets)
        if proof.extra is None:
            raise BadEncoding("the proof carries no entry")
        entry, salt, content, author_salt, author = parse(_TAG, proof.extra, count=_PARTS)
        try:
            name = author.decode()
        except UnicodeDecodeError:
            raise BadEncoding("a name that is not UTF-8") from None
        return cls(proof, entry, Opened(salt, content, author_salt, name))


def write_receipt(
    index: int, proof: tuple[bytes, ...], note: bytes, entry: bytes, opened: Opened
) -> bytes:
    """The file for the entry at `index` under a checkpoint's note."""
    author = (opened.author_salt, opened.author.encode())
    extra = M(_TAG, entry, opened.salt, opened.content, *author)
    return TlogProof(index, proof, note, extra).text
