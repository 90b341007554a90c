"""The roll: who may vote, as rows that say nothing about a voter who stays away (section 3).

A row is `(c, style, passkeys)`; `c` commits to the voter with a fresh salt, every `p` to a passkey
of that voter. The root is public from the manifest on, the rows from close on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Self

from ballots.errors import BadDocument, Refused
from crypto import merkle
from crypto.encoding import H, M, number, parse, u16
from crypto.errors import CryptoError

SALT_BYTES = 32
MOST_PASSKEYS = 4

_HASH_BYTES = 32
_LENGTH_BYTES = 2


def voter_commitment(voter_id: str, salt: bytes) -> bytes:
    """`c`, 32 bytes: hides the voter behind a salt of 32 bytes, fresh for each election."""
    if len(salt) != SALT_BYTES:
        raise BadDocument("salt", f"{SALT_BYTES} bytes")
    return H("voter", voter_id.encode(), salt)


def passkey_commitment(commitment: bytes, cose: bytes) -> bytes:
    """`p`, 32 bytes: one passkey (COSE key, 77 bytes) of the voter behind `commitment`."""
    return H("passkey", commitment, cose)


@dataclass(frozen=True, slots=True)
class Row:
    """One voter: `c` (32 bytes), ballot style, and 0 to 4 passkeys `p`, strictly ascending."""

    commitment: bytes
    style: int
    passkeys: tuple[bytes, ...] = ()
    leaf: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.commitment) != _HASH_BYTES:
            raise BadDocument("row.commitment", f"{_HASH_BYTES} bytes")
        if not 1 <= self.style < 2**16:
            raise BadDocument("row.style", "a number from 1 to 65535")
        if len(self.passkeys) > MOST_PASSKEYS or any(len(p) != _HASH_BYTES for p in self.passkeys):
            raise BadDocument("row.passkeys", f"at most {MOST_PASSKEYS} of {_HASH_BYTES} bytes")
        if any(a >= b for a, b in pairwise(self.passkeys)):
            raise BadDocument("row.passkeys", "strictly ascending order")
        leaf = M("roll", self.commitment, u16(self.style), *self.passkeys)
        object.__setattr__(self, "leaf", leaf)

    @classmethod
    def of(cls, voter_id: str, salt: bytes, style: int, passkeys: Iterable[bytes] = ()) -> Self:
        """The row of a voter, from the secret salt and the COSE keys of the voter's passkeys."""
        commitment = voter_commitment(voter_id, salt)
        commitments = sorted({passkey_commitment(commitment, cose) for cose in passkeys})
        return cls(commitment, style, tuple(commitments))

    @classmethod
    def parse(cls, leaf: bytes) -> Self:
        """The row whose leaf data these bytes are; raises BadDocument."""
        try:
            fields = parse("roll", leaf)
        except CryptoError as error:
            raise BadDocument("row", f"a roll message ({error})") from error
        if len(fields) < len(("commitment", "style")) or len(fields[1]) != _LENGTH_BYTES:
            raise BadDocument("row", "a commitment and a style of two bytes")
        return cls(fields[0], number(fields[1]), fields[2:])

    def has_passkey(self, cose: bytes) -> bool:
        """Whether this COSE key is one of the voter's passkeys."""
        return passkey_commitment(self.commitment, cose) in self.passkeys


@dataclass(frozen=True)
class Roll:
    """All rows, strictly ascending by leaf data, one per voter; raises BadDocument otherwise."""

    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        for index, (one, other) in enumerate(pairwise(self.rows), start=1):
            if one.leaf >= other.leaf:
                raise BadDocument(f"roll[{index}]", "a row above the one before it")
        if len({row.commitment for row in self.rows}) != len(self.rows):
            raise BadDocument("roll", "one row per voter")

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """The roll of these rows in any order."""
        return cls(tuple(sorted(rows, key=lambda row: row.leaf)))

    @cached_property
    def root(self) -> bytes:
        """The Merkle root over the rows' leaf data, 32 bytes."""
        return merkle.root(self._leaf_hashes)

    @cached_property
    def sizes(self) -> Mapping[int, int]:
        """Rows per style; a style without rows is absent."""
        return Counter(row.style for row in self.rows)

    def proof(self, index: int) -> tuple[bytes, ...]:
        """The inclusion proof of a row: 32-byte hashes, from the leaf upwards."""
        return tuple(merkle.inclusion_proof(self._leaf_hashes, index))

    def index_of(self, commitment: bytes) -> int:
        """Where a voter's row stands; raises Refused `unknown-row`."""
        index = self._places.get(commitment)
        if index is None:
            raise Refused("unknown-row", "this voter is not on the roll")
        return index

    @cached_property
    def _leaf_hashes(self) -> list[bytes]:
        return [merkle.leaf_hash(row.leaf) for row in self.rows]

    @cached_property
    def _places(self) -> dict[bytes, int]:
        return {row.commitment: index for index, row in enumerate(self.rows)}


def write_rows(rows: Iterable[Row]) -> bytes:
    """The record's file `roll`: rows as `u16(len) ‖ leaf data`."""
    return b"".join(u16(len(row.leaf)) + row.leaf for row in rows)


def read_rows(octets: bytes) -> Roll:
    """The roll in the record's file; raises BadDocument naming the row."""
    rows: list[Row] = []
    position = 0
    while position < len(octets):
        start = position + _LENGTH_BYTES
        position = start + number(octets[position:start])
        if start > len(octets) or position > len(octets):
            raise BadDocument(f"roll[{len(rows)}]", "a whole row, not the end of the file")
        rows.append(_read_row(len(rows), octets[start:position]))
    return Roll(tuple(rows))


def _read_row(index: int, leaf: bytes) -> Row:
    try:
        return Row.parse(leaf)
    except BadDocument as error:
        raise BadDocument(f"roll[{index}].{error.where}", error.expected) from error
